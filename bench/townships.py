"""Invented townships to measure in: units, an instructor, households that are helped; and visits to them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from concerto.conductor.opening import open_log
from concerto.conductor.receive import receive
from concerto.groundwork.ids import place_key
from concerto.journal.kinds.households import Helper1, Home, Household1, UsualPlace
from concerto.journal.kinds.people import Resident1
from concerto.journal.kinds.postings import Posting1
from concerto.journal.kinds.visit import NeedHeard, Visit1
from concerto.journal.said import Item, read_said
from concerto.places.accounts import add_account
from concerto.places.divisions import Found
from concerto.places.models import Account, DivisionLevel
from tests.cast import Pen

NOW = datetime(2026, 7, 1, 4, 30, tzinfo=UTC)
FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2026, 6, 30)
TOPICS = ("pension", "medical_insurance", "grassland_subsidy", "employment", "small_loans")
BATCH = 50


@dataclass
class House:
    """A household with one person."""

    id: UUID
    head: UUID
    village: UUID


@dataclass
class Township:
    """A log with its villages, its households, and who works in all of it."""

    log: UUID
    by: Account
    villages: list[UUID]
    houses: list[House] = field(default_factory=list)


def enter(number: int, *, villages: int = 1, houses: int = 20, season: str = "") -> Township:
    """Open a township and let its households in through the door; of each is told where it is in a season, if asked."""
    code = f"620999{number:03d}"
    log, pen = place_key(code), Pen(written=number * 10**7)
    found = [
        Found(place_key(f"{code}{n:03d}"), DivisionLevel.VILLAGE, None, f"{code}{n:03d}", f"第{n}村")
        for n in range(1, villages + 1)
    ]
    open_log(log, code, f"乡{number}", on=FIRST_DAY, villages=found)
    by = add_account(f"bench{number}", "测量员", at=NOW, log=log)
    township = Township(log, by, [village.id for village in found])
    take([pen.item(_posting(pen, township), unit=log, log=log)], by=None)
    items = [item for n in range(houses) for item in _house(pen, township, n, season)]
    for start in range(0, len(items), BATCH):
        take(items[start : start + BATCH], by=None)
    return township


def _posting(pen: Pen, township: Township) -> Posting1:
    return Posting1(
        posting=pen.new_id(), account=township.by.id, unit=township.log, role="township_organizer", since=FIRST_DAY
    )


def _house(pen: Pen, township: Township, n: int, season: str) -> Iterator[Item]:
    house = House(pen.new_id(), pen.new_id(), township.villages[n % len(township.villages)])
    township.houses.append(house)
    said = {"unit": house.village, "log": township.log}
    place = [pen.seal(house.id, "北沟")] if season else []
    places = [UsualPlace(season=season, from_month=6, to_month=9, words=one.digest) for one in place]  # type: ignore[arg-type]
    body = Household1(household=house.id, village=house.village, number=str(n + 1), head=house.head, places=places)
    yield pen.item(body, sealed=place, **said)
    name, phone = pen.seal(house.head, f"住户{n}"), pen.seal(house.head, f"100{n:08d}")
    home = Home(household=house.id, relation="head", since=FIRST_DAY)
    yield pen.item(
        Resident1(resident=house.head, name=name.digest, home=home, phones=[phone.digest]),
        sealed=[name, phone],
        **said,
    )
    link = pen.new_id()
    yield pen.item(
        Helper1(link=link, household=house.id, helper=township.by.id, agreement="agreed", since=FIRST_DAY), **said
    )


def visits(
    township: Township,
    writer: int,
    count: int,
    *,
    first: int = 0,
    by: Account | None = None,
    village: UUID | None = None,
) -> list[Item]:
    """Write visits as one writer's device would: each by one of its own, numbered on from `first`.

    They are made by whoever works in all of it, or `by` somebody of a village there.
    """
    pen = Pen(written=(writer + 1) * 10**8 + first * 10)
    device = UUID(int=(0x7000 << 64) | (writer + 1))
    houses = [house for house in township.houses if village in (None, house.village)]
    return [_visit(pen, township, device, first + n + 1, by or township.by, houses) for n in range(count)]


def _visit(pen: Pen, township: Township, device: UUID, number: int, by: Account, houses: list[House]) -> Item:
    """Write an ordinary visit: met, "no change", one topic, words of its own; every second one hears a need."""
    house = houses[number % len(houses)]
    sealed = [pen.seal(house.id, "牲畜都好，老人去县城看过病，药还剩半个月的。")]
    needs = []
    if number % 2:
        need = pen.new_id()
        sealed.append(pen.seal(need, "想修草场边的水渠"))
        needs = [NeedHeard(need=need, sort="water", words=sealed[1].digest, household=house.id)]
    body = Visit1(
        channel="visit", households=[house.id], outcome="met", met=[house.head], change="no_change",
        topics=[TOPICS[number % len(TOPICS)]], words=sealed[0].digest, needs=needs,
    )  # fmt: skip
    day = LAST_DAY - timedelta(days=number * 7 % 180)
    more = {"device": device, "number": number}
    return pen.item(body, unit=house.village, by=by, log=township.log, on=day, sealed=sealed, **more)


def take(items: list[Item], *, by: Account | None) -> list[int]:
    """Bring entries to the door in one piece and give their numbers; one that stays outside ends the measuring."""
    receipts = receive(items, brought_by=by, at=NOW)
    wrong = [(r.outcome, r.code, r.facts) for r in receipts if r.outcome != "accepted"]
    if wrong:
        raise SystemExit(f"bench: an entry was not accepted: {wrong[0]}")
    return [r.seq for r in receipts]


def taken_back(township: Township, items: list[Item], *, first: int) -> list[Item]:
    """Withdraw visits, as their author's device would; numbered on from `first`."""
    device = UUID(int=(0x7000 << 64) | 1)
    pen = Pen(written=5 * 10**8 + first * 10)
    written = []
    for n, item in enumerate(items):
        said = read_said(item.said)
        more = {"device": device, "number": first + n + 1, "kind": said.kind, "corrects": said.id}
        more |= {"saw": {f"{said.id}.wording": said.id}}
        written.append(pen.item(None, unit=said.unit, by=township.by, log=township.log, on=said.happened_on, **more))
    return written
