"""What the rulebook is told: plain facts, each dated. `until` is the last day, an empty one means still.

Whoever gathers them fills these and nothing else. Ids are the house's own, or words in a scenario; none is read for
meaning. Order means nothing: two lists of the same facts give the same standing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

Id = UUID | str


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Something that holds from a day to a day."""

    since: date | None = None
    until: date | None = None

    def runs(self, day: date) -> bool:
        """Tell whether it holds on a day, first and last included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class Unit(Dated):
    """A township, a village, a branch or a desk; a branch names the village it serves."""

    id: Id
    kind: str
    township: Id | None = None
    serves: Id | None = None


class Absence(NamedTuple):
    """Days away, and who stands in."""

    since: date
    until: date
    deputy: Id | None = None


@dataclass(frozen=True, kw_only=True)
class Posting(Dated):
    """An account serves a unit in a role."""

    account: Id
    role: str
    unit: Id
    absences: Sequence[Absence] = ()


@dataclass(frozen=True, kw_only=True)
class Membership(Dated):
    """Somebody is a member of a branch, for a stretch in which nothing of this changes: a new stretch where it does."""

    member: Id
    branch: Id
    exempt: bool = False
    absent: bool = False


@dataclass(frozen=True, kw_only=True)
class Seat(Dated):
    """A member sits on the branch's committee, or is its secretary (`secretary`, `deputy`, `committee`)."""

    member: Id
    branch: Id
    seat: str


@dataclass(frozen=True, kw_only=True)
class Group(Dated):
    """A party group of a branch."""

    id: Id
    branch: Id


@dataclass(frozen=True, kw_only=True)
class Stay(Dated):
    """A household belongs to a village."""

    household: Id
    village: Id


@dataclass(frozen=True, kw_only=True)
class Link(Dated):
    """A household is helped, to whomever the link may be; one that it declined is not told at all."""

    household: Id


@dataclass(frozen=True, kw_only=True)
class Wish(Dated):
    """A household wishes to be visited no oftener than this, until it says otherwise; its help does not change."""

    household: Id
    often: str
    entry: Id


class Maker(NamedTuple):
    """Who made a record: as what (`secretary`, `committee_member`, `instructor`), and whether they say they did not."""

    person: Id
    capacities: frozenset[str] = frozenset()
    not_there: bool = False


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a record proves of whom, on its day; `amount` are minutes where its kind carries time.

    `span` are minutes of the day, from and to: those of one person are united; a length alone is added. `counts_for`
    names an earlier period. A record that was withdrawn proves nothing; told all the same, it can be said why.
    """

    entry: Id
    kind: str
    about: Id
    on: date
    amount: int = 1
    span: tuple[int, int] | None = None
    counts_for: str = ""
    makers: Sequence[Maker] = ()
    withdrawn: bool = False


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """A duty was waived for one period: for one owner, one subject, or where neither is named for all of them."""

    entry: Id
    duty: str
    period: str
    granted_on: date
    reason: str
    by: Id | None = None
    about: Id | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that happened to a matter; `n` orders the steps of one day.

    `names` is the day that an extension, or the last one that a round names. `holders` says who holds the matter from
    this step on, as `desk`, `owner` or `lead_desk`.
    """

    kind: str
    on: date
    entry: Id
    n: int = 0
    names: date | None = None
    holders: Mapping[str, Id] = field(default_factory=dict)

    def turn(self) -> tuple[date, int, str]:
        """Tell where it stands among the steps of its matter."""
        return self.on, self.n, str(self.entry)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A need, a case, a meeting, a round: what it is (the subjects of the list), where, and its life step by step.

    `sort` picks the time an edition gives to matters of that sort.
    """

    id: Id
    subjects: frozenset[str]
    unit: Id
    steps: Sequence[Step] = ()
    sort: str = ""

    @cached_property
    def in_turn(self) -> Sequence[Step]:
        """Its steps as they happened, never by their arrival: each duty about it asks for them."""
        return sorted(self.steps, key=Step.turn)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that is told."""

    units: Sequence[Unit] = ()
    postings: Sequence[Posting] = ()
    memberships: Sequence[Membership] = ()
    seats: Sequence[Seat] = ()
    groups: Sequence[Group] = ()
    stays: Sequence[Stay] = ()
    links: Sequence[Link] = ()
    wishes: Sequence[Wish] = ()
    proofs: Sequence[Proof] = ()
    waivers: Sequence[Waiver] = ()
    matters: Sequence[Matter] = ()

    @cached_property
    def villages(self) -> Mapping[Id, Sequence[Id]]:
        """The village that each unit serves."""
        return {told.id: (told.serves,) for told in self.units if told.serves}

    @cached_property
    def serving(self) -> Mapping[Id, Sequence[Id]]:
        """The units that serve each village."""
        found: dict[Id, list[Id]] = defaultdict(list)
        for told in self.units:
            if told.serves:
                found[told.serves].append(told.id)
        return found

    @cached_property
    def waived(self) -> Mapping[tuple[str, str], Sequence[Waiver]]:
        """The waivers of each duty and period, the first that was granted first."""
        found: dict[tuple[str, str], list[Waiver]] = defaultdict(list)
        for waiver in sorted(self.waivers, key=lambda told: (told.granted_on, str(told.entry))):
            found[waiver.duty, waiver.period].append(waiver)
        return found
