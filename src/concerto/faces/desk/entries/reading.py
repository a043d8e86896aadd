"""One fact of the journal as one reader may know it: its wordings, its lines, and what of it they may read or mend."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.http import Http404

from concerto.journal import reading
from concerto.journal.kinds import SLIP_KINDS, VILLAGE_KINDS
from concerto.journal.kinds.consents import Consent1
from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.needs import Handover1, Need1, NeedStep1, NeedWord1
from concerto.journal.kinds.screening import Screening1
from concerto.journal.kinds.study import OwnStudy1, Study1
from concerto.journal.kinds.talks import HeartTalk1
from concerto.journal.kinds.village_facts import VillageFact1
from concerto.journal.kinds.visit import LeadHeard, Visit1
from concerto.journal.models import Entry, Touch
from concerto.journal.said import HOME, Body, Told, Wording, stand
from concerto.papers.ledgers import Line, last_day_of_leads, lines_of
from concerto.papers.naming import Naming, houses_named, naming, unit_names
from concerto.papers.standing.default_desk import taken_over
from concerto.places.models import Account
from concerto.places.sight import Part, Role, Sight
from concerto.register.access import Authority
from concerto.register.current import aliases, current
from concerto.register.models import Household, Resident

# What has a form of its own, which is filled again to correct it.
FORM_BODIES = (Visit1, Meeting1, Study1, OwnStudy1, HeartTalk1, Consent1, VillageFact1, Need1, NeedStep1, NeedWord1,
               Handover1, Screening1)  # fmt: skip
# What is mended elsewhere, or not at all: the book's own keeping, and who is posted where.
NOT_WITHDRAWN_HERE = frozenset({"erasure", "restored", "settled", "restriction", "posting", "posting_change"})


@dataclass(frozen=True)
class Fact:
    """An entry with all that restates it, as one reader on one day may know it."""

    sight: Sight
    told: Told

    @property
    def last(self) -> Wording:
        """The wording in force."""
        return self.told.last

    @property
    def body(self) -> Body | None:
        """What is said now; None when it was withdrawn."""
        return self.told.body

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether it was taken back."""
        return self.told.body is None

    @property
    def opener(self) -> Wording:
        """The first wording."""
        return self.told.texts[0]

    @property
    def is_mine(self) -> bool:
        """Tell whether the reader is its first author."""
        return self.opener.said.author == self.sight.account

    @cached_property
    def words(self) -> Wording:
        """The last wording that said something: what is shown, in brackets when it was withdrawn."""
        return next((w for w in reversed(self.told.texts) if w.body is not None), self.last)

    @cached_property
    def lines(self) -> dict[Part, list[Line]]:
        """Its lines in each ledger, as far as this reader may see them."""
        return lines_of(self.sight, self.told.first)

    @cached_property
    def naming(self) -> Naming:
        """What its lines are called."""
        return naming(self.sight, [line for lines in self.lines.values() for line in lines])

    @cached_property
    def units(self) -> dict[UUID, str]:
        """The units in sight, by name."""
        return unit_names(self.sight)

    @cached_property
    def households(self) -> list[UUID]:
        """The households it speaks of, in the order it names them."""
        wanted = [t.thing for t in self.words.touches if t.what == "household"] or _touched(self.words, "household")
        return list(dict.fromkeys(wanted))

    @cached_property
    def houses(self) -> dict[UUID, tuple[UUID, str]]:
        """Those of its households whose card may be opened: key of the card and name."""
        found = houses_named(self.sight, self.households)
        return {house: (named.id, named.name) for house, named in found.items()}

    @cached_property
    def people(self) -> dict[UUID, str]:
        """The names of the residents it speaks of, where the card may be opened."""
        wanted = _touched(self.words, "resident")
        seen = Resident.objects.seen_by(self.sight).filter(id__in=wanted, restricted=False)
        return {person: name for person, name in seen.values_list("id", "name") if name}

    @cached_property
    def authors(self) -> dict[UUID, str]:
        """The names of all who said something of it, and of those who made it together."""
        made_with = self.words.body.made_with if isinstance(self.words.body, Visit1) else []
        ids = {w.said.author for w in self.told.texts} | {w.filed.brought_by for w in self.told.texts} | set(made_with)
        return dict(Account.objects.filter(id__in=[i for i in ids if i]).values_list("id", "called"))

    def called(self, account: UUID) -> str:
        """Name an account that the entry names: a helper, or who is posted."""
        return self.accounts.get(account, "")

    @cached_property
    def accounts(self) -> dict[UUID, str]:
        """The accounts the register's entries name."""
        named = {getattr(self.words.body, name, None) for name in ("helper", "account", "owner")}
        ids = [account for account in named if isinstance(account, UUID)]
        return dict(Account.objects.filter(id__in=ids).values_list("id", "called")) if ids else {}

    @cached_property
    def villages_now(self) -> dict[UUID, UUID]:
        """The village each of its households belongs to now, under the name it has now."""
        assert self.sight.log is not None
        called = aliases(self.sight.log, Household)
        now = {house: current(house, called) for house in self.households}
        rows = dict(Household.objects.filter(log=self.sight.log, id__in=now.values()).values_list("id", "village"))
        return {house: rows[row] for house, row in now.items() if row in rows}

    @cached_property
    def taken_over(self) -> frozenset[UUID]:
        """The needs it heard that this reader has taken over: their sealed words open to them."""
        needs = _touched(self.words, "need")
        if not needs or self.sight.log is None or not self.sight.has(Role.CENTRE_DESK, Role.TOWNSHIP_ORGANIZER):
            return frozenset()
        taken = taken_over(self.sight.log, needs, self.sight.day)
        return frozenset(need for need, by in taken.items() if by == self.sight.account)

    @property
    def is_near(self) -> bool:
        """Tell whether the reader works where this was recorded, or where the household lives now: only there
        "declined" is told from "not met"."""
        return self._is_of(self.sight.near)

    @property
    def shows_values(self) -> bool:
        """Tell whether the reader may open the cards of where this was recorded, or of where the household lives."""
        return self._is_of(self.sight.cards)

    def _is_of(self, units: frozenset[UUID]) -> bool:
        alone = self.households[0] if len(self.households) == 1 else None
        return self.words.said.unit in units or (alone is not None and self.villages_now.get(alone) in units)

    def speaks_openly_of(self, household: UUID) -> bool:
        """Tell whether the reader may know what was said of one household of several: theirs, or of their unit."""
        return self.words.said.unit in self.sight.units or household in self.houses

    def author_of(self, digest: str) -> UUID:
        """Find who brought words: the author of the first wording that names them."""
        return next(w.said.author for w in self.told.texts if digest in w.said.sealed)

    def knows_lead(self, lead: LeadHeard) -> bool:
        """A lead is the desk's alone, and of whoever heard it; not of who corrects the visit later."""
        return self.sight.has(Role.CENTRE_DESK) or self.author_of(lead.words) == self.sight.account

    def has_lapsed(self, lead: UUID) -> bool:
        """Tell whether a lead of this visit has lapsed by the reader's day; one that a case grew from does not."""
        if not isinstance(self.words.body, Visit1) or self.words.said.happened_on >= last_day_of_leads(self.sight):
            return False
        lines = self.lines.get(Part.DISPUTES, [])
        return not any(line.id == lead and line.state == "case" for line in lines)

    def may_withdraw(self, account: Account, today: date) -> bool:
        """Tell whether to offer this reader to take it back; the door judges again."""
        said = self.opener.said
        by_slip = said.author == HOME and said.kind in SLIP_KINDS
        if self.is_withdrawn or by_slip or said.kind in NOT_WITHDRAWN_HERE:
            return False
        mine = Authority(account, said.log)
        if said.author == account.id:
            return mine.follows(today, unit=said.unit, kind=said.kind)
        follows = mine.follows(today, unit=said.unit, kind=said.kind) or mine.is_organizer(today)
        return follows and not _is_still_posted(said.author, said.log, said.unit, said.kind, today)

    def may_correct(self, account: Account, today: date) -> bool:
        """Tell whether to offer the form again; the register is corrected from its card."""
        return isinstance(self.body, FORM_BODIES) and self.may_withdraw(account, today)


