"""One who is afraid, of the demo township: told by the instructor, and since then the centre's alone.

It is written by a hand of its own chance, after everything else: the rest of the world is the same with and without it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from concerto.journal.kinds.protected import ProtectedCase1, ProtectedStep1
from concerto.journal.said import Audience, Body, SealedPart

from .pen import Pen
from .register import Written
from .township import Township


class Afraid:
    """Writes what was told, and what the centre did for her."""

    def __init__(self, town: Township, pen: Pen, asof: date) -> None:
        self.town, self.asof = town, asof
        self.pen = Pen(town.log, Random(f"afraid {asof}"))  # noqa: S311  (a demo world, no secret)
        self.pen.numbers = pen.numbers
        self.case = self.pen.new_id(asof - timedelta(days=23))

    def everything(self) -> Iterator[Written]:
        """Write it all. What the centre did is of later weeks: a week is handed over person by person."""
        summary, how = self._seal("丈夫喝了酒推她、摔东西，她怕晚上回家"), self._seal("白天发短信，只写“卫生院体检”")
        name, phone = self._seal("沙依拉"), self._seal("10056781234")
        told = ProtectedCase1(
            case=self.case, who="adult", contact="safe", summary=summary.digest, how=how.digest, name=name.digest,
            phone=phone.digest,
        )  # fmt: skip
        yield self._write(told, 23, [summary, name, how, phone], by="lin")
        alone = self._seal("在卫生院单独谈过，娘家姐姐可以接她住")
        yield self._step(12, "seen_alone", [alone], words=alone.digest)
        yield self._step(12, "told", [], told_of=["rights", "police", "protection_order", "shelter"])
        yield self._step(11, "wish", [], wants="no_mediation")

    def _seal(self, text: str) -> SealedPart:
        return self.pen.seal(self.case, text, Audience.CASE)

    def _step(self, ago: int, step: str, sealed: list[SealedPart], **more: object) -> Written:
        return self._write(ProtectedStep1(case=self.case, step=step, **more), ago, sealed, by="zhou")  # type: ignore[arg-type]

    def _write(self, body: Body, ago: int, sealed: list[SealedPart], *, by: str) -> Written:
        on, who = self.asof - timedelta(days=ago), self.town.staff[by]
        return on, who, self.pen.write(body, on=on, unit=self.town.log, by=who, sealed=sealed)
