"""Somebody at a browser, who walks on by what a page shows and meets no obstacle on the way."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1366, "height": 768}
PIN = "246810"
PASSWORD = "a long walk to the summer pasture"


class Walker:
    """One browser, and what one does in it."""

    def __init__(self, page: Any, home: str, obstacles: Callable[[], list[str]]) -> None:
        self.page, self.home, self.obstacles = page, home, obstacles
        self.met: set[str] = set()

    def open(self, name: str, *args: Any) -> None:
        """Go to a page of the desk by its name."""
        self.page.goto(self.home + reverse(f"desk:{name}", args=args))

    def look(self) -> None:
        """Find nothing in anybody's way on this page; a page of the same heading is looked at once."""
        heading = self.page.locator("h1").first.inner_text()
        if heading not in self.met:
            self.met.add(heading)
            found = self.obstacles()
            assert not found, f"{heading}: {found}"

    def fill(self, **words: str) -> None:
        """Write into the fields of these names."""
        for name, text in words.items():
            self.page.locator(f"main [name={name}]").fill(text)

    def choose(self, **values: str) -> None:
        """Choose in the lists of these names, by the words shown."""
        for name, shown in values.items():
            self.page.locator(f"main select[name={name}]").select_option(label=shown)

    def tick(self, name: str, value: str = "") -> None:
        """Tick a box or choose a radio button; the first of that name, unless a value says which."""
        which = f"[name={name}]" + (f"[value='{value}']" if value else "")
        self.page.locator(f"main {which}").first.check(force=True)

    def press(self, words: str) -> None:
        """Press the key in the page that says this; what follows is looked at."""
        self.page.locator("main").get_by_role("button", name=words, exact=True).first.click()
        self.look()

    def follow(self, words: str, within: str = "main") -> None:
        """Follow the link that says this; what follows is looked at."""
        self.page.locator(within).get_by_role("link", name=words, exact=True).first.click()
        self.look()

    def comes_with_slip(self, name: str, secret: str) -> None:
        """Come in for the first time, from the door on."""
        self.page.goto(self.home + "/")
        self.follow("I have a slip")
        self.fill(login=name, secret=secret, password=PASSWORD, again=PASSWORD)
        self.press("Choose this password")

    def leaves(self) -> None:
        """Sign out."""
        self.page.get_by_role("button", name="Sign out").last.click()
        self.page.get_by_role("heading", name="Sign in", exact=True).wait_for()

    def is_signed_in(self, client: Any, account: Any) -> None:
        """Be let in as somebody without knocking, for journeys that are not about the door."""
        client.force_login(account)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.home}])

    def sets_up_a_phone(self) -> None:
        """Make a phone of this browser, for whoever is signed in."""
        self.page.goto(f"{self.home}/field/#enrol")
        self.page.locator("[name=private]").first.wait_for(state="attached")
        self.tick("private", "no")
        self.fill(pin=PIN, again=PIN)
        self.page.locator("main").get_by_role("button", name="Set up this phone").click()
        self.page.get_by_role("heading", name="This phone is ready").wait_for()
