"""What one transaction at the door knows of its log: read once under the lock, kept in memory, added to as it goes."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from concerto.groundwork import database
from concerto.groundwork.refusals import Refused
from concerto.journal import reading
from concerto.journal.said import How, Posting, Said, Told, Touch, Wording, stand
from concerto.register.fields import fields, is_opener

from . import erasures
from .cues import CUES, LEDGER_VERSION, LEDGERS
from .drafts import Draft, touches_of


class Known(NamedTuple):
    """An entry that is in the log already."""

    first: UUID
    seq: int
    said: str
    filed: str


class InTray(NamedTuple):
    """An entry that came before and was not filed."""

    outcome: str
    code: str
    facts: dict[str, Any]
    said_digest: str
    author: UUID
    unit: UUID
    came_at: str
    brought_by: UUID | None
    shown: str


class Linked(NamedTuple):
    """A helper's link of a household, and on which days it counts as help."""

    helper: UUID | None
    helps: bool
    since: str
    until: str


_HEAD = "SELECT epoch, seq, digest, ledger_version FROM head WHERE log = %s"
_WAITING = "SELECT id, facts FROM tray WHERE log = %s AND outcome = 'waits' AND code <> 'unknown_kind'"
_ENTRIES = "SELECT id, first, seq, said, filed FROM entry WHERE log = %s AND id IN (%in)"
_TRAY = """
SELECT id, outcome, code, facts, said_digest, author, unit, came_at, brought_by, shown FROM tray
WHERE log = %s AND id IN (%in)
"""
_DEVICES = "SELECT id, account, revoked_on, lost_on FROM device WHERE id IN (%in)"
_NUMBERS = "SELECT number FROM entry WHERE log = %s AND device = %s AND number IN (%in)"
_OPENERS = (
    "SELECT t.thing, t.how, t.what, e.first FROM touch t JOIN entry e ON e.log = t.log AND e.seq = t.seq "
    "WHERE t.log = %s AND t.how >= 3 AND t.thing IN (%in)"
)
_VILLAGES = "SELECT id, village FROM household WHERE log = %s AND id IN (%in)"
_LINKS = (
    "SELECT household, id, helper, helps, helps_from, until FROM helper_link "
    "WHERE log = %s AND NOT source_withdrawn AND household IN (%in)"
)

ERASED_WHOLE = frozenset({"resident", "household"})  # of these nothing more is recorded; other things lose words only


