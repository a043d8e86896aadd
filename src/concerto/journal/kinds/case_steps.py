"""What happens to a case: consents, one by one; steps, sessions, the agreement and who signed it, and what came after.

Every entry changes one case. Its words are read by who handles the case; what was noted of one side by itself, by who
wrote it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import Digest, How, PartRule, Touch
from .cases import AUTHOR_ONLY, CASE_ONLY, MOST_PARTIES, Channel, Difficulty, Level, Side
from .rules import HowMany, Once, Ruled, Together, Unsaid, When

CONSENTS = ("mediation", "mediator", "extension", "transfer", "helpers", "notes", "confirmation")
STEPS = ("accepted", "not_accepted", "mediator", "conflict", "told", "weighed", "linked", "ended", "applied",
         "confirmed", "not_confirmed", "result_returned")  # fmt: skip
OF_NO_ROUTE = tuple(step for step in STEPS if step not in ("not_accepted", "ended"))
OF_NO_DAY = tuple(step for step in STEPS if step != "weighed")
OF_NO_ACCOUNT = tuple(step for step in STEPS if step != "mediator")
OF_NO_CONFLICT = tuple(step for step in STEPS if step != "conflict")
OF_NO_OTHER = tuple(step for step in STEPS if step != "linked")
CONFLICTS = ("kin", "neighbour", "works_for", "own_share", "other")  # what ties somebody of the panel to a side
TOLD = ("rights", "routes", "confirmation", "how_it_goes")
ENDS = ("between_themselves", "not_settled", "withdrawn", "refused")
ROUTES = (
    "police", "court", "legal_aid", "land_arbitration", "labour_inspection", "labour_arbitration", "government",
    "petition_office", "hotline_12345", "womens_federation", "procuratorate", "civil_affairs", "other",
)  # fmt: skip
PASSES = ("sent", "accepted", "returned", "done", "taken_over")
FORMS = ("told", "delegated", "entrusted", "transferred")
SETTLES = ("marriage", "adoption", "identity", "ownership")  # what no court confirms
MOST_FEN = 100_000_000_000

CaseRoute = Annotated[str, msgspec.Meta(pattern="^(" + "|".join(ROUTES) + ")$")]
CaseRoutes = Annotated[list[CaseRoute], msgspec.Meta(max_length=len(ROUTES))]


class OfCase(Ruled, frozen=True):
    """An entry that changes one case."""

    case: UUID

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.case, "case", How.CHANGES)
        yield from self.besides()

    def besides(self) -> Iterator[Touch]:
        """Name what it speaks of besides its case."""
        return iter(())

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        for digest in self.words_said():
            if digest:
                yield PartRule(digest, self.case, CASE_ONLY)

    def words_said(self) -> Iterator[Digest | None]:
        """Name its words about the case."""
        return iter(())


class CaseConsent1(OfCase, frozen=True):
    """What one party says to one thing, by itself or by who speaks for it. Nobody says it for two.

    `mediator` is the line of the panel that they accept or do not; where none is said, that of who is named then.
    """

    KIND: ClassVar = "case_consent"
    RULES: ClassVar = (
        Unsaid("not_of_this_step", ("until",), When("to", tuple(one for one in CONSENTS if one != "extension"))),
        Unsaid("not_of_this_step", ("until",), When("answer", ("refused",))),
        Unsaid("not_of_this_step", ("mediator",), When("to", tuple(one for one in CONSENTS if one != "mediator"))),
    )

    party: UUID
    to: Literal["mediation", "mediator", "extension", "transfer", "helpers", "notes", "confirmation"]
    answer: Literal["agreed", "refused"]
    way: Literal["in_person", "phone_call", "paper"] = "in_person"
    by: Literal["self", "representative"] = "self"
    until: date | None = None
    mediator: UUID | None = None

    def besides(self) -> Iterator[Touch]:
        yield Touch(self.party, "case_party", How.MENTIONS)
        if self.mediator:
            yield Touch(self.mediator, "panel_member", How.MENTIONS)


class CaseStep1(OfCase, frozen=True):
    """One step of whoever handles the case.

    `mediator` names a line of the panel, and the account of who signs in; `conflict` what ties one of the panel to a
    side, as they say themselves; `told` is of one party; `linked` names other cases that are handled together with it.
    What was not settled ends with the other routes told. Both sides apply to the court, together.
    """

    KIND: ClassVar = "case_step"
    RULES: ClassVar = (
        Once("asked_twice", ("routes", "parties", "linked")),
        Together("words_missing", When("difficulty", ("complex", "hard")), When("why")),
        HowMany("routes_not_told", "routes", When("step", ("not_accepted",)), least=1),
        HowMany("routes_not_told", "routes", When("how", ("not_settled",)), least=1),
        Unsaid("not_of_this_step", ("routes",), When("step", OF_NO_ROUTE)),
        Together("not_of_this_step", When("step", ("mediator", "conflict")), When("mediator")),
        Unsaid("not_of_this_step", ("account",), When("step", OF_NO_ACCOUNT)),
        Together("not_of_this_step", When("step", ("conflict",)), When("conflict")),
        Unsaid("not_of_this_step", ("conflict",), When("step", OF_NO_CONFLICT)),
        HowMany("not_of_this_step", "linked", When("step", ("linked",)), least=1),
        Unsaid("not_of_this_step", ("linked",), When("step", OF_NO_OTHER)),
        Together("not_of_this_step", When("step", ("told",)), When("told_of")),
        Together("not_of_this_step", When("step", ("told",)), When("party")),
        Together("not_of_this_step", When("step", ("weighed",)), When("difficulty")),
        Unsaid("not_of_this_step", ("until",), When("step", OF_NO_DAY)),
        Together("not_of_this_step", When("step", ("ended",)), When("how")),
        Together("not_of_this_step", When("step", ("applied",)), When("parties")),
    )

    step: Literal["accepted", "not_accepted", "mediator", "conflict", "told", "weighed", "linked", "ended", "applied",
                  "confirmed", "not_confirmed", "result_returned"]  # fmt: skip
    mediator: UUID | None = None
    account: UUID | None = None
    conflict: Literal["kin", "neighbour", "works_for", "own_share", "other"] | None = None
    party: UUID | None = None
    told_of: Literal["rights", "routes", "confirmation", "how_it_goes"] | None = None
    difficulty: Difficulty | None = None
    why: Digest | None = None
    until: date | None = None
    how: Literal["between_themselves", "not_settled", "withdrawn", "refused"] | None = None
    routes: CaseRoutes = []
    parties: Annotated[list[UUID], msgspec.Meta(max_length=MOST_PARTIES)] = []
    linked: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []
    words: Digest | None = None

    def besides(self) -> Iterator[Touch]:
        for party in (*((self.party,) if self.party else ()), *self.parties):
            yield Touch(party, "case_party", How.MENTIONS)
        for other in self.linked:  # each of them stands beside the others
            yield Touch(other, "case", How.CHANGES)
        if self.mediator:
            yield Touch(self.mediator, "panel_member", How.MENTIONS)

    def words_said(self) -> Iterator[Digest | None]:
        yield from (self.words, self.why)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return FIELDS[self.step](self) if thing == self.case and self.step in FIELDS else {}


FIELDS: Mapping[str, Any] = {
    "accepted": lambda said: {"state": said.step},
    "not_accepted": lambda said: {"state": said.step},
    "ended": lambda said: {"state": said.how},
    "mediator": lambda said: {"mediator": said.mediator},
    "weighed": lambda said: {"difficulty": said.difficulty},
    **dict.fromkeys(("applied", "confirmed", "not_confirmed"), lambda said: {"court": said.step}),
}


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one side said by itself, in confidence."""

    side: Side
    words: Digest


