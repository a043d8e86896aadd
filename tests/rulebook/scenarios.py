"""Reads what a clerk wrote: a small world, what was done in it, how it stands. The words are in docs/rulebook.md."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from concerto.rulebook.facts import (
    Absence,
    Facts,
    Group,
    Link,
    Maker,
    Matter,
    Membership,
    Posting,
    Proof,
    Seat,
    Stay,
    Step,
    Unit,
    Waiver,
    Wish,
)
from concerto.rulebook.mechanism import SHIPPED, Mechanism, mechanism
from concerto.rulebook.reading import Sheet, read_edition
from concerto.rulebook.sense import judge_edition
from concerto.rulebook.standing import Line, standing
from concerto.rulebook.terms import terms

FOLDER = SHIPPED / "scenarios"
WORLD = {
    "units": ["township T", "village V", "branch B serves V", "desk centre"],
    "postings": ["instructor lin at V from 2022-09-01", "branch_secretary chen at B from 2022-09-01"],
    "members": ["m1 from 2020-01-01", "m2 from 2020-01-01", "m3 from 2020-01-01", "m4 from 2020-01-01 exempt"],
    "seats": ["m1 secretary from 2020-01-01", "m2 committee from 2020-01-01"],
    "groups": ["g1 from 2020-01-01"],
    "stays": ["house-1 from 2000-01-01", "house-3 from 2000-01-01"],
    "links": ["house-3 from 2022-09-01"],
}
ROW_KEYS = {"says", "wishes", "asof", "done", "happened", "stands", "sort", "waived", "each_member", *WORLD}


@dataclass(frozen=True)
class Row:
    """One sentence of the mechanism, with the situation that shows it."""

    path: str
    duty: str
    says: str
    mechanism: Mechanism
    facts: Facts
    asof: date
    stands: list[str]
    each_member: bool

    def lines(self) -> list[Line]:
        return standing(self.mechanism, self.facts, asof=self.asof, each_member=self.each_member)


def read(path: Path) -> Iterator[Row]:
    """Read one file; what it leaves out of the world is as above."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    duty = mechanism().duties[told["duty"]]
    editions = []
    for edition in told.get("edition", []):
        sheet = Sheet(path.name, path.read_text(encoding="utf-8"))
        editions.append(read_edition(sheet, edition, None))
        judge_edition(sheet, editions[-1], terms().subjects[duty.about], None)
        assert sheet.found == [], sheet.found
    alone = Mechanism({duty.id: duty.amended(*editions)}, mechanism().days, mechanism().values)
    for row in told["row"]:
        assert row.keys() <= ROW_KEYS, row.keys() - ROW_KEYS
        here = {**WORLD, **{key: value for key, value in row.items() if key in WORLD}}
        facts = facts_of(here, row, about=duty.about, unit="B" if duty.owed_by == "branch" else "V")
        each = row.get("each_member", False)
        yield Row(path.name, duty.id, row["says"], alone, facts, row["asof"], row["stands"], each)


def facts_of(world: dict[str, list[str]], row: dict[str, Any], *, about: str, unit: str) -> Facts:
    return Facts(
        units=[_unit(said) for said in world["units"]],
        postings=[_posting(said) for said in world["postings"]],
        memberships=[
            Membership(member=w[0], branch=_at(said) or "B", exempt="exempt" in w, absent="absent" in w, **_dates(said))
            for said, w in _words(world["members"])
        ],
        seats=[
            Seat(member=w[0], branch=_at(said) or "B", seat=w[1], **_dates(said)) for said, w in _words(world["seats"])
        ],
        groups=[Group(id=w[0], branch="B", **_dates(said)) for said, w in _words(world["groups"])],
        stays=[Stay(household=w[0], village=_at(said) or "V", **_dates(said)) for said, w in _words(world["stays"])],
        links=[Link(household=w[0], **_dates(said)) for said, w in _words(world["links"])],
        wishes=[
            Wish(household=w[0], often=w[1], entry=f"wish{n}", **_dates(said))
            for n, (said, w) in enumerate(_words(row.get("wishes", [])))
        ],
        proofs=[_proof(said, n) for n, said in enumerate(row.get("done", []))],
        waivers=[
            Waiver(entry=f"w{n}", duty=w[1], period=w[2], granted_on=date.fromisoformat(w[0]), reason=w[3])
            for n, (_, w) in enumerate(_words(row.get("waived", [])))
        ],
        matters=_matters(row, about=about, unit=unit),
    )


def _words(said: list[str]) -> Iterator[tuple[str, list[str]]]:
    return ((sentence, sentence.split()) for sentence in said)


def _after(word: str, said: str) -> str:
    found = re.search(rf"\b{word} (\S+)", said)
    return found[1] if found else ""


def _at(said: str) -> str:
    return _after("at", said)


def _dates(said: str) -> dict[str, date | None]:
    since, until = _after("from", said), _after("to", said)
    return {"since": _day(since), "until": _day(until)}


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None


def _unit(said: str) -> Unit:
    kind, name = said.split()[:2]
    above = None if kind == "township" else "T"
    return Unit(id=name, kind=kind, township=above, serves=_after("serves", said) or None, **_dates(said))


def _posting(said: str) -> Posting:
    whole, _, away = said.partition(" away ")
    role, account = whole.split()[:2]
    absences = []
    if away:
        since, until = away.split()[0].split("..")
        absences = [Absence(date.fromisoformat(since), date.fromisoformat(until), _after("deputy", away) or None)]
    return Posting(account=account, role=role, unit=_at(whole), absences=absences, **_dates(whole))


def _proof(said: str, n: int) -> Proof:
    day, kind, about, *rest = said.split()
    words = " ".join(rest)
    span = re.search(r"(\d\d):(\d\d)-(\d\d):(\d\d)", words)
    minutes = re.search(r"(\d+)min", words)
    between = (int(span[1]) * 60 + int(span[2]), int(span[3]) * 60 + int(span[4])) if span else None
    length = between[1] - between[0] if between else int(minutes[1]) if minutes else 1
    by = _after("by", words)
    makers = [Maker(by, frozenset([by]), not_there="not there" in words)] if by else []
    return Proof(
        entry=_after("entry", words) or f"e{n}",
        kind=kind,
        about=about,
        on=date.fromisoformat(day),
        amount=length,
        span=between,
        counts_for=_after("for", words),
        makers=makers,
        withdrawn="withdrawn" in words,
    )


def _matters(row: dict[str, Any], *, about: str, unit: str) -> list[Matter]:
    """What happened to matters, each named by the third word; the order of the sentences is that of one day."""
    steps: dict[str, list[Step]] = {}
    for n, (said, (day, kind, matter, *_)) in enumerate(_words(row.get("happened", []))):
        holders = dict(pair.split("=") for pair in re.findall(r"\b(?:desk|owner|lead_desk)=\S+", said))
        told = Step(
            kind=kind,
            on=date.fromisoformat(day),
            entry=f"s{n}",
            n=n,
            names=_day(_after("until", said)),
            holders=holders,
        )
        steps.setdefault(matter, []).append(told)
    subjects = frozenset([about if terms().subjects[about].matter else "round"])
    return [
        Matter(id=name, subjects=subjects, unit=unit, steps=told, sort=row.get("sort", ""))
        for name, told in steps.items()
    ]
