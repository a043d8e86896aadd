"""One need of the cast, and whatever is recorded of it; a county's desk beside it."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from concerto.conductor.receive import receive
from concerto.journal.kinds.needs import Handover1, Need1, NeedStep1, NeedWord1
from concerto.journal.kinds.postings import Posting1
from concerto.journal.models import Entry
from concerto.parts.assistance.models import AssistanceLine, Need, NeedStep
from concerto.places.accounts import add_account
from concerto.places.models import Account, UnitKind
from concerto.places.units import add_unit
from tests.cast import FIRST_DAY, NOON, TOWNSHIP, VILLAGE_A, World

AT = datetime(2026, 9, 30, 4, tzinfo=UTC)


class Life:
    """One need of the cast's first household, and whatever is recorded of it."""

    def __init__(self, world: World, house: UUID | None = None) -> None:
        self.world, self.house = world, house or world.house_1.id
        self.id = world.pen.new_id()
        words = world.pen.seal(self.id, "冬窝子没有水")
        self.first = Need1(need=self.id, sort="water", words=words.digest, household=self.house)
        self.bring(self.first, sealed=[words])

    def bring(
        self, body: Any, *, by: Account | None = None, on: str = "2026-09-01", unit: UUID = VILLAGE_A, **more: Any
    ):
        by, at = by or self.world.lin, more.pop("at", AT)
        item = self.world.pen.item(body, unit=unit, by=by, on=date.fromisoformat(on), at=at, **more)
        [receipt] = self.world.receive(item, by=by, at=at)
        self.last = receipt.id
        return receipt.code or receipt.outcome

    def told_after_all(self, on: str) -> str:
        """Put the day right on which it was told."""
        opener = self.row.entry
        last = Entry.objects.filter(log=TOWNSHIP, first=opener).latest("seq").id
        return self.bring(self.first, on=on, corrects=str(opener), saw={f"{opener}.wording": str(last)})

    def seen(self, field: str) -> dict[str, Any]:
        wordings = json.loads(self.row.wordings)
        return {f"{self.id}.{field}": wordings.get(field)}

    def step(self, step: str, on: str = "2026-09-01", *, by: Account | None = None, **more: Any) -> str:
        field = {"owned": "owner", "no_answer": "state", "not_ours": "state", "reopened": "state"}.get(step)
        saw = {"saw": self.seen(field)} if field else {}
        body = NeedStep1(need=self.id, household=self.house, step=step, **more)  # type: ignore[arg-type]
        return self.bring(body, by=by, on=on, **saw)

    def word(self, word: str, on: str, *, by: Account | None = None, asker: "Life | None" = None) -> str:
        whose = {"household": asker.house, "asker": asker.id} if asker else {"household": self.house}
        body = NeedWord1(need=self.id, word=word, through="phone_call", **whose)  # type: ignore[arg-type]
        return self.bring(body, by=by, on=on)

    def by_slip(self, word: str, on: str) -> None:
        body = NeedWord1(need=self.id, household=self.house, word=word, through="slip")  # type: ignore[arg-type]
        item = self.world.pen.item(body, unit=VILLAGE_A, on=date.fromisoformat(on), at=AT)
        [receipt] = receive([item], brought_by=None, at=AT, shown="slip")
        assert receipt.outcome == "accepted", receipt.why
        self.last = receipt.id

    def worded_anew(self, entry: UUID, word: str | None, on: str, *, by: Account) -> str:
        """Say a word of the household anew as told by telephone, or take it back."""
        body = NeedWord1(need=self.id, household=self.house, word=word, through="phone_call") if word else None  # type: ignore[arg-type]
        return self.bring(
            body, by=by, on=on, kind="need_word", corrects=str(entry), saw={f"{entry}.wording": str(entry)}
        )

    def hand(self, step: str, on: str, *, by: Account | None = None, unit: UUID = VILLAGE_A, **more: Any) -> str:
        sealed = [self.world.pen.seal(self.id, "不属本处")] if step == "returned" else []
        words = {"words": sealed[0].digest} if sealed else {}
        at = {"at": more.pop("at")} if "at" in more else {}
        body = Handover1(matter=self.id, what="need", step=step, **words, **more)  # type: ignore[arg-type]
        return self.bring(body, by=by, on=on, unit=unit, saw=self.seen("desk"), sealed=sealed, **at)

    @property
    def row(self) -> Need:
        return Need.objects.get(log=TOWNSHIP, id=self.id)

    @property
    def state(self) -> str:
        assert AssistanceLine.objects.get(log=TOWNSHIP, id=self.id).state == self.row.state
        return self.row.state

    @property
    def path(self) -> list[str]:
        return list(NeedStep.objects.filter(log=TOWNSHIP, id=self.id).order_by("n").values_list("kind", flat=True))


def county_desk(world: World) -> Account:
    """Open a county department's desk, and post somebody there."""
    world.county = add_unit(TOWNSHIP, UnitKind.COUNTY_DESK, "县水务局")
    account = add_account("clerk", "苗青", at=NOON, log=TOWNSHIP)
    posting = Posting1(
        posting=world.pen.new_id(), account=account.id, unit=world.county.id, role="county_desk", since=FIRST_DAY
    )
    [receipt] = world.receive(world.pen.item(posting, unit=world.county.id))
    assert receipt.outcome == "accepted"
    return account
