"""A phone in somebody's hand: a browser whose profile stays when it is killed, taken into a tunnel, set wrong."""

import json
import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Error, TimeoutError

from .looking import obstacles_on
from .test_look import CINNABAR, RUNS_OVER, TOO_SMALL, UNNAMED
from .walker import DESK, PHONE, PIN

PATIENCE = 30_000
SHOTS = os.environ.get("SHOTS")  # a folder for pictures of what is looked at
CARDS = (Path(__file__).parent / "phone_cards.js").read_text(encoding="utf-8")
QUIET = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
ASKING = """async (given) => {
  const { find, people } = Object.values(globalThis[Symbol.for("concerto")]).find(({ enrolHere }) => enrolHere);
  const [who] = await people();
  const shelf = await find(who.account);
  await shelf.openFromOtherTab();
  try { return await (WORK)(shelf, ...given); } finally { shelf.leave(); }
}"""
# A clock that runs as ever, and shows another time.
OFF_BY = """(() => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + OFF); }
    static now() { return Real.now() + OFF; }
  };
})()"""


class Handset:
    """One browser with a profile of its own, and what one does with it."""

    def __init__(self, browser_type: Any, home: str, profile: Path, **how: Any) -> None:
        self.type, self.home, self.profile = browser_type, home, profile
        self.how = {"locale": "en-GB", "viewport": PHONE, "reduced_motion": "reduce", **how}
        self.said: list[str] = []
        self.met: set[str] = set()
        self.context: Any = None
        self.page: Any = None
        self.off_by = 0.0
        self.in_signal = True

    # ---- on and off

    def on(self, address: str = "/field/") -> "Handset":
        """Start the browser and open the phone's page."""
        self.context = self.type.launch_persistent_context(
            str(self.profile),
            executable_path=shutil.which("chromium"),
            args=[*QUIET, "--disable-sync", "--no-first-run"],
            **self.how,
        )
        if self.off_by:
            self.context.add_init_script(OFF_BY.replace("OFF", str(round(self.off_by * 1000))))
        self.context.set_offline(not self.in_signal)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.tab(address)
        return self

    def tab(self, address: str = "/field/") -> Any:
        """One more tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda line: self.said.append(line.text) if "Security Policy" in line.text else None)
        page.goto(self.home + address)
        page.locator("main:not(:has-text('Opening what is on this phone'))").wait_for()
        return page

    def off(self) -> None:
        """Close the browser as one closes it."""
        if self.context:
            with suppress(Error):
                self.shot(f"last of {self.profile.parents[0].name[-30:]}")
                self.context.close()
        self.context = None

    def kill(self) -> None:
        """Take the browser away as a phone does that is short of memory: nobody in the page gets a word in."""
        mine = f"--user-data-dir={self.profile}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if mine in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
        self.off()

    def without_signal(self) -> None:
        """Go where there is none, once everything that is needed there has come."""
        self.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
        self.in_signal = False
        self.context.set_offline(True)

    def in_signal_again(self) -> None:
        """Come back."""
        self.in_signal = True
        self.context.set_offline(False)

    def meets_the_server(self) -> None:
        """Let the browser say that there is signal."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

    # ---- who holds it

    def is_signed_in(self, account: Any) -> None:
        """Be let in as somebody without knocking; who was signed in before is signed out nowhere."""
        client = Client()
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        self.has_session({"name": name, "value": client.cookies[name].value})

    def has_session(self, cookie: dict[str, str]) -> None:
        """Be let in with the cookie of a session."""
        self.context.add_cookies([{**cookie, "url": self.home}])

    def is_set_up(self, pin: str = PIN) -> None:
        """Set the phone up for whoever is signed in."""
        self.page.goto(f"{self.home}/field/#enrol")
        self.page.reload()
        self.page.locator("[name=private][value=no]").check(force=True)
        self.page.locator("[name=pin]").fill(pin)
        self.page.locator("[name=again]").fill(pin)
        self.press("Set up this phone")
        self.heading("This phone is ready")

    def is_given_cards(self, world: Any, pin: str = PIN) -> None:
        """Lay a card onto the shelf without a server."""
        facts = {"pin": pin, "village": str(world.village_a.id), "house": str(world.house_1.id)}
        self.page.evaluate(f"facts => ({CARDS})(facts)", facts)
        self.go("list", "Households")
        self.page.locator(".house-row").first.wait_for()

    def opens(self, pin: str = PIN) -> None:
        """Give the PIN at the lock."""
        self.page.locator("#lock-pin").fill(pin)
        self.press("Open")

    # ---- walking about

    def go(self, name: str, heading: str = "") -> None:
        """Go to one of the phone's pages."""
        self.page.evaluate(f"location.hash = {json.dumps('#' + name)}")
        if heading:
            self.heading(heading)

    def heading(self, words: str) -> None:
        """Wait for the page of this heading."""
        try:
            self.page.get_by_role("heading", name=words, level=1).wait_for()
        except TimeoutError as late:
            shown = self.page.locator("body").inner_text()[:600]
            raise AssertionError(f"no page {words!r}, but {self.page.url} with {shown!r}, said {self.said}") from late

    def press(self, words: str) -> None:
        """Press the key that says this."""
        self.page.locator("main, #dock, #notices").get_by_role("button", name=words, exact=True).first.click()

    def says(self, words: str, within: str = "body") -> None:
        """Wait until the page says this."""
        self.page.locator(within).get_by_text(words).first.wait_for()

    def records_nobody_home(self, house: Any, words: str = "") -> None:
        """Record a visit that met nobody, which is the shortest there is."""
        self.go(f"visit/{house}", "Record a visit")
        self.page.locator("[name=met][value=nobody_home]").check(force=True)
        if words:
            self.page.locator("[name=words]").fill(words)
        self.press("Record it")
        self.page.get_by_role("heading", name="Recorded", exact=True).wait_for()

    def shelf(self, work: str, *given: Any) -> Any:
        """Ask the shelf that is open, as the page's own scripts do."""
        return self.page.evaluate(ASKING.replace("WORK", work), list(given))

    def renumbers(self, house: Any, number: str) -> None:
        """Give a household another number."""
        self.go(f"change/{house}", "Change")
        self.page.locator("[name=number]").fill(number)
        self.press("Record it")
        self.page.get_by_role("heading", name="Recorded", exact=True).wait_for()

    def holds(self, count: int) -> None:
        """Wait until the cards of so many households lie here."""
        for _ in range(600):
            if self.shelf("(shelf) => shelf.cards().then((all) => all.size)") == count:
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"there are not {count} cards")

    # ---- looking

    def obstacles(self) -> list[str]:
        """What stands in the way of somebody who sees, hears or moves differently."""
        return obstacles_on(self.page)

    def shot(self, name: str) -> None:
        """Take a picture, where somebody asked for pictures."""
        if SHOTS and self.page:
            named = f"{name}-{self.how['locale'][:2]}.png".replace(" ", "_").replace("/", "_")
            self.page.screenshot(path=str(Path(SHOTS) / named), full_page=True)

    def look(self, name: str) -> None:
        """Find nothing in anybody's way: on a phone by day, at a desk by night, and on a desk of 640 px at 200 %."""
        wrong: list[Any] = []
        for size, light in ((PHONE, "light"), (DESK, "dark")):
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=light)
            wrong += [*self.obstacles(), *self.page.evaluate(UNNAMED)]
            keys = self.page.evaluate(CINNABAR)
            wrong += [f"{keys} keys are cinnabar"] if keys > 1 else []
            self.shot(f"{name}-{size['width']}")
        self.page.set_viewport_size({"width": 320, "height": 640})
        wrong += [f"{self.page.evaluate(RUNS_OVER)} px over the edge"] if self.page.evaluate(RUNS_OVER) else []
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(PHONE)
        wrong += self.page.evaluate(TOO_SMALL)
        assert wrong == [], f"{name}: {wrong}"
