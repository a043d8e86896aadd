"""Reading a thing under the name it has now: mergers are one fact each, no row is rewritten."""

from uuid import UUID

from concerto.groundwork import database

from .models import Household, Resident


def aliases(log: UUID, model: type[Household] | type[Resident]) -> dict[UUID, UUID]:
    """Read which names of a log are now called otherwise; there are few."""
    rows = database.fetch(MERGED % model._meta.db_table, [log])
    return {database.to_uuid(thing): database.to_uuid(called) for thing, called in rows}


MERGED = "SELECT id, called FROM %s WHERE log = %%s AND called IS NOT NULL"


def current(thing: UUID, called: dict[UUID, UUID]) -> UUID:
    """Follow a name to the one it has now, and stop where a circle closes.

    >>> a, b = UUID(int=1), UUID(int=2)
    >>> current(a, {a: b}) == b, current(a, {a: b, b: a}) == a
    (True, True)

    In a circle the oldest name is as good as any, and the same for whoever leads into it.

    >>> current(UUID(int=0), {UUID(int=0): b, a: b, b: a}) == a
    True
    """
    if thing not in called:
        return thing
    way = [thing]
    while (following := called.get(thing)) is not None and following not in way:
        way.append(following)
        thing = following
    return min(way[way.index(following) :]) if following is not None else thing  # in a circle no name is the right one


def names_of(thing: UUID, called: dict[UUID, UUID]) -> frozenset[UUID]:
    """Give every name that is now called like this one, itself included."""
    now = current(thing, called)
    return frozenset({now, thing} | {name for name in called if current(name, called) == now})
