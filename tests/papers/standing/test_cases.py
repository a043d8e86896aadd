"""What is to be done about a case by when: judged by the rulebook, for whoever may open it."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from concerto.papers.standing.books import Book
from concerto.papers.standing.cases import due_of_cases, matters_of
from concerto.parts.disputes.models import Case
from concerto.parts.disputes.states import ENDED, MAY_FOLLOW
from concerto.rulebook.standing import Verdict
from tests.cases import Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B, World

pytestmark = pytest.mark.django_db
Due = dict[str, tuple[date, object]]


@pytest.fixture
def line(world: World):
    return panel_line(world, world.med, VILLAGE_A, holds_seal=True)


def due(matter: Matter, asof: date) -> Due:
    book = Book(TOWNSHIP, date(2026, 1, 1), asof)
    lines = due_of_cases(book, [matter.row], asof).get(matter.id, [])
    return {line.duty: (line.period.last, line.by.id) for line in lines}


def test_a_case_is_answered_in_three_working_days_and_finished_in_thirty(world, line):
    case = Matter(world)
    assert due(case, date(2026, 9, 2)) == {"case-accept": (date(2026, 9, 4), VILLAGE_A)}
    case.step("accepted", "2026-09-02")
    assert due(case, date(2026, 9, 3)) == {"case-finish": (date(2026, 10, 2), VILLAGE_A)}


def test_it_is_put_off_to_the_day_that_all_agreed_on(world, line):
    case = Matter(world).willing()
    for party in (case.a, case.b):
        case.consent(party, to="extension", until="2026-10-20", on="2026-09-20")
    assert due(case, date(2026, 9, 21)) == {"case-finish": (date(2026, 10, 20), VILLAGE_A)}


def test_more_time_that_was_taken_back_or_agreed_anew_to_an_earlier_day_puts_nothing_off(world, line):
    case = Matter(world).willing()

    def until(day: str, on: str) -> None:
        for party in (case.a, case.b):
            assert case.consent(party, to="extension", until=day, on=on) == "accepted"

    until("2026-10-20", "2026-09-20")
    until("2026-10-10", "2026-09-21")
    assert due(case, date(2026, 9, 22)) == {"case-finish": (date(2026, 10, 10), VILLAGE_A)}
    until("2026-10-30", "2026-10-05")  # in time, because it was put off before
    assert due(case, date(2026, 10, 6)) == {"case-finish": (date(2026, 10, 30), VILLAGE_A)}
    assert case.consent(case.a, "refused", "2026-10-07", to="extension") == "accepted"
    assert due(case, date(2026, 10, 8)) == {"case-finish": (date(2026, 10, 1), VILLAGE_A)}


def test_the_clocks_name_the_desk_that_the_case_s_own_life_names():
    row = SimpleNamespace(id=UUID(int=9), unit=VILLAGE_A, procedure="", effect_on=None, stage="accepted")
    path = [
        ("opened", VILLAGE_A, None),
        ("accepted", VILLAGE_A, None),
        ("sent", VILLAGE_A, TOWNSHIP),
        ("received", TOWNSHIP, None),
        ("sent", VILLAGE_A, VILLAGE_B),  # by a desk that has it no more: its life leaves that out
        ("returned", VILLAGE_B, None),
        ("session", TOWNSHIP, None),
    ]
    by = {"by": UUID(int=1), "office": "", "names_day": None}
    steps = [
        SimpleNamespace(kind=kind, desk=desk, holder=to, on=date(2026, 9, n), entry=UUID(int=n), **by)
        for n, (kind, desk, to) in enumerate(path, 1)
    ]
    answer, finish = list(matters_of(row, steps, []))
    assert answer.steps[-1].holders == finish.steps[-1].holders == {"desk": TOWNSHIP, "lead_desk": TOWNSHIP}


def test_a_desk_it_is_sent_to_answers_and_the_clock_of_finishing_runs_on(world, line):
    case = Matter(world)
    case.step("accepted", "2026-09-01")
    case.hand("sent", "2026-09-07", to=TOWNSHIP)
    assert due(case, date(2026, 9, 8)) == {
        "case-accept": (date(2026, 9, 10), TOWNSHIP),
        "case-finish": (date(2026, 10, 1), VILLAGE_A),
    }
    case.hand("accepted", "2026-09-08", by_whom=world.zhou, unit=TOWNSHIP)
    assert due(case, date(2026, 9, 9)) == {"case-finish": (date(2026, 10, 1), TOWNSHIP)}


def test_whoever_receives_what_nobody_took_on_has_still_to_take_it_on(world, line):
    case = Matter(world)
    case.hand("sent", "2026-09-02", to=TOWNSHIP)
    case.hand("accepted", "2026-09-03", by_whom=world.zhou, unit=TOWNSHIP)
    assert due(case, date(2026, 9, 3)) == {"case-accept": (date(2026, 9, 7), TOWNSHIP)}


def test_a_court_s_case_has_the_court_s_own_days(world, line):
    case = Matter(world, source="court", procedure="ordinary")
    case.step("accepted", "2026-09-01")
    assert due(case, date(2026, 9, 2)) == {"case-entrusted": (date(2026, 9, 16), VILLAGE_A)}
    case.step("result_returned", "2026-09-10")
    assert due(case, date(2026, 9, 11)) == {}


def test_of_an_agreement_both_sides_are_told_each_item_is_asked_for_and_there_is_a_return_visit(world, line):
    case = Matter(world).willing().signed(line)
    assert due(case, date(2026, 9, 6)) == {"confirmation-told": (date(2026, 9, 9), VILLAGE_A)}
    case.step("told", "2026-09-07", party=case.a, told_of="confirmation")
    assert set(due(case, date(2026, 9, 7))) == {"confirmation-told"}
    case.step("told", "2026-09-08", party=case.b, told_of="confirmation")
    assert due(case, date(2026, 9, 9)) == {}
    assert due(case, date(2026, 10, 2)) == {
        "instalment-asked": (date(2026, 10, 13), VILLAGE_A),
        "return-visit": (date(2026, 10, 15), VILLAGE_A),
    }
    case.performed("broken", "2026-10-09")
    assert set(due(case, date(2026, 10, 10))) == {"return-visit"}
    case.visited("2026-10-12")
    assert due(case, date(2026, 10, 13)) == {}


def test_whoever_applied_to_the_court_together_need_not_be_told_that_one_may_confirm(world, line):
    case = Matter(world).willing().signed(line)
    for party in (case.a, case.b):
        case.consent(party, to="confirmation", on="2026-09-07")
    assert case.step("applied", "2026-09-08", parties=[case.a, case.b]) == "accepted"
    assert due(case, date(2026, 9, 9)) == {}


def test_how_it_ended_is_told_to_the_court_that_sent_it(world, line):
    case = Matter(world, source="court", procedure="simplified")
    case.step("accepted", "2026-09-01")
    case.step("ended", "2026-09-05", how="not_settled", routes=["court"])
    assert set(due(case, date(2026, 9, 6))) == {"case-entrusted"}
    assert case.step("result_returned", "2026-09-07") == "accepted"
    assert due(case, date(2026, 9, 8)) == {}
    assert all("court" in MAY_FOLLOW[end] for end in ENDED)


def test_what_was_settled_on_the_spot_owes_nothing_but_what_it_promised(world, line):
    done = Matter(world, by=world.lin, brings=False)
    done.settled_on_the_spot(mediator=line, account=world.med)
    assert due(done, date(2026, 9, 2)) == {}
    later = Matter(world, by=world.lin, brings=False)
    later.settled_on_the_spot(mediator=line, account=world.med, until=date(2026, 9, 4), item=world.pen.new_id())
    assert set(due(later, date(2026, 9, 5))) == {"instalment-asked", "return-visit"}


def test_many_are_judged_in_as_few_statements_as_one(world, line, django_assert_max_num_queries):
    cases = [Matter(world) for _ in range(4)]
    asof = date(2026, 9, 2)
    rows = list(Case.objects.filter(log=TOWNSHIP))
    with django_assert_max_num_queries(8):
        found = due_of_cases(Book(TOWNSHIP, date(2026, 1, 1), asof), rows, asof)
    assert set(found) == {case.id for case in cases}
    late = due_of_cases(Book(TOWNSHIP, date(2026, 1, 1), asof), rows, asof + timedelta(days=20))
    assert {one.verdict for lines in late.values() for one in lines} == {Verdict.MISSED}
