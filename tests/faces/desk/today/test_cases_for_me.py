"""Cases on Today: for whom they open to, by number or sort, with what is due next; for others nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerto.conductor.receive import receive
from concerto.journal.kinds.case_slips import CaseCall1, CaseSlip1
from tests.cases import AT, Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A
from tests.register.slips import print_slips

pytestmark = pytest.mark.django_db
DAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch):
    monkeypatch.setattr("concerto.groundwork.clock.now", lambda: AT)


def waits(client) -> str:
    answer = client.get(reverse("desk:today"))
    assert answer.status_code == 200
    return str(answer.content.decode()).split("<main", 1)[1]


def page(matter) -> str:
    return reverse("desk:case", args=[matter.id])


def test_the_next_clock_of_a_case_stands_with_who_handles_it_and_names_nobody(desk, world):
    matter = Matter(world, on=DAY)
    text = waits(desk.of(world.med))
    assert page(matter) in text
    assert "草场边界" in text
    assert "杨春生" not in text
    assert matter.step("accepted", DAY) == "accepted"
    assert matter.row.number in waits(desk.of(world.med))
    for who in (world.lin, world.wang, world.zhou, world.ma):
        assert page(matter) not in waits(desk.of(who))


def test_what_is_over_its_day_says_so_and_stands_before_the_others(desk, world):
    late, other = Matter(world, on="2026-11-02"), Matter(world, on=DAY)
    text = waits(desk.of(world.med))
    assert text.index(page(late)) < text.index(page(other))
    assert "过 " in text


def test_a_case_that_ended_waits_for_nobody(desk, world):
    matter = Matter(world, on=DAY)
    assert matter.step("ended", DAY, how="withdrawn") == "accepted"
    assert page(matter) not in waits(desk.of(world.med))


def test_what_was_handed_to_a_desk_stands_there_until_it_answers(desk, world):
    matter = Matter(world, on=DAY)
    assert matter.step("accepted", DAY) == "accepted"
    assert matter.hand("sent", DAY, to=TOWNSHIP) == "accepted"
    assert "交到你们窗口，还没有答复" in waits(desk.of(world.zhou))
    assert matter.hand("returned", "2026-11-19", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert "退回你们窗口" in waits(desk.of(world.med))
    assert page(matter) not in waits(desk.of(world.zhou))


def test_a_desk_that_is_asked_for_help_is_told(desk, world):
    matter = Matter(world, on=DAY)
    assert matter.step("accepted", DAY) == "accepted"
    assert matter.help("asked", DAY, to=TOWNSHIP, by=date(2026, 11, 30)) == "accepted"
    text = waits(desk.of(world.zhou))
    assert "请你们窗口协助" in text
    assert "杨春生" not in text


def test_a_party_s_call_stands_with_who_handles_its_case_and_on_no_other_today(desk, world):
    matter = Matter(world, on=DAY)
    [slip] = print_slips(world, world.lin)
    given = CaseSlip1(case=matter.id, slip=slip.key, party=matter.a)
    assert matter.bring(given, on=DAY, saw={f"{slip.key}.given": None}) == "accepted"
    call = CaseCall1(case=matter.id, slip=slip.key, party=matter.a)
    [asked] = receive(
        [world.pen.item(call, unit=VILLAGE_A, on=date(2026, 11, 19), at=AT)], brought_by=None, at=AT, shown="slip"
    )
    assert asked.stands
    assert "的当事人" in waits(desk.of(world.med))
    for who in (world.lin, world.zhou, world.wang, world.sec):
        assert "的当事人" not in waits(desk.of(who))
    assert matter.step("told", "2026-11-20", told_of="how_it_goes", party=matter.a) == "accepted"
    assert "的当事人" not in waits(desk.of(world.med))


def test_an_agreement_that_wants_a_seal_is_told_to_who_holds_it_by_number_alone(desk, world):
    line = panel_line(world, world.sec, VILLAGE_A, holds_seal=True)
    matter = Matter(world, on=DAY)
    assert matter.step("accepted", DAY) == "accepted"
    for party in (matter.a, matter.b):
        assert matter.consent(party, on=DAY) == "accepted"
    assert matter.agree(DAY, until="2026-12-31") == "accepted"
    text = waits(desk.of(world.sec))
    assert "1 份协议等您盖章" in text
    assert reverse("desk:case-seals") in text
    assert page(matter) not in text
    assert matter.sign("seal", "2026-11-19", of=line, by=world.sec) == "accepted"
    assert "份协议等您盖章" not in waits(desk.of(world.sec))


def test_a_mediator_is_told_that_an_agreement_lacks_their_signature_until_they_signed(desk, world):
    line = panel_line(world, world.med, VILLAGE_A)
    matter = Matter(world, on=DAY)
    assert matter.step("accepted", DAY) == "accepted"
    for party in (matter.a, matter.b):
        assert matter.consent(party, on=DAY) == "accepted"
    assert matter.step("mediator", DAY, mediator=line, account=world.med.id) == "accepted"
    assert matter.agree(DAY, until="2026-12-31") == "accepted"
    assert "协议书还缺您的签字" in waits(desk.of(world.med))
    assert matter.sign("mediator", DAY, of=line) == "accepted"
    assert "协议书还缺您的签字" not in waits(desk.of(world.med))


def test_who_has_no_case_is_asked_nothing_more_for_those_of_others(desk, world):
    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            waits(client)
        return len(told)

    client = desk.of(world.ma)
    waits(client)
    before = asked()
    Matter(world, on=DAY)
    assert asked() == before


def test_many_cases_ask_no_more_than_one(desk, world):
    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            waits(client)
        return len(told)

    Matter(world, on=DAY)
    client = desk.of(world.med)
    waits(client)
    before = asked()
    for _ in range(5):
        Matter(world, on=DAY)
    assert asked() <= before
