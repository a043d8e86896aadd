"""The one list of what a duty may speak of: subjects, events, proofs, capacities, reasons of waivers."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PARTS = ("study", "branch", "visits", "disputes", "assistance")
OWNERS = ("post", "branch", "person", "member", "desk", "owner", "lead_desk")
POSTS = ("instructor", "branch_secretary", "mediator", "centre_desk", "township_organizer")
BEARERS = ("instructor", "branch_secretary", "member")


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word of the list, and what is known of it."""

    zh: str
    en: str
    owed_by: tuple[str, ...] = ()
    member: bool = False
    matter: bool = False
    of: tuple[str, ...] = ()
    timed: bool = False
    record: str = ""
    given: bool = False
    done: bool = False
    raised: bool = False
    fed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """The whole list."""

    subjects: Mapping[str, Term]
    events: Mapping[str, Term]
    proofs: Mapping[str, Term]
    capacities: Mapping[str, Term]
    waivers: Mapping[str, Term]


@cache
def terms() -> Terms:
    """Return the list that ships.

    >>> terms().subjects["helped_household"].en, terms().proofs["lead_raised"].raised
    ('helped household', True)
    """
    told = tomllib.loads(files("concerto.rulebook").joinpath("data/terms.toml").read_text(encoding="utf-8"))
    lists = ({word: _term(said) for word, said in told[name].items()} for name in told)
    return Terms(*lists)


def _term(said: Mapping[str, object]) -> Term:
    return Term(**{key: tuple(value) if isinstance(value, list) else value for key, value in said.items()})  # type: ignore[arg-type]
