"""What a body may say beyond the shape of its fields, as data: read here at the door, by `forms/rules.js` on a phone.

A field is *said* when it is set to something else than what goes without saying. The first rule that is broken refuses.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import msgspec
from msgspec import NODEFAULT

from concerto.groundwork.refusals import Refused

from ..said import Body

WHOLE = ""  # the path of what no field shows


class RuleBroken(Refused):
    """A body breaks a rule; `field` is the path of what breaks it (`needs.1.household`), or empty."""

    def __init__(self, code: str, field: str, **facts: Any) -> None:
        super().__init__(code, **facts)
        self.field = field


class Data(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=False):
    """What travels to a phone."""


class When(Data, frozen=True):
    """This field is said, or with `values` is one of these."""

    of: str
    values: tuple[str, ...] = ()

    def holds(self, body: msgspec.Struct) -> bool:
        """Tell whether it is so in a body."""
        return getattr(body, self.of) in self.values if self.values else is_said(body, self.of)


class Rule(Data, frozen=True, tag_field="rule"):
    """One rule: the code that refuses, then what it looks at."""

    code: str

    def broken(self, body: Any) -> str | None:
        """Give the path of the field that breaks it; None while it is kept."""
        raise NotImplementedError

    @property
    def facts(self) -> dict[str, Any]:
        """Give what the words of the refusal ask for."""
        return {}


class SomeOf(Rule, frozen=True, tag="some_of"):
    """One of these fields is said at least."""

    of: tuple[str, ...]

    def broken(self, body: Any) -> str | None:
        return None if any(is_said(body, field) for field in self.of) else WHOLE


class Once(Rule, frozen=True, tag="once"):
    """Nothing is named twice within one of these lists, or by a field of the records of one (`talkers.member`)."""

    of: tuple[str, ...]

    def broken(self, body: Any) -> str | None:
        for field, _, inner in (path.partition(".") for path in self.of):
            named = getattr(body, field)
            if inner:
                named = [getattr(record, inner) for record in named]
            if len(named) > 1 and len(set(named)) < len(named):
                return field
        return None


class Differ(Rule, frozen=True, tag="differ"):
    """Two fields are not the same."""

    of: str
    other: str

    def broken(self, body: Any) -> str | None:
        return self.of if getattr(body, self.of) == getattr(body, self.other) else None


class Among(Rule, frozen=True, tag="among"):
    """A field, or a field of each record of a list (`needs.household`), is one of the values of another."""

    of: str
    other: str

    def broken(self, body: Any) -> str | None:
        values = getattr(body, self.other)
        field, _, inner = self.of.partition(".")
        named = getattr(body, field)
        if not inner:
            return None if named in values else field
        for at, record in enumerate(named):
            if getattr(record, inner) not in values:
                return f"{field}.{at}.{inner}"
        return None


class InOrder(Rule, frozen=True, tag="in_order"):
    """Of two days that are said, the second is not before the first."""

    of: str
    other: str

    def broken(self, body: Any) -> str | None:
        first, then = getattr(body, self.of), getattr(body, self.other)
        return self.other if first and then and then < first else None


class Before(Rule, frozen=True, tag="before"):
    """Of two numbers that are said, the second is larger."""

    of: str
    other: str

    def broken(self, body: Any) -> str | None:
        first, then = getattr(body, self.of), getattr(body, self.other)
        return self.other if first is not None and then is not None and then <= first else None


class HowMany(Rule, frozen=True, tag="how_many"):
    """A list is as long as this, when `when` holds."""

    of: str
    when: When
    least: int = 0
    most: int | None = None

    def broken(self, body: Any) -> str | None:
        if not self.when.holds(body):
            return None
        count = len(getattr(body, self.of))
        return self.of if count < self.least or (self.most is not None and count > self.most) else None


class Between(Rule, frozen=True, tag="between"):
    """A number is within these."""

    of: str
    least: int
    most: int

    def broken(self, body: Any) -> str | None:
        return None if self.least <= getattr(body, self.of) <= self.most else self.of

    @property
    def facts(self) -> dict[str, Any]:
        return {"most": self.most}


class Unsaid(Rule, frozen=True, tag="unsaid"):
    """None of these fields is said when `when` holds."""

    of: tuple[str, ...]
    when: When

    def broken(self, body: Any) -> str | None:
        if self.when.holds(body):
            for field in self.of:
                if is_said(body, field):
                    return field
        return None


class Together(Rule, frozen=True, tag="together"):
    """Both hold or neither; what is missing is the field to look at."""

    one: When
    other: When

    def broken(self, body: Any) -> str | None:
        first, second = self.one.holds(body), self.other.holds(body)
        return None if first == second else self.other.of if first else self.one.of


AnyRule = SomeOf | Once | Differ | Among | InOrder | Before | HowMany | Between | Unsaid | Together
Rules = tuple[AnyRule, ...]


def keep(said: msgspec.Struct, rules: Rules) -> None:
    """Refuse what breaks one of its rules, by the first that it breaks."""
    for rule in rules:
        field = rule.broken(said)
        if field is not None:
            raise RuleBroken(rule.code, field, **rule.facts)


class Ruled(Body, frozen=True):
    """A body that keeps rules."""

    RULES: ClassVar[Rules] = ()

    def __post_init__(self) -> None:
        keep(self, self.RULES)


def is_said(said: msgspec.Struct, field: str) -> bool:
    """Tell whether a field is set to something else than what goes without saying."""
    kind = type(said)
    if kind not in _unsaid:
        _unsaid[kind] = dict(unsaid_of(kind))
    return bool(getattr(said, field) != _unsaid[kind][field])


_unsaid: dict[type[msgspec.Struct], dict[str, Any]] = {}


def unsaid_of(kind: type[msgspec.Struct]) -> Iterator[tuple[str, Any]]:
    """Give what goes without saying, by field; NODEFAULT where a field is always said."""
    for field in msgspec.structs.fields(kind):
        made = field.default_factory
        yield field.name, field.default if made is NODEFAULT else made()


def codes_of(rules: Sequence[AnyRule]) -> frozenset[str]:
    """Give the codes with which these rules may refuse."""
    return frozenset(rule.code for rule in rules)
