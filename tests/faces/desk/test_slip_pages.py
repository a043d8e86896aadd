"""The office's side of slips: a sheet is shown once, a slip is known by its serial, and no page shows a code again."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from concerto.conductor.receive import receive
from concerto.faces.desk.slips.treated import PAGE
from concerto.groundwork import clock, slip_codes
from concerto.journal.kinds.slips import MatterSlip1, Treated1
from concerto.journal.models import Entry, Tray
from concerto.journal.said import Audience
from concerto.register.models import MatterSlip
from concerto.register.slips import by_code
from tests.cast import NOON, TOWNSHIP, VILLAGE_A
from tests.needs import Life
from tests.register.slips import JUNE, given_slip, other_need, print_slips
from tests.suggestions import brought

pytestmark = pytest.mark.django_db
PRINT = {"pages": "1", "edition": "normal", "says": "zh"}
CODE = re.compile(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>")


def hidden(page, name: str) -> str:
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', page.content.decode())
    return found[1] or ""


def asked_to_print(client, **more):
    page = client.get(reverse("desk:slips-print"))
    return {**PRINT, "draft": hidden(page, "draft"), "after": hidden(page, "after"), **more}


def test_a_sheet_shows_codes_and_serials_and_each_code_opens_its_slip(desk, world):
    client = desk.of(world.lin)
    sheet = client.post(reverse("desk:slips-print"), asked_to_print(client)).content.decode()
    codes = CODE.findall(sheet)
    assert len(codes) == 3
    for code in codes:
        slip = by_code(slip_codes.read_code(code))
        assert slip is not None
        assert slip.serial in sheet
    assert sheet.count('class="qrline"') == 3
    assert not any(code.replace("-", "") in entry.said for entry in Entry.objects.all() for code in codes)


def test_the_square_holds_the_address_that_residents_reach(desk, world, settings):
    settings.RESIDENT_ADDRESS = "https://slips.example"
    client = desk.of(world.lin)
    sheet = client.post(reverse("desk:slips-print"), asked_to_print(client)).content.decode()
    assert "https://slips.example/r/" in sheet


@pytest.mark.parametrize(("says", "ways"), [("zh", {"ltr"}), ("zh kk", {"ltr", "rtl"}), ("en", {"ltr"})])
def test_the_large_edition_is_two_on_a_page_in_the_chosen_languages_and_a_draft_says_so(desk, world, says, ways):
    client = desk.of(world.lin)
    told = asked_to_print(client, edition="large", pages="2", says=says)
    sheet = client.post(reverse("desk:slips-print"), told).content.decode()
    assert len(CODE.findall(sheet)) == 4 // len(says.split())
    assert sheet.count("slip-page gap is-large") == 2
    assert set(re.findall(r'<div lang="[\w-]+" dir="(\w+)"', sheet)) == ways
    assert "slip-draft" in sheet


def test_a_double_click_prints_the_same_sheet_and_later_the_codes_are_not_shown_again(desk, world, monkeypatch):
    client = desk.of(world.lin)
    told = asked_to_print(client)
    first = CODE.findall(client.post(reverse("desk:slips-print"), told).content.decode())
    assert CODE.findall(client.post(reverse("desk:slips-print"), told).content.decode()) == first
    later = clock.now() + timedelta(minutes=3)
    monkeypatch.setattr("concerto.faces.desk.slips.printing.clock.now", lambda: later)
    again = client.post(reverse("desk:slips-print"), told, follow=True).content.decode()
    assert not CODE.findall(again)
    assert MatterSlip.objects.count() == 3


def test_of_two_who_print_at_once_one_prints_again(desk, world):
    told = asked_to_print(desk.of(world.lin))
    desk.client.logout()
    print_slips(world, world.sec, count=2)
    answer = desk.of(world.lin).post(reverse("desk:slips-print"), told)
    assert answer.status_code == 302
    assert MatterSlip.objects.count() == 2


def test_a_slip_is_given_by_its_serial_and_the_card_shows_the_serial_alone(desk, world):
    [slip] = print_slips(world, world.lin)
    client = desk.of(world.lin)
    give = reverse("desk:slips-give", args=[world.need])
    assert give in client.get(reverse("desk:household", args=[world.house_1.id])).content.decode()
    page = client.get(give)
    wrong = client.post(give, {"draft": hidden(page, "draft"), "serial": slip.serial[::-1]})
    assert wrong.status_code == 422
    told = {"draft": hidden(page, "draft"), "serial": slip.serial}
    assert client.post(give, told).status_code == 302
    assert client.post(give, told).status_code == 302, "a double click is the same entry"
    card = client.get(reverse("desk:household", args=[world.house_1.id])).content.decode()
    assert slip.serial in card
    assert MatterSlip.objects.get(id=slip.key).matter == world.need


def test_a_slip_in_somebodys_hands_is_not_given_again(desk, world):
    slip = given_slip(world)
    client = desk.of(world.lin)
    give = reverse("desk:slips-give", args=[world.need])
    answer = client.post(give, {"draft": hidden(client.get(give), "draft"), "serial": slip.serial})
    assert answer.status_code == 422


def test_who_does_not_work_there_gives_no_slip(desk, world):
    assert desk.of(world.ma).get(reverse("desk:slips-give", args=[world.need])).status_code == 404


def test_a_slip_is_looked_up_by_its_number_and_only_its_village_reads_whose_it_is(desk, world):
    slip = given_slip(world)
    for name, sees in (("lin", True), ("ma", False), ("zhou", False)):
        client = desk.of(getattr(world, name))
        answer = client.post(reverse("desk:slips"), {"serial": f" {slip.serial[:3]} {slip.serial[3:]}"}, follow=True)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "上泉村" in text
        assert ("阿依努尔" in text) == sees, name
    assert desk.of(world.other).get(reverse("desk:slips-one", args=[slip.serial])).status_code == 404


def test_a_slip_leads_to_its_need_where_it_opens_and_to_their_word_once_it_is_asked(desk, world):
    life = Life(world)
    slip = print_slips(world, world.lin)[0]
    body = MatterSlip1(slip=slip.key, matter=life.id, what="need", household=life.house)
    assert life.bring(body, saw={f"{slip.key}.given": None}) == "accepted"
    one, need = reverse("desk:slips-one", args=[slip.serial]), reverse("desk:need", args=[life.id])

    def page(who) -> str:
        return desk.of(who).get(one).content.decode()

    assert need not in page(world.ma)  # another village: it would be a dead link
    assert need in page(world.lin)
    assert "替他们记下他们的话" not in page(world.lin)
    assert life.step("owned", owner=world.lin.id) == "accepted"
    assert life.step("done", outcome="solved") == "accepted"
    assert "替他们记下他们的话" in page(world.lin)


def test_a_lost_slip_opens_nothing_any_more(desk, world):
    slip = given_slip(world)
    lost = reverse("desk:slips-lost", args=[slip.serial])
    assert desk.of(world.ma).get(lost).status_code == 404
    client = desk.of(world.lin)
    assert client.post(lost, {"draft": hidden(client.get(lost), "draft")}).status_code == 302
    assert by_code(slip.code) is None
    assert client.get(lost).status_code == 404


def test_no_page_of_the_office_shows_a_hash_of_a_code(desk, world):
    slip = given_slip(world)
    told = MatterSlip.objects.get(id=slip.key).code
    client = desk.of(world.lin)
    sheet, gave = Entry.objects.get(kind="slip_sheet"), Entry.objects.get(kind="matter_slip")
    pages = [
        reverse("desk:slips-one", args=[slip.serial]),
        reverse("desk:entry", args=[sheet.id]),
        reverse("desk:entry", args=[gave.id]),
        reverse("desk:household", args=[world.house_1.id]),
    ]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert told not in answer.content.decode()
        assert slip.code not in answer.content.decode()


def test_a_slip_can_be_noted_as_soon_as_the_need_is_recorded(desk, world):
    saved = desk.of(world.lin).get(reverse("desk:visit-saved", args=[world.visit])).content.decode()
    assert reverse("desk:slips-give", args=[world.need]) in saved


def test_by_telephone_the_desk_writes_down_how_somebody_was_treated_and_who_had_a_hand_in_it_reads_nothing(desk, world):
    slip, page = given_slip(world), reverse("desk:slips-treated")
    client = desk.of(world.zhou)
    told = {"village": str(world.village_a.id), "words": "来了三回都没人", "draft": hidden(client.get(page), "draft")}
    assert client.post(page, {**told, "serial": "1000007"}).status_code == 422
    for _ in range(2):
        assert client.post(page, {**told, "serial": slip.serial}).status_code == 302
    [entry] = Entry.objects.filter(kind="treated")
    assert str(world.lin.id) in entry.said.split("not_to")[1]
    assert "来了三回都没人" in client.post(page, {"open": str(entry.id)}).content.decode()
    assert 'name="words"' not in desk.of(world.pri).get(page).content.decode()


def test_how_people_were_treated_is_read_page_by_page_whatever_came_meanwhile(desk, world):
    page, client = reverse("desk:slips-treated"), desk.of(world.zhou)
    first = [said_how_treated(world, n) for n in range(PAGE + 2)]
    newest = client.get(page).content.decode()
    assert (newest.count('name="open"'), str(first[1]) in newest) == (PAGE, False)
    older = html.unescape(re.search(r'href="([^"]+)" rel="next"', newest)[1])
    said_how_treated(world, PAGE + 2)
    last = client.get(older).content.decode()
    assert [str(one) in last for one in first[:3]] == [True, True, False]
    assert "话1" in client.post(older, {"open": str(first[1])}).content.decode()
    assert 'rel="next"' not in last
    assert client.get(page, {"after": "nonsense"}).content.decode().count('name="open"') == PAGE


def said_how_treated(world, n: int):
    """Say by a slip how one was treated, some minutes after the one before."""
    first = world.pen.new_id()
    words = world.pen.seal(first, f"话{n}", Audience.DESK)
    body = Treated1(village=VILLAGE_A, words=words.digest)
    item = world.pen.item(body, unit=TOWNSHIP, on=JUNE, sealed=[words], id=first)
    [receipt] = receive([item], brought_by=None, at=NOON + timedelta(minutes=n), shown="slip")
    assert receipt.stands, receipt
    return first


def test_who_notes_a_slip_from_the_needs_page_is_led_back_to_it(desk, world):
    [slip] = print_slips(world, world.lin)
    client = desk.of(world.lin)
    need = reverse("desk:need", args=[world.need])
    give = reverse("desk:slips-give", args=[world.need]) + "?from=need"
    assert give in client.get(need).content.decode()
    told = {"draft": hidden(client.get(give), "draft"), "serial": slip.serial}
    assert client.post(give, told).headers["Location"] == need


def given_twice(desk, world, *, as_it_was: bool = False):
    """Let a slip of house_1 be noted for a need of house_2 by somebody without signal."""
    slip, need = given_slip(world), other_need(world)
    body = MatterSlip1(slip=slip.key, matter=need, what="need", household=world.house_2.id)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.sec, on=JUNE, saw={f"{slip.key}.given": None})
    [receipt] = world.receive(item, by=world.sec)
    assert receipt.code == "slip_given_already"
    if as_it_was:  # as an older edition let it lie
        Tray.objects.filter(id=receipt.id).update(outcome="clash", code="seen_differently")
    return slip, need, receipt.id


@pytest.mark.parametrize("as_it_was", [False, True])
def test_a_slip_noted_for_two_households_leads_its_author_to_another_number_and_names_both(desk, world, as_it_was):
    slip, need, lying = given_twice(desk, world, as_it_was=as_it_was)
    [other] = print_slips(world, world.lin)
    client, mend = desk.of(world.sec), f"{reverse('desk:slips-give', args=[need])}?instead_of={lying}"
    tray = client.get(reverse("desk:tray"))
    assert (reverse("desk:clash", args=[lying]) if as_it_was else mend) in tray.content.decode()
    assert client.get(reverse("desk:clash", args=[lying])).status_code == (302 if as_it_was else 404)
    page = client.get(mend)
    text = page.content.decode()
    assert f"办事条 {slip.serial} 已经在“阿依努尔" in text
    assert "UUID" not in text
    again = client.post(mend, {"draft": hidden(page, "draft"), "serial": slip.serial})
    assert again.status_code == 422
    assert client.post(mend, {"draft": hidden(again, "draft"), "serial": other.serial}).status_code == 302
    assert (MatterSlip.objects.get(id=slip.key).matter, MatterSlip.objects.get(id=other.key).matter) == (
        world.need,
        need,
    )
    assert Tray.objects.get(id=lying).outcome == "settled"


def test_who_settles_for_the_township_is_led_to_another_number(desk, world):
    slip, need, lying = given_twice(desk, world)
    client = desk.of(world.wang)
    assert reverse("desk:tray-theirs", args=[lying]) in client.get(reverse("desk:tray-township")).content.decode()
    page = client.get(f"{reverse('desk:slips-give', args=[need])}?instead_of={lying}")
    assert slip.serial in page.content.decode()


def test_whose_the_slip_is_stays_unsaid_to_who_does_not_work_there(desk, world):
    slip, need, lying = given_twice(desk, world)
    MatterSlip.objects.filter(id=slip.key).update(household=world.house_4.id)
    page = desk.of(world.sec).get(f"{reverse('desk:slips-give', args=[need])}?instead_of={lying}").content.decode()
    assert f"办事条 {slip.serial} 已经给出去了" in page
    assert next(iter(world.house_4.people)) not in page


def test_what_is_noted_already_is_not_offered_to_be_mended(desk, world):
    slip = given_slip(world)
    body = MatterSlip1(slip=slip.key, matter=world.need, what="need", household=world.house_1.id)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.sec, on=JUNE, saw={f"{slip.key}.given": None})
    assert world.receive(item, by=world.sec)[0].code == "slip_noted_already"
    tray = desk.of(world.sec).get(reverse("desk:tray")).content.decode()
    assert "已经记下了" in tray
    assert "instead_of" not in tray


def test_before_a_slip_of_no_need_is_called_lost_it_is_said_what_a_suggester_would_lose_whether_or_not_it_is_theirs(
    desk, world
):
    printed, suggested = print_slips(world, world.lin, count=2)
    assert brought(world, world.lin, slip=suggested.key).receipt.stands
    client, pages = desk.of(world.sec), []
    for slip in (printed, suggested):
        one = client.get(reverse("desk:slips-one", args=[slip.serial])).content.decode()
        lost = client.get(reverse("desk:slips-lost", args=[slip.serial])).content.decode()
        assert "再也看不到答复" in lost
        pages.append(
            [
                re.sub(r"<svg.*?</svg>|value=\"[^\"]*\"|nonce=\"[^\"]*\"|" + slip.serial, "", text, flags=re.DOTALL)
                for text in (one, lost)
            ]
        )
    assert pages[0] == pages[1]


def test_before_a_giving_is_taken_back_it_says_that_the_paper_then_opens_nothing(desk, world):
    slip = given_slip(world)
    gave = Entry.objects.get(kind="matter_slip")
    client, page = desk.of(world.lin), reverse("desk:entry-withdraw", args=[gave.id])
    asked = client.get(page)
    assert "它什么也打不开" in asked.content.decode()
    assert client.post(page, {"draft": hidden(asked, "draft")}).status_code == 302
    assert "已作废" in client.get(reverse("desk:slips-one", args=[slip.serial])).content.decode()
    assert by_code(slip.code) is None


def test_a_lost_slip_leads_who_works_there_to_noting_another_one_for_its_need(desk, world):
    slip = given_slip(world)
    client, one = desk.of(world.lin), reverse("desk:slips-one", args=[slip.serial])
    lost = reverse("desk:slips-lost", args=[slip.serial])
    client.post(lost, {"draft": hidden(client.get(lost), "draft")})
    text = client.get(one).content.decode()
    assert reverse("desk:slips-give", args=[world.need]) in text
    assert "阿依努尔" in text
    assert reverse("desk:slips-give", args=[world.need]) not in desk.of(world.ma).get(one).content.decode()
