"""One visit, phone call or gathering: what it may say. Its words are sealed, and not here."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import Audience, Digest, How, PartRule, Touch
from .rules import Among, Between, HowMany, Once, Ruled, Together, Unsaid, When

MOST_MINUTES = 480
CHANNELS = ("visit", "phone_call", "gathering")
OUTCOMES = ("met", "nobody_home", "not_now", "declined", "moved")
GATHERED, ONE_BY_ONE = When("channel", ("gathering",)), When("channel", ("visit", "phone_call"))
MET_NOBODY = When("outcome", OUTCOMES[1:])
WHEN_MET = ("met", "topics", "lesson_minutes", "change", "wants")
STILL_THERE = When("outcome", OUTCOMES[:-1])
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
              "skill", "market", "housing", "papers", "other")  # fmt: skip
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


class Visit1(Ruled, frozen=True):
    """One call on a household, or a gathering of several, by everybody who made it, on one day.

    `wants` tells that it was asked what it would have done and wants nothing; `moved_to` where it lives now.
    """

    KIND: ClassVar = "visit"
    VERSION: ClassVar = 1
    RULES: ClassVar = (
        HowMany("one_household_only", "households", ONE_BY_ONE, most=1),
        HowMany("gathering_names_several", "households", GATHERED, least=2),
        Once("asked_twice", ("households", "met", "made_with", "topics", "lesson_for")),
        Unsaid("call_that_met_nobody_changed_nothing", WHEN_MET, MET_NOBODY),
        Unsaid("moved_to_where_nobody_moved", ("moved_to",), STILL_THERE),
        Between("minutes_out_of_range", "lesson_minutes", 0, MOST_MINUTES),
        Together("lesson_for_whom_and_how_long", When("lesson_for"), When("lesson_minutes")),
        Unsaid("gathering_reports_no_change", ("change", "wants", "moved_to"), GATHERED),
        Together("words_missing", When("change", ("changed",)), When("change_words")),
        Among("no_household_named", "needs.household", "households"),
        Among("no_household_named", "leads.household", "households"),
    )

    channel: Literal["visit", "phone_call", "gathering"]
    households: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=120)]
    outcome: Literal["met", "nobody_home", "not_now", "declined", "moved"]
    met: Annotated[list[UUID], msgspec.Meta(max_length=200)] = []
    made_with: Annotated[list[UUID], msgspec.Meta(max_length=8)] = []
    told_by: Literal["household", "seen", "paper"] = "household"
    change: Literal["not_asked", "no_change", "changed"] = "not_asked"
    change_words: Digest | None = None
    wants: Literal["not_asked", "nothing"] = "not_asked"
    moved_to: Digest | None = None
    topics: Annotated[list[Topic], msgspec.Meta(max_length=15)] = []
    lesson_minutes: int = 0
    lesson_for: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []
    needs: Annotated[list[NeedHeard], msgspec.Meta(max_length=8)] = []
    leads: Annotated[list[LeadHeard], msgspec.Meta(max_length=4)] = []
    matters: Annotated[list[MatterServed], msgspec.Meta(max_length=8)] = []
    words: Digest | None = None

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
        if self.moved_to:
            yield PartRule(self.moved_to, about, frozenset({Audience.PLACE}))
        if self.words:
            yield PartRule(self.words, about, own)
        for heard in self.needs:
            yield PartRule(heard.words, heard.need, frozenset({Audience.PLACE}))
        for lead in self.leads:
            yield PartRule(lead.words, lead.lead, frozenset({Audience.DESK}))
        for served in self.matters:
            if served.words:
                yield PartRule(served.words, served.matter, frozenset({Audience.PLACE}))
