"""Somebody else who is to help: the household is asked again, and nothing is owed under the link until it agrees."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from concerto.conductor.verify import verify_log
from concerto.journal.kinds.households import Helper1, HelperChange1
from concerto.journal.models import Entry
from concerto.parts.assistance.models import AssistanceLine
from concerto.places.models import Account
from concerto.register.models import HelperLink
from tests.cast import TOWNSHIP, VILLAGE_A, World
from tests.needs import AT
from tests.papers.standing.test_from_the_books import visit
from tests.papers.standing.test_workplace import alike_for_everybody, to_do

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 18)


def taken(world: World, body: Any, *, on: date = date(2026, 7, 20), **more: Any) -> str:
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=on, at=AT, **more)
    [receipt] = world.receive(item, by=world.lin, at=AT)
    return str(receipt.code or receipt.outcome)


def changed(world: World, link: UUID, *, on: date = date(2026, 7, 20), **fields: Any) -> str:
    wordings = json.loads(HelperLink.objects.get(id=link).wordings)
    saw = {f"{link}.{name}": wordings.get(name) for name in fields}
    row = HelperLink.objects.get(id=link)
    return taken(world, HelperChange1(link=link, household=row.household, **fields), on=on, saw=saw)


def named(world: World, helper: Account, since: date, *, house: UUID | None = None, **more: Any) -> HelperLink:
    link = Helper1(link=world.pen.new_id(), household=house or world.house_1.id, helper=helper.id, since=since, **more)
    assert taken(world, link, on=since) == "accepted"
    return HelperLink.objects.get(id=link.link)


def passed_on(world: World, **more: Any) -> HelperLink:
    """End the link of the cast's first household with the 14th of July, and name somebody else from the 15th."""
    assert changed(world, world.helper_link, until=date(2026, 7, 14)) == "accepted"
    return named(world, world.sec, date(2026, 7, 15), **more)


def owed(world: World, day: date, duty: str = "four-ones-visit") -> set[str]:
    lines = [line for line in to_do(world, world.lin, day) if line.about == world.house_1.id and line.duty == duty]
    return {line.period.name for line in lines}


def test_a_link_is_not_passed_on_it_ends_and_somebody_else_gets_their_own(world):
    assert changed(world, world.helper_link, helper=world.sec.id) == "link_of_another_helper"
    assert changed(world, world.helper_link, helper=world.lin.id) == "accepted"
    nobody = Helper1(link=world.pen.new_id(), household=world.house_2.id)
    assert taken(world, nobody) == "accepted"
    assert changed(world, nobody.link, helper=world.sec.id) == "accepted"
    assert HelperLink.objects.get(id=nobody.link).helps


def test_a_link_is_not_passed_on_by_naming_nobody_in_between(world):
    assert changed(world, world.helper_link, helper=None) == "accepted"
    assert changed(world, world.helper_link, helper=world.sec.id) == "link_of_another_helper"
    assert changed(world, world.helper_link, helper=world.lin.id) == "accepted"


def test_a_first_link_helps_before_it_was_asked_until_it_declines(world):
    link = named(world, world.lin, date(2026, 3, 1), house=world.house_2.id)
    assert (link.agreement, link.helps, link.helps_from) == ("not_asked", True, date(2026, 3, 1))
    changed(world, link.id, agreement="declined")
    assert not HelperLink.objects.get(id=link.id).helps


def test_nothing_is_owed_under_a_link_that_follows_until_the_household_agrees(world):
    assert owed(world, SEPTEMBER) == {"2026-08", "2026-09"}
    link = passed_on(world)
    assert (link.helps, Entry.objects.get(first=link_entry(link)).filed.count('"follows":true')) == (False, 1)
    assert owed(world, SEPTEMBER) == set()
    assert owed(world, date(2026, 7, 10)) >= {"2026-06"}  # what was owed under the one before is still to be made good
    assert owed(world, date(2026, 8, 18)) == set()
    alike_for_everybody(world)
    assert changed(world, link.id, on=date(2026, 8, 31), agreement="agreed") == "accepted"
    link.refresh_from_db()
    assert (link.helps, link.helps_from) == (True, date(2026, 8, 31))
    assert owed(world, SEPTEMBER) == {"2026-09"}
    alike_for_everybody(world)
    assert verify_log(TOWNSHIP) is None


def test_a_household_that_agreed_before_the_link_passed_goes_on_without_a_gap(world):
    link = passed_on(world, agreement="agreed")
    assert (link.helps, link.helps_from) == (True, date(2026, 7, 15))
    assert owed(world, date(2026, 8, 18)) == {"2026-07", "2026-08"}
    alike_for_everybody(world)


def test_what_a_household_said_to_the_first_is_asked_again_also_where_it_declined_that_one(world):
    changed(world, world.helper_link, agreement="declined")
    assert not named(world, world.sec, date(2026, 7, 15)).helps


def test_a_visit_made_while_the_household_was_not_asked_was_to_no_helped_one(world):
    link = passed_on(world)

    def changes() -> int:
        return AssistanceLine.objects.filter(household=world.house_1.id, kind="no_change").count()

    before = changes()
    visit(world, date(2026, 8, 3))
    assert changes() == before
    changed(world, link.id, on=date(2026, 8, 10), agreement="agreed")
    visit(world, date(2026, 8, 12))
    assert changes() == before + 1


def test_the_first_link_stays_the_first_when_it_is_corrected_after_somebody_followed(world):
    entry = Entry.objects.get(kind="helper").id
    passed_on(world)
    body = Helper1(link=world.helper_link, household=world.house_1.id, helper=world.lin.id, until=date(2026, 7, 14))
    last = Entry.objects.filter(first=entry).latest("seq").id
    assert taken(world, body, corrects=str(entry), saw={f"{entry}.wording": str(last)}) == "accepted"
    first = HelperLink.objects.get(id=world.helper_link)
    assert (first.agreement, first.helps) == ("not_asked", True)


def link_entry(link: HelperLink) -> str:
    return str(json.loads(link.wordings)["helper"])
