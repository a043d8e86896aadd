"""One meeting of a branch: its form, what it held, who was there, how it voted. Its words are sealed, and not here."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from concerto.groundwork.refusals import refuse

from ..said import Audience, Digest, How, PartRule, Touch
from .rules import HowMany, Once, Ruled, Rules, Together, Unsaid, When, keep
from .times import Took
from .voting import Tally, half_is_absent

FORMS = ("members", "committee", "group", "none")
CONTENTS = ("lesson", "theme_day", "organisational_life", "appraisal", "rules_reviewed")
ATTENDED = ("present", "excused", "floating", "absent", "observer")
MOST_MEMBERS = 200

Count = Annotated[int, msgspec.Meta(ge=0, le=MOST_MEMBERS)]
Members = Annotated[list[UUID], msgspec.Meta(max_length=MOST_MEMBERS)]
Content = Literal["lesson", "theme_day", "organisational_life", "appraisal", "rules_reviewed"]


class Attended(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one member stands on the list of a meeting. Why somebody was excused or away has no field."""

    member: UUID
    how: Literal["present", "excused", "floating", "absent", "observer"]


class LeftOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody not counted in the base: approved above on a day, and adopted by a vote of this meeting."""

    member: UUID
    approved_on: date
    adopted_by: Annotated[int, msgspec.Meta(ge=0, le=29)]


class Votes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The figures of one vote on a matter."""

    yes: Count = 0
    no: Count = 0
    abstain: Count = 0
    not_cast: Count = 0

    @property
    def all(self) -> int:
        """How many votes these are together."""
        return self.yes + self.no + self.abstain + self.not_cast


class AgendaItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One item of the agenda. `away` are those of the base who were at the meeting, but not for this."""

    RULES: ClassVar[Rules] = (
        Once("asked_twice", ("away",)),
        Unsaid("ballot_keeps_no_figures", ("votes",), When("sort", ("ballot",))),
        Unsaid("figures_without_a_vote", ("votes",), When("sort", ("talk",))),
    )

    sort: Literal["talk", "vote", "ballot"]
    words: Digest | None = None
    away: Members = []
    votes: Votes | None = None

    def __post_init__(self) -> None:
        keep(self, self.RULES)


class Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was decided: named by the device, its words sealed, with who sees to it and by when."""

    resolution: UUID
    words: Digest
    owner: UUID | None = None
    due: date | None = None


class Meeting1(Ruled, frozen=True):
    """A meeting in one form with any contents; what is the same hour is one meeting, recorded once."""

    KIND: ClassVar = "meeting"
    VERSION: ClassVar = 1
    RULES: ClassVar = (
        HowMany("nothing_held", "contents", When("form", ("none",)), least=1),
        Together("group_of_the_meeting", When("form", ("group",)), When("group")),
        Together("base_of_the_meeting", When("form", ("members", "committee", "group")), When("base")),
        Once("asked_twice", ("contents", "base", "attendance.member", "left_out.member", "made_with")),
    )

    branch: UUID
    form: Literal["members", "committee", "group", "none"]
    contents: Annotated[list[Content], msgspec.Meta(max_length=5)] = []
    group: UUID | None = None
    base: Members = []
    left_out: Annotated[list[LeftOut], msgspec.Meta(max_length=20)] = []
    attendance: Annotated[list[Attended], msgspec.Meta(max_length=MOST_MEMBERS)] = []
    took: Took | None = None
    chair: UUID | None = None
    recorder: UUID | None = None
    pre_study: Took | None = None
    meeting_study: Took | None = None
    items: Annotated[list[AgendaItem], msgspec.Meta(max_length=30)] = []
    decisions: Annotated[list[Decided], msgspec.Meta(max_length=20)] = []
    made_with: Annotated[list[UUID], msgspec.Meta(max_length=8)] = []
    words: Digest | None = None

    def __post_init__(self) -> None:
        keep(self, self.RULES)
        base = set(self.base)
        refuse(any(one.member in base for one in self.left_out), "asked_twice")
        refuse(any(a.how == "observer" and a.member in base for a in self.attendance), "base_does_not_look_on")
        for item in self.items:
            self._check_item(item)
        refuse(not all(self._adopts(one.adopted_by) for one in self.left_out), "left_out_without_adoption")

    def _check_item(self, item: AgendaItem) -> None:
        """The figures of a vote are those of everybody with a vote who was there for it."""
        refuse(item.sort != "talk" and not self.base, "base_of_the_meeting")
        refuse(not set(item.away) <= self.there, "away_who_was_not_there")
        if item.sort != "vote":
            return
        tally = self.tally(item)
        refuse(item.votes is None and tally.outcome != "no_valid_vote", "figures_of_the_vote")
        given = item.votes.all if item.votes else tally.present
        refuse(given != tally.present, "votes_do_not_add_up", given=given, present=tally.present)

    def _adopts(self, number: int) -> bool:
        """Leaving somebody out is adopted by those who would have counted with them."""
        if number >= len(self.items) or self.items[number].sort != "vote":
            return False
        return self.tally(self.items[number]).outcome == "passed"

    @property
    def there(self) -> set[UUID]:
        """Those of the base who were there: each has one vote."""
        return {one.member for one in self.attendance if one.how == "present"} & set(self.base)

    @property
    def present(self) -> list[UUID]:
        """Everybody of the list who was there, with a vote or without one; onlookers are not among them."""
        return [one.member for one in self.attendance if one.how == "present"]

    def tally(self, item: AgendaItem) -> Tally:
        """Count one vote against the base of this meeting; that which left somebody out against the whole one."""
        whole = len(self.base) + len(self.left_out)
        base = whole if any(item is adopted for adopted in self._adopting) else len(self.base)
        return Tally(base, len(self.there) - len(item.away), item.votes.yes if item.votes else 0)

    @property
    def _adopting(self) -> list[AgendaItem]:
        return [self.items[one.adopted_by] for one in self.left_out if one.adopted_by < len(self.items)]

    @property
    def proves_nothing(self) -> bool:
        """With half of its base absent a members' or committee meeting was held, and proves nothing."""
        if self.form not in ("members", "committee"):
            return False
        return half_is_absent(base=len(self.base), present=len(self.there))

    @property
    def all_named(self) -> list[UUID]:
        """Every member it speaks of, each once."""
        listed = [*self.base, *(a.member for a in self.attendance), *(one.member for one in self.left_out)]
        told = [self.chair, self.recorder, *(decided.owner for decided in self.decisions)]
        return list(dict.fromkeys([*listed, *(one for one in told if one)]))

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "meeting", How.OPENS)
        for member in self.all_named:
            yield Touch(member, "member", How.MENTIONS)
        for decided in self.decisions:
            yield Touch(decided.resolution, "resolution", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        place = frozenset({Audience.PLACE})
        for item in self.items:
            if item.words:
                yield PartRule(item.words, first, place)
        for decided in self.decisions:
            yield PartRule(decided.words, decided.resolution, place)
        if self.words:
            yield PartRule(self.words, first, place | {Audience.AUTHOR})
