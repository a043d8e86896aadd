"""A round that runs, with some who did not wish to and one that moved; good things done; a wish for fewer visits."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from concerto.journal.kinds.deeds import Deed1
from concerto.journal.kinds.rounds import Round1, VisitWish1
from concerto.journal.kinds.visit import Visit1

from .pen import Pen
from .register import House, Register, Written
from .township import Township
from .year import Year

OPENED, RUNS = 12, 30  # days ago, days in all
CAMPAIGN = "户户到、人人见"
DEEDS = (
    (0, "lin", "接通了冬窝子的太阳能灯。", "livelihood", True),
    (1, "nurlan", "帮着把暖棚的塑料布换了。", "industry", True),
    (2, "ma", "村口的路灯修好了。", "ecology", False),
)


class Rounds:
    """Writes what the information officer and the service officer did lately."""

    def __init__(self, town: Township, register: Register, year: Year, pen: Pen, asof: date) -> None:
        self.town, self.register, self.year, self.pen, self.asof = town, register, year, pen, asof

    def everything(self) -> Iterator[Written]:
        """Write it all."""
        yield self._round()
        for days, n in ((9, 3), (7, 11), (4, 17)):
            yield self.year.visit(self._house(0, n), self._ago(days), outcome="declined")
        yield self._moved()
        for village, name, words, heading, is_for_one in DEEDS:
            yield self._deed(village, name, words, heading, is_for_one=is_for_one)
        yield from self._wish()
        yield self._nothing_wanted()

    def _ago(self, days: int) -> date:
        return self.asof - timedelta(days=days)

    def _house(self, village: int, n: int, *, helped: bool = False) -> House:
        found = [h for h in self.register.houses if h.village == village and not h.hidden and h.helped >= helped]
        return found[n % len(found)]

    def _round(self) -> Written:
        wang, on, round_ = self.town.staff["wang"], self._ago(OPENED), self.pen.new_id(self._ago(OPENED))
        campaign = self.pen.seal(round_, CAMPAIGN)
        body = Round1(
            round=round_,
            villages=list(self.town.villages),
            since=on,
            until=on + timedelta(days=RUNS - 1),
            campaign=campaign.digest,
        )
        return on, wang, self.pen.write(body, on=on, unit=self.town.log, by=wang, sealed=[campaign])

    def _moved(self) -> Written:
        lin, on, house = self.town.staff["lin"], self._ago(6), self._house(0, 23)
        words = self.pen.seal(house.id, "县城安置小区，门牌要再问。")
        body = Visit1(channel="visit", households=[house.id], outcome="moved", moved_to=words.digest)
        return on, lin, self.pen.write(body, on=on, unit=self.town.villages[0], by=lin, sealed=[words])

    def _deed(self, village: int, name: str, words: str, heading: str, *, is_for_one: bool) -> Written:
        by, on = self.town.staff[name], self._ago(20 + village)
        houses: list[UUID] = [self._house(village, 1, helped=True).id] if is_for_one else []
        entry = self.pen.new_id(on)
        part = self.pen.seal(houses[0] if houses else entry, words)
        body = Deed1(words=part.digest, households=houses, heading=heading)  # type: ignore[arg-type]  # of the five
        return on, by, self.pen.write(
            body, on=on, unit=self.town.villages[village], by=by, sealed=[part], id=entry
        )  # fmt: skip

    def _wish(self) -> Iterator[Written]:
        lin, house = self.town.staff["lin"], self._house(0, 2, helped=True)
        body = VisitWish1(household=house.id, often="quarterly")
        on = self._ago(70)
        yield on, lin, self.pen.write(body, on=on, unit=self.town.villages[0], by=lin)

    def _nothing_wanted(self) -> Written:
        lin, on, house = self.town.staff["lin"], self._ago(3), self._house(0, 4, helped=True)
        told = {"met": house.people[:1], "change": "no_change", "wants": "nothing"}
        body = Visit1(channel="visit", households=[house.id], outcome="met", **told)  # type: ignore[arg-type]
        return on, lin, self.pen.write(body, on=on, unit=self.town.villages[0], by=lin)
