"""The demo township: its divisions, units, branches with groups, and the people who sign in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from concerto.conductor.opening import open_township
from concerto.groundwork.ids import place_key
from concerto.journal.kinds.postings import Absence, Posting1, PostingChange1
from concerto.journal.said import Item
from concerto.places import gazetteer
from concerto.places.models import Account, PartyGroup, Unit, UnitKind

from .pen import Pen
from .words import LETTERS

DIVISIONS = Path(__file__).parent / "divisions"
TOWNSHIP = "620999204"
VILLAGES = ("620999204200", "620999204201", "620999204202")
EVERY_PART = ["study", "branch", "visits", "disputes", "assistance"]
PASSWORD = "xiezou-demo-2026"  # noqa: S105  (of invented people, in demo homes alone)

# (sign-in name, name, role, where: a village's number, or the township)
STAFF = (
    ("lin", "林晓", "instructor", 0),
    ("nurlan", "努尔兰·别克", "instructor", 1),
    ("ma", "马兰", "instructor", 2),
    ("serik", "赛力克·木拉提", "branch_secretary", 0),
    ("zhang", "张永福", "branch_secretary", 1),
    ("yang", "杨玉梅", "branch_secretary", 2),
    ("halima", "哈丽玛·哈山", "mediator", 0),
    ("chen", "陈学文", "mediator", 1),
    ("zhou", "周平", "centre_desk", None),
    ("wang", "王立新", "township_organizer", None),
    ("gao", "高远", "county_viewer", None),
    ("tian", "田静", "county_desk", None),
    ("admin", "管理员", "administrator", None),
    ("privacy", "隐私专员", "privacy_officer", None),
)


@dataclass
class Township:
    """The units and people of the demo world, by number and name."""

    log: UUID
    villages: list[UUID]
    branches: list[UUID]
    groups: list[UUID]
    staff: dict[str, Account]
    postings: dict[str, UUID]
    county: UUID


def make_township(asof: date, began: date, at: datetime) -> Township:
    """Open the township with its units and people; nobody is posted yet."""
    gazetteer.take_lists(DIVISIONS, asof=began, at=at, home=settings.CONCERTO_HOME)
    log = open_township(TOWNSHIP, began).log
    by_code = {unit.code: unit.id for unit in Unit.objects.filter(log=log, kind=UnitKind.VILLAGE)}
    villages = [by_code[code] for code in VILLAGES]
    for village, name in zip(villages, ("示范一村", "示范二村", "示范三村"), strict=True):
        Unit.objects.filter(log=log, id=village).update(name=name)
    branches, groups = _branches(log, villages, began)
    county = place_key("demo county desk")
    Unit.objects.create(log=log, id=county, kind=UnitKind.COUNTY_DESK, name="示范县自然资源局窗口", since=began)
    return Township(log, villages, branches, groups, _staff(log, at), {}, county)


def _branches(log: UUID, villages: list[UUID], began: date) -> tuple[list[UUID], list[UUID]]:
    branches = [place_key(f"demo branch {n}") for n in range(3)]
    Unit.objects.bulk_create(
        Unit(log=log, id=branch, kind=UnitKind.BRANCH, name=name, village=village, has_committee=n == 0, since=began)
        for n, (branch, village, name) in enumerate(
            zip(branches, villages, ("示范一村党支部", "示范二村党支部", "示范三村党支部"), strict=True)
        )
    )
    groups = [place_key(f"demo group {n}") for n in range(3)]
    PartyGroup.objects.bulk_create(
        PartyGroup(log=log, id=group, branch=branches[0], name=name, since=began)
        for group, name in zip(groups, ("第一党小组", "第二党小组", "第三党小组"), strict=True)
    )
    return branches, groups


def _staff(log: UUID, at: datetime) -> dict[str, Account]:
    """Make the accounts with one password for all, so that it is hashed once."""
    hashed = make_password(PASSWORD)
    accounts = [
        Account(
            id=place_key(f"demo account {name}"),
            log=log,
            name=name,
            called=called,
            password=hashed,
            made_at=at,
            is_administrator=role == "administrator",
            is_privacy_officer=role == "privacy_officer",
        )
        for name, called, role, _ in STAFF
    ]
    return {account.name: account for account in Account.objects.bulk_create(accounts)}


def postings(town: Township, pen: Pen, began: date) -> Iterator[tuple[date, Account | None, Item]]:
    """Post everybody to their unit, from the first day of the demo year."""
    for n, (name, _, role, where) in enumerate(STAFF, start=1):
        if role in ("administrator", "privacy_officer"):
            continue
        unit = town.log if where is None else (town.villages if role == "mediator" else town.branches)[where]
        unit = town.county if role == "county_desk" else unit
        key = town.postings[name] = pen.new_id(began)
        body: Any = Posting1(
            posting=key,
            account=town.staff[name].id,
            unit=unit,
            role=role,  # type: ignore[arg-type]
            since=began,
            parts=EVERY_PART if role == "instructor" else [],  # type: ignore[arg-type]
            letter=LETTERS.format(year=began.year, n=n),
        )
        yield began, None, pen.write(body, on=began, unit=unit)


def absence(town: Township, pen: Pen, asof: date) -> Iterator[tuple[date, Account | None, Item]]:
    """Let one instructor be away now, with the neighbour as deputy; why is never asked."""
    on = asof - timedelta(days=4)
    away = Absence(since=asof - timedelta(days=2), until=asof + timedelta(days=9), deputy=town.staff["lin"].id)
    body = PostingChange1(posting=town.postings["ma"], absences=[away])
    yield on, None, pen.write(body, on=on, unit=town.branches[2])
