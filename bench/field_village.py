"""A village as one works in it for half a year: its households, their people, what three workers wrote of them."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal, NamedTuple

from concerto.journal.kinds.households import Home, HouseholdChange1, UsualPlace
from concerto.journal.kinds.people import Resident1
from concerto.journal.kinds.postings import Posting1
from concerto.journal.kinds.visit import NeedHeard, Visit1
from concerto.journal.said import Item
from concerto.places.accounts import add_account
from concerto.places.models import Account
from concerto.register.models import Household
from tests.cast import Pen

from .townships import BATCH, FIRST_DAY, NOW, TOPICS, House, Township, enter, take

HOUSES, LINES, DAYS = 110, 1400, 180
RELATIONS: tuple[Literal["spouse", "child", "parent"], ...] = ("spouse", "child", "parent")
WORKERS = ("林晓", "马兰", "赛力克·别克")
NAMES = "阿依努尔古丽江买提哈力克别库尔班王李张刘陈杨赵马明华建国秀英"
WORDS = "牲畜都好老人去县城看过病药还剩半个月的孩子上学住校草场水渠要修路不好走羊十三只牛两头冬窝子夏牧场"


class Village(NamedTuple):
    """The township it lies in, and who works there; the first of them is who holds the phone."""

    town: Township
    workers: list[Account]


def text(chance: random.Random, letters: str, count: int) -> str:
    """Write so many letters by chance."""
    return "".join(chance.choice(letters) for _ in range(count))


def moment(chance: random.Random, ago: int) -> datetime:
    """Give a time of a working day so many days ago."""
    day = NOW.date() - timedelta(days=ago)
    return datetime.combine(day, time(2 + chance.randrange(8), chance.randrange(60), chance.randrange(60)), UTC)


def enter_village(number: int) -> Village:
    """Let a village in through the door, with half a year of work."""
    town, chance, pen = enter(number, houses=HOUSES), random.Random(1), Pen(written=number * 10**8)
    workers = [add_account(f"worker{number}{n}", called, at=NOW, log=town.log) for n, called in enumerate(WORKERS)]
    [unit] = town.villages
    postings = [
        Posting1(posting=pen.new_id(), account=one.id, unit=unit, role="instructor", since=FIRST_DAY) for one in workers
    ]
    take([pen.item(body, unit=town.log, log=town.log) for body in postings], by=None)
    seen = {row.id: json.loads(row.wordings) for row in Household.objects.filter(log=town.log)}
    _bring([one for house in town.houses for one in _people(pen, town, house, seen[house.id], chance)], by=None)
    for n, worker in enumerate(workers):
        count = LINES // len(workers) + (n < LINES % len(workers))
        _bring([_visit(pen, town, worker, chance) for _ in range(count)], by=worker)
    return Village(town, workers)


def _bring(items: list[Item], *, by: Account | None) -> None:
    for start in range(0, len(items), BATCH):
        take(items[start : start + BATCH], by=by)


def _people(pen: Pen, town: Township, house: House, seen: dict[str, str], chance: random.Random) -> Iterator[Item]:
    """Give a household more people, and two usual places."""
    said: dict[str, Any] = {"unit": house.village, "log": town.log}
    for relation in RELATIONS[: 2 + chance.randrange(2)]:
        person = pen.new_id(moment(chance, DAYS))
        name, born = pen.seal(person, text(chance, NAMES, 3)), pen.seal(person, str(chance.randrange(1940, 2020)))
        phone = pen.seal(person, f"1{chance.randrange(10**10):010d}")
        home = Home(household=house.id, relation=relation, since=FIRST_DAY)
        body = Resident1(resident=person, name=name.digest, home=home, born=born.digest, phones=[phone.digest])
        yield pen.item(body, sealed=[name, born, phone], id=pen.new_id(moment(chance, DAYS)), **said)
    places = [pen.seal(house.id, text(chance, WORDS, 8)) for _ in range(2)]
    usual = [UsualPlace("summer", 6, 9, places[0].digest), UsualPlace("winter", 11, 4, places[1].digest)]
    change = HouseholdChange1(household=house.id, places=usual, reached_by=["phone"], best_months=[3, 10])
    saw = {f"{house.id}.{field}": seen.get(field) for field in ("places", "reached_by", "best_months")}
    yield pen.item(change, sealed=places, id=pen.new_id(moment(chance, DAYS)), saw=saw, **said)


def _visit(pen: Pen, town: Township, worker: Account, chance: random.Random) -> Item:
    """Write an ordinary visit; every third hears a need."""
    at, house = moment(chance, chance.randrange(1, DAYS)), chance.choice(town.houses)
    words, need = pen.seal(house.id, text(chance, WORDS, 20)), pen.new_id(at)
    heard = pen.seal(need, text(chance, WORDS, 10))
    has_need = chance.randrange(3) == 0
    body = Visit1(
        channel="visit", households=[house.id], outcome="met", met=[house.head], change="no_change",
        topics=[chance.choice(TOPICS)], words=words.digest,
        needs=[NeedHeard(need=need, sort="water", words=heard.digest, household=house.id)] if has_need else [],
    )  # fmt: skip
    more: dict[str, Any] = {"id": pen.new_id(at), "at": at, "on": at.date(), "by": worker, "log": town.log}
    return pen.item(body, unit=house.village, sealed=[words, *([heard] if has_need else [])], **more)