class CaseSession1(OfCase, frozen=True):
    """The sides were talked with: where, who was there, what was said, and what holds until the next time."""

    KIND: ClassVar = "case_session"
    RULES: ClassVar = (Once("asked_twice", ("there", "notes.side")),)

    there: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=MOST_PARTIES)]
    record: Digest
    place: Digest | None = None
    notes: Annotated[list[Note], msgspec.Meta(max_length=3)] = []
    interim: Digest | None = None
    next_on: date | None = None

    def besides(self) -> Iterator[Touch]:
        for party in self.there:
            yield Touch(party, "case_party", How.MENTIONS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        yield from super().sealed_parts(first)
        for note in self.notes:
            yield PartRule(note.words, self.case, AUTHOR_ONLY)

    def words_said(self) -> Iterator[Digest | None]:
        yield from (self.place, self.record, self.interim)


class AgreedItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing that was agreed: who does it, what stands sealed, by when, and an amount in fen."""

    item: UUID
    what: Digest
    who: UUID | None = None
    by: date | None = None
    amount: Annotated[int, msgspec.Meta(ge=1, le=MOST_FEN)] | None = None


class CaseAgreement1(OfCase, frozen=True):
    """The sides agreed, in writing or by word. Without a `who` an item is everybody's."""

    KIND: ClassVar = "case_agreement"
    RULES: ClassVar = (Once("asked_twice", ("parties", "items.item", "settles")),)

    agreement: UUID
    form: Literal["written", "oral"]
    parties: Annotated[list[UUID], msgspec.Meta(min_length=2, max_length=MOST_PARTIES)]
    items: Annotated[list[AgreedItem], msgspec.Meta(min_length=1, max_length=20)]
    facts: Digest | None = None
    settles: Annotated[list[Literal["marriage", "adoption", "identity", "ownership"]], msgspec.Meta(max_length=4)] = []

    def besides(self) -> Iterator[Touch]:
        yield Touch(self.agreement, "case_agreement", How.OPENS)
        for one in self.items:
            yield Touch(one.item, "case_item", How.OPENS)
        for party in dict.fromkeys((*self.parties, *(one.who for one in self.items if one.who))):
            yield Touch(party, "case_party", How.MENTIONS)

    def words_said(self) -> Iterator[Digest | None]:
        yield from (self.facts, *(one.what for one in self.items))

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"state": str(self.agreement)} if thing == self.case else {}


