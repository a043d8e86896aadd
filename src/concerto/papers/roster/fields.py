"""What a column can mean to a roster, and how its heading is recognised."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_noop as _

from concerto.groundwork.letters import packed


class Field(StrEnum):
    """The meanings a heading can be given, by the table of wordings or by a person's hand."""

    NAME = "name"
    HEAD_NAME = "head_name"
    HEAD_MARK = "head_mark"
    RELATION = "relation"
    NUMBER = "number"
    SERIAL = "serial"
    IDENTITY = "identity"
    HEAD_IDENTITY = "head_identity"
    BORN = "born"
    SEX = "sex"
    PHONE = "phone"
    HEAD_PHONE = "head_phone"
    ALIAS = "alias"
    STATUS = "status"
    PROBATIONARY = "probationary"
    FLOATING = "floating"
    HELPED = "helped"
    VILLAGE = "village"
    VILLAGE_GROUP = "village_group"
    GROUP = "group"
    TOWN_HOME = "town_home"
    WINTER_PASTURE = "winter_pasture"
    SUMMER_PASTURE = "summer_pasture"
    ADDRESS = "address"
    REACHABLE_BY = "reachable_by"
    BEST_SEASON = "best_season"
    ASIDE = "aside"
    NOT_KEPT = "not_kept"


LABELS: dict[Field, str] = {
    Field.NAME: _("name of the person"),
    Field.HEAD_NAME: _("name of the head of household"),
    Field.HEAD_MARK: _("mark for the head of household"),
    Field.RELATION: _("relation to the head of household"),
    Field.NUMBER: _("number of the household"),
    Field.SERIAL: _("number of the line"),
    Field.IDENTITY: _("identity number"),
    Field.HEAD_IDENTITY: _("identity number of the head of household"),
    Field.BORN: _("date of birth"),
    Field.SEX: _("sex"),
    Field.PHONE: _("telephone"),
    Field.HEAD_PHONE: _("telephone of the head of household"),
    Field.ALIAS: _("other spelling of the name"),
    Field.STATUS: _("party membership"),
    Field.PROBATIONARY: _("probationary member"),
    Field.FLOATING: _("floating member"),
    Field.HELPED: _("helped household"),
    Field.VILLAGE: _("village"),
    Field.VILLAGE_GROUP: _("village and group"),
    Field.GROUP: _("group of the village"),
    Field.TOWN_HOME: _("home in town"),
    Field.WINTER_PASTURE: _("winter pasture"),
    Field.SUMMER_PASTURE: _("summer pasture"),
    Field.ADDRESS: _("address"),
    Field.REACHABLE_BY: _("reachable through"),
    Field.BEST_SEASON: _("best season for a visit"),
    Field.ASIDE: _("not needed"),
    Field.NOT_KEPT: _("not kept"),
}
SEVERAL = frozenset(
    (Field.PHONE, Field.HEAD_PHONE, Field.ALIAS, Field.STATUS, Field.ADDRESS, Field.ASIDE, Field.NOT_KEPT)
)
SIGNS = re.compile(r"[\s*★☆:;,.。、“”\"'_]|[①-⑳]|\d+$")
BRACKETS = re.compile(r"[(\[【〔<《][^)\]】〕>》]*[)\]】〕>》]")


@dataclass(frozen=True)
class Wording:
    """One line of the table of wordings."""

    field: Field
    exact: frozenset[str]
    contains: tuple[str, ...]
    unless: tuple[str, ...]

    def fits(self, heading: str) -> bool:
        """Tell whether a heading, already without spaces and signs, is worded so."""
        if heading in self.exact:
            return True
        return any(part in heading for part in self.contains) and not any(part in heading for part in self.unless)


@lru_cache
def wordings() -> tuple[Wording, ...]:
    """Read the table of wordings that lies beside this module."""
    table = tomllib.loads((Path(__file__).parent / "headings.toml").read_text(encoding="utf-8"))
    return tuple(
        Wording(
            Field(line["field"]),
            frozenset(line.get("exact", ())),
            tuple(line.get("contains", ())),
            tuple(line.get("unless", ())),
        )
        for line in table["wording"]
    )


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """Return the form under which a heading is recognised and its meaning remembered.

    >>> heading_key("* 备  注："), heading_key("联系电话1"), heading_key("党员\\n(√)")
    ('备注', '联系电话', '党员(√)')
    """
    return SIGNS.sub("", packed(text).lower())


@lru_cache(maxsize=4096)
def known(heading: str) -> Field | None:
    """Return what a heading means by the table, or None.

    What may not be kept is looked for in the whole heading, brackets included; else brackets only explain.

    >>> known("户主姓名"), known("联系电话(帮扶干部)"), known("党员(√)"), known("称呼")
    (<Field.HEAD_NAME: 'head_name'>, <Field.NOT_KEPT: 'not_kept'>, <Field.STATUS: 'status'>, None)
    """
    whole = heading_key(heading)
    bare = BRACKETS.sub("", whole) or whole.strip("()[]【】〔〕<>《》")
    unsigned = re.sub(r"[()\[\]/、]", "", whole)
    for form in (whole, unsigned, bare):
        for wording in wordings():
            if wording.fits(form) and (form != whole or wording.field is Field.NOT_KEPT or whole == bare):
                return wording.field
    return None


def meaning(path: tuple[str, ...], given: Mapping[str, str]) -> Field | None:
    """Return what a column means whose headings from top to bottom are `path`; what a person gave goes first.

    Under a group heading for the head of household, name, identity number and telephone are the head's.
    """
    for key in ("/".join(map(heading_key, path)), heading_key(path[-1])):
        if key in given:
            return Field(given[key])
    above = "".join(path[:-1])
    if known(above) is Field.NOT_KEPT:
        return Field.NOT_KEPT
    found = known(path[-1]) or (known(above + path[-1]) if above else None)
    whole = above + path[-1]
    return OF_THE_HEAD.get(found, found) if found and "户主" in whole and "成员" not in whole else found


OF_THE_HEAD: dict[Field, Field] = {
    Field.NAME: Field.HEAD_NAME,
    Field.IDENTITY: Field.HEAD_IDENTITY,
    Field.PHONE: Field.HEAD_PHONE,
}
