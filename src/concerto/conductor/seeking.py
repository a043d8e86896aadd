"""What is held about one person or household: the only room that looks into sealed words for a name.

What is theirs is found by id, under every name that was merged with theirs. What may be theirs is listed for a
person to decide one by one: words about their households, and words in which their names or phones stand. Those of
cases are none of it: no question lists the disputes of a person, and who asks what a case holds of them asks its desk.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.groundwork import database, names
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds import CASE_KINDS, PROTECTED_KINDS
from concerto.register.current import aliases, names_of
from concerto.register.models import Household, Membership, Resident

OWN, HOUSEHOLD, NAMED = "own", "household", "named"
SHORTEST = 2  # a name of one sign would be found everywhere
SHORTEST_PHONE = 7


class Found(NamedTuple):
    """One sealed part, and why it was found. Its words stay out of whatever prints it."""

    log: UUID
    seq: int
    digest: str
    about: UUID
    sort: str
    audience: str
    why: str
    entry: UUID
    kind: str
    on: date
    text: str

    def __repr__(self) -> str:
        return f"Found({self.why}, {self.kind}, {self.digest[:12]})"


class Who(NamedTuple):
    """Somebody or some household in one log, by all the names that are one with it, and the households they were of."""

    log: UUID
    sort: str
    ids: frozenset[UUID]
    households: frozenset[UUID]


@dataclass(frozen=True)
class Held:
    """Everything found: what is theirs, what is listed for a decision, and by which words it was looked for."""

    thing: UUID
    sort: str
    who: tuple[Who, ...]
    own: tuple[Found, ...]
    listed: tuple[Found, ...]
    sought: "Sought" = field(repr=False)

    @property
    def logs(self) -> list[UUID]:
        """The logs they are known in."""
        return [who.log for who in self.who]


OF_THEIR_NEEDS = """
    SELECT DISTINCT said.seq FROM touch theirs
    JOIN touch opened ON opened.log = theirs.log AND opened.seq = theirs.seq AND opened.how = 3 AND opened.what = 'need'
    JOIN touch said ON said.log = opened.log AND said.thing = opened.thing
    WHERE theirs.log = %s AND theirs.thing IN (%in)
