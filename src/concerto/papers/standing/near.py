"""What one account has still to do, read no further than where it works and no earlier than what can still be done."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from concerto.rulebook.facts import Facts
from concerto.rulebook.facts import Unit as UnitThere
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.owing import Owner, around, who_sees
from concerto.rulebook.standing import can_be_met

from .asking import Township
from .books import Book, Reach
from .gathering import MEETING, places_of
from .local import mechanism_of


def near(log: UUID, account: UUID, asof: date) -> Township:
    """Give the township as far as one account has to do with it: its `lines_of` are what can still be done.

    A household that moved away this month is looked for where it lives now.
    """
    book = Book(log, date(asof.year - 1, 1, 1), asof)
    places, rules = places_of(book), mechanism_of(book)
    units = frozenset(_units(account, places, rules, asof))
    reach = Reach(units=units, proofs=_proofs(rules, book, asof), anything=_of_persons_and_matters(rules))
    return Township(log, asof, reach=reach, still=True, read=book)


def _units(account: UUID, places: Facts, rules: Mechanism, asof: date) -> Iterator[UUID]:
    """Name the units where this account sees what somebody owes, and those that lie with them."""
    posts = {duty.post for duty in rules.duties.values() if duty.owed_by == "post"}
    for unit in places.units:
        owners = (Owner("branch", unit.id), *(Owner("post", unit.id, post) for post in posts))
        if any(account in who_sees(owner, places, on=asof) for owner in owners if _fits(owner, unit)):
            yield from (one for one in around(unit.id, places) if isinstance(one, UUID))


def _fits(owner: Owner, unit: UnitThere) -> bool:
    return unit.kind == "branch" if owner.sort == "branch" else unit.kind == "village"


def _proofs(rules: Mechanism, book: Book, asof: date) -> dict[str, date]:
    """Name the kinds of records that prove something still owed, each with the first day on which one counts."""
    since: dict[str, date] = {MEETING: book.since}
    for duty in rules.duties.values():
        for edition in duty.editions:
            if edition.within:
                since |= dict.fromkeys(edition.proven_by, book.since)
        for period, edition in duty.periods(asof):
            if period.first >= book.since and can_be_met(period, edition, asof):
                for kind in edition.proven_by:
                    since[kind] = min(since.get(kind, period.first), period.first)
    return since


def _of_persons_and_matters(rules: Mechanism) -> frozenset[str]:
    """Name what is proven of somebody or something that lies in no unit's books."""
    told = ((duty, edition) for duty in rules.duties.values() for edition in duty.editions)
    return frozenset(
        kind for duty, edition in told if edition.within or duty.owed_by == "person" for kind in edition.proven_by
    )
