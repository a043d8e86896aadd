"""Reading entries back from the database as wordings, for folds, proofs and pages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from concerto.groundwork import database

from .kinds import read_body
from .said import Audience, How, Said, SealedPart, Touch, Wording, read_filed
from .said import _said as said_decoder

COLUMNS = "e.seq, e.said, e.filed"


def wording(
    said_text: str, filed_text: str, sealed: Iterable[SealedPart], touches: Iterable[Touch] | None = None
) -> Wording:
    """Read one entry from its two texts. Texts in the book were checked at the door, so they are only decoded."""
    said = said_decoder.decode(said_text)
    body = None if said.is_null else read_body(said.kind, said.version, said.body)
    parts = {part.digest: part for part in sealed}
    own = tuple(body.things(said.first)) if body and touches is None else tuple(touches or ())
    return Wording(said, read_filed(filed_text), body, own, parts)


def sealed_of(log: UUID, seqs: Sequence[int]) -> dict[int, list[tuple[str, SealedPart]]]:
    """Read the sealed parts of entries, by number: digest and part."""
    found: defaultdict[int, list[tuple[str, SealedPart]]] = defaultdict(list)
    sql = "SELECT seq, digest, about, audience, salt, text FROM sealed WHERE log = %s AND seq IN (%in) ORDER BY seq, n"
    for seq, digest, about, audience, salt, text in database.fetch_in(sql, [log], seqs):
        part = SealedPart(about=database.to_uuid(about), audience=Audience(audience), salt=salt, text=text)
        found[seq].append((digest, part))
    return found


def wordings(log: UUID, rows: Iterable[tuple[Any, ...]]) -> list[Wording]:
    """Read entries from rows of (seq, said, filed), with their surviving sealed parts."""
    kept = list(rows)
    sealed = sealed_of(log, [seq for seq, *_ in kept])
    return with_kept_parts(
        [wording(said, filed, (part for _, part in sealed.get(seq, ()))) for seq, said, filed in kept]
    )


def with_kept_parts(words: Sequence[Wording]) -> list[Wording]:
    """Let a restatement see the parts it keeps by naming their digest: their words lie with an earlier wording."""
    lying: defaultdict[UUID, dict[str, SealedPart]] = defaultdict(dict)
    for one in words:
        lying[one.said.first].update(one.sealed)
    return [one._replace(sealed=lying[one.said.first]) if one.said.corrects else one for one in words]


def about(log: UUID, things: Iterable[UUID]) -> dict[UUID, list[Wording]]:
    """Read every entry that changes, opens or erases one of these things, by thing."""
    sql = (
        "SELECT t.thing, e.seq, e.said, e.filed FROM touch t JOIN entry e ON e.log = t.log AND e.seq = t.seq "
        "WHERE t.log = %s AND t.how >= 2 AND t.how <= 4 AND t.thing IN (%in) ORDER BY t.thing, t.seq"
    )
    by_thing: defaultdict[UUID, list[int]] = defaultdict(list)
    texts: dict[int, tuple[int, str, str]] = {}
    for thing, seq, said, filed in database.fetch_in(sql, [log], things):
        seqs = by_thing[database.to_uuid(thing)]
        if not seqs or seqs[-1] != seq:
            seqs.append(seq)
        texts[seq] = (seq, said, filed)
    read = {w.filed.seq: w for w in wordings(log, texts.values())}
    return {thing: [read[seq] for seq in seqs] for thing, seqs in by_thing.items()}


def with_firsts(log: UUID, firsts: Iterable[UUID]) -> dict[UUID, list[Wording]]:
    """Read whole facts: every wording of these firsts, in order."""
    sql = f"SELECT e.first, {COLUMNS} FROM entry e WHERE e.log = %s AND e.first IN (%in) ORDER BY e.seq"  # noqa: S608
    found: defaultdict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for first, *rest in database.fetch_in(sql, [log], firsts):
        found[database.to_uuid(first)].append(tuple(rest))
    return {first: wordings(log, rows) for first, rows in found.items()}


def touched(words: Wording, earlier: Sequence[Wording]) -> tuple[Touch, ...]:
    """Say what a wording touches: of a restatement all that its fact ever touched, with the strongest how.

    What a withdrawn or restated wording opened, its restatement opens still: a fold finds it there.
    """
    spoken_of = (t for one in (*earlier, words) if one.body for t in one.body.named(one.said.first))
    return with_closed(words.said, strongest(spoken_of))


def strongest(touches: Iterable[Touch]) -> tuple[Touch, ...]:
    """Keep one touch of each thing: the strongest, of equal ones the first."""
    kept: dict[UUID, Touch] = {}
    for touch in touches:
        known = kept.get(touch.thing)
        if known is None or touch.how > known.how:
            kept[touch.thing] = touch
    return tuple(kept.values())


def with_closed(said: Said, touches: tuple[Touch, ...]) -> tuple[Touch, ...]:
    """Add the entries that this one takes the place of: their ids are closed for ever."""
    if not said.instead_of:
        return touches
    spoken_of = {touch.thing for touch in touches}
    closed = (Touch(thing, "entry", How.CLOSES) for thing in dict.fromkeys(said.instead_of) if thing not in spoken_of)
    return (*touches, *closed)
