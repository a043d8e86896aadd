"""A real Chromium, a live server with hashed static files, and the accessibility rules."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from .handset import Handset
from .looking import obstacles_on
from .walker import PHONE, Walker

# Playwright's loop lives in the thread of the test; Django would otherwise refuse to touch the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
expect.set_options(timeout=20_000)  # two cores carry browser, server and phone; what comes is waited for


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, which phones nobody."""
    quiet = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": [*quiet, "--disable-sync", "--no-first-run"],
    }


@pytest.fixture(scope="session", autouse=True)
def collected():
    """The static files under the names they have in service."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def page(page):
    """A page on which no script fails and nothing breaks the security policy unseen."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    assert said == []


@pytest.fixture
def obstacles(page) -> Callable[[], list[str]]:
    """Ask what on this page would stand in the way of somebody who sees, hears or moves differently."""

    def look() -> list[str]:
        return obstacles_on(page)

    return look


@pytest.fixture
def walker(page, live_server, obstacles) -> Walker:
    """Somebody at the browser, who is not signed in."""
    return Walker(page, live_server.url, obstacles)


@pytest.fixture
def set_up(walker, client, lin) -> Walker:
    """Lin, whose browser is set up as a phone of hers."""
    walker.is_signed_in(client, lin)
    walker.page.set_viewport_size(PHONE)
    walker.sets_up_a_phone()
    return walker


@pytest.fixture
def taken(browser_type, live_server, tmp_path) -> Iterator[Callable[..., Handset]]:
    """Take a phone into the hand; all are put away again."""
    phones: list[Handset] = []

    def take(home: str = "", **how: Any) -> Handset:
        phones.append(Handset(browser_type, home or live_server.url, tmp_path / f"profile-{len(phones)}", **how))
        return phones[-1]

    yield take
    for phone in phones:
        phone.off()
    assert [said for phone in phones for said in phone.said] == []


@pytest.fixture
def phone(taken, world) -> Handset:
    """lin's phone, set up, on which the cards of her village have come; she looks at them."""
    phone = taken().on()
    phone.is_signed_in(world.lin)
    phone.is_set_up()
    phone.go("list", "Households")
    expect(phone.page.locator(".house-row")).to_have_count(3)
    return phone
