"""Slips that were left with households, one of them lost, and what came back by one. Nobody in this world has a code.

Of a printed slip the book keeps the keyed hash of its code alone; here it is drawn by lot, so that no code has it.
Whoever wants to see the residents' page prints a sheet of their own.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from concerto.groundwork import slip_codes
from concerto.journal.kinds.slips import (
    CallAsked1,
    MatterSlip1,
    MatterSlipVoid1,
    PrintedSlip,
    SlipSheet1,
    Treated1,
    slip_key,
)
from concerto.journal.said import Audience, Body, Item

from .pen import Pen
from .register import House, Written
from .township import Township

PRINTED = {"lin": 12, "nurlan": 6}  # so many slips, each on a sheet of its own
# Whose need of those that were told, in their order; how many days after it was told the slip was left.
GIVEN = {"lin": ((0, 2), (1, 3), (2, 2), (4, 1), (5, 1), (6, 4), (7, 3), (8, 1)), "nurlan": ((9, 1), (10, 2), (12, 1))}
LOST = 6  # the slip for this need was lost, and another one was left eleven days later
CALL = (0, 2)  # who asked by a slip to be called, and how many days ago
TREATED = (2, 25, "来的人态度好，话说得清楚，就是等的时间长了些。")


class Slips:
    """Writes the sheets, what was left with whom, and what came back."""

    def __init__(self, town: Township, pen: Pen, asof: date, told: Sequence[tuple[UUID, House, int, date]]) -> None:
        self.town, self.pen, self.asof, self.told = town, pen, asof, told
        self.left: dict[int, UUID] = {}

    def everything(self) -> Iterator[Written]:
        """Write what people of the office recorded."""
        serials = slip_codes.serials_after("")
        for name, many in PRINTED.items():
            mine = list(islice(serials, many))
            yield self._sheet(name, mine)
            keys = (slip_key(self.town.log, serial) for serial in mine)
            for n, after in GIVEN[name]:
                yield from self._given(name, n, after, next(keys))
            if name == "lin":
                yield from self._lost(name, next(keys))

    def by_slip(self) -> Iterator[Item]:
        """Write what was said by slips: the home wrote it down for whoever held them."""
        n, ago = CALL
        _need, house, village, _on = self.told[n]
        asked = CallAsked1(slip=self.left[n], household=house.id)
        yield self.pen.write(asked, on=self._ago(ago), unit=self.town.villages[village])
        n, ago, text = TREATED
        _need, _house, village, _on = self.told[n]
        first, unit = self.pen.new_id(self._ago(ago)), self.town.villages[village]
        words = self.pen.seal(first, text, Audience.DESK)
        had_a_hand = [self.town.staff[name].id for name in ("lin", "serik")]
        body = Treated1(village=unit, words=words.digest, not_to=had_a_hand)
        yield self.pen.write(body, on=self._ago(ago), unit=self.town.log, sealed=[words], id=first)

    def _sheet(self, name: str, serials: Sequence[str]) -> Written:
        on = self.asof - timedelta(days=135)
        keys = [slip_key(self.town.log, serial) for serial in serials]
        codes = [self.pen.seal(key, self.pen.chance.randbytes(32).hex(), Audience.DESK) for key in keys]
        printed = [PrintedSlip(*one) for one in zip(keys, serials, (part.digest for part in codes), strict=True)]
        return self._written(SlipSheet1(slips=printed), on, name, sealed=codes)

    def _given(self, name: str, n: int, after: int, slip: UUID) -> Iterator[Written]:
        need, house, _village, on = self.told[n]
        body = MatterSlip1(slip=slip, matter=need, what="need", household=house.id)
        self.left[n] = slip
        yield self._written(body, on + timedelta(days=after), name, saw={f"{slip}.given": None})

    def _lost(self, name: str, another: UUID) -> Iterator[Written]:
        _need, house, _village, on = self.told[LOST]
        slip = self.left[LOST]
        yield self._written(MatterSlipVoid1(slip=slip, household=house.id), on + timedelta(days=14), name)
        yield from self._given(name, LOST, 15, another)

    def _written(self, body: Body, on: date, name: str, **more: object) -> Written:
        by, unit = self.town.staff[name], self.town.villages[0 if name == "lin" else 1]
        return on, by, self.pen.write(body, on=on, unit=unit, by=by, **more)  # type: ignore[arg-type]

    def _ago(self, days: int) -> date:
        return self.asof - timedelta(days=days)
