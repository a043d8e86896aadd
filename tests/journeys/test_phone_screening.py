"""A village is screened without signal: one line that names nobody, sent later, and taken back in one tap."""

import pytest
from playwright.sync_api import expect

from concerto.journal.models import Entry
from concerto.parts.disputes.models import Lead


@pytest.mark.parametrize("how", [{"locale": "en-GB"}, {"locale": "zh-CN"}])
def test_a_screening_that_found_none_is_recorded_without_signal_and_can_be_undone(taken, world, how):
    phone = taken(**how).on()
    page = phone.page
    phone.is_signed_in(world.lin)
    is_english = how["locale"] == "en-GB"
    if is_english:
        phone.is_set_up()
    else:
        page.goto(f"{phone.home}/field/#enrol")
        page.reload()
        page.locator("[name=private][value=no]").check(force=True)
        page.locator("[name=pin]").fill("246810")
        page.locator("[name=again]").fill("246810")
        page.locator("main form [type=submit]").click()
        page.locator('main a[href="#list"]').first.wait_for()
    phone.go("list")
    expect(page.locator(".house-row")).to_have_count(3)
    phone.without_signal()
    phone.go("record")
    page.locator('a[href^="#screening/"]').first.click()
    page.locator("main form [name=found]").wait_for()
    phone.look("screening on a phone")
    page.locator("[name=way][value=door_to_door]").check(force=True)
    for sort in ("neighbours", "livestock_damage"):
        page.locator(f"[name=sorts][value={sort}]").check(force=True)
    page.locator("[name=found]").fill("0")
    page.locator("#dock [type=submit]").click()
    page.locator(".saved").wait_for()
    phone.look("screening recorded")
    if not is_english:
        return
    page.get_by_role("link", name="Open the entry").click()
    facts = page.locator("main .facts").first
    expect(facts).to_contain_text("From door to door")
    expect(facts).to_contain_text("How many disputes were found")
    page.go_back()
    phone.in_signal_again()
    phone.meets_the_server()
    expect(page.locator(".saved .here")).to_contain_text("Sent")
    assert Lead.objects.get(kind="screening").found == 0
    phone.press("Undo")
    expect(page.locator(".saved .name")).to_contain_text("taken back")
    expect(page.locator(".saved .here")).to_contain_text("Sent")
    assert not Lead.objects.filter(kind="screening", source_withdrawn=False).exists()
    assert Entry.objects.filter(kind="screening").count() == 2
