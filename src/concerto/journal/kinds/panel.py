"""Who mediates (人民调解员): elected to a committee or engaged by it, dated. A posting makes nobody one."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ..said import Audience, Digest, How, PartRule, Touch
from .households import fields_of
from .people import NAME
from .rules import InOrder, Once, Ruled, SomeOf, Unsaid, When

HOW = ("elected", "engaged")
POSTS = ("director", "deputy", "member")
LANGUAGES = ("chinese", "kazakh", "mongolian", "other")
PANEL_FIELDS = ("how", "post", "languages", "holds_seal", "sits_on", "since", "until")
PLACE_ONLY = frozenset({Audience.PLACE})

Chosen = Literal["elected", "engaged"]
Post = Literal["director", "deputy", "member"]
Languages = Annotated[list[Literal["chinese", "kazakh", "mongolian", "other"]], msgspec.Meta(max_length=4)]
Weekday = Annotated[int, msgspec.Meta(ge=1, le=7)]  # Monday is 1
SitsOn = Annotated[list[Weekday], msgspec.Meta(max_length=7)]


class PanelMember1(Ruled, frozen=True):
    """Somebody mediates for the committee of a village or the township: elected to it, or engaged by it.

    Either an account, or somebody without one by a name that stands sealed. `sits_on` are the days of the week on which
    they sit at the centre.
    """

    KIND: ClassVar = "panel_member"
    RULES: ClassVar = (
        SomeOf("panel_without_anybody", ("account", "name")),
        Unsaid("panel_names_two", ("name",), When("account")),
        InOrder("left_before_it_came", "since", "until"),
        Once("asked_twice", ("languages", "sits_on")),
    )

    panel_member: UUID
    unit: UUID
    how: Chosen
    since: date
    account: UUID | None = None
    name: Digest | None = None
    post: Post = "member"
    languages: Languages = []
    holds_seal: bool = False
    sits_on: SitsOn = []
    until: date | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.panel_member, "panel_member", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        if self.name:
            yield PartRule(self.name, self.panel_member, PLACE_ONLY, is_words=False, form=NAME)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, PANEL_FIELDS)


class PanelChange1(Ruled, frozen=True):
    """What is different about a mediator's line; a last day ends it. Somebody else is another line."""

    KIND: ClassVar = "panel_change"
    RULES: ClassVar = (SomeOf("nothing_changed", PANEL_FIELDS),)

    panel_member: UUID
    how: Chosen | UnsetType = UNSET
    post: Post | UnsetType = UNSET
    languages: Languages | UnsetType = UNSET
    holds_seal: bool | UnsetType = UNSET
    sits_on: SitsOn | UnsetType = UNSET
    since: date | UnsetType = UNSET
    until: date | None | UnsetType = UNSET

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.panel_member, "panel_member", How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, PANEL_FIELDS)
