{# Keeps the phone's page for when there is no signal: its two pieces, the blank forms, and what they load. Nothing that #}

{# is about anybody passes through here: what the phone asks of the server goes past. #}
const { name: NAME, language: LANGUAGE, files: FILES, pages: PAGES } = {{ kept|safe }};
const PREFIX = "concerto-page-";
const KINDS = {{ kinds|safe }};
const TRIES = 3;

{# It is asked for without a cookie and in the worker's own language: somebody may choose the other one meanwhile. #}

{# @param {string} address #}
async function fetched(address) {
  for (let left = TRIES; ; left -= 1) {
    try {
      const answer = await fetch(address, { credentials: "omit", headers: { "Accept-Language": LANGUAGE } });
      if (answer.ok && !answer.redirected) return answer;
    } catch (cut) {
      if (left <= 1) throw cut;
    }
    if (left <= 1) throw new Error(`not to be had: ${address}`);
  }
}

{# What was kept before the line was cut stays: the next try goes on from there. A file has its digest in its name, so an #}

{# older release's is the same. #}
async function install() {
  const cache = await caches.open(NAME);
  for (const address of [...FILES, ...PAGES]) {
    if (await cache.match(address, { ignoreVary: true })) continue;
    const had = FILES.includes(address) && (await caches.match(address, { ignoreVary: true }));
    await cache.put(address, had || (await fetched(address)));
  }
}

{# The release before this one stays: a page of yesterday that is still open finds its modules and forms. #}
async function activate() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

{# @param {Request} request #}
async function kept(request) {
  const own = await (await caches.open(NAME)).match(request, { ignoreVary: true });
  return own ?? (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.data === "take over" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (PAGES.includes(pathname) || FILES.includes(pathname) || KINDS.some((kind) => pathname.startsWith(kind))) event.respondWith(kept(event.request));
});
