"""The life of a need (急难愁盼): told outside a visit, its steps, its way from desk to desk, the resident's word."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import Audience, Body, Digest, How, PartRule, Touch
from .rules import Differ, Once, Ruled, Together, Unsaid, When
from .visit import NeedSort

PLACE_ONLY = frozenset({Audience.PLACE})
CLOCKS = ("consult", "request", "hard")
WISHES = ("skill", "market", "work")  # a need of this sort is a wish, and ends with an outcome of its own
OUTCOMES = ("solved", "applied", "explained", "trained", "sold", "employed", "could_not")
NEED_STEPS = ("owned", "doing", "done", "told", "asked", "no_answer", "not_ours", "reopened")
OF_NO_ASKER = ("owned", "doing", "done", "not_ours", "reopened")  # the others are told to one of those who asked
WAYS = ("visit", "phone_call", "message", "office", "paper")
ANSWERS = ("accepted", "returned", "done")
DECIDED = ("no_answer", "not_ours", "reopened")  # rest on how the need stands, as their author saw it
ROUTES = ("civil_affairs", "medical_insurance", "human_resources", "agriculture_and_pasture", "natural_resources",
          "water", "transport", "education", "health", "housing", "power_supplier", "telecoms", "police", "court",
          "legal_aid", "petition_office", "party_office", "other")  # fmt: skip

Clock = Literal["consult", "request", "hard"]
Way = Literal["visit", "phone_call", "message", "office", "paper"]
Route = Annotated[str, msgspec.Meta(pattern="^(" + "|".join(ROUTES) + ")$")]


class Need1(Body, frozen=True):
    """A need told by telephone, at an office or at a meeting; one heard on a visit stands in that visit."""

    KIND: ClassVar = "need"

    need: UUID
    sort: NeedSort
    words: Digest
    household: UUID
    way: Way = "office"
    clock: Clock = "request"

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.need, "need", How.OPENS)
        yield Touch(self.household, "household", How.MENTIONS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        yield PartRule(self.words, self.need, PLACE_ONLY)


class NeedStep1(Ruled, frozen=True):
    """One step on a need, by whoever sees to it in the village.

    `owned` names who sees to it and how long its kind may take; `told` is of what the household was told; `asked` is
    one time that it was asked for its word and could not be reached; `no_answer` is recorded after two of those.
    `asker` is the need under which it asked, when that was merged into this one.
    """

    KIND: ClassVar = "need_step"
    RULES: ClassVar = (
        Once("asked_twice", ("helped_by",)),
        Together("not_of_this_step", When("step", ("owned",)), When("owner")),
        Together("not_of_this_step", When("step", ("told",)), When("told_of")),
        Together("not_of_this_step", When("step", ("done",)), When("outcome")),
        Together("not_of_this_step", When("step", ("not_ours",)), When("route")),
        Together("not_of_this_step", When("told_of", ("interim",)), When("until")),
        Unsaid("not_of_this_step", ("asker",), When("step", OF_NO_ASKER)),
        Unsaid("not_of_this_step", ("clock",), When("step", NEED_STEPS[1:])),
    )

    need: UUID
    household: UUID
    step: Literal["owned", "doing", "done", "told", "asked", "no_answer", "not_ours", "reopened"]
    owner: UUID | None = None
    clock: Clock | None = None
    helped_by: Annotated[list[UUID], msgspec.Meta(max_length=8)] = []
    outcome: Literal["solved", "applied", "explained", "trained", "sold", "employed", "could_not"] | None = None
    told_of: Literal["interim", "done", "not_ours", "answer"] | None = None
    way: Way | None = None
    until: date | None = None
    route: Route | None = None
    asker: UUID | None = None
    words: Digest | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.need, "need", How.CHANGES)
        yield Touch(self.household, "household", How.MENTIONS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        if self.words:
            yield PartRule(self.words, self.need, PLACE_ONLY)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        if self.step == "owned":
            return {"owner": self.owner}
        return {"state": self.step} if self.step in DECIDED else {}


class NeedWord1(Body, frozen=True):
    """What a household says of what was done. `asker` is the need under which it asked, when that was merged.

    Whether it was told to somebody who had a hand in it is not said here: it follows from who wrote the steps.
    """

    KIND: ClassVar = "need_word"

    need: UUID
    household: UUID
    word: Literal["yes", "partly", "no"]
    through: Literal["slip", "visit", "phone_call", "office"]
    asker: UUID | None = None
    words: Digest | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.need, "need", How.CHANGES)
        yield Touch(self.household, "household", How.MENTIONS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        if self.words:
            yield PartRule(self.words, self.need, PLACE_ONLY)


class Handover1(Ruled, frozen=True):
    """A matter goes from desk to desk: sent, accepted, returned, done there. Who owns it in the village stays.

    Sent to a desk that works here (`to`), or to an office that has none (`office`): that one gets a paper, and who sent
    it records its answer. Who returns it says why.
    """

    KIND: ClassVar = "handover"
    RULES: ClassVar = (
        Unsaid("sent_to_two", ("office",), When("to")),
        Unsaid("not_of_this_step", ("to", "office"), When("step", ANSWERS)),
    )

    matter: UUID
    what: Literal["need"]
    step: Literal["sent", "accepted", "returned", "done"]
    to: UUID | None = None
    office: Route | None = None
    words: Digest | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.matter, self.what, How.CHANGES)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        if self.words:
            yield PartRule(self.words, self.matter, PLACE_ONLY)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"desk": self.step}


class Asker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who asked, and under which need: each keeps its slip and its word."""

    asker: UUID
    household: UUID


class NeedMerger1(Ruled, frozen=True):
    """Two needs are one matter: `gone` goes on under `stays`. `askers` are all who asked under it, itself included."""

    KIND: ClassVar = "need_merger"
    RULES: ClassVar = (
        Differ("merged_with_itself", "gone", "stays"),
        Once("asked_twice", ("askers.asker",)),
    )

    gone: UUID
    stays: UUID
    askers: Annotated[list[Asker], msgspec.Meta(min_length=1, max_length=200)]

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.gone, "need", How.CHANGES)
        yield Touch(self.stays, "need", How.CHANGES)
        for one in self.askers:
            yield Touch(one.household, "household", How.MENTIONS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"called": self.stays} if thing == self.gone else {}
