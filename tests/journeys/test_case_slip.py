"""A case's slip, from the desk to an old telephone: a state, an office and a day, and nothing of a quarrel."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.protected import Kept

from .test_cases import Mediated, day
from .test_cases import walked as walked  # one browser in which the desk works
from .test_need import old_phone as old_phone  # the party's own telephone: no script, signed in nowhere
from .walker import DESK

pytestmark = pytest.mark.django_db(transaction=True)
TELLS = ("杨春生", "努尔兰", "水渠", "邻里", "eighbour", "调解", "ediat", "纠纷案", "人调字")
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def printed(walked: Mediated) -> list[tuple[str, str]]:
    """Print a sheet, and give the number outside and the code inside of its first two slips."""
    walked.open("slips-print")
    walked.page.get_by_role("button", name="Show the sheet").click()
    serials = walked.page.locator(".slip-serial").all_inner_texts()
    codes = walked.page.locator(".slip-code code").all_inner_texts()
    return list(zip(serials, codes, strict=True))[:2]


def is_given(walked: Mediated, side: str, serial: str) -> None:
    """Give a slip to a party, from the page of the case on."""
    page = walked.page
    walked.open("case", walked.case)
    page.get_by_role("link", name="Note a slip for a party").click()
    page.locator(f"[name=party][value='{walked.party(side)}']").check(force=True)
    page.fill("[name=serial]", serial)
    page.get_by_role("button", name="Note the slip").click()
    page.get_by_text("The slip is noted.").wait_for()


def reads(phone, walked: Mediated, state: str) -> None:
    """Look at the page of a slip: it says how it stands, where and until when, and neither whose nor what it is."""
    expect(phone.get_by_role("heading", level=1)).to_have_text(state)
    expect(phone.locator("dd").first).to_have_text(walked.world.village_a.name)
    expect(phone.locator("dd").nth(1)).to_have_text(A_DAY)
    text = phone.locator("body").inner_text()
    assert [word for word in (*TELLS, walked.row.number) if word in text] == []


def test_each_party_reads_by_a_code_of_its_own_how_the_case_stands_in_chinese_and_in_english(walked, old_phone):
    walked.sign_in(walked.world.med)
    walked.page.set_viewport_size(DESK)
    walked.open("case-new")
    walked.takes_in(on=day(5))
    walked.acts("accept", 4)
    slips = printed(walked)
    for side, (serial, _code) in zip("ab", slips, strict=True):
        is_given(walked, side, serial)
    (first, by_square), (second, typed) = slips
    walked.open("case", walked.case)
    for serial in (first, second):
        expect(walked.page.locator("main")).to_contain_text(serial)
    assert by_square != typed
    old_phone.goto(f"/r/{by_square.replace('-', '')}/")
    reads(old_phone, walked, "正在办。")
    old_phone.get_by_role("link", name="English").click()
    reads(old_phone, walked, "It is being done.")
    old_phone.goto(reverse("resident:door"))
    old_phone.locator("input[name=code]").fill(typed.lower())
    old_phone.get_by_role("button").click()
    reads(old_phone, walked, "正在办。")
    assert old_phone.context.cookies() == []


def test_of_somebody_afraid_there_is_no_slip(walked):
    kept = Kept(walked.world)
    walked.sign_in(walked.world.zhou)
    for page in (("protected-record", kept.id), ("protected",)):
        walked.open(*page)
        expect(walked.page.locator("main a[href*='slip'], main [name=serial]")).to_have_count(0)
    answer = walked.page.goto(walked.url + reverse("desk:case-slip", args=[kept.id]))
    assert answer.status == 404
