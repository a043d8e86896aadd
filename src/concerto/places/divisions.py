"""Looking divisions up: by code or name on a day, with all that stands above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from concerto.groundwork.letters import packed
from concerto.groundwork.refusals import refuse

from .models import Division, DivisionCode, DivisionLevel, DivisionName, in_force

MOST_FOUND = 30
MOST_DIGITS = 12


@dataclass(frozen=True)
class Found:
    """A division as it is called and coded on a day."""

    id: UUID
    level: DivisionLevel
    parent: UUID | None
    code: str
    name: str
    above: str = ""


def by_code(code: str, day: date) -> Found | None:
    """Find the division that bears a code on a day."""
    borne = DivisionCode.objects.filter(in_force(day), code=code).values_list("division", flat=True)
    return next(iter(_described(list(borne[:1]), day)), None)


def by_id(division: UUID, day: date) -> Found | None:
    """Find one division by its permanent key."""
    return next(iter(_described([division], day)), None)


def under(division: UUID, day: date) -> list[Found]:
    """List what lies directly under a division on a day, in the order of codes."""
    children = Division.objects.filter(parent=division).values_list("id", flat=True)
    return _described(list(children), day)


def search(words: str, day: date, *, level: DivisionLevel | None = None) -> list[Found]:
    """Find divisions whose name holds these words, or whose code begins with these digits; a page full at most."""
    words = packed(words)
    if not words:
        return []
    if words.isascii() and words.isdigit():
        coded = DivisionCode.objects.filter(in_force(day), code__startswith=words)
        found = Division.objects.filter(id__in=coded.values("division"))
    else:
        named = DivisionName.objects.filter(in_force(day), name__contains=words)
        found = Division.objects.filter(id__in=named.values("division"))
    if level is not None:
        found = found.filter(level=level)
    ids = list(found.values_list("id", flat=True)[: MOST_FOUND + 1])
    return _with_above(_described(ids, day), day)


def _described(ids: Sequence[UUID], day: date) -> list[Found]:
    """Give divisions their first code and their name of the day; one without either on that day is not there."""
    found: list[Found] = []
    for piece in (ids[start : start + 500] for start in range(0, len(ids), 500)):
        codes: dict[UUID, str] = {}
        for division, code in DivisionCode.objects.filter(in_force(day), division__in=piece).values_list(
            "division", "code"
        ):
            codes[division] = min(code, codes.get(division, code))
        names = dict(DivisionName.objects.filter(in_force(day), division__in=piece).values_list("division", "name"))
        found += [
            Found(one.id, DivisionLevel(one.level), one.parent, codes[one.id], names[one.id])
            for one in Division.objects.filter(id__in=piece)
            if one.id in codes and one.id in names
        ]
    return sorted(found, key=lambda one: (one.code, str(one.id)))


def _with_above(found: list[Found], day: date) -> list[Found]:
    """Say of each what stands above it: names alone do not tell one 城关镇 from another."""
    known: dict[UUID, Found] = {}
    wanted = {one.parent for one in found if one.parent}
    while wanted:
        above = {one.id: one for one in _described(list(wanted), day)}
        known |= above
        wanted = {one.parent for one in above.values() if one.parent} - known.keys()
    return [Found(one.id, one.level, one.parent, one.code, one.name, _path(one.parent, known)) for one in found]


def _path(parent: UUID | None, known: dict[UUID, Found]) -> str:
    names: list[str] = []
    while parent is not None and parent in known:
        names.append(known[parent].name)
        parent = known[parent].parent
    return " ".join(reversed(names))


def add_code(division: UUID, code: str, *, source: str, since: date | None) -> None:
    """Let a division bear another code besides, from a day on: two offices may number it differently."""
    refuse(not (code.isascii() and code.isdigit() and 2 <= len(code) <= MOST_DIGITS), "code_unfit")
    taken = DivisionCode.objects.filter(code=code)
    if since is not None:
        taken = taken.exclude(until__lt=since)
    refuse(taken.exists(), "code_taken", place=code)
    DivisionCode.objects.create(division=division, code=code, source=source[:20], since=since)


def codes_of(division: UUID) -> list[DivisionCode]:
    """List every code a division bore, with its days."""
    return list(DivisionCode.objects.filter(division=division).order_by("code", "since"))


def names_of(division: UUID) -> list[DivisionName]:
    """List every name a division bore, the last first."""
    return list(DivisionName.objects.filter(division=division).order_by("-since"))


def are_known() -> bool:
    """Tell whether any list of divisions came in."""
    return Division.objects.exists()
