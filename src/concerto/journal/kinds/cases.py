"""A case (矛盾纠纷案件) comes in: brought to a desk, or settled where it arose; and who its parties are.

Its parties are things of the case. No case touches a household or a resident, so that nothing of theirs tells of it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import Audience, Digest, How, PartRule, Touch
from .people import NAME, PHONE
from .rules import Once, Ruled, Together, Unsaid, When

CASE_ONLY, AUTHOR_ONLY = frozenset({Audience.CASE}), frozenset({Audience.AUTHOR})
FAMILY = "marriage_and_family"
CATEGORIES = (
    FAMILY, "neighbours", "housing", "contracts", "production", "damages", "hills_and_land", "land_taking",
    "pollution", "migrant_wages", "other_labour", "tourism", "online_trade", "other_consumers", "medical",
    "road_accidents", "property_services", "other",
)  # fmt: skip
# What a matter is called here, and under which of the 18 it is counted.
SUB_TYPES: Mapping[str, str] = {
    "pasture_boundary": "hills_and_land",
    "land_lease": "contracts",
    "livestock_sale": "contracts",
    "debts": "contracts",
    "livestock_damage": "damages",
    "water_turns": "neighbours",
    "walls_and_paths": "neighbours",
    "inheritance": FAMILY,
}
SORTS = (*CATEGORIES, *SUB_TYPES)
OF_A_FAMILY = tuple(sort for sort in SORTS if SUB_TYPES.get(sort, sort) == FAMILY)
SOURCES = ("asked", "own_initiative", "court", "procuratorate", "police", "petition", "other_office")
NOT_OF_A_COURT = tuple(source for source in SOURCES if source != "court")
SIDES = ("a", "b", "third")
MOST_PARTIES = 60

CaseSort = Annotated[str, msgspec.Meta(pattern="^(" + "|".join(SORTS) + ")$")]
Side = Literal["a", "b", "third"]
PartySort = Literal["person", "organisation"]
Channel = Literal["people", "admin", "court"]
Level = Literal["village", "township", "county"]
Difficulty = Literal["simple", "complex", "hard"]
# Whoever is hurt or afraid is helped by hand: half a record would tell of them.
NOBODY_AFRAID = Unsaid("protected_by_hand", ("afraid",), When("afraid", ("yes",)))
NO_FAMILY = Unsaid("family_takes_the_long_path", ("sort",), When("sort", OF_A_FAMILY))


def category_of(sort: str) -> str:
    """Name the one of the 18 under which a matter is counted."""
    return SUB_TYPES.get(sort, sort)


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody on one side of a case, or a third; the name stands sealed, and so does who speaks for them."""

    party: UUID
    side: Side
    name: Digest
    sort: PartySort = "person"
    minor: bool = False
    represented_by: Digest | None = None
    phone: Digest | None = None


def parts_of(party: Party) -> Iterator[PartRule]:
    """Name what stands sealed of a party."""
    for digest, form in ((party.name, NAME), (party.represented_by, NAME), (party.phone, PHONE)):
        if digest:
            yield PartRule(digest, party.party, CASE_ONLY, is_words=False, form=form)


class Case1(Ruled, frozen=True):
    """A dispute is brought to a desk: to the committee of a village, or to the township's centre.

    `lead` is what it grew from; `brought_by` who told of it, where that is not its author; `procedure` by which a
    court's came; `linked` other cases that are handled together with it, and count for themselves.
    """

    KIND: ClassVar = "case"
    RULES: ClassVar = (
        NOBODY_AFRAID,
        Once("asked_twice", ("parties.party", "linked")),
        Together("difficulty_without_reason", When("difficulty", ("complex", "hard")), When("difficulty_words")),
        Unsaid("not_of_a_court", ("procedure",), When("source", NOT_OF_A_COURT)),
        Unsaid("difficulty_without_reason", ("difficulty_until",), When("difficulty", ("simple",))),
    )

    case: UUID
    sort: CaseSort
    source: Literal["asked", "own_initiative", "court", "procuratorate", "police", "petition", "other_office"]
    afraid: Literal["no", "yes"]
    parties: Annotated[list[Party], msgspec.Meta(min_length=1, max_length=MOST_PARTIES)]
    summary: Digest
    channel: Channel = "people"
    level: Level = "village"
    difficulty: Difficulty = "simple"
    difficulty_words: Digest | None = None
    difficulty_until: date | None = None
    procedure: Literal["before_filing", "ordinary", "simplified"] | None = None
    lead: UUID | None = None
    brought_by: UUID | None = None
    linked: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.case, "case", How.OPENS)
        for one in self.parties:
            yield Touch(one.party, "case_party", How.OPENS)
        if self.lead:
            yield Touch(self.lead, "lead", How.CHANGES)
        for other in self.linked:  # each stands beside the other
            yield Touch(other, "case", How.CHANGES)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        yield PartRule(self.summary, self.case, CASE_ONLY)
        if self.difficulty_words:
            yield PartRule(self.difficulty_words, self.case, CASE_ONLY)
        for one in self.parties:
            yield from parts_of(one)


class SpotSide(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One side of a quarrel that was settled where it arose; `wanted` is its own yes to somebody helping."""

    party: UUID
    name: Digest
    wanted: bool = False
    sort: PartySort = "person"


class SpotSettlement1(Ruled, frozen=True):
    """A quarrel was settled where it arose, on the day: one entry that opens the case and closes it.

    `mediator` is a line of the panel, `account` theirs if they sign in; without one the sides settled it between
    themselves. `until` names the day by which `item` is to be done; without it, it was done on the spot.
    """

    KIND: ClassVar = "spot_settlement"
    RULES: ClassVar = (
        NOBODY_AFRAID,
        NO_FAMILY,
        Together("by_when_what", When("until"), When("item")),
    )

    case: UUID
    sort: CaseSort
    afraid: Literal["no", "yes"]
    a: SpotSide
    b: SpotSide
    agreed: Digest
    until: date | None = None
    item: UUID | None = None
    mediator: UUID | None = None
    account: UUID | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.case, "case", How.OPENS)
        for side in (self.a, self.b):
            yield Touch(side.party, "case_party", How.OPENS)
        if self.item:
            yield Touch(self.item, "case_item", How.OPENS)
        if self.mediator:
            yield Touch(self.mediator, "panel_member", How.MENTIONS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        yield PartRule(self.agreed, self.case, CASE_ONLY)
        for side in (self.a, self.b):
            yield PartRule(side.name, side.party, CASE_ONLY, is_words=False, form=NAME)


class CaseParty1(Ruled, frozen=True):
    """Somebody joins a case, on a side or as a third."""

    KIND: ClassVar = "case_party"

    case: UUID
    party: Party

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.case, "case", How.CHANGES)
        yield Touch(self.party.party, "case_party", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        yield from parts_of(self.party)
