// A server for the tests of the sync: it stands where `fetch` would reach the network, keeps a log, and can lose requests,
// answers and its memory.
import { gunzipSync } from "node:zlib";
import { Wire } from "../../src/concerto/faces/field/static/field/js/sync/wire.js";
import { NOON, unsealed } from "./shelf-phone.js";

export const VILLAGE = "0000aaaa-0000-7000-8000-000000000001";

/** One server and the line to it. */
export function served(account) {
  const server = {
    account,
    /** Who is signed in in this browser. */
    session: account,
    device: "in_use",
    epoch: 1,
    now: NOON,
    log: new Map(),
    clashes: new Map(),
    refusals: new Map(),
    /** Every request that came, as [path, what it said]. */
    asked: [],
    /** What becomes of the next requests: "lost", "answer lost", "hangs", or a function that answers. */
    next: [],
    pages: [],
    /** Answers of a pull that are the same each time. */
    pulled: {},
    head: () => ({ epoch: server.epoch, seq: server.log.size, digest: `d${server.epoch}-${server.log.size}` }),
    count: (path) => server.asked.filter(([asked]) => asked === path).length,
  };
  const judge = (id, answered) => {
    if (server.log.has(id)) return { id, outcome: "known", seq: server.log.get(id), epoch: server.epoch, received_at: new Date(server.now).toISOString() };
    if (server.refusals.has(id)) return { id, outcome: "refused", code: server.refusals.get(id), why: "不行" };
    if (answered?.outcome === "clash" && !server.clashes.has(id)) server.clashes.set(id, answered.facts?.meets);
    if (server.clashes.has(id)) return { id, outcome: "clash", code: "seen_differently", facts: { meets: server.clashes.get(id) } };
    server.log.set(id, server.log.size + 1);
    return { id, outcome: "accepted", seq: server.log.size, epoch: server.epoch, received_at: new Date(server.now).toISOString() };
  };
  /** How an own entry stands that lies in the tray; words that are not kept lie nowhere. */
  const stands = (id) => {
    if (server.clashes.has(id)) return [[id, { outcome: "clash", code: "seen_differently", facts: { meets: server.clashes.get(id) } }]];
    const code = server.refusals.get(id);
    return code && code !== "not_kept_here" ? [[id, { outcome: "refused", code, why: "不行" }]] : [];
  };
  const answers = {
    hello: async () => ({ now: new Date(server.now).toISOString(), server_key: { id: "k", raw: "" }, signed_in: null }),
    push: async (told, shelfLog) => {
      if (told.entries && server.session === null) return refusal(401, "signed_out");
      if (told.entries && server.session !== told.account) return refusal(409, "other_person");
      const receipts = (told.entries ?? []).map(({ item, answered }) => judge(JSON.parse(item.said).id, answered));
      for (const envelope of told.envelopes ?? []) {
        const { facts, why, ...bare } = judge(JSON.parse((await unsealed(envelope)).said).id, envelope.answered);
        receipts.push(bare);
      }
      return { receipts, device: server.device, now: new Date(server.now).toISOString(), heads: { [shelfLog]: server.head() } };
    },
    pull: async ({ mine = [] }) => {
      if (server.session === null) return refusal(401, "signed_out");
      if (server.session !== server.account) return refusal(409, "other_person");
      const base = { now: new Date(server.now).toISOString(), device: server.device, head: server.head(), epoch: `e${server.epoch}`, cursors: { [VILLAGE]: 1 }, mine: Object.fromEntries(mine.flatMap(stands)) };
      return { ...base, ...server.pulled, ...server.pages.shift() };
    },
    attach: async (told) => server.attach(told),
    lacking: async ({ wordings }) => ({ lacking: wordings.filter((id) => server.lost?.has(id)) }),
  };
  globalThis.fetch = async (address, { method, body, headers, signal }) => {
    const path = address.replace("/field/", "").replace(/\/$/, "");
    const bytes = body && Buffer.from(body);
    const told = bytes ? JSON.parse((headers["Content-Encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString()) : null;
    server.asked.push([path.split("/")[0], told, bytes?.length ?? 0]);
    const fate = server.next.shift();
    if (fate === "lost") throw new TypeError("Failed to fetch");
    if (fate === "hangs") await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const said = typeof fate === "function" ? await fate(told) : method === "GET" ? { device: server.device } : await answers[path](told, server.logId);
    if (fate === "answer lost") throw new TypeError("Failed to fetch");
    if (said instanceof Response) return said;
    return new Response(JSON.stringify(said), { headers: { "Content-Type": "application/json" } });
  };
  return server;
}

function refusal(status, code) {
  return new Response(JSON.stringify({ refused: { code, facts: {}, why: "w" } }), { status });
}

/** A wire that waits less than a person would. */
export const wire = (patience = 200) => new Wire("/field/", patience);
