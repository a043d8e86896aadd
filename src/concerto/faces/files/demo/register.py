"""Who lives in the demo township: about 250 households with their people, members of the branches, helpers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, cast
from uuid import UUID

from concerto.journal.kinds.households import Helper1, Home, Household1, UsualPlace
from concerto.journal.kinds.people import Member1, Resident1
from concerto.journal.said import Item, SealedPart
from concerto.places.models import Account

from .names import KAZAKH_MEN, SURNAMES, han, kazakh, spelt_otherwise
from .pen import Pen
from .township import Township
from .words import SUMMER, TOWN, WINTER

Written = tuple[date, Account | None, Item]
HOUSEHOLDS = (92, 84, 74)
MEMBERS = (40, 34, 28)
Relation = Literal["head", "spouse", "child", "parent"]


@dataclass
class House:
    """A household of the demo world, as long as it is written about."""

    id: UUID
    village: int
    herds: bool
    people: list[UUID] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    exempt: list[UUID] = field(default_factory=list)
    members: list[UUID] = field(default_factory=list)
    helped: bool = False
    declined: bool = False
    hidden: bool = False
    link: UUID | None = None


@dataclass
class OnRoll:
    """A member of the demo world, as the meetings of their branch count them."""

    id: UUID
    full: bool
    exempt: bool
    group: int
    full_since: date | None = None


class Register:
    """Writes the register of the first day, and remembers whom it wrote about."""

    def __init__(self, town: Township, pen: Pen, began: date) -> None:
        self.town, self.pen, self.chance, self.began = town, pen, pen.chance, began
        self.houses: list[House] = []
        self.members: list[list[OnRoll]] = [[], [], []]
        self.phone = 20_000_000

    def everybody(self) -> Iterator[Written]:
        """Write all households, then members and helpers."""
        for village, many in enumerate(HOUSEHOLDS):
            for number in range(1, many + 1):
                yield from self.household(village, number)
        for village, many in enumerate(MEMBERS):
            yield from self._members(village, many)
        for house in self.houses:
            if self.chance.random() < 0.27:
                yield self._helper(house)

    def household(self, village: int, number: int) -> Iterator[Written]:
        """Write one household and its people."""
        unit, chance, pen = self.town.villages[village], self.chance, self.pen
        is_kazakh = chance.random() < 0.6
        house = House(pen.new_id(self.began), village, herds=is_kazakh and chance.random() < 0.7)
        self.houses.append(house)
        people = list(self._people(house, is_kazakh=is_kazakh))
        places, words = self._places(house)
        body = Household1(
            household=house.id,
            village=unit,
            number=f"{number:03d}",
            group=("一组", "二组", "三组")[number % 3],
            places=places,
            reached_by=["phone", "visit"] if chance.random() < 0.6 else ["visit"],
            best_months=[10, 11, 12, 1, 2, 3, 4] if house.herds else [],
            head=house.people[0],
        )
        yield self.began, None, pen.write(body, on=self.began, unit=unit, sealed=words)
        for person, parts in people:
            yield self.began, None, pen.write(person, on=self.began, unit=unit, sealed=parts)

    def _places(self, house: House) -> tuple[list[UsualPlace], list[SealedPart]]:
        if not house.herds:
            return [], []
        named = (("town", 10, 5, TOWN), ("summer", 6, 9, SUMMER), ("winter", 11, 3, WINTER))
        taken = named if self.chance.random() < 0.4 else named[:2]
        words = [self.pen.seal(house.id, self.chance.choice(texts)) for _, _, _, texts in taken]
        places = [
            UsualPlace(cast(Literal["town", "summer", "winter"], season), first, last, part.digest)
            for (season, first, last, _), part in zip(taken, words, strict=True)
        ]
        return places, words

    def _people(self, house: House, *, is_kazakh: bool) -> Iterator[tuple[Resident1, list[SealedPart]]]:
        """Invent a family: who lives there, how they are called, when they were born."""
        chance, year = self.chance, self.began.year - self.chance.randrange(28, 68)
        father, surname = chance.choice(KAZAKH_MEN), chance.choice(SURNAMES)
        many = chance.choices((1, 2, 3, 4, 5, 6), (10, 20, 26, 26, 12, 6))[0]
        relations: list[Relation] = ["head", "spouse", "child", "child", "parent", "child"]
        for n, relation in enumerate(relations[:many]):
            woman = chance.random() < 0.5 if relation in ("child", "parent") else (n == 1) != (chance.random() < 0.12)
            name = kazakh(chance, father, woman=woman) if is_kazakh else han(chance, surname, woman=woman)
            born = year + {"head": 0, "spouse": 2, "child": 24 + n, "parent": -24}[relation]
            yield self._person(house, name, relation, date(born, chance.randrange(1, 13), chance.randrange(1, 29)))

    def _person(self, house: House, name: str, relation: Relation, born: date) -> tuple[Resident1, list[SealedPart]]:
        pen = self.pen
        who = pen.new_id(self.began)
        house.people.append(who)
        named, day = pen.seal(who, name), pen.seal(who, born.isoformat())
        other = spelt_otherwise(name) if self.chance.random() < 0.3 else None
        aliases = [pen.seal(who, other)] if other else []
        phones = [pen.seal(who, self._phone(house))] if relation in ("head", "spouse") else []
        body = Resident1(
            resident=who,
            name=named.digest,
            home=Home(house.id, relation, self.began),
            aliases=[part.digest for part in aliases],
            phones=[part.digest for part in phones],
            born=day.digest,
        )
        return body, [named, *aliases, *phones, day]

    def _phone(self, house: House) -> str:
        self.phone += self.chance.randrange(1, 9_999)
        house.phones.append(f"100{self.phone:08d}")
        return house.phones[-1]

    def _members(self, village: int, many: int) -> Iterator[Written]:
        """Let some people of a village be members of its branch: full, probationary, exempt, floating."""
        branch = self.town.branches[village]
        homes = [house for house in self.houses if house.village == village]
        for n, house in enumerate(self.chance.sample(homes, many)):
            member = self.pen.new_id(self.began)
            is_exempt = n % 9 == 4
            (house.exempt if is_exempt else house.members).append(member)
            self.members[village].append(OnRoll(member, n % 13 != 7, is_exempt, n % 3))
            body = Member1(
                member=member,
                resident=house.people[0],
                branch=branch,
                standing="probationary" if n % 13 == 7 else "full",
                group=self.town.groups[n % 3] if village == 0 else None,
                exempt=is_exempt,
                floating=n % 11 == 6,
                since=date(self.began.year - self.chance.randrange(1, 35), 7, 1),
            )
            yield self.began, None, self.pen.write(body, on=self.began, unit=branch)

    def _helper(self, house: House) -> Written:
        """Give a household a helper, with its agreement; some were not asked yet, a few declined."""
        said = self.chance.choices(("agreed", "not_asked", "declined"), (78, 14, 8))[0]
        house.helped, house.declined = said != "declined", said == "declined"
        names = (("lin", "serik"), ("nurlan", "zhang"), ("ma", "yang"))[house.village]
        since = self.began + timedelta(days=1)
        house.link = self.pen.new_id(since)
        body = Helper1(
            link=house.link,
            household=house.id,
            helper=self.town.staff[self.chance.choice(names)].id,
            agreement=said,  # type: ignore[arg-type]
            since=since,
        )
        return since, None, self.pen.write(body, on=since, unit=self.town.villages[house.village])
