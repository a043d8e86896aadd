"""A case that its desk does not answer, or that is nobody's: its number stands with the default desk, and no more."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from concerto.papers.standing.default_desk import unanswered
from concerto.parts.disputes.models import Case
from concerto.register.access import sight_of
from tests.cases import Matter
from tests.cast import TOWNSHIP, VILLAGE_B
from tests.faces.desk.browsing import Browser

pytestmark = pytest.mark.django_db
LIST = reverse("desk:unanswered")


def at(day: int) -> datetime:
    """Say noon of a day of September 2026."""
    return datetime(2026, 9, day, 4, tzinfo=UTC)


def cases_on(asof: date) -> list[tuple[date, date]]:
    return [(line.matter.came_on, line.since) for line in unanswered(TOWNSHIP, asof) if line.matter.sort == "case"]


def test_what_nobody_took_on_in_three_working_days_stands_there(world):
    case = Matter(world, at=at(1))
    assert cases_on(date(2026, 9, 4)) == []
    assert cases_on(date(2026, 9, 7)) == [(date(2026, 9, 1), date(2026, 9, 5))]
    case.step("accepted", "2026-09-07")
    assert cases_on(date(2026, 9, 30)) == []


def test_what_was_sent_on_has_its_days_from_then(world):
    case = Matter(world, at=at(1))
    case.hand("sent", "2026-09-03", to=TOWNSHIP, at=at(3))
    assert cases_on(date(2026, 9, 8)) == []
    assert cases_on(date(2026, 9, 9)) == [(date(2026, 9, 3), date(2026, 9, 9))]
    case.hand("accepted", "2026-09-09", by_whom=world.zhou, unit=TOWNSHIP, at=at(9))
    assert cases_on(date(2026, 9, 10)) == []
    assert cases_on(date(2026, 9, 15)) == [(date(2026, 9, 9), date(2026, 9, 15))]


def test_one_in_a_village_without_a_mediator_stands_there_at_once_until_a_mediator_is_named(world):
    Matter(world, unit=VILLAGE_B, by=world.ma, at=at(1))
    assert cases_on(date(2026, 9, 1)) == [(date(2026, 9, 1), date(2026, 9, 1))]


def test_its_page_tells_no_more_than_that_it_waits_and_opens_after_it_was_taken_over(desk, world):
    case = Matter(world, unit=VILLAGE_B, by=world.ma)
    assert sight_of(world.zhou, date(2026, 11, 20)).desks == {TOWNSHIP}
    page, listed = (
        desk.of(world.zhou).get(where).content.decode() for where in (reverse("desk:case", args=[case.id]), LIST)
    )
    assert reverse("desk:take-over", args=["case", case.id]) in listed
    for words in ("杨春生", "努尔兰", "界桩"):
        assert words not in page
        assert words not in listed
    answer = Browser(desk, world.zhou).send("take-over", "case", case.id)
    assert answer.status_code == 302
    assert answer.url == reverse("desk:case", args=[case.id])
    assert set(Case.objects.seen_by(sight_of(world.zhou, date(2026, 11, 20))).values_list("id", flat=True)) == {case.id}


def test_nobody_else_learns_of_it(desk, world):
    Matter(world, unit=VILLAGE_B, by=world.ma)
    assert desk.of(world.lin).get(LIST).status_code == 403
    for account in (world.lin, world.wang, world.med):
        assert "一件纠纷" not in desk.of(account).get(reverse("desk:today")).content.decode()
