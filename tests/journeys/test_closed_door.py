"""Somebody types a wrong password five times, in a browser of either language."""

import pytest
from playwright.sync_api import expect

LANGUAGES = [("zh-CN", "zh-Hans", "暂时不能登录"), ("en-GB", "en", "Sign-in is resting")]


@pytest.mark.parametrize(("browser_asks", "language", "said"), LANGUAGES)
def test_the_closed_door_says_what_to_do_and_stands_in_nobodys_way(
    live_server, page, obstacles, browser_asks, language, said
):
    page.set_extra_http_headers({"Accept-Language": browser_asks})
    for _ in range(5):
        page.goto(f"{live_server.url}/accounts/login/")
        page.locator("input[name=login]").fill("10011112222")
        page.locator("input[name=password]").fill("a wrong password")
        page.locator("input[name=password]").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert obstacles() == []
