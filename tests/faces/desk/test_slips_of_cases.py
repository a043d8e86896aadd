"""A party's slip: its page says a state, an office and a day, nothing of a quarrel; a call by it waits at the desk."""

import re
from datetime import date

import pytest
from django.urls import reverse

from concerto.journal.kinds.case_slips import CaseSlip1
from concerto.journal.kinds.case_steps import CaseSession1
from concerto.journal.models import Entry
from concerto.papers.slips.matter import matter_of
from concerto.papers.slips.words import words_in
from concerto.parts.disputes.models import Case, CaseParty
from concerto.register.models import MatterSlip
from tests.cases import AT, Matter, panel_line
from tests.cast import VILLAGE_A
from tests.register.slips import given_slip, print_slips

pytestmark = pytest.mark.django_db
EARLY, TODAY = "2026-11-18", date(2026, 11, 20)
TELLS = ("杨春生", "努尔兰·别克", "界桩", "草场", "纠纷", "调解", "boundary", "dispute", "mediat", "示范", "人调字")


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch):
    monkeypatch.setattr("concerto.groundwork.clock.now", lambda: AT)


def willing(matter: Matter) -> None:
    assert matter.step("accepted", EARLY) == "accepted"
    assert [matter.consent(party, on=EARLY) for party in (matter.a, matter.b)] == ["accepted"] * 2


def with_slip(world, **more):
    """A case of the days before the tests', with a slip in the hands of its first party."""
    matter = Matter(world, on=EARLY, **more)
    [slip] = print_slips(world, world.lin)
    body = CaseSlip1(case=matter.id, slip=slip.key, party=matter.a)
    assert matter.bring(body, on=EARLY, saw={f"{slip.key}.given": None}) == "accepted"
    return matter, slip


def looked_at(client, slip, language: str = "zh"):
    return client.get(reverse("resident:slip", args=[slip.code]), {"l": language})


def hidden(page, name: str) -> str:
    return re.search(rf'name="{name}"(?: value="([^"]*)")?', page.content.decode())[1] or ""


def says(client, slip, what: str, **more):
    told = {"l": "zh", "draft": hidden(looked_at(client, slip), "draft"), "says": what, **more}
    return client.post(reverse("resident:slip", args=[slip.code]), told)


@pytest.mark.parametrize("language", ["zh", "en", "kk"])
def test_a_party_s_page_tells_a_state_an_office_and_a_day_and_nothing_of_a_quarrel(client, world, language):
    matter, slip = with_slip(world)
    for n in range(2):
        if n:
            willing(matter)
        page = looked_at(client, slip, language)
        hint = words_in(language).page["call_hint"]  # stands on every slip's page
        assert hint in page.content.decode()
        text = page.content.decode().replace(hint, "")
        assert page.status_code == 200
        assert world.village_a.name in text
        assert re.search(r"2026-1\d-\d\d", text)
        assert len(page.content) < 15_000
        assert [one for one in TELLS if one in text and one not in world.village_a.name] == []
        assert slip.serial not in text
        assert 'value="word"' not in text


def test_each_stage_is_told_in_the_words_of_any_matter(world):
    matter, slip = with_slip(world)
    row = MatterSlip.objects.get(id=slip.key)

    def state() -> str:
        return matter_of(row, TODAY).shown

    assert state() == "owned"
    willing(matter)
    assert state() == "doing"
    assert matter.step("ended", EARLY, how="withdrawn") == "accepted"
    assert state() == "closed"
    assert matter_of(row, TODAY).next_day is None
    other, its = with_slip(world)
    assert other.step("not_accepted", EARLY, routes=["court"]) == "accepted"
    assert matter_of(MatterSlip.objects.get(id=its.key), TODAY).shown == "not_ours"


def test_what_is_agreed_goes_on_until_it_is_kept(world):
    line = panel_line(world, world.med, VILLAGE_A, holds_seal=True)
    matter, slip = with_slip(world)
    willing(matter)
    assert matter.agree(EARLY, until="2026-11-30") == "accepted"
    for party in (matter.a, matter.b):
        assert matter.sign("party", EARLY, of=party) == "accepted"
    assert [matter.sign(what, EARLY, of=line) for what in ("mediator", "seal")] == ["accepted"] * 2
    assert matter.stands == ("in_effect", "resolved", "written")
    row = MatterSlip.objects.get(id=slip.key)
    going = matter_of(row, TODAY)
    assert (going.shown, going.next_day is not None) == ("doing", True)
    assert matter.performed("kept", "2026-11-20") == "accepted"
    assert matter_of(row, TODAY).shown == "closed"


def test_a_matter_that_turns_out_to_be_within_a_family_is_told_by_no_slip(world):
    matter, slip = with_slip(world)
    Case.objects.filter(id=matter.id).update(category="marriage_and_family")
    assert matter_of(MatterSlip.objects.get(id=slip.key), TODAY) is None