class CaseSignature1(OfCase, frozen=True):
    """One signature under an agreement, on its own day: a party's, the mediator's, or the committee's seal."""

    KIND: ClassVar = "case_signature"
    RULES: ClassVar = (
        Together("not_of_this_step", When("signed", ("party",)), When("party")),
        Together("not_of_this_step", When("signed", ("mediator", "seal")), When("member")),
    )

    agreement: UUID
    signed: Literal["party", "mediator", "seal"]
    party: UUID | None = None
    member: UUID | None = None

    def besides(self) -> Iterator[Touch]:
        yield Touch(self.agreement, "case_agreement", How.MENTIONS)
        if self.party:
            yield Touch(self.party, "case_party", How.MENTIONS)
        if self.member:
            yield Touch(self.member, "panel_member", How.MENTIONS)


class CasePerformance1(OfCase, frozen=True):
    """It was asked whether one thing that was agreed is done: kept, partly, or broken."""

    KIND: ClassVar = "case_performance"

    item: UUID
    how: Literal["kept", "partly", "broken"]
    words: Digest | None = None

    def besides(self) -> Iterator[Touch]:
        yield Touch(self.item, "case_item", How.MENTIONS)

    def words_said(self) -> Iterator[Digest | None]:
        yield self.words


class CaseReturnVisit1(OfCase, frozen=True):
    """The sides were visited again: whether they are content, and what may still smoulder, stay sealed in the case."""

    KIND: ClassVar = "case_return_visit"

    words: Digest
    hidden: Digest | None = None

    def words_said(self) -> Iterator[Digest | None]:
        yield from (self.words, self.hidden)


class CaseHandover1(OfCase, frozen=True):
    """A case goes from desk to desk, or on paper to an office without one; or who stands in takes it over.

    `channel` and `level` are where it goes, from when it is accepted there; a change of channel has its `form`, on a
    basis, with papers. Who returns it says why.
    """

    KIND: ClassVar = "case_handover"
    RULES: ClassVar = (
        Unsaid("sent_to_two", ("office",), When("to")),
        Unsaid("not_of_this_step", ("to", "office", "channel", "level", "form", "basis", "papers", "by"),
               When("step", PASSES[1:])),
        Together("channel_without_form", When("channel"), When("form")),
        Together("words_missing", When("step", ("returned",)), When("why")),
    )  # fmt: skip

    step: Literal["sent", "accepted", "returned", "done", "taken_over"]
    to: UUID | None = None
    office: CaseRoute | None = None
    channel: Channel | None = None
    level: Level | None = None
    form: Literal["told", "delegated", "entrusted", "transferred"] | None = None
    basis: Digest | None = None
    papers: Digest | None = None
    by: date | None = None
    why: Digest | None = None
    words: Digest | None = None

    def words_said(self) -> Iterator[Digest | None]:
        yield from (self.basis, self.papers, self.why, self.words)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"desk": self.step} if thing == self.case and self.step != "taken_over" else {}


class CaseHelp1(OfCase, frozen=True):
    """Another desk is asked for one thing by one day, beside the one that has the case; it answers or returns it."""

    KIND: ClassVar = "case_help"
    RULES: ClassVar = (
        Together("not_of_this_step", When("step", ("asked",)), When("to")),
        Together("not_of_this_step", When("step", ("asked",)), When("by")),
    )

    step: Literal["asked", "answered", "returned"]
    words: Digest
    to: UUID | None = None
    by: date | None = None

    def words_said(self) -> Iterator[Digest | None]:
        yield self.words
