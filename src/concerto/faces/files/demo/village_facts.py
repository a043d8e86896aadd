"""What is known of two villages: facts of last year's papers, fresh ones, an older value beside, one confirmed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from concerto.journal.kinds.village_facts import FactConfirmed1, VillageFact1

from .pen import Pen
from .register import Written
from .township import Township

# village, who recorded it, days ago as of, what it says, words by field
FACTS: tuple[tuple[int, str, int, dict[str, Any], dict[str, str]], ...] = (
    (0, "lin", 560, {"what": "people", "number": 421, "unit": "people", "source": "paper"}, {"paper": "村级统计年报"}),
    (0, "lin", 190, {"what": "people", "number": 407, "unit": "people", "source": "told", "told_as": "accountant"}, {}),
    (0, "lin", 190, {"what": "households", "number": 126, "unit": "households", "source": "told",
                     "told_as": "accountant"}, {}),
    (0, "lin", 610, {"what": "pasture", "number": 186400, "unit": "mu", "source": "paper"},
     {"paper": "草场确权登记册"}),
    (0, "lin", 420, {"what": "arable_land", "number": 3150, "unit": "mu", "source": "paper"},
     {"paper": "土地承包台账"}),
    (0, "lin", 150, {"what": "livestock", "number": 23800, "unit": "sheep_units", "source": "told",
                     "told_as": "committee"}, {}),
    (0, "lin", 45, {"what": "tap_water", "number": 92, "unit": "percent", "source": "counted"}, {}),
    (0, "lin", 45, {"what": "doctor", "number": 1, "unit": "people", "source": "counted"}, {}),
    (0, "lin", 30, {"what": "network", "source": "counted"}, {"words": "夏牧场北沟一带没有信号"}),
    (0, "lin", 30, {"what": "other", "number": 2, "unit": "places", "source": "counted"}, {"name": "日间照料点"}),
    (1, "nurlan", 480, {"what": "households", "number": 88, "unit": "households", "source": "paper"},
     {"paper": "村级统计年报"}),
    (1, "nurlan", 120, {"what": "people", "number": 296, "unit": "people", "source": "told",
                        "told_as": "secretary"}, {}),
    (1, "nurlan", 450, {"what": "cooperatives", "number": 2, "unit": "places", "source": "told",
                        "told_as": "secretary"}, {}),
)  # fmt: skip
CONFIRMED = ("arable_land", 12)  # found to be still so, so many days ago


class VillageFacts:
    """Writes what is known of the villages, as those who work there wrote it down lately."""

    def __init__(self, town: Township, pen: Pen, asof: date) -> None:
        self.town, self.pen, self.asof = town, pen, asof

    def everything(self) -> Iterator[Written]:
        """Write it all."""
        for n, (village, name, ago, told, words) in enumerate(FACTS):
            as_of = self.asof - timedelta(days=ago)
            on = max(as_of, self.asof - timedelta(days=40 - n))
            first, by, unit = self.pen.new_id(on), self.town.staff[name], self.town.villages[village]
            parts = {field: self.pen.seal(first, text) for field, text in words.items()}
            sealed = {field: part.digest for field, part in parts.items()}
            body = VillageFact1(**{"village": unit, "as_of": as_of, **told, **sealed})
            yield on, by, self.pen.write(body, on=on, unit=unit, by=by, sealed=list(parts.values()), id=first)
            if told["what"] == CONFIRMED[0]:
                yield self._confirmed(first, unit, name)

    def _confirmed(self, fact: UUID, unit: UUID, name: str) -> Written:
        on, by = self.asof - timedelta(days=CONFIRMED[1]), self.town.staff[name]
        saw = {f"{fact}.still_so": str(fact)}
        return on, by, self.pen.write(FactConfirmed1(fact=fact), on=on, unit=unit, by=by, saw=saw)