def _is_still_posted(author: UUID, log: UUID, unit: UUID, kind: str, today: date) -> bool:
    account = Account.objects.filter(id=author, is_active=True).first() if author != HOME else None
    return account is not None and Authority(account, log).acting_as(today, kind=kind, unit=unit) is not None


def _touched(words: Wording, what: str) -> list[UUID]:
    things = words.body.things(words.said.first) if words.body else ()
    return [touch.thing for touch in things if touch.what == what]


def _by_its_card(sight: Sight, entry: UUID) -> UUID | None:
    """Find an entry about a household whose card may be opened: it came along when the household moved."""
    if sight.log is None or not sight.cards:
        return None
    asked = Entry.objects.filter(log=sight.log, id=entry)
    if sight.above_village:
        asked = asked.exclude(kind__in=VILLAGE_KINDS)
    row = asked.values_list("seq", "first").first()
    if row is None:
        return None
    called = aliases(sight.log, Household)
    things = Touch.objects.filter(log=sight.log, seq=row[0], what__in=("household", "resident"))
    named = [(what, current(thing, called)) for thing, what in things.values_list("thing", "what")]
    houses = Household.objects.seen_by(sight).filter(id__in=[thing for what, thing in named if what == "household"])
    people = Resident.objects.seen_by(sight).filter(id__in=[thing for what, thing in named if what == "resident"])
    return row[1] if houses.exists() or people.exists() else None


def read_fact(sight: Sight, entry: UUID) -> Fact:
    """Read the fact an entry belongs to, or answer that it is not there: also when it may not be seen."""
    found = Entry.objects.seen_by(sight).filter(id=entry).values_list("first", flat=True).first()
    found = found or _by_its_card(sight, entry)
    if found is None or sight.log is None:
        raise Http404
    wordings: Iterable[Wording] = reading.with_firsts(sight.log, [found]).get(found, [])
    facts = stand(wordings)
    if len(facts) != 1:
        raise Http404
    return Fact(sight, facts[0])
