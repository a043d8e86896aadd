"""Somebody is hurt or afraid: what is noted of it is read by the township's centre and by handlers who are named.

It is no case: it has no other side, no consent, no session and no number, and touches no household and no resident.
What is told of it stands on no list and in no count; how to reach them safely is answered before a telephone is noted.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import Digest, How, PartRule, Touch
from .cases import CASE_ONLY
from .people import NAME, PHONE
from .rules import HowMany, Ruled, Together, Unsaid, When

WHO = ("adult", "child", "dependent")
SUSPECTED_OF = ("child", "dependent")  # whose suspected abuse is reported on the same day
# To whom that report is made: 反家庭暴力法 14 names the public security organs alone, for a child and for whoever can't
# help themselves. 未成年人保护法 11 adds civil affairs and education for a child: told as well, never instead.
TO_REPORT_TO = ("police",)
STEPS = ("safe", "told", "reported", "seen_alone", "wish", "session", "agreed", "named", "released", "handed",
         "returned", "noted", "ended")  # fmt: skip
TOLD_OF = ("rights", "police", "protection_order", "womens_federation", "shelter", "hospital", "legal_aid")
REPORTED_TO = ("police", "civil_affairs", "education", "health", "other_office")
BY_ACCOUNT, BY_DESK = ("named", "released"), ("handed", "returned")
WITH_WORDS = ("session", "agreed", "noted")
ASKED_FOR = ("session", "agreed")  # only where the person, seen alone, asked for mediation

Contact = Literal["safe", "not_safe"]


def _but(*steps: str) -> When:
    return When("step", tuple(step for step in STEPS if step not in steps))


CONTACT_FIRST = (
    Unsaid("contact_not_safe", ("phone",), When("contact", ("not_safe",))),
    Together("contact_without_way", When("contact", ("safe",)), When("how")),
)


def _contact(case: UUID, how: str | None, phone: str | None) -> Iterator[PartRule]:
    if how:
        yield PartRule(how, case, CASE_ONLY)
    if phone:
        yield PartRule(phone, case, CASE_ONLY, is_words=False, form=PHONE)


class ProtectedCase1(Ruled, frozen=True):
    """Somebody is hurt or afraid. `contact` says whether they may be reached, `how` in which way and when.

    `who` says whether the law asks for a report on the same day, `crime` that it may be one. Nobody else is named.
    """

    KIND: ClassVar = "protected_case"
    RULES: ClassVar = CONTACT_FIRST

    case: UUID
    who: Literal["adult", "child", "dependent"]
    contact: Contact
    summary: Digest
    crime: bool = False
    how: Digest | None = None
    name: Digest | None = None
    phone: Digest | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.case, "protected_case", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        yield PartRule(self.summary, self.case, CASE_ONLY)
        if self.name:
            yield PartRule(self.name, self.case, CASE_ONLY, is_words=False, form=NAME)
        yield from _contact(self.case, self.how, self.phone)


class ProtectedStep1(Ruled, frozen=True):
    """What was done for somebody who is hurt or afraid, or what they wish, said alone.

    `account` is named to handle it, or no longer; `desk` is a county's which it was handed to, or which is done.
    """

    KIND: ClassVar = "protected_step"
    RULES: ClassVar = (
        *CONTACT_FIRST,
        Together("not_of_this_step", When("step", ("safe",)), When("contact")),
        Unsaid("not_of_this_step", ("phone",), _but("safe")),
        HowMany("routes_not_told", "told_of", When("step", ("told",)), least=1),
        Unsaid("not_of_this_step", ("told_of",), _but("told")),
        Together("not_of_this_step", When("step", ("reported",)), When("to")),
        Together("not_of_this_step", When("step", ("wish",)), When("wants")),
        Together("not_of_this_step", When("step", BY_ACCOUNT), When("account")),
        Together("not_of_this_step", When("step", BY_DESK), When("desk")),
    )

    case: UUID
    step: Literal["safe", "told", "reported", "seen_alone", "wish", "session", "agreed", "named", "released", "handed",
                  "returned", "noted", "ended"]  # fmt: skip
    contact: Contact | None = None
    how: Digest | None = None
    phone: Digest | None = None
    told_of: Annotated[
        list[Literal["rights", "police", "protection_order", "womens_federation", "shelter", "hospital", "legal_aid"]],
        msgspec.Meta(max_length=len(TOLD_OF)),
    ] = []
    to: Literal["police", "civil_affairs", "education", "health", "other_office"] | None = None
    wants: Literal["mediation", "no_mediation"] | None = None
    account: UUID | None = None
    desk: UUID | None = None
    words: Digest | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.case, "protected_case", How.CHANGES)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        if self.words:
            yield PartRule(self.words, self.case, CASE_ONLY)
        yield from _contact(self.case, self.how, self.phone)
