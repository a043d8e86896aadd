"""Slips of a case: each party may have its own, and asks by it to be called. It names the party, and no household.

A slip tells its party how the case goes in the words of any matter: a state, an office, a day. By it nobody agrees to
anything: what a party consents to it says itself, to somebody who asks.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from ..said import How, Touch
from .case_steps import OfCase


class CaseSlip1(OfCase, frozen=True):
    """A slip is given to one party of a case: by its code it sees how that goes, and can ask to be called."""

    KIND: ClassVar = "case_slip"

    slip: UUID
    party: UUID

    def besides(self) -> Iterator[Touch]:
        yield Touch(self.slip, "matter_slip", How.CHANGES)
        yield Touch(self.party, "case_party", How.MENTIONS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"given": (self.case, "case", self.party)} if thing == self.slip else {}


class CaseCall1(OfCase, frozen=True):
    """A party asks by its slip to be called about its case."""

    KIND: ClassVar = "case_call"

    slip: UUID
    party: UUID

    def besides(self) -> Iterator[Touch]:
        yield Touch(self.slip, "matter_slip", How.MENTIONS)
        yield Touch(self.party, "case_party", How.MENTIONS)
