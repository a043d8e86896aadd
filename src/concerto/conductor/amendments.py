"""What is asked of a local edition and of decisions on what somebody asked: rules across entries, at the door alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.kinds.editions import DayTable1, Edition1, EditionAnswer1
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.journal.said import Body, Said, Wording
from concerto.places.models import PartyGroup, UnitKind
from concerto.register.access import Authority
from concerto.register.holding import nobodys
from concerto.register.models import LocalEdition, Waiver
from concerto.rulebook.days import SATURDAY
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.period import named
from concerto.rulebook.reading import Sheet, read_edition
from concerto.rulebook.sense import LAST_YEAR, judge_edition, judge_law, judge_provable
from concerto.rulebook.terms import terms

from .sitting import Sitting

WAIVED = ("post", "branch")  # whose debts are let go: what somebody owes for themselves is theirs, whatever the reason


def check_decided(said: Said, restated: Sequence[Wording], at_door: Sitting) -> None:
    """What was answered stays as it was when it was answered; an answer that has come into force stays too."""
    if not restated:
        return
    before = next((words.body for words in reversed(restated) if words.body is not None), None)
    match before:
        case Waiver1():
            refuse(_state(before.waiver, at_door) not in ("", "asked"), "answered_already")
        case WaiverAnswer1() if not before.granted:
            for row in at_door.fold(before.waiver).rows:  # after a refusal the turn may have been asked anew
                _check_turn(row.id, row, at_door)
        case Edition1():
            refuse(_state(before.edition, at_door) not in ("", "proposed"), "answered_already")
        case EditionAnswer1():
            begun = [row for row in at_door.fold(before.edition).rows if row.since <= clock.day_of(at_door.at)]
            refuse(bool(begun) and before.approved, "edition_runs")
        case DayTable1():
            _check_year(before.year, at_door)


def _state(thing: UUID, at_door: Sitting) -> str:
    return next((str(row.state) for row in at_door.fold(thing).rows), "")


def check_decision(
    said: Said, body: Body, at_door: Sitting, authority: Authority | None, restated: Sequence[Wording]
) -> None:
    """What changes the mechanism makes sense and begins in the future; nobody decides what they asked for or owe.

    Who stood in for a village is asked of the day it was first decided: an answer is put right as it was given.
    """
    today = clock.day_of(at_door.at)
    decided = clock.day_of(datetime.fromisoformat(restated[0].filed.first_received_at)) if restated else today
    match body:
        case Waiver1():
            _check_waiver(body, at_door)
            _check_turn(body.waiver, body, at_door)
        case Edition1():
            _check_sense(body)
            refuse(body.since <= today, "edition_begins_later")
            _check_order(body.edition, body.duty, body.since, at_door)
        case DayTable1():
            _check_year(body.year, at_door)
            refuse(not body.off or any(day.weekday() < SATURDAY for day in body.worked), "days_off_make_no_sense")
        case EditionAnswer1():
            for row in at_door.fold(body.edition).rows:
                own = said.author in (row.proposed_by, *_worded_by(Edition1, body.edition, at_door))
                refuse(own, "approved_by_who_proposed")
                refuse(body.approved and row.since <= today, "edition_begins_later")
                if body.approved and row.state != "approved":
                    _check_order(row.id, row.duty, row.since, at_door)
        case WaiverAnswer1() if authority is not None:
            for row in at_door.fold(body.waiver).rows:
                asked = said.author in (row.asked_by, *_worded_by(Waiver1, body.waiver, at_door))
                owes = _owes(authority, row.owed_by, (said.happened_on, decided, today))
                stands_in = authority.is_organizer(decided) and bool(nobodys(at_door.log, [row.owed_by], decided))
                refuse(asked or owes or stands_in, "waived_by_who_owes")


def _check_waiver(body: Waiver1, at_door: Sitting) -> None:
    """Let a turn of what a post or a branch owes be asked for, about a household or group: never about a person."""
    duty = mechanism().duties.get(body.duty)
    if duty is None or duty.private:  # what is its person's alone is asked of nobody
        raise Refused("no_such_duty")
    refuse(named(body.period) is None, "no_such_period")
    of_a_unit = at_door.units.get(body.owed_by) in (UnitKind.VILLAGE, UnitKind.BRANCH)
    refuse(duty.owed_by not in WAIVED or not of_a_unit, "waiver_about_a_person")
    refuse(body.about is not None and not _is_no_person(body.about, at_door), "waiver_about_a_person")


def _check_turn(waiver: UUID, asked: Any, at_door: Sitting) -> None:
    """Let a turn be asked for once: again only after a refusal. What is asked of all its owner owes covers each."""
    turn = (asked.duty, asked.period, asked.owed_by)
    kept = Waiver.objects.of_turn(
        at_door.log, duty=asked.duty, period=asked.period, owed_by=asked.owed_by, about=asked.about
    )
    for row in _standing("waiver", kept, at_door):
        same = (row.duty, row.period, row.owed_by) == turn and row.about in (None, asked.about)
        if same and row.id != waiver and not row.source_withdrawn:
            refuse(row.state == "asked", "waiver_asked_already")
            refuse(row.state == "granted", "waiver_granted_already")


def _check_order(edition: UUID, duty: str, since: date, at_door: Sitting) -> None:
    """Each edition of a duty begins after the last that was approved, as `mechanism check` asks of those that ship."""
    kept = LocalEdition.objects.filter(log=at_door.log, duty=duty, state="approved", source_withdrawn=False)
    for row in _standing("edition", kept, at_door):
        approved = row.duty == duty and row.state == "approved" and not row.source_withdrawn
        later = row.id == edition or not approved or since > row.since
        refuse(not later, "edition_not_later", since=row.since.isoformat())


def _standing(sort: str, kept: Iterable[Any], at_door: Sitting) -> Iterator[Any]:
    """Give rows of the register as they stand under the lock: what this very batch says of them included."""
    here = {thing for thing, what in at_door.sorts.items() if what == sort and at_door.things.get(thing)}
    yield from (row for row in kept if row.id not in here)
    for thing in here:
        yield from at_door.fold(thing).rows


def _is_no_person(about: UUID, at_door: Sitting) -> bool:
    if about in at_door.units or at_door.village_of(about) is not None:
        return True
    return PartyGroup.objects.filter(log=at_door.log, id=about).exists()


def _check_year(year: int, at_door: Sitting) -> None:
    """Keep the days off of a year that has begun: by them days were counted and debts judged.

    Of the running year they may still be brought, or put right, where the rulebook does not know it: until then what
    was counted in it is provisional. The day of arrival counts, as for an edition: a day that is told reaches back.
    """
    running = clock.day_of(at_door.at).year
    refuse(not mechanism().days.may_be_told(year, running=running), "year_has_begun", year=year)


def _worded_by(kind: type[Body], thing: UUID, at_door: Sitting) -> Iterator[UUID]:
    """Name all who worded what is answered: who puts right what somebody else asked has asked it as well."""
    for fact in at_door.told(thing):
        if any(isinstance(words.body, kind) for words in fact.texts):
            yield from (words.said.author for words in fact.texts)


def _owes(authority: Authority, owed_by: UUID, days: Sequence[date]) -> bool:
    return any(authority.owes(owed_by, day) for day in days)


def _check_sense(body: Edition1) -> None:
    """Ask the rulebook, as it asks of the editions that ship."""
    duty = mechanism().duties.get(body.duty)
    if duty is None:
        refuse(True, "no_such_duty")  # noqa: FBT003  (reads as its sentence)
        return
    sheet = Sheet("", "")
    if body.since.year > LAST_YEAR:
        sheet.refuse("too_large", "since", most=LAST_YEAR)
    edition = read_edition(sheet, body.told(), None)
    judge_law(sheet, duty, edition)
    if not edition.repealed:
        judge_edition(sheet, edition, terms().subjects.get(duty.about), None)
        judge_provable(sheet, edition, None)
    for nonsense in sheet.found[:1]:
        refuse(True, "edition_makes_no_sense", what=nonsense.code, key=nonsense.facts.get("key", ""))  # noqa: FBT003
