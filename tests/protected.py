"""Somebody of the cast who is hurt, brought by the instructor, and what is noted for them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from concerto.journal.kinds.protected import ProtectedCase1, ProtectedStep1
from concerto.journal.said import Audience, SealedPart
from concerto.parts.disputes.models import Protected, ProtectedReader, ProtectedStep
from concerto.places.models import Account
from tests.cases import AT
from tests.cast import TOWNSHIP, World

NAME, HAPPENED, HOW = "古丽·巴合提", "丈夫喝酒以后打她，手臂青了", "白天发短信，只说卫生院体检"


class Kept:
    """One protected record of the cast."""

    def __init__(self, world: World, *, by: Account | None = None, brings: bool = True, **more: Any) -> None:
        self.world, self.id = world, world.pen.new_id()
        if brings:
            assert self.brought(by=by, **more) == "accepted"

    def words(self, text: str) -> SealedPart:
        return self.world.pen.seal(self.id, text, Audience.CASE)

    def brought(
        self, *, by: Account | None = None, on: str = "2026-09-01", who: str = "adult", safe: bool = True, **more: Any
    ) -> str:  # fmt: skip
        outer = {name: more.pop(name) for name in ("unit", "at") if name in more}
        summary, name, how, phone = map(self.words, (HAPPENED, NAME, HOW, "10012345678"))
        parts = [summary, name, *([how, phone] if safe else [])]
        contact = {"contact": "safe", "how": how.digest, "phone": phone.digest} if safe else {"contact": "not_safe"}
        body = ProtectedCase1(case=self.id, who=who, summary=summary.digest, name=name.digest, **contact, **more)  # type: ignore[arg-type]
        return self.bring(body, by=by or self.world.lin, on=on, sealed=parts, **outer)

    def step(
        self, step: str, on: str = "2026-09-02", *, by: Account | None = None, words: str = "", **more: Any
    ) -> str:
        outer = {name: more.pop(name) for name in ("unit", "at", "corrects", "saw") if name in more}
        parts = [self.words(words)] if words else []
        if "how" in more:
            parts.append(self.words(more["how"]))
            more["how"] = parts[-1].digest
        said = {"words": parts[0].digest} if words else {}
        body = ProtectedStep1(case=self.id, step=step, **said, **more)  # type: ignore[arg-type]
        return self.bring(body, by=by or self.world.zhou, on=on, sealed=parts, **outer)

    def bring(
        self, body: Any, *, by: Account, on: str, unit: UUID = TOWNSHIP, at: datetime = AT, **more: Any
    ) -> str:  # fmt: skip
        item = self.world.pen.item(body, unit=unit, by=by, on=date.fromisoformat(on), at=at, **more)
        [receipt] = self.world.receive(item, by=by, at=at)
        self.last, self.item_sent = receipt.id, item
        return receipt.code or receipt.outcome

    def lives(self) -> "Kept":
        """Everything that may be done for somebody, one after the other."""
        county = self.county
        steps: list[tuple[str, dict[str, Any]]] = [
            ("safe", {"contact": "safe", "how": "只在周三上午"}),
            ("told", {"told_of": ["rights", "police", "protection_order", "shelter"]}),
            ("reported", {"to": "police", "words": "派出所民警 王"}),
            ("seen_alone", {"words": "在卫生院单独谈"}),
            ("wish", {"wants": "mediation"}),
            ("session", {"words": "她要他搬出去住"}),
            ("agreed", {"words": "他搬到冬窝子"}),
            ("named", {"account": (self.handler or self.world.med).id}),
            *([("handed", {"desk": county})] if county else []),
            ("noted", {"words": "平安"}),
        ]
        for step, more in steps:
            assert self.step(step, **more) == "accepted", step
        return self

    county: UUID | None = None
    handler: Account | None = None

    @property
    def row(self) -> Protected:
        return Protected.objects.get(log=TOWNSHIP, id=self.id)

    @property
    def path(self) -> list[str]:
        return list(ProtectedStep.objects.filter(log=TOWNSHIP, id=self.id).order_by("n").values_list("kind", flat=True))

    @property
    def readers(self) -> set[UUID | None]:
        rows = ProtectedReader.objects.filter(log=TOWNSHIP, id=self.id).values_list("desk", "account")
        return {desk or account for desk, account in rows}