class Sitting:
    """One log while its lock is held: the first look takes it."""

    def __init__(self, log: UUID, at: datetime) -> None:
        self.log, self.at = log, at
        self.epoch, self.seq, self.digest = 0, 0, ""
        self.is_open = False
        self.waiting: list[tuple[UUID, dict[str, Any]]] = []
        self.known: dict[UUID, Known] = {}
        self.tray: dict[UUID, InTray] = {}
        self.lying: set[UUID] = set()  # what lay in the tray when it was looked up, whatever became of it since
        self.numbers: set[tuple[UUID, int]] = set()
        self.devices: dict[UUID, tuple[UUID, date | None, date | None]] = {}
        self.serials: dict[int, int] = {}  # the last number given to a case of each year
        self.openers: defaultdict[UUID, set[UUID]] = defaultdict(set)
        self.erased: set[UUID] = set()
        self.closed: set[UUID] = set()
        self.sorts: dict[UUID, str] = {}
        self.facts: dict[UUID, list[Wording]] = {}
        self.things: dict[UUID, list[Wording]] = {}
        self.before: dict[UUID, Posting] = {}
        self.folded: dict[UUID, tuple[list[Wording], int, Posting]] = {}
        self.villages: dict[UUID, UUID] = {}
        self.links: set[UUID] = set()
        self.helpers: defaultdict[UUID, dict[UUID, Linked]] = defaultdict(dict)

    # ------------------------------------------------------------ reading

    def look(self, drafts: Sequence[Draft]) -> None:
        """Read, in as few round trips as can be, all that these drafts will be judged by."""
        read = [draft.said for draft in drafts if draft.said is not None]
        ids = {i for said in read for i in (said.id, *said.instead_of, *filter(None, said.saw.values()))}
        firsts = {said.corrects for said in read if said.corrects}
        things = {touch.thing: touch.what for draft in drafts for touch in touches_of(draft)}
        self._look_together(ids | firsts, read, things)
        self.facts |= reading.with_firsts(self.log, firsts - self.facts.keys())
        earlier = {t.thing for first in firsts for w in self.facts.get(first, ()) for t in _own_touches(w)}
        self._note_all(database.fetch_in(_OPENERS, [self.log], earlier - things.keys()))
        self._load(self._to_fold(drafts))

    def _look_together(self, ids: set[UUID], read: Sequence[Said], things: Mapping[UUID, str]) -> None:
        """Ask in one round trip for entries, tray, running numbers, openers, households and their helpers.

        The first time the lock is taken on the way: each statement sees what stands once it is held.
        """
        unseen = [i for i in ids if i not in self.known]
        houses = [thing for thing, what in things.items() if what == "household" and thing not in self.villages]
        by_device: defaultdict[UUID, list[int]] = defaultdict(list)
        for said in read:
            by_device[said.device].append(said.number)
        log = [self.log]
        opening = [] if self.is_open else [(database.locking(_HEAD), log, ()), (_WAITING, log, ())]
        found = database.fetch_together(
            *opening,
            (_ENTRIES, log, unseen),
            (_TRAY, log, unseen),
            (_OPENERS, log, things.keys() | ids),
            (_VILLAGES, log, houses),
            (_LINKS, log, houses),
            (_DEVICES, [], by_device),
            *((_NUMBERS, [self.log, device], asked) for device, asked in by_device.items()),
        )
        if opening:
            self._open(*found[:2])
        entries, tray, openers, villages, links, devices, *numbers = found[len(opening) :]
        self._keep_known(entries, tray)
        self._note_all(openers)
        for device, used in zip(by_device, numbers, strict=True):
            self.numbers |= {(device, number) for (number,) in used}
        for device, account, revoked_on, lost_on in devices:
            self.devices[database.to_uuid(device)] = (database.to_uuid(account), revoked_on, lost_on)
        for house, village in villages:
            self.villages[database.to_uuid(house)] = database.to_uuid(village)
        for house, link, helper, helps, since, until in links:
            linked = Linked(database.to_uuid(helper) if helper else None, bool(helps), *_from_to(since, until))
            self.helpers[database.to_uuid(house)][database.to_uuid(link)] = linked

    def _open(self, heads: Sequence[tuple[Any, ...]], waiting: Iterable[tuple[Any, ...]]) -> None:
        if not heads:
            raise Refused("unknown_log")
        [(epoch, seq, digest, version)] = heads
        if version != LEDGER_VERSION:
            raise Refused("rebuild_due")
        self.epoch, self.seq, self.digest, self.is_open = int(epoch), int(seq), str(digest), True
        self.waiting = [(database.to_uuid(i), json.loads(facts)) for i, facts in waiting]

    def _keep_known(self, entries: Iterable[tuple[Any, ...]], tray: Iterable[tuple[Any, ...]]) -> None:
        for i, first, seq, said, filed in entries:
            self.known[database.to_uuid(i)] = Known(database.to_uuid(first), seq, said, filed)
        for i, outcome, code, facts, said_digest, author, unit, came_at, brought_by, shown in tray:
            whose = database.to_uuid(author), database.to_uuid(unit), came_at
            by = database.to_uuid(brought_by) if brought_by else None
            self.lying.add(database.to_uuid(i))
            self.tray[database.to_uuid(i)] = InTray(outcome, code, json.loads(facts), said_digest, *whose, by, shown)

    def _note_all(self, openers: Iterable[tuple[Any, ...]]) -> None:
        for thing, how, what, first in openers:
            self.note(Touch(database.to_uuid(thing), what, How(how)), database.to_uuid(first))

    def _to_fold(self, drafts: Sequence[Draft]) -> set[UUID]:
        touched: set[UUID] = set()
        for draft in drafts:
            said = draft.said
            if said is None or said.id in self.known:
                continue
            own = draft.body.named(said.first) if draft.body else ()
            earlier = (t for w in self.facts.get(said.first, ()) for t in _own_touches(w))
            touched |= {t.thing for t in (*own, *earlier) if t.how >= How.CHANGES}
        return touched

    def _load(self, things: set[UUID]) -> None:
        """Read what stands of the things that will be folded, and fold it: what was there before."""
        missing = {thing for thing in things if thing not in self.things}
        there = reading.about(self.log, {thing for thing in missing if self.openers.get(thing)})
        for thing in missing:
            self.things[thing] = there.get(thing, [])
            self.before[thing] = self.fold(thing) if self.things[thing] else Posting()

    # ------------------------------------------------------------ what is known by now

    def note(self, touch: Touch, first: UUID) -> None:
        """Remember that a thing is opened, erased or closed."""
        if touch.how is How.OPENS:
            self.openers[touch.thing].add(first)
            self.sorts[touch.thing] = touch.what
            if touch.what == "helper_link":
                self.links.add(touch.thing)
        elif touch.how is How.ERASES and touch.what in ERASED_WHOLE:
            self.erased.add(touch.thing)
        elif touch.how is How.CLOSES:
            self.closed.add(touch.thing)

    def village_of(self, household: UUID) -> UUID | None:
        """Give the village a household belongs to now, changes of this very batch included."""
        if self.things.get(household):
            posting = self.fold(household)
            return posting.rows[0].village if posting.rows else None
        if household not in self.villages:
            sql = "SELECT village FROM household WHERE log = %s AND id = %s"
            for (village,) in database.fetch(sql, [self.log, household]):
                self.villages[household] = database.to_uuid(village)
        return self.villages.get(household)

    def village_on(self, household: UUID, day: date) -> UUID | None:
        """Give the village a household belonged to on a day: who called on it before it moved may say so later."""
        words = self.things.get(household) or reading.about(self.log, [household]).get(household, [])
        told = [f for f in stand(words) if f.last.said.happened_on <= day or is_opener(f, household)]
        seen = fields(household, told).get("village")
        return seen.value if seen else None

    def village_of_resident(self, resident: UUID) -> UUID | None:
        """Give the village of the household somebody belongs to now."""
        home = self._row_of(resident, "resident", "household")
        return self.village_of(home) if home else None

    def village_of_link(self, link: UUID) -> UUID | None:
        """Give the village of the household a helper link was made for, whatever else an entry says of it."""
        house = self._row_of(link, "helper_link", "household")
        return self.village_of(house) if house else None

    def holder_of(self, posting: UUID) -> UUID | None:
        """Give the account that a posting posts."""
        return self._row_of(posting, "posting", "account")

    def panel_line(self, line: UUID) -> tuple[UUID | None, UUID | None]:
        """Give the unit for which somebody mediates, and their account where they have one."""
        return self._row_of(line, "panel_member", "unit"), self._row_of(line, "panel_member", "account")

    @cached_property
    def gone(self) -> set[str]:
        """The digests of words that were erased of this log; what this very batch erases is added."""
        return set(erasures.gone_from(self.log))

    @cached_property
    def units(self) -> dict[UUID, str]:
        """The units of this log, each with its kind."""
        found = database.fetch("SELECT id, kind FROM unit WHERE log = %s", [self.log])
        return {database.to_uuid(unit): kind for unit, kind in found}

    def branch_of(self, member: UUID) -> UUID | None:
        """Give the branch somebody is a member of now."""
        return self._row_of(member, "member", "branch")

    def branches_of(self, members: Iterable[UUID]) -> set[UUID | None]:
        """Give the branches that these are members of now, in one statement for all of them."""
        wanted = set(members)
        here = {member for member in wanted if self.things.get(member)}
        sql = "SELECT DISTINCT branch FROM member WHERE log = %s AND id IN (%in)"
        there = database.fetch_in(sql, [self.log], wanted - here)
        return {database.to_uuid(branch) for (branch,) in there} | {self.branch_of(member) for member in here}

    def branch_of_seat(self, seat: UUID) -> UUID | None:
        """Give the branch on whose committee a seat is."""
        return self._row_of(seat, "seat", "branch")

    def branch_of_suspended(self, suspension: UUID) -> UUID | None:
        """Give the branch of whoever's vote rests."""
        member = self._row_of(suspension, "suspension", "member")
        return self.branch_of(member) if member else None

    def _row_of(self, thing: UUID, table: str, column: str) -> UUID | None:
        """Read one column of a register row, of this very batch where it was changed there."""
        if self.things.get(thing):
            rows = self.fold(thing).rows
            return getattr(rows[0], column) if rows else None
        sql = f"SELECT {column} FROM {table} WHERE log = %s AND id = %s"  # noqa: S608  (names are ours)
        found = database.fetch(sql, [self.log, thing])
        return database.to_uuid(found[0][0]) if found and found[0][0] else None

    def was_helped(self, household: UUID, day: str) -> bool:
        """Tell whether a household was helped on a day: it had a helper, and agreed to that one where it has to."""
        return any(one.helps and one.since <= day <= one.until for one in self._linked(household).values())

    def had_another_helper(self, household: UUID, helper: UUID | None, *, but: UUID) -> bool:
        """Tell whether a household has or had a link with somebody else, whatever it said to that one."""
        links = self._linked(household).items()
        return any(link != but and one.helper is not None and one.helper != helper for link, one in links)

    def _linked(self, household: UUID) -> dict[UUID, "Linked"]:
        """Give the links of a household, of this very batch where they were changed there."""
        links = {link: one for link, one in self.helpers.get(household, {}).items() if not self.things.get(link)}
        here = (row for link in self.links if self.things.get(link) for row in self.fold(link).rows)
        return links | {
            row.id: Linked(row.helper, row.helps, *_from_to(row.helps_from, row.until))
            for row in here
            if row.household == household and not row.source_withdrawn
        }

    def told(self, thing: UUID) -> list[Told]:
        """Give what stands of a thing in memory."""
        return stand(self.things.get(thing, ()))

    def fold(self, thing: UUID) -> Posting:
        """Fold one thing from what stands of it in memory, through every ledger it cues."""
        words = self.things.get(thing, _NOTHING)
        kept = self.folded.get(thing)
        if kept is None or kept[0] is not words or kept[1] != len(words):
            told = stand(words)
            posted = [fold(self.log, thing, told) for fold in CUES.get(self.sort_of(thing), ())]
            posting = Posting([row for p in posted for row in p.rows], [proof for p in posted for proof in p.proofs])
            kept = self.folded[thing] = (words, len(words), posting)
        return kept[2]

    def sort_of(self, thing: UUID) -> str:
        """Say what sort of thing it is, as whatever opened it said."""
        return self.sorts.get(thing, "")

    def lines_of(self, first: UUID) -> dict[str, int]:
        """Count the lines an entry made in each ledger, as they stand in memory."""
        counts: dict[str, int] = {}
        for words in self.facts.get(first, ())[-1:]:
            for touch in words.touches:
                if touch.how is How.OPENS and self.things.get(touch.thing):
                    for row in self.fold(touch.thing).rows:
                        if getattr(row, "entry", None) == first and hasattr(row, "late"):  # a line, no row beside it
                            ledger = str(LEDGERS[type(row)])
                            counts[ledger] = counts.get(ledger, 0) + 1
        return counts


def _from_to(since: Any, until: Any) -> tuple[str, str]:
    """Write two days so that a day may be compared with them; one that is not said is far away."""
    return str(since or ""), str(until or "9999")


_NOTHING: list[Wording] = []


def _own_touches(words: Wording) -> tuple[Touch, ...]:
    return words.body.named(words.said.first) if words.body else ()
