"""One visit, phone call or gathering: what it may say. Its words are sealed, and not here."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from concerto.groundwork.refusals import refuse

from ..said import Audience, Body, Digest, How, PartRule, Touch

MOST_MINUTES = 480
CHANNELS = ("visit", "phone_call", "gathering")
OUTCOMES = ("met", "nobody_home", "not_now", "declined")
TOPICS = (
    "grassland_subsidy",
    "farmland_subsidy",
    "medical_insurance",
    "pension",
    "social_assistance",
    "relapse_prevention",
    "small_loans",
    "machinery_subsidy",
    "disability_allowances",
    "education_aid",
    "employment",
    "fire_and_pasture_safety",
    "animal_disease",
    "law_and_mediation",
    "party_policy",
)
NEED_SORTS = ("water", "road", "power_and_signal", "pasture", "livestock", "money", "health", "schooling", "work",
              "housing", "papers", "other")  # fmt: skip
LEAD_SORTS = ("neighbours", "marriage_and_family", "pasture_and_land", "lease", "livestock_damage", "money", "wages",
              "other")  # fmt: skip

Topic = Annotated[str, msgspec.Meta(pattern="^(" + "|".join(TOPICS) + ")$")]
NeedSort = Annotated[str, msgspec.Meta(pattern="^(" + "|".join(NEED_SORTS) + ")$")]
LeadSort = Annotated[str, msgspec.Meta(pattern="^(" + "|".join(LEAD_SORTS) + ")$")]


class NeedHeard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A need heard on the way: named by the device, its words sealed."""

    need: UUID
    sort: NeedSort
    words: Digest
    household: UUID


class LeadHeard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lead to a dispute: seen by its author and the desk alone."""

    lead: UUID
    sort: LeadSort
    words: Digest
    household: UUID


class MatterServed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A member's pledge or a branch matter that the visit served."""

    matter: UUID
    sort: Literal["pledge", "branch_matter"]
    member: UUID | None = None
    words: Digest | None = None


class Visit1(Body, frozen=True):
    """One call on a household, or a gathering of several, by everybody who made it, on one day."""

    KIND: ClassVar = "visit"
    VERSION: ClassVar = 1

    channel: Literal["visit", "phone_call", "gathering"]
    households: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=120)]
    outcome: Literal["met", "nobody_home", "not_now", "declined"]
    met: Annotated[list[UUID], msgspec.Meta(max_length=200)] = []
    made_with: Annotated[list[UUID], msgspec.Meta(max_length=8)] = []
    told_by: Literal["household", "seen", "paper"] = "household"
    change: Literal["not_asked", "no_change", "changed"] = "not_asked"
    change_words: Digest | None = None
    topics: Annotated[list[Topic], msgspec.Meta(max_length=15)] = []
    lesson_minutes: int = 0
    lesson_for: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []
    needs: Annotated[list[NeedHeard], msgspec.Meta(max_length=8)] = []
    leads: Annotated[list[LeadHeard], msgspec.Meta(max_length=4)] = []
    matters: Annotated[list[MatterServed], msgspec.Meta(max_length=8)] = []
    words: Digest | None = None

    def __post_init__(self) -> None:
        several = self.channel == "gathering"
        refuse(not several and len(self.households) > 1, "one_household_only")
        refuse(several and len(self.households) < 2, "gathering_names_several")
        for named in (self.households, self.met, self.made_with, self.topics, self.lesson_for):
            refuse(len(set(named)) < len(named), "asked_twice")
        met_nobody = self.outcome != "met"
        told = self.met or self.topics or self.lesson_minutes or self.change != "not_asked"
        refuse(met_nobody and bool(told), "call_that_met_nobody_changed_nothing")
        refuse(not 0 <= self.lesson_minutes <= MOST_MINUTES, "minutes_out_of_range", most=MOST_MINUTES)
        refuse(bool(self.lesson_for) != bool(self.lesson_minutes), "lesson_for_whom_and_how_long")
        refuse(several and self.change != "not_asked", "gathering_reports_no_change")
        refuse((self.change == "changed") != bool(self.change_words), "words_missing")
        spoken_of = {need.household for need in self.needs} | {lead.household for lead in self.leads}
        refuse(not spoken_of <= set(self.households), "no_household_named")

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "visit", How.OPENS)
        for household in self.households:
            yield Touch(household, "household", How.MENTIONS)
        for resident in self.met:
            yield Touch(resident, "resident", How.MENTIONS)
        for member in self.lesson_for:
            yield Touch(member, "member", How.MENTIONS)
        for heard in self.needs:
            yield Touch(heard.need, "need", How.OPENS)
        for lead in self.leads:
            yield Touch(lead.lead, "lead", How.OPENS)
        for served in self.matters:
            yield Touch(served.matter, "branch_matter", How.OPENS)
            if served.member:
                yield Touch(served.member, "member", How.MENTIONS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        own = frozenset({Audience.PLACE, Audience.AUTHOR})
        about = self.households[0] if len(self.households) == 1 else first
        if self.change_words:
            yield PartRule(self.change_words, about, frozenset({Audience.PLACE}))
        if self.words:
            yield PartRule(self.words, about, own)
        for heard in self.needs:
            yield PartRule(heard.words, heard.need, frozenset({Audience.PLACE}))
        for lead in self.leads:
            yield PartRule(lead.words, lead.lead, frozenset({Audience.DESK}))
        for served in self.matters:
            if served.words:
                yield PartRule(served.words, served.matter, frozenset({Audience.PLACE}))