"""


class Sought:
    """The words somebody is looked for by: names and phones, compared without spaces, marks and case."""

    def __init__(self, called: Iterable[str], numbers: Iterable[str]) -> None:
        self.plain = frozenset(text for text in (*called, *numbers) if text)
        forms = {names.search_form(name) for name in called}
        digits = {re.sub(r"\D", "", number) for number in numbers}
        self.names = sorted(form for form in forms if len(form) >= SHORTEST)
        self.phones = sorted(number for number in digits if len(number) >= SHORTEST_PHONE)

    def is_in(self, text: str) -> bool:
        """Tell whether one of the names or phones stands in a text."""
        if not (self.names or self.phones) or not text:
            return False
        form = names.search_form(text)
        return any(name in form for name in self.names) or any(number in form for number in self.phones)

    def __bool__(self) -> bool:
        return bool(self.names or self.phones)

    def __repr__(self) -> str:
        return f"Sought({len(self.names)} names, {len(self.phones)} phones)"


def held(thing: UUID) -> Held:
    """Find everything held about a resident or a household, in every log, as of one moment."""
    with database.one_view():
        who = tuple(_who(thing))
        if not who:
            raise Refused("nobody_of_this_id")
        own = [found for one in who for found in _about(one.log, one.ids)]
        sought = _sought(own) if who[0].sort == "resident" else Sought((), ())
        taken = {(found.log, found.digest) for found in own}
        listed = {(found.log, found.digest): found for found in _listed(who, sought)}
        rest = [found for key, found in sorted(listed.items(), key=lambda pair: pair[1][:2]) if key not in taken]
    return Held(thing, who[0].sort, who, tuple(own), tuple(rest), sought)


def still_theirs(found: Held) -> list[Found]:
    """Look again for what is theirs: somebody may have recorded something meanwhile."""
    return [part for one in found.who for part in _about(one.log, one.ids)]


def by_digest(digests: Iterable[str]) -> list[Found]:
    """Find sealed parts by their digests, wherever they are."""
    return list(_found("digest IN (%in)", [], digests, NAMED))


def _who(thing: UUID) -> Iterator[Who]:
    for sort, model in (("resident", Resident), ("household", Household)):
        for log in model.objects.filter(id=thing).values_list("log", flat=True):
            ids = names_of(thing, aliases(log, model))
            yield Who(log, sort, ids, ids if sort == "household" else _households(log, ids))


def _households(log: UUID, residents: frozenset[UUID]) -> frozenset[UUID]:
    lived = set(Membership.objects.filter(log=log, id__in=residents).values_list("household", flat=True))
    called = aliases(log, Household)
    return frozenset(name for house in lived for name in names_of(house, called))


def _sought(own: Iterable[Found]) -> Sought:
    """Read names and phones out of every wording there ever was: an old name finds old words."""
    texts = [found.text for found in own if found.kind in ("resident", "resident_change")]
    digits = {text: re.sub(r"[\s()+-]", "", text) for text in texts}
    phones = [text for text, bare in digits.items() if bare.isdigit() and len(bare) >= SHORTEST_PHONE]
    called = [text for text in texts if not any(sign.isdigit() for sign in text)]
    return Sought(called, phones)


def _listed(who: Iterable[Who], sought: Sought) -> Iterator[Found]:
    if sought:
        yield from _with_words(sought)
    for one in who:
        yield from _of_households(one)


def _about(log: UUID, things: Iterable[UUID]) -> Iterator[Found]:
    return _found("log = %s AND about IN (%in)", [log], things, OWN)


def _of_households(who: Who) -> Iterator[Found]:
    """Find words about the households, and about what visits to them opened; never those about other people.

    A need that goes from desk to desk is spoken of there without naming its household.
    """
    sql = "SELECT DISTINCT seq FROM touch WHERE log = %s AND thing IN (%in)"
    seqs = {seq for told in (sql, OF_THEIR_NEEDS) for (seq,) in database.fetch_in(told, [who.log], who.households)}
    for found in _found("log = %s AND seq IN (%in)", [who.log], seqs, HOUSEHOLD):
        others = found.sort == "household" and found.about not in who.households
        if found.sort and found.sort != "resident" and not others:
            yield found


def _with_words(sought: Sought) -> Iterator[Found]:
    wanted: defaultdict[UUID, list[str]] = defaultdict(list)
    for log, digest, text in database.stream("SELECT log, digest, text FROM sealed"):
        if sought.is_in(text):
            wanted[database.to_uuid(log)].append(digest)
    for log, digests in wanted.items():
        found = _found("log = %s AND digest IN (%in)", [log], digests, NAMED)
        yield from (part for part in found if part.kind not in CASE_KINDS | PROTECTED_KINDS)


def _found(where: str, before: list[UUID], ids: Iterable[object], why: str) -> Iterator[Found]:
    sql = f"SELECT log, seq, digest, about, audience, text FROM sealed WHERE {where} ORDER BY seq, n"  # noqa: S608
    rows = [
        (database.to_uuid(log), seq, digest, database.to_uuid(about), audience, text)
        for log, seq, digest, about, audience, text in database.fetch_in(sql, before, ids)
    ]
    entries, sorts = _entries(rows), _sorts(rows)
    for log, seq, digest, about, audience, text in rows:
        entry, kind, on = entries[log, seq]
        yield Found(log, seq, digest, about, sorts.get((log, about), ""), audience, why, entry, kind, on, text)


Rows = list[tuple[UUID, int, str, UUID, str, str]]


def _entries(rows: Rows) -> dict[tuple[UUID, int], tuple[UUID, str, date]]:
    known: dict[tuple[UUID, int], tuple[UUID, str, date]] = {}
    sql = "SELECT seq, first, kind, happened_on FROM entry WHERE log = %s AND seq IN (%in)"
    for log, seqs in _by_log((row[0], row[1]) for row in rows):
        for seq, first, kind, on in database.fetch_in(sql, [log], seqs):
            known[log, seq] = (database.to_uuid(first), kind, on)
    return known


def _sorts(rows: Rows) -> dict[tuple[UUID, UUID], str]:
    known: dict[tuple[UUID, UUID], str] = {}
    sql = "SELECT thing, what FROM touch WHERE log = %s AND how = 3 AND thing IN (%in)"
    for log, things in _by_log((row[0], row[3]) for row in rows):
        for thing, what in database.fetch_in(sql, [log], things):
            known[log, database.to_uuid(thing)] = what
    return known


def _by_log(pairs: Iterable[tuple[UUID, object]]) -> Iterable[tuple[UUID, set[object]]]:
    wanted: defaultdict[UUID, set[object]] = defaultdict(set)
    for log, one in pairs:
        wanted[log].add(one)
    return wanted.items()
