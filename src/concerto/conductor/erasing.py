"""Erasing: the words about a person leave the book, the ledgers, the tray, the tail and every file of the home.

In this order, so that it can be done again after a crash at any point: first what is found by name alone, then the
book through the one door (with it the list of erasures and the ledgers), then the tail and the engine's own files.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.conf import settings

from concerto.groundwork import canonical, clock, database, identity
from concerto.groundwork.ids import uuid7
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.kinds.keeping import Erased, Erasure1
from concerto.journal.said import HOME, Audience, Body, Item, SealedPart
from concerto.places.devices import desk_of, next_number
from concerto.places.models import Account

from . import attachments, erasures, reach, tail, trays_tail
from .receive import Receipt, receive
from .seeking import Found, Held, Sought, by_digest, held, still_theirs

MOST_IN_ONE = 400  # digests of one entry: its text stays under the size an entry may have
MOST_THINGS = 150
TELLING = frozenset({"visit", "meeting", "study", "own_study"})  # kinds that have words of their own, and open others
WORDED = TELLING | {"household", "resident", "member", "need", "lead", "branch_matter", "resolution", "helper_link",
                     "panel_member"}  # fmt: skip


class Done(NamedTuple):
    """What an erasure did, without a word of what it was."""

    person: UUID
    erased: int
    entries: list[Receipt]
    left: list[Found]
    reached: dict[str, int]
    engine_clean: bool


def erase(
    thing: UUID, *, basis: str, also: Collection[str] = (), everything: bool = False, by: Account | None, at: datetime
) -> Done:
    """Erase every part about a person or household, and those listed parts that somebody decided on.

    `also` names the decided ones by digest; what is listed and not named stays, and is answered in `left`.
    """
    found = held(thing)
    check_basis(basis, found.sought)
    chosen = _chosen(found, also, everything=everything)
    rows = list(reach.tray_rows(found))
    reached = {"tray": _clear_tray(rows, at), **{name: reaches(found) for name, reaches in reach.REACHES}}
    receipts = [_record(item, by, at) for item in _items(found, chosen, basis, by, at)]
    if late := still_theirs(found):  # recorded while this was decided; from now on the door takes nothing more
        chosen += late
        receipts += [_record(item, by, at) for item in _items(found, late, basis, by, at)]
    gone = {found.digest for found in chosen} | {digest for _, digests in rows for digest in digests}
    reached["tail"] = forget_in_tail(found.logs, gone)
    clean = database.forget_deleted(settings.CONCERTO_HOME, [*found.sought.plain, *(part.text for part in chosen)])
    erased = {found.digest for found in chosen}
    left = [part for part in found.listed if part.digest not in erased]
    return Done(thing, len(erased), receipts, left, reached, clean)


def check_basis(basis: str, sought: Sought) -> None:
    """The reason is kept for ever, so it may not hold what is erased."""
    refuse(not basis.strip(), "words_missing")
    refuse(identity.holds_identity_number(basis), "identity_number_not_kept")
    refuse(sought.is_in(basis), "basis_names_the_person")


def _chosen(found: Held, also: Collection[str], *, everything: bool) -> list[Found]:
    known = {part.digest: part for part in found.listed}
    extra = by_digest(digest for digest in also if digest not in known)
    there = known.keys() | {part.digest for part in extra} | {part.digest for part in found.own}
    refuse(not set(also) <= there, "no_such_part")
    listed = [part for part in found.listed if everything or part.digest in also]
    return [*found.own, *listed, *(part for part in extra if part not in found.own)]


def _clear_tray(rows: Sequence[tuple[reach.Row, list[str]]], at: datetime) -> int:
    """Empty rows of the tray; their digests go into the list first, so that no backup brings them back."""
    by_log: defaultdict[UUID, list[str]] = defaultdict(list)
    for (log, _), digests in rows:
        by_log[database.to_uuid(log)] += digests
    for log, digests in by_log.items():
        erasures.keep(erasures.Dropped(clock.day_of(at), log, digests))
    if rows:
        reach.empty_tray([key for key, _ in rows])
    return len(rows)


# ---------------------------------------------------------------- the entries


def _items(found: Held, chosen: Sequence[Found], basis: str, by: Account | None, at: datetime) -> Iterator[Item]:
    """Write one entry for each log they are known in or words are taken from; more only where one would be too long."""
    by_log: defaultdict[UUID, list[Found]] = defaultdict(list)
    for part in chosen:
        by_log[part.log].append(part)
    for log in {*found.logs, *by_log}:
        whole = [Erased(one, who.sort) for who in found.who if who.log == log for one in sorted(who.ids)]  # type: ignore[arg-type]
        for parts in pieces(by_log[log]):
            things = [*whole, *_things(parts, {one.thing for one in whole})]
            if things and (parts or _is_news(log, found)):
                yield entry(log, things, [p.digest for p in parts], person=found.thing, basis=basis, by=by, at=at)


def _is_news(log: UUID, found: Held) -> bool:
    """Tell whether a person without any words left is not marked as erased yet."""
    ids = {one for who in found.who if who.log == log for one in who.ids}
    sql = "SELECT DISTINCT thing FROM touch WHERE log = %s AND how = 4 AND thing IN (%in)"
    return len(database.fetch_in(sql, [log], ids)) < len(ids)


def pieces(parts: Sequence[Found]) -> Iterator[Sequence[Found]]:
    """Part what one entry cannot name at once; nothing is one piece too."""
    most = min(MOST_IN_ONE, MOST_THINGS // 2)
    yield from (parts[start : start + most] for start in range(0, max(len(parts), 1), most))


def _things(parts: Iterable[Found], whole: Collection[UUID]) -> Iterator[Erased]:
    """Name what loses words: the thing they were about, and the visit or meeting that told them."""
    lost = {part.about: part.sort for part in parts if part.sort in WORDED}
    lost |= {part.entry: part.kind for part in parts if part.kind in TELLING}
    for thing, what in lost.items():
        if thing not in whole:
            lives_on = what in ("household", "resident")
            yield Erased(thing, what, whole=not lives_on)  # type: ignore[arg-type]


def entry(
    log: UUID,
    things: Sequence[Erased],
    digests: Sequence[str],
    *,
    person: UUID | None,
    basis: str,
    by: Account | None,
    at: datetime,
) -> Item:
    """Write one erasure; its reason is sealed, and about the erasure itself."""
    first = uuid7(at)
    sealed = [SealedPart(about=first, audience=Audience.DESK, salt=secrets.token_hex(16), text=basis)] if basis else []
    body = Erasure1(
        things_erased=list(things),
        digests=list(digests),
        basis=sealed[0].digest if sealed else None,
        person=person,
    )
    return item(first, log, body, sealed, by=by, at=at)


def item(first: UUID, log: UUID, body: Body, sealed: Sequence[SealedPart], *, by: Account | None, at: datetime) -> Item:
    """Write an entry of the home or of a privacy officer about the book itself."""
    said = {
        "id": str(first),
        "kind": body.KIND,
        "version": body.VERSION,
        "log": str(log),
        "unit": str(log),
        "author": str(by.id if by else HOME),
        "device": str(desk_of(by) if by else uuid7(at)),
        "number": next_number(by, at) if by else 1,
        "happened_on": clock.day_of(at).isoformat(),
        "recorded_at": clock.stamp(at),
        "body": msgspec.to_builtins(body),
        "sealed": [part.digest for part in sealed],
    }
    return Item(canonical.write(said), tuple(sealed))


def _record(one: Item, by: Account | None, at: datetime) -> Receipt:
    [receipt] = receive([one], brought_by=by, at=at)
    if not receipt.stands:
        raise Refused(receipt.code, **receipt.facts)
    return receipt


def forget_in_tail(logs: Iterable[UUID], digests: set[str]) -> int:
    """Take erased words out of the tail, and their files out of the home: these, and all of the list of erasures, lest
    a crash came between."""
    listed = {digest for dropped in erasures.own_list() for digest in dropped.digests}
    known = {*logs, *tail.logs(settings.CONCERTO_TAIL)}
    return sum(each.forget(log, digests | listed) for log in known for each in (tail, trays_tail, attachments))
