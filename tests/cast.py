"""The cast: a small invented world that comes in through the one door, the same every time.

Two townships. In 示范乡: village A (上泉村) with branch A, village B (中泉村) with branch B. In 邻乡: one of each.

    lin    instructor of branch A           wang   organizer of the township
    ma     instructor of branch B           gao    county viewer
    sec    secretary of branch A            adm    administrator, in no township
    med    mediator of village A            pri    privacy officer, in no township
    zhou   desk of the governance centre    other  organizer of the other township     newcomer  posted to nothing

    house_1, house_2, house_3 in village A, house_4 in village B, far_house in the other township.
    house_1 has a helper (lin, agreed) and was visited by lin on 2026-05-20 (`visit`), who heard a need there.
    Its first person is a full member of branch A, house_2's a probationary one; house_4's a full member of branch B.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings

from concerto.conductor import erasures
from concerto.conductor.opening import open_log
from concerto.conductor.receive import Receipt, receive
from concerto.groundwork import canonical, clock
from concerto.groundwork.ids import place_key, uuid7
from concerto.journal.kinds.households import Helper1, Home, Household1, UsualPlace
from concerto.journal.kinds.people import Member1, Resident1
from concerto.journal.kinds.postings import Posting1
from concerto.journal.kinds.visit import NeedHeard, Visit1
from concerto.journal.said import HOME, Audience, Body, Item, SealedPart
from concerto.places.accounts import add_account
from concerto.places.divisions import Found
from concerto.places.models import Account, DivisionLevel, Unit, UnitKind
from concerto.places.units import add_unit

NOON = datetime(2026, 7, 1, 4, 30, tzinfo=UTC)
TODAY = date(2026, 7, 1)
FIRST_DAY = date(2026, 1, 1)
TOWNSHIP, ELSEWHERE = place_key("620999204"), place_key("620999205")
VILLAGE_A, VILLAGE_B, FAR_VILLAGE = (place_key(code) for code in ("620999204201", "620999204202", "620999205201"))
_desk = UUID("00000000-0000-7000-8000-0000000000de")


@dataclass
class Pen:
    """Writes entries as a phone would: ids, salts and numbers follow from how many were written before."""

    written: int = 0

    def new_id(self, at: datetime = NOON) -> UUID:
        """Name something new."""
        self.written += 1
        return uuid7(at, sha256(f"cast {self.written}".encode()).digest()[:10])

    def seal(self, about: UUID, text: str, audience: Audience = Audience.PLACE) -> SealedPart:
        """Seal words about something."""
        self.written += 1
        salt = sha256(f"salt {self.written}".encode()).hexdigest()[:32]
        return SealedPart(about=about, audience=audience, salt=salt, text=text)

    def item(
        self,
        body: Body | None,
        *,
        unit: UUID,
        by: Account | None = None,
        log: UUID = TOWNSHIP,
        on: date = FIRST_DAY,
        sealed: Sequence[SealedPart] = (),
        id: UUID | None = None,
        at: datetime = NOON,
        **more: Any,
    ) -> Item:
        """Write one entry; without `by` its author is the home. `more` sets other fields of what is said."""
        entry = id or self.new_id(at)
        self.written += 1
        said = {
            "id": str(entry),
            "kind": body.KIND if body else more.pop("kind"),
            "version": body.VERSION if body else more.pop("version", 1),
            "log": str(log),
            "unit": str(unit),
            "author": str(by.id if by else HOME),
            "device": str(_desk),
            "number": self.written,
            "happened_on": on.isoformat(),
            "recorded_at": clock.stamp(at),
            "body": msgspec.to_builtins(body) if body else None,
            "sealed": [rule.digest for rule in body.sealed_parts(more.get("corrects") or entry)] if body else [],
            **{name: msgspec.to_builtins(value) for name, value in more.items()},
        }
        return Item(canonical.write(said), tuple(sealed))


@dataclass
class House:
    """A household of the cast: its key, its people by name, and the members among them."""

    id: UUID
    village: UUID
    log: UUID = TOWNSHIP
    people: dict[str, UUID] = field(default_factory=dict)
    members: list[UUID] = field(default_factory=list)

    @property
    def head(self) -> UUID:
        """The first person named."""
        return next(iter(self.people.values()))


class World(SimpleNamespace):
    """Everything of the cast by its name, and a pen to write more."""

    pen: Pen
    accounts: dict[str, Account]

    def receive(self, *items: Item, by: Account | None = None, at: datetime = NOON) -> list[Receipt]:
        """Bring entries to the door."""
        return receive(items, brought_by=by, at=at)


PEOPLE = {
    "lin": ("林晓", "instructor"),
    "ma": ("马兰", "instructor"),
    "sec": ("赛力克·别克", "branch_secretary"),
    "med": ("哈丽玛·努尔", "mediator"),
    "zhou": ("周平", "centre_desk"),
    "wang": ("王立新", "township_organizer"),
    "gao": ("高远", "county_viewer"),
    "other": ("田野", "township_organizer"),
    "newcomer": ("新来", ""),
}


def enter() -> World:
    """Let the cast enter an empty database."""
    (settings.CONCERTO_HOME / erasures.NAME).unlink(missing_ok=True)  # of another test, in which the same words stood
    world = World(pen=Pen(), accounts={})
    _places(world)
    _accounts(world)
    world.postings = {}
    stand = {"lin": "branch_a", "ma": "branch_b", "sec": "branch_a", "med": "village_a"}
    _take(world, [_posting(world, name, getattr(world, stand.get(name, "township"))) for name in PEOPLE if name not in
                  ("other", "newcomer")])  # fmt: skip
    _take(world, [_posting(world, "other", world.elsewhere)])
    _households(world)
    _visit(world)
    return world


def _take(world: World, items: Sequence[Item], by: Account | None = None) -> None:
    refused = [(r.code, r.why) for r in world.receive(*items, by=by) if r.outcome != "accepted"]
    assert refused == [], refused


def _village(key: UUID, code: str, name: str) -> Found:
    return Found(key, DivisionLevel.VILLAGE, None, code, name)


def _places(world: World) -> None:
    villages = [_village(VILLAGE_A, "620999204201", "上泉村"), _village(VILLAGE_B, "620999204202", "中泉村")]
    open_log(TOWNSHIP, "620999204", "示范乡", on=FIRST_DAY, villages=villages)
    open_log(ELSEWHERE, "620999205", "邻乡", on=FIRST_DAY, villages=[_village(FAR_VILLAGE, "620999205201", "东泉村")])
    found = {unit.id: unit for unit in Unit.objects.all()}
    world.township, world.elsewhere = found[TOWNSHIP], found[ELSEWHERE]
    world.village_a, world.village_b, world.far_village = (found[key] for key in (VILLAGE_A, VILLAGE_B, FAR_VILLAGE))
    for name, village in (("branch_a", world.village_a), ("branch_b", world.village_b)):
        called = village.name.removesuffix("村") + "党支部"
        setattr(world, name, add_unit(TOWNSHIP, UnitKind.BRANCH, called, village=village.id, has_committee=True))
    world.far_branch = add_unit(ELSEWHERE, UnitKind.BRANCH, "东泉党支部", village=FAR_VILLAGE)


def _accounts(world: World) -> None:
    for name, (called, _) in PEOPLE.items():
        world.accounts[name] = add_account(name, called, at=NOON, log=ELSEWHERE if name == "other" else TOWNSHIP)
    world.accounts["adm"] = add_account("adm", "管理员", at=NOON, log=None, is_administrator=True)
    world.accounts["pri"] = add_account("pri", "守秘员", at=NOON, log=None, is_privacy_officer=True)
    for name, account in world.accounts.items():
        setattr(world, name, account)


def _posting(world: World, name: str, unit: Unit) -> Item:
    role = PEOPLE[name][1]
    parts = ["study", "branch", "visits", "disputes", "assistance"] if role == "instructor" else []
    world.postings[name] = world.pen.new_id()
    body = Posting1(
        posting=world.postings[name],
        account=world.accounts[name].id,
        unit=unit.id,
        role=role,  # type: ignore[arg-type]
        since=FIRST_DAY,
        parts=parts,  # type: ignore[arg-type]
    )
    return world.pen.item(body, unit=unit.id, log=unit.log)


def _households(world: World) -> None:
    one = _house(
        world, "house_1", VILLAGE_A, "1", {"阿依努尔·木拉提": "10020047715", "木拉提·哈山": ""}, place="县城三区 5 号"
    )
    two = _house(world, "house_2", VILLAGE_A, "2", {"王建国": "10031112222"})
    three = _house(world, "house_3", VILLAGE_A, "3", {"古丽·巴合提": ""})
    four = _house(world, "house_4", VILLAGE_B, "1", {"马福来": "10044445555", "马小军": ""})
    members = [
        _member(world, world.house_1, world.branch_a, "full"),
        _member(world, world.house_2, world.branch_a, "probationary"),
        _member(world, world.house_4, world.branch_b, "full"),
    ]
    link = Helper1(
        link=world.pen.new_id(), household=world.house_1.id, helper=world.lin.id, agreement="agreed", since=FIRST_DAY
    )
    world.helper_link = link.link
    _take(world, [*one, *two, *three, *four, *members, world.pen.item(link, unit=VILLAGE_A)])
    _take(world, _house(world, "far_house", FAR_VILLAGE, "1", {"赵远山": ""}, log=ELSEWHERE))


def _house(
    world: World,
    name: str,
    village: UUID,
    number: str,
    people: dict[str, str],
    *,
    log: UUID = TOWNSHIP,
    place: str = "",
) -> list[Item]:
    pen = world.pen
    house = House(pen.new_id(), village, log)
    setattr(world, name, house)
    words = [pen.seal(house.id, place)] if place else []
    places = [UsualPlace(season="town", from_month=10, to_month=4, words=part.digest) for part in words]
    house.people = {called: pen.new_id() for called in people}
    body = Household1(household=house.id, village=village, number=number, places=places, head=house.head)
    items = [pen.item(body, unit=village, log=log, sealed=words)]
    for called, phone in people.items():
        who = house.people[called]
        named, phones = pen.seal(who, called), [pen.seal(who, phone)] if phone else []
        home = Home(household=house.id, relation="head" if who == house.head else "other", since=FIRST_DAY)
        person = Resident1(resident=who, name=named.digest, home=home, phones=[part.digest for part in phones])
        items.append(pen.item(person, unit=village, log=log, sealed=[named, *phones]))
    return items


def _member(world: World, house: House, branch: Unit, standing: str) -> Item:
    body = Member1(
        member=world.pen.new_id(),
        resident=house.head,
        branch=branch.id,
        standing=standing,  # type: ignore[arg-type]
        since=FIRST_DAY,
    )
    house.members.append(body.member)
    return world.pen.item(body, unit=branch.id)


def _visit(world: World) -> None:
    pen, house = world.pen, world.house_1
    world.need = pen.new_id()
    words, heard = pen.seal(house.id, "草场边的水渠塌了一段"), pen.seal(world.need, "想修水渠")
    body = Visit1(
        channel="visit",
        households=[house.id],
        outcome="met",
        met=[house.head],
        change="no_change",
        topics=["grassland_subsidy"],
        words=words.digest,
        needs=[NeedHeard(need=world.need, sort="water", words=heard.digest, household=house.id)],
    )
    world.visit = pen.new_id(datetime(2026, 5, 20, 8, tzinfo=UTC))
    day = date(2026, 5, 20)
    item = pen.item(body, unit=VILLAGE_A, by=world.lin, on=day, sealed=[words, heard], id=world.visit)
    _take(world, [item], by=world.lin)


class Desk:
    """The desk in a browser, one person at a time."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def of(self, account: Account) -> Any:
        """Sign somebody in and give their client."""
        self.client.force_login(account)
        return self.client
