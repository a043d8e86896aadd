"""The facts of one township, from its books: nothing is judged here, and no table is read twice."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from concerto.journal.said import CompanionRow, ProofRow
from concerto.parts.branch.posting import MatterRow
from concerto.parts.study.posting import TimeRow
from concerto.places.models import UnitKind
from concerto.register.current import current
from concerto.register.posting import HelperLinkRow, HouseholdRow, MemberRow, PostingRow
from concerto.register.seating import SeatRow
from concerto.register.waiving import WaiverRow
from concerto.rulebook.facts import (
    Absence,
    Facts,
    Group,
    Id,
    Link,
    Maker,
    Matter,
    Posting,
    Proof,
    Seat,
    Step,
    Unit,
    Waiver,
)

from .books import Book
from .needs import needs
from .rounds import rounds, wishes
from .stretches import memberships, stays

CAPACITIES = {"instructor": "instructor", "branch_secretary": "secretary"}
SEATS = {"seat": "committee"}
MEETING = "members_meeting"


def facts_of(book: Book) -> Facts:
    """Turn the rows of one log into facts. Households that were merged are told under the name they have now."""
    book.read_all()
    households = book.rows(HouseholdRow)
    called = {row.id: row.called for row in households if row.called is not None}
    posts = {row.id: row for row in book.rows(PostingRow)}
    units, proofs = book.units, book.rows(ProofRow)
    return Facts(
        units=_units(units),
        postings=[_posting(row) for row in posts.values()],
        memberships=memberships(book, book.rows(MemberRow)),
        seats=[
            Seat(member=row.member, branch=row.branch, seat=SEATS.get(row.post, row.post), **_days(row))
            for row in book.rows(SeatRow)
        ],
        groups=[Group(id=row.id, branch=row.branch, **_days(row)) for row in book.groups],
        stays=stays(book, [row for row in households if row.id not in called]),
        links=[
            Link(household=current(row.household, called), since=row.helps_from, until=row.until)
            for row in book.rows(HelperLinkRow)
        ],
        wishes=list(wishes(book, called)),
        proofs=[*_proofs(book, proofs, posts, called), *_studied(book)],
        waivers=[one for row in book.rows(WaiverRow) for one in _waivers(row, units, posts, called)],
        matters=[*_meetings(proofs), *rounds(book), *needs(book)],
    )


def places_of(book: Book) -> Facts:
    """Tell the units and who serves where, and nothing else."""
    return Facts(units=_units(book.units), postings=[_posting(row) for row in book.rows(PostingRow)])


def _days(row: Any) -> dict[str, date | None]:
    return {"since": row.since, "until": row.until}


def _units(units: Sequence[Any]) -> list[Unit]:
    township = next((unit.id for unit in units if unit.kind == UnitKind.TOWNSHIP), None)
    return [
        Unit(
            id=unit.id,
            kind=unit.kind,
            township=township if unit.id != township else None,
            serves=unit.village,
            **_days(unit),
        )
        for unit in units
    ]


def _posting(row: Any) -> Posting:
    away = [
        Absence(
            date.fromisoformat(one["since"]),
            date.fromisoformat(one["until"]),
            UUID(one["deputy"]) if one.get("deputy") else None,
        )
        for one in (json.loads(row.absences) if row.absences != "[]" else ())
    ]
    return Posting(account=row.account, role=row.role, unit=row.unit, absences=away, **_days(row))


def _proofs(book: Book, rows: Sequence[Any], posts: dict[UUID, Any], called: dict[UUID, UUID]) -> Iterator[Proof]:
    """Give what records prove, each with all who made it; a talk by whom it was with."""
    denied, company = book.denied(), defaultdict(list)
    for row in book.rows(CompanionRow):
        company[row.entry].append(row.posting)
    talks = {(row.entry, row.member): row.state for row in book.rows(MatterRow)}
    makers: dict[tuple[UUID, UUID], tuple[Maker, ...]] = {}
    for row in rows:
        if row.kind == "heart_talk":
            made: Sequence[Maker] = [Maker(row.by, frozenset({talks.get((row.entry, row.about), "member")}))]
        else:
            key = (row.entry, row.by)
            if key not in makers:
                makers[key] = tuple(_makers([row.by, *company[row.entry]], posts, is_denied=row.entry in denied))
            made = makers[key]
        yield Proof(
            entry=row.entry,
            kind=row.kind,
            about=current(row.about, called),
            on=row.on,
            amount=row.amount,
            counts_for=row.counts_for,
            makers=made,
        )


def _makers(under: Iterable[UUID], posts: dict[UUID, Any], *, is_denied: bool) -> Iterator[Maker]:
    """Name who made a record. A record names its author alone only where no posting is left that was there."""
    for one in under:
        post = posts.get(one)
        if post is None:
            yield Maker(one, not_there=is_denied)
        else:
            yield Maker(post.account, frozenset({CAPACITIES.get(post.role, post.role)}))


def _studied(book: Book) -> Iterator[Proof]:
    for row in book.rows(TimeRow):
        span = (row.begins, row.ends) if row.begins is not None and row.ends is not None else None
        yield Proof(entry=row.entry, kind="study_minutes", about=row.person, on=row.on, amount=row.minutes, span=span)


def _waivers(row: Any, units: Sequence[Any], posts: dict[UUID, Any], called: dict[UUID, UUID]) -> Iterator[Waiver]:
    """Give a waiver for everything its owner may stand for: of a posting or branch also the village it serves."""
    answer = json.loads(row.wordings)["answer"]
    post = posts.get(row.owed_by)
    whose: Id = post.unit if post else row.owed_by
    serves = {unit.village for unit in units if unit.id == whose and unit.village}
    served_by = {unit.id for unit in units if unit.village == whose}
    for by in {whose, *serves, *served_by}:
        yield Waiver(
            entry=UUID(answer),
            duty=row.duty,
            period=row.period,
            granted_on=row.answered_on,
            reason=row.reason,
            by=by,
            about=current(row.about, called) if row.about else None,
        )


def _meetings(proofs: Sequence[Any]) -> list[Matter]:
    """Give each members' meeting that counts as one: it asks for study before and in it."""
    return [
        Matter(
            id=row.id,
            subjects=frozenset({MEETING}),
            unit=row.about,
            steps=[Step(kind="held", on=row.on, entry=row.entry)],
        )
        for row in proofs
        if row.kind == MEETING
    ]
