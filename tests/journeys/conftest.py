"""A real Chromium, a live server with hashed static files, and the accessibility rules."""

import os
import shutil
from collections.abc import Callable

import pytest
from django.core.management import call_command

from tests.conftest import CHECKOUT

from .walker import Walker

# Playwright's loop lives in the thread of the test; Django would otherwise refuse to touch the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
        return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]

    return look


@pytest.fixture
def walker(page, live_server, obstacles) -> Walker:
    """Somebody at the browser, who is not signed in."""
    return Walker(page, live_server.url, obstacles)