def test_the_next_talk_is_the_day_on_which_they_hear(world):
    matter, slip = with_slip(world)
    record = matter.words("下回再谈")
    talk = CaseSession1(case=matter.id, there=[matter.a], record=record.digest, next_on=date(2026, 11, 28))
    willing(matter)
    assert matter.bring(talk, on="2026-11-20", sealed=[record]) == "accepted"
    row = MatterSlip.objects.get(id=slip.key)
    assert matter_of(row, TODAY).next_day == date(2026, 11, 28)
    assert matter_of(row, date(2026, 11, 29)).next_day != date(2026, 11, 28)


def test_a_call_waits_on_the_case_s_page_until_this_party_was_told(client, desk, world):
    matter, slip = with_slip(world)
    page = reverse("desk:case", args=[matter.id])
    assert "请回电话" not in desk.of(world.med).get(page).content.decode()
    answer = says(client, slip, "call")
    assert "会给您打电话" in answer.content.decode()
    assert "还在等" in looked_at(client, slip).content.decode()
    [entry] = Entry.objects.filter(kind="case_call")
    assert "household" not in entry.said
    assert "杨春生请回电话" in desk.of(world.med).get(page).content.decode()
    told = matter.step("told", TODAY.isoformat(), told_of="how_it_goes", party=matter.a)
    assert told == "accepted"
    assert not CaseParty.objects.filter(called_on__isnull=False).exists()
    assert "还在等" not in looked_at(client, slip).content.decode()


def test_no_word_is_taken_by_a_party_s_slip(client, world):
    _matter, slip = with_slip(world)
    assert says(client, slip, "word", word="yes").status_code == 422
    assert not Entry.objects.filter(kind="need_word").exists()


def test_how_a_party_was_treated_is_not_read_by_who_handles_its_case(client, desk, world):
    matter, slip = with_slip(world)
    says(client, slip, "treated", words="没有让我说完")
    [entry] = Entry.objects.filter(kind="treated")
    assert str(world.med.id) in entry.said.split("not_to")[1]
    assert str(matter.id) not in entry.said
    page = desk.of(world.zhou).post(reverse("desk:slips-treated"), {"open": str(entry.id)})
    assert "没有让我说完" in page.content.decode()


def test_who_handles_the_case_notes_a_slip_for_one_party_by_its_serial(desk, world):
    matter = Matter(world, on=EARLY)
    [slip] = print_slips(world, world.lin)
    client, give = desk.of(world.med), reverse("desk:case-slip", args=[matter.id])
    case = reverse("desk:case", args=[matter.id])
    assert give in client.get(case).content.decode()
    heading = r'<section class="part( no-print)?">\s*<div class="part-head"><h2>办事条'
    assert re.search(heading, client.get(case).content.decode())[1]  # on paper it would stand over nothing
    page = client.get(give)
    told = {"draft": hidden(page, "draft"), "serial": slip.serial, "party": str(matter.b)}
    assert client.post(give, {**told, "serial": "1000007"}).status_code == 422
    for _ in range(2):
        answer = client.post(give, told)
        assert (answer.status_code, answer.headers["Location"]) == (302, case)
    row = MatterSlip.objects.get(id=slip.key)
    assert (row.what, row.matter, row.party) == ("case", matter.id, matter.b)
    text = client.get(case).content.decode()
    assert slip.serial in text
    assert not re.search(heading, text)[1]
    again = client.post(give, {**told, "draft": hidden(client.get(give), "draft")})
    assert again.status_code == 422
    assert desk.of(world.lin).get(give).status_code == 404


def test_within_a_family_no_slip_is_offered(desk, world):
    matter = Matter(world, on=EARLY, sort="marriage_and_family")
    client, give = desk.of(world.med), reverse("desk:case-slip", args=[matter.id])
    assert give not in client.get(reverse("desk:case", args=[matter.id])).content.decode()
    assert client.get(give).status_code == 404


def test_who_rings_and_says_the_serial_is_told_what_the_page_tells_and_whose_it_is_stays_with_the_case(desk, world):
    matter, slip = with_slip(world)
    page, lost = (reverse(f"desk:slips-{name}", args=[slip.serial]) for name in ("one", "lost"))
    case = reverse("desk:case", args=[matter.id])
    for who in (world.lin, world.wang, world.zhou):
        text = desk.of(who).get(page).content.decode()
        assert world.village_a.name in text
        assert not any(one in text for one in (case, str(matter.id), "杨春生", "草场", lost))
        assert desk.of(who).get(lost).status_code == 404
    client = desk.of(world.med)
    assert case in client.get(page).content.decode()
    assert client.post(lost, {"draft": hidden(client.get(lost), "draft")}).status_code == 302
    assert MatterSlip.objects.get(id=slip.key).void
    assert case in client.get(page).content.decode()


def test_the_pages_of_a_need_s_and_of_a_case_s_slip_have_the_same_parts(client, world):
    pages = [looked_at(client, slip).content.decode() for slip in (given_slip(world), with_slip(world)[1])]
    parts = [re.findall(r"<(h2|ol|form|button|textarea)\b", page) for page in pages]
    assert parts[0] == parts[1]
    assert all("办到哪一步" in page for page in pages)


def test_whoever_asks_to_be_called_about_a_need_is_told_that_a_quarrel_may_be_spoken_of_then(client, world):
    assert "矛盾纠纷，也可以在电话里说" in looked_at(client, given_slip(world)).content.decode()
