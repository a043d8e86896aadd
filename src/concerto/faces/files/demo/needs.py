"""Needs in every state: one that the county's desk sent back, one merged, one not ours, one that nobody answered."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from concerto.journal.kinds.needs import Asker, Handover1, Need1, NeedMerger1, NeedStep1, NeedWord1
from concerto.journal.said import Body

from .pen import Pen
from .register import House, Register, Written
from .township import Township

# A need: its village, whose it is (the number of a household), what about, the words, days ago; then its steps. Each
# step is days ago, who, and what; steps of several people lie a week apart, since each hands over once a week.
STORIES: tuple[tuple[int, int, str, str, int, tuple[tuple[int, str, str, dict[str, Any]], ...]], ...] = (
    (0, 2, "water", "冬窝子的井水小了，想掏一掏。", 30, (
        (29, "lin", "owned", {"clock": "request"}),
        (20, "lin", "doing", {"words": "打井队下周来看。"}),
    )),
    (0, 5, "road", "沟口那段路塌了，车过不去。", 40, (
        (38, "lin", "owned", {"clock": "hard"}),
        (20, "lin", "done", {"outcome": "solved"}),
        (15, "lin", "told", {"told_of": "done", "way": "visit"}),
    )),
    (0, 8, "housing", "屋顶漏雨，想修一修。", 90, (
        (88, "lin", "owned", {"clock": "request"}),
        (80, "lin", "doing", {}),
        (70, "lin", "done", {"outcome": "solved"}),
        (69, "lin", "told", {"told_of": "done", "way": "phone_call"}),
        (60, "serik", "yes", {"through": "phone_call"}),
    )),
    (0, 11, "papers", "身份证丢了，要补办。", 75, (
        (74, "lin", "owned", {"clock": "consult"}),
        (70, "lin", "done", {"outcome": "applied"}),
        (70, "lin", "told", {"told_of": "done", "way": "office"}),
        (62, "lin", "yes", {"through": "visit"}),
    )),
    (0, 14, "money", "想问小额贷款怎么办。", 95, (
        (94, "lin", "owned", {"clock": "consult"}),
        (92, "lin", "told", {"told_of": "answer", "way": "phone_call"}),
        (75, "lin", "asked", {"way": "phone_call"}),
        (60, "lin", "asked", {"way": "visit"}),
        (50, "lin", "no_answer", {}),
    )),
    (0, 17, "power_and_signal", "山上没有信号，打不出电话。", 35, (
        (34, "lin", "not_ours", {"route": "telecoms"}),
        (33, "lin", "told", {"told_of": "not_ours", "way": "visit"}),
    )),
    (0, 20, "pasture", "想问草场证补办怎么走。", 70, (
        (69, "lin", "owned", {"clock": "hard"}),
        (66, "lin", "sent", {"to": "county", "words": "请协调补办草场证。"}),
        (50, "tian", "returned", {"words": "缺四至图，请补齐再转。"}),
    )),
    (0, 23, "livestock", "羊羔拉稀，想请兽医来看看。", 130, (
        (129, "lin", "owned", {"clock": "request"}),
        (120, "lin", "done", {"outcome": "solved"}),
        (119, "lin", "told", {"told_of": "done", "way": "phone_call"}),
        (110, "serik", "partly", {"through": "phone_call", "words": "还有三头没打针。"}),
        (100, "lin", "done", {"outcome": "solved"}),
        (99, "lin", "told", {"told_of": "done", "way": "visit"}),
        (90, "serik", "yes", {"through": "phone_call"}),
    )),
    (0, 26, "skill", "想参加电焊培训。", 100, (
        (99, "lin", "owned", {"clock": "request"}),
        (60, "lin", "done", {"outcome": "trained"}),
        (59, "lin", "told", {"told_of": "done", "way": "phone_call"}),
        (50, "serik", "yes", {"through": "visit"}),
    )),
    (1, 3, "water", "饮羊的水槽漏了。", 12, (
        (11, "nurlan", "owned", {"clock": "request"}),
        (9, "nurlan", "sent", {"to": "township", "words": "请乡里安排维修。"}),
    )),
    (1, 6, "health", "老人要做白内障手术，问怎么报。", 55, (
        (54, "nurlan", "owned", {"clock": "request"}),
        (50, "nurlan", "sent", {"to": "county"}),
        (40, "tian", "accepted", {}),
        (39, "nurlan", "told", {"told_of": "interim", "way": "phone_call", "until": -20}),
    )),
    (1, 9, "schooling", "想问助学金的条件。", 25, (
        (24, "nurlan", "owned", {"clock": "consult"}),
        (22, "nurlan", "sent", {"office": "education"}),
    )),
    (1, 12, "papers", "户口本上的名字和医保不一样。", 16, (
        (15, "nurlan", "owned", {"clock": "request"}),
        (3, "nurlan", "done", {"outcome": "solved"}),
    )),
)  # fmt: skip
JOINED = (0, 29, "road", "沟口的路我家也过不去。", 39, 31)  # goes on under the second story
WORDS = frozenset({"yes", "partly", "no"})
HANDOVERS = frozenset({"sent", "accepted", "returned"})
JOINS = 1


class Needs:
    """Writes the needs of the demo world from their first word on."""

    def __init__(self, town: Township, register: Register, pen: Pen, asof: date) -> None:
        self.town, self.register, self.pen, self.asof = town, register, pen, asof
        self.told: list[tuple[UUID, House, int, date]] = []  # each story's need, whose, in which village, since when

    def everything(self) -> Iterator[Written]:
        """Write them all."""
        for village, n, sort, said, days, steps in STORIES:
            need, house, written = self._told(village, n, sort, said, days)
            self.told.append((need, house, village, self._ago(days)))
            yield written
            for ago, who, what, more in steps:
                yield self._step(need, house, village, ago, who, what, more)
        village, n, sort, said, days, merged = JOINED
        gone, house, written = self._told(village, n, sort, said, days)
        yield written
        body = NeedMerger1(gone=gone, stays=self.told[JOINS][0], askers=[Asker(gone, house.id)])
        yield self._written(body, merged, "lin", self.town.villages[village])
        told = NeedStep1(
            need=self.told[JOINS][0], household=house.id, step="told", told_of="done", way="phone_call", asker=gone
        )
        yield self._written(told, 14, "lin", self.town.villages[village])

    def _told(self, village: int, n: int, sort: str, said: str, days: int) -> tuple[UUID, House, Written]:
        houses = [house for house in self.register.houses if house.village == village and not house.hidden]
        house, on = houses[n % len(houses)], self._ago(days)
        need = self.pen.new_id(on)
        words = self.pen.seal(need, said)
        body = Need1(need=need, sort=sort, words=words.digest, household=house.id, way="phone_call")
        by = self.town.staff["lin" if village == 0 else "nurlan"]
        item = self.pen.write(body, on=on, unit=self.town.villages[village], by=by, sealed=[words])
        return need, house, (on, by, item)

    def _step(
        self, need: UUID, house: House, village: int, ago: int, who: str, what: str, more: dict[str, Any]
    ) -> Written:
        told = dict(more)
        sealed = [self.pen.seal(need, told.pop("words"))] if "words" in told else []
        digest = sealed[0].digest if sealed else None
        unit = self.town.villages[village]
        body: Body
        if what in HANDOVERS:
            to = {"county": self.town.county, "township": self.town.log}.get(told.pop("to", ""))
            body = Handover1(matter=need, what="need", step=what, to=to, words=digest, **told)  # type: ignore[arg-type]
            unit = self.town.county if who == "tian" else unit
        elif what in WORDS:
            body = NeedWord1(need=need, household=house.id, word=what, words=digest, **told)  # type: ignore[arg-type]
        else:
            if what == "owned":
                told["owner"] = self.town.staff[who].id
            if "until" in told:
                told["until"] = self._ago(told["until"])
            body = NeedStep1(need=need, household=house.id, step=what, words=digest, **told)  # type: ignore[arg-type]
        return self._written(body, ago, who, unit, sealed=sealed)

    def _written(self, body: Body, ago: int, who: str, unit: UUID, **more: Any) -> Written:
        on, by = self._ago(ago), self.town.staff[who]
        return on, by, self.pen.write(body, on=on, unit=unit, by=by, **more)

    def _ago(self, days: int) -> date:
        return self.asof - timedelta(days=days)
