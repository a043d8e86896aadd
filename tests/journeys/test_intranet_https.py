"""HTTPS on a county's own network, with an authority of its own: the very commands of `docs/install.md`, tried."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, expect

from tests.conftest import CHECKOUT

from .tls import https_before

GUIDE = (CHECKOUT / "docs" / "install.md").read_text(encoding="utf-8")
AUTHORITY, CERTIFICATE, TRUST = re.findall(r"^```sh tried\n(.*?)^```", GUIDE, re.M | re.S)
HOST = "concerto.county.internal"
PASSWORD = "a long password of theirs"


@pytest.fixture
def desk_at_home(tmp_path) -> Path:
    """The folder of somebody whose browser trusts the authority, and the authority's own."""
    run(AUTHORITY + CERTIFICATE, tmp_path)
    run(TRUST, tmp_path)
    return tmp_path


def run(commands: str, folder: Path, host: str = HOST) -> str:
    """Run a block of the guide."""
    known = {"PATH": os.environ["PATH"], "HOME": str(folder), "HOST": host, "CA_PASSPHRASE": "kept elsewhere"}
    done = subprocess.run(["sh", "-euc", commands], cwd=folder, env=known, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def behind_a_proxy(settings, desk_at_home, request) -> Iterator[str]:
    """The address of the live server behind HTTPS, with the settings that CONCERTO_HTTPS and CONCERTO_HOSTS make."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    server = request.getfixturevalue("live_server")
    settings.ALLOWED_HOSTS = [HOST]
    keys = {"crt": desk_at_home / "server.crt", "key": desk_at_home / "server.key"}
    with https_before(server.url, **keys) as port:
        settings.CSRF_TRUSTED_ORIGINS = [f"https://{HOST}:{port}"]
        yield f"https://{HOST}:{port}"


@contextmanager
def opened(browser_type, home: Path, profile: Path) -> Iterator[BrowserContext]:
    """Open a browser of somebody with this home: what it trusts lies there."""
    context = browser_type.launch_persistent_context(
        str(profile),
        executable_path=shutil.which("chromium"),
        env={"HOME": str(home), "PATH": os.environ["PATH"]},
        args=["--disable-gpu", "--disable-quic", f"--host-resolver-rules=MAP {HOST} 127.0.0.1", "--no-first-run"],
        locale="en-GB",
    )
    try:
        yield context
    finally:
        context.close()


def test_whoever_trusts_the_authority_signs_in_over_https(browser_type, behind_a_proxy, desk_at_home, world):
    world.lin.set_password(PASSWORD)
    world.lin.save()
    with opened(browser_type, desk_at_home, desk_at_home / "profile") as context:
        page = context.new_page()
        answer = page.goto(f"{behind_a_proxy}/accounts/login/")
        assert answer.status == 200
        assert "max-age=" in answer.headers["strict-transport-security"]
        assert page.evaluate("window.isSecureContext && 'serviceWorker' in navigator && !!crypto.subtle")
        page.locator("input[name=login]").fill("lin")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")
        assert all(cookie["secure"] for cookie in context.cookies())


def test_whoever_does_not_is_told_by_the_browser(browser_type, behind_a_proxy, desk_at_home):
    stranger = desk_at_home / "stranger"
    stranger.mkdir()
    with opened(browser_type, stranger, desk_at_home / "profile") as context, pytest.raises(Error, match="AUTHORITY"):
        context.new_page().goto(f"{behind_a_proxy}/accounts/login/")


def test_the_phones_page_installs_its_worker_and_opens_from_it_when_the_certificate_is_trusted_no_more(
    browser_type, behind_a_proxy, desk_at_home
):
    profile, stranger = desk_at_home / "profile", desk_at_home / "stranger"
    stranger.mkdir()
    with opened(browser_type, desk_at_home, profile) as context:
        page = context.new_page()
        page.goto(f"{behind_a_proxy}/field/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        script = page.evaluate("navigator.serviceWorker.controller.scriptURL")
        assert script == f"{behind_a_proxy}/field/sw.js"
    with opened(browser_type, stranger, profile) as context:
        page = context.new_page()
        assert page.goto(f"{behind_a_proxy}/field/").from_service_worker
        said = page.evaluate("fetch('hello/', {method: 'POST'}).catch(wrong => wrong.message)")
        assert said == "Failed to fetch"
        assert page.evaluate("navigator.onLine")
        with pytest.raises(Error, match="AUTHORITY"):
            page.goto(f"{behind_a_proxy}/accounts/login/")


def test_the_authority_speaks_for_no_other_name(desk_at_home):
    with pytest.raises(AssertionError, match="permitted subtree"):
        run(CERTIFICATE, desk_at_home, host="bank.example")
