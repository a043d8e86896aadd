"""What a mechanism costs: minutes a month of one instructor, one branch secretary and one member, by duty.

One record that settles several duties counts once, at the largest: of the records about one subject, the first serves
every duty, the second those that ask for two, and so on, and each costs what the dearest of them costs.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from .duty import Duty, Edition, Measure
from .mechanism import SHIPPED, Mechanism
from .standing import hour_on
from .terms import BEARERS, terms

TYPICAL = SHIPPED / "data" / "typical-village.toml"
MONTHS = 12
TYPED_AGAIN = "typed_again"
BY_OWNER = {"branch": "branch_secretary", "owner": "instructor", "member": "member"}
ONE_MEMBERS = {"branch", "party group", "others"}  # groups of which one ordinary member bears one record each


@dataclass(frozen=True)
class Village:
    """How many of everything there are, how often clocks start, and what must be typed again elsewhere."""

    name: Mapping[str, str]
    count: Mapping[str, int]
    a_year: Mapping[str, int]
    typed_again: Mapping[str, int]


class Cost(NamedTuple):
    """Minutes a month that one duty costs one bearer; what must be typed again has a line for its record."""

    bearer: str
    duty: str
    minutes: float


class Want(NamedTuple):
    """So many records a year about each subject of a group, each of so many minutes, for one duty."""

    duty: str
    times: int
    minutes: int


def read_village(path: Path = TYPICAL) -> Village:
    """Read a village, or the typical one."""
    return Village(**tomllib.loads(path.read_text(encoding="utf-8")))


def burden(mechanism: Mechanism, village: Village, *, on: date) -> list[Cost]:
    """Count what the editions in force on a day cost, the dearest duty of each bearer first."""
    costs: dict[tuple[str, str], float] = defaultdict(float)
    spent: dict[tuple[str, str], float] = defaultdict(float)
    for (bearer, record, group), wanted in _wanted(mechanism, village, on).items():
        subjects = 1 if bearer == "member" else _sizes(village).get(group, 1)
        for want in wanted:
            costs[bearer, want.duty] += 0  # one that another's record settles is named all the same
        for duty_id, n, each in once(wanted):
            costs[bearer, duty_id] += subjects * n * each
            spent[bearer, record] += subjects * n * each
            if bearer != "member" and village.typed_again.get(record):
                costs[bearer, f"{TYPED_AGAIN}:{record}"] += subjects * n * village.typed_again[record]
    for duty, edition in _in_force(mechanism, on):
        if edition.measure is Measure.CLASS_HOURS:  # study within records that are counted already is not counted again
            for bearer in _borne(duty, edition):
                fed = sum(spent[bearer, record] for record in terms().proofs[edition.proven_by[0]].fed_by)
                costs[bearer, duty.id] += max(0, edition.need * hour_on(mechanism, on).minutes - fed)
    order = sorted(costs.items(), key=lambda cost: (BEARERS.index(cost[0][0]), -cost[1], cost[0][1]))
    return [Cost(bearer, duty_id, minutes / MONTHS) for (bearer, duty_id), minutes in order]


def _wanted(mechanism: Mechanism, village: Village, on: date) -> Mapping[tuple[str, str, str], list[Want]]:
    """Gather what is asked by who bears it, by record, and by group of subjects."""
    wanted: dict[tuple[str, str, str], list[Want]] = defaultdict(list)
    for duty, edition in _in_force(mechanism, on):
        record = terms().proofs[edition.proven_by[0]].record  # the usual way stands first
        for bearer, minutes in _borne(duty, edition).items():
            for group, times in _groups(duty, edition, village).items():
                counts = bearer != "member" or group in ONE_MEMBERS
                if counts and edition.measure is not Measure.CLASS_HOURS:
                    wanted[bearer, record, group].append(Want(duty.id, times, minutes))
    return wanted


def once(wanted: Iterable[Want]) -> Iterator[tuple[str, int, int]]:
    """Count each record once, at the largest, and say which duty it is counted for.

    >>> list(once([Want("call", 12, 30), Want("change", 12, 5), Want("trouble", 1, 90)]))
    [('trouble', 1, 90), ('call', 11, 30)]
    """
    reached = 0
    for want in sorted(wanted, key=lambda want: (-want.minutes, want.duty)):
        if want.times > reached:
            yield want.duty, want.times - reached, want.minutes
            reached = want.times


def counted_with(mechanism: Mechanism, village: Village, duty: str, *, on: date) -> list[str]:
    """Name the duties under which records are counted that settle this one as well: those as dear, or dearer."""
    found: dict[str, None] = {}
    for wanted in _wanted(mechanism, village, on).values():
        if any(want.duty == duty for want in wanted):
            counted = [name for name, _n, _each in once(wanted)]
            larger = counted[: counted.index(duty)] if duty in counted else counted
            found |= dict.fromkeys(larger)
    return list(found)


def not_counted(mechanism: Mechanism, *, on: date) -> list[str]:
    """Name the duties in force that none of the three bears: a desk's own."""
    return [duty.id for duty, edition in _in_force(mechanism, on) if not _borne(duty, edition)]


def _in_force(mechanism: Mechanism, on: date) -> Iterator[tuple[Duty, Edition]]:
    for duty in mechanism.duties.values():
        edition = duty.in_force(on)
        if edition is not None:
            yield duty, edition


def _borne(duty: Duty, edition: Edition) -> Mapping[str, int]:
    """Say who bears what: whom the edition names, or else whoever owes it."""
    named = {who: minutes for who, minutes in edition.minutes.items() if who}
    if "" not in edition.minutes:
        return named
    owes = duty.post if duty.owed_by == "post" else BY_OWNER.get(duty.owed_by, "")
    if duty.owed_by == "person":
        owes = "instructor" if duty.about == "instructor" else "branch_secretary"
    return {owes: edition.minutes[""], **named} if owes in BEARERS else named


def _groups(duty: Duty, edition: Edition, village: Village) -> Mapping[str, int]:
    """Say about which groups of the village how many records a year are asked."""
    if edition.every:
        times = edition.every.a_year * (edition.need if edition.measure is Measure.TIMES else 1)
        return dict.fromkeys(_parts(duty.about), times)
    started = village.a_year.get(duty.about, 0) if terms().subjects[duty.about].matter else village.a_year["round"]
    if duty.about == "members_meeting":  # the meeting's own record settles it: it is the branch's
        return {"branch": started}
    if terms().subjects[duty.about].matter:
        return {f"each step of {duty.id}": started}
    return dict.fromkeys(_parts(duty.about), started)


def _parts(about: str) -> tuple[str, ...]:
    """A subject as groups that do not overlap, so that one record about it meets all the duties about it."""
    return {
        "household": ("helped", "not helped"),
        "helped_household": ("helped",),
        "member": ("exempt", "committee", "others"),
        "exempt_member": ("exempt",),
        "non_exempt_member": ("committee", "others"),
        "committee_member": ("committee",),
        "party_group": ("party group",),
        "secretary_and_committee": ("one person",),
        "instructor": ("one person",),
    }.get(about, ("branch",))


def _sizes(village: Village) -> Mapping[str, int]:
    count = village.count
    return {
        "branch": count["branch"],
        "party group": count["party_group"],
        "helped": count["helped_household"],
        "not helped": count["household"] - count["helped_household"],
        "exempt": count["exempt_member"],
        "committee": count["committee"],
        "others": count["member"] - count["exempt_member"] - count["committee"],
        "one person": 1,
    }
