"""How the book itself is kept: erasures, restrictions, settled clashes, and what a restore writes."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import Audience, Body, Digest, How, PartRule, Touch

DESK_ONLY = frozenset({Audience.DESK})


class Erased(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A thing whose words are erased, and what sort of thing it is.

    A household or person is erased whole, and nothing more is recorded of it; or only some words that stand with it
    are, and it lives on.
    """

    thing: UUID
    what: Literal[
        "household", "resident", "member", "need", "lead", "branch_matter", "visit", "helper_link", "meeting", "study",
        "own_study", "resolution", "panel_member",
    ]  # fmt: skip
    whole: bool = True


class Erasure1(Body, frozen=True):
    """Sealed parts are erased, text and salt together; the chain stays whole. `basis` says why, sealed."""

    KIND: ClassVar = "erasure"

    things_erased: Annotated[list[Erased], msgspec.Meta(min_length=1, max_length=200)]
    digests: Annotated[list[Digest], msgspec.Meta(max_length=2000)]
    basis: Digest | None = None
    person: UUID | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "erasure", How.OPENS)
        for erased in self.things_erased:
            yield Touch(erased.thing, erased.what, How.ERASES if erased.whole else How.CHANGES)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        if self.basis:
            yield PartRule(self.basis, first, DESK_ONLY)


class Restriction1(Body, frozen=True):
    """What is held about a person is locked (kept, but not used), or unlocked again."""

    KIND: ClassVar = "restriction"

    resident: UUID
    restricted: bool
    basis: Digest | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.resident, "resident", How.CHANGES)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        if self.basis:
            yield PartRule(self.basis, first, DESK_ONLY)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"restricted": self.restricted}


class Settled1(Body, frozen=True):
    """A clash is settled by letting stand what is there; its `instead_of` names what it settles."""

    KIND: ClassVar = "settled"

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "settled", How.OPENS)


class Restored1(Body, frozen=True):
    """The log came back from a backup: a new epoch begins."""

    KIND: ClassVar = "restored"

    epoch: int
    last_seq: int
    last_digest: str

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "restored", How.OPENS)
