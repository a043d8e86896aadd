"""A slip that is noted for two households: on one phone, on two without signal, and what the household then reads."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from concerto.journal.kinds.slips import MatterSlip1
from concerto.journal.models import Tray
from concerto.parts.assistance.models import Need
from concerto.register.models import MatterSlip
from tests.cast import VILLAGE_A, enter
from tests.register.slips import JUNE, given_slip, other_need, print_slips

from .test_morning import Thumb
from .test_morning import phone as phone  # the phone that is set up there
from .walker import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_phone_without_signal_notes_no_slip_for_a_second_household(phone, world):
    thumb, page = Thumb(phone), phone.page
    slip, other = print_slips(world, world.lin, count=2)
    phone.without_signal()
    thumb.opens(world.house_1.id)
    thumb.choose("met", str(world.house_1.head))
    thumb.write("need_words_1", "井没水了")
    thumb.write("need_slip_1", slip.serial)
    thumb.records()
    thumb.opens(world.house_2.id)
    thumb.choose("met", str(world.house_2.head))
    thumb.write("need_words_1", "路断了")
    thumb.write("need_slip_1", slip.serial)
    thumb.tap(page.locator("#dock").get_by_role("button", name="Record it"))
    phone.says("This slip was given already.")
    assert phone.obstacles() == []
    phone.shot("slip given already")
    thumb.write("need_slip_1", other.serial)
    thumb.records()
    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(4, timeout=40_000)
    of = {row.serial: row.household for row in MatterSlip.objects.given()}
    assert of == {slip.serial: world.house_1.id, other.serial: world.house_2.id}


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_slip_that_two_noted_keeps_its_household_and_the_other_gets_another_number(
    home, client, walker, browser, live_server, size
):
    world = enter()
    slip, need, spare = given_slip(world), other_need(world), print_slips(world, world.lin)[0]
    body = MatterSlip1(slip=slip.key, matter=need, what="need", household=world.house_2.id)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.sec, on=JUNE, saw={f"{slip.key}.given": None})
    world.receive(item, by=world.sec)
    walker.page.set_viewport_size(size)
    walker.is_signed_in(client, world.sec)
    walker.open("tray")
    walker.look()
    walker.follow("Mend it")
    expect(walker.page.get_by_text(f"Slip {slip.serial} is with")).to_be_visible()
    walker.fill(serial=spare.serial)
    walker.press("Note the slip")
    assert not Tray.objects.exclude(outcome="settled").exists()
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    paper = context.new_page()
    for one, state in ((slip, "owned"), (spare, "heard")):
        Need.objects.filter(id=world.need).update(state="owned")
        paper.goto(live_server.url + reverse("resident:slip", args=[one.code]))
        words = {"owned": "有人管了", "heard": "记下了，村里会定下谁来管"}[state]
        expect(paper.get_by_role("heading", level=1)).to_contain_text(words)
    context.close()


SHEET = 267  # millimetres: an A4 within the margins of any page of ours
AS_PRINTED = """() => {
    const box = (one) => one.getBoundingClientRect();
    const slips = [...document.querySelectorAll(".slip-page:first-of-type .paper-slip")];
    const [title, serial, draft] = ["title", "serial", "draft"].map((name) => slips[0].querySelector(`.slip-${name}`));
    return {
        high: slips.reduce((sum, slip) => sum + box(slip).height, 0) * 25.4 / 96,
        apart: Math.max(box(serial).left - box(title).right, box(title).left - box(serial).right),
        boxes: draft.getClientRects().length,
    };
}"""


@pytest.mark.parametrize("says", ["kk", "en", "zh", "zh kk", "zh en"])
def test_a_printed_sheet_fits_its_paper_and_the_number_stands_at_the_other_end_of_the_title(home, client, walker, says):
    world, page = enter(), walker.page
    walker.is_signed_in(client, world.lin)
    page.set_viewport_size({"width": 688, "height": 1000})  # as wide as the paper within its margins
    for edition in ("normal", "large"):
        walker.open("slips-print")
        walker.tick("edition", edition)
        walker.tick("says", says)
        page.get_by_role("button", name="Show the sheet").click()
        page.locator(".paper-slip").first.wait_for()
        page.wait_for_load_state("load")
        page.emulate_media(media="print")
        told = page.evaluate(AS_PRINTED)
        assert told["high"] <= SHEET, (says, edition, told)
        assert told["apart"] > 0, (says, edition, told)
        assert told["boxes"] == 1
        page.emulate_media(media="screen")
