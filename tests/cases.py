"""One case of the cast, and whatever is recorded of it; two lines of the panel and a county's desk beside it."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from concerto.groundwork import canonical
from concerto.journal.kinds.case_steps import (
    AgreedItem,
    CaseAgreement1,
    CaseConsent1,
    CaseHandover1,
    CaseHelp1,
    CasePerformance1,
    CaseReturnVisit1,
    CaseSession1,
    CaseSignature1,
    CaseStep1,
    Note,
)
from concerto.journal.kinds.cases import Case1, CaseParty1, Party, SpotSettlement1, SpotSide
from concerto.journal.kinds.panel import PanelChange1, PanelMember1
from concerto.journal.kinds.postings import PostingChange1
from concerto.journal.said import Audience, Item, SealedPart
from concerto.parts.disputes.models import Case, CaseStep
from concerto.places.models import Account
from concerto.register.models import Posting
from concerto.register.panel import PanelMember
from tests.cast import FIRST_DAY, TOWNSHIP, VILLAGE_A, World

AT = datetime(2026, 11, 20, 4, tzinfo=UTC)
RESTS_ON = {
    **dict.fromkeys(("accepted", "not_accepted", "ended"), "state"),
    **dict.fromkeys(("applied", "confirmed", "not_confirmed"), "court"),
    "mediator": "mediator",
    "weighed": "difficulty",
}


def panel_line(world: World, account: Account | None, unit: UUID, *, holds_seal: bool = False) -> UUID:
    """Write somebody onto the panel of mediators, and give their line."""
    line = world.pen.new_id()
    name = [] if account else [world.pen.seal(line, "老阿訇")]
    body = PanelMember1(
        panel_member=line, unit=unit, how="elected", since=FIRST_DAY, account=account.id if account else None,
        name=name[0].digest if name else None, holds_seal=holds_seal,
    )  # fmt: skip
    _taken_in(world, body, unit=unit, sealed=name)
    return line


def line_ends(world: World, line: UUID, last: date) -> None:
    """Let somebody's line of the panel run as far as a day."""
    _ends(world, PanelMember.objects.get(log=TOWNSHIP, id=line), PanelChange1(panel_member=line, until=last))


def posting_ends(world: World, name: str, last: date) -> None:
    """Let somebody be posted as far as a day."""
    posting = world.postings[name]
    _ends(world, Posting.objects.get(log=TOWNSHIP, id=posting), PostingChange1(posting=posting, until=last))


def _ends(world: World, row: PanelMember | Posting, body: Any) -> None:
    saw = {f"{row.id}.until": json.loads(row.wordings).get("until")}
    _taken_in(world, body, unit=row.unit, on=min(body.until, AT.date()), saw=saw)


def _taken_in(world: World, body: Any, **more: Any) -> None:
    item = world.pen.item(body, by=world.wang, at=AT, **more)
    [receipt] = world.receive(item, by=world.wang, at=AT)
    assert receipt.outcome == "accepted", receipt.why


def _apart(more: dict[str, Any], *names: str) -> dict[str, Any]:
    """Take what is said around a step out of what it says; where it has a `by` itself, who writes it is `by_whom`."""
    return {name.removesuffix("_whom"): more.pop(name) for name in names if name in more}


class Matter:
    """A case between two parties in village A, handled by its mediator, unless it is said otherwise."""

    def __init__(self, world: World, *, unit: UUID = VILLAGE_A, by: Account | None = None, brings: bool = True, **more):
        self.world, self.unit, self.by = world, unit, by or world.med
        self.altered: dict[str, Any] = {}
        self.id = world.pen.new_id()
        self.a, self.b = world.pen.new_id(), world.pen.new_id()
        self.agreement = self.item = world.pen.new_id()
        if brings:
            assert self.brought(**more) == "accepted"

    def brought(
        self,
        *,
        on: str = "2026-09-01",
        author: Account | None = None,
        sides: str = "ab",
        at: datetime = AT,
        **more: Any,
    ) -> str:
        names = {"a": self.name(self.a, "杨春生"), "b": self.name(self.b, "努尔兰·别克")}
        words = self.words("界桩被水冲走了")
        parties = [Party(party=getattr(self, side), side=side, name=names[side].digest) for side in sides]  # type: ignore[arg-type]
        fields = {"sort": "pasture_boundary", "source": "asked", "afraid": "no", **more}
        body = Case1(case=self.id, parties=parties, summary=words.digest, **fields)
        sealed = [words, *(names[side] for side in sides)]
        outer = {} if at is AT else {"at": at}
        return self.bring(body, by=author or self.by, on=on, sealed=sealed, **outer)

    def name(self, party: UUID, text: str) -> SealedPart:
        return self.world.pen.seal(party, text, Audience.CASE)

    def words(self, text: str, audience: Audience = Audience.CASE) -> SealedPart:
        return self.world.pen.seal(self.id, text, audience)

    def bring(
        self, body: Any, *, by: Account | None = None, on: str = "2026-09-01", unit: UUID | None = None,
        at: datetime = AT, **more: Any,
    ) -> str:  # fmt: skip
        by = by or self.by
        item = self.world.pen.item(body, unit=unit or self.unit, by=by, on=date.fromisoformat(on), at=at, **more)
        if self.altered:  # what no form would let through
            said = json.loads(item.said)
            item = Item(canonical.write({**said, "body": {**said["body"], **self.altered}}), item.sealed)
        [receipt] = self.world.receive(item, by=by, at=at)
        self.last, self.item_sent = receipt.id, item
        return receipt.code or receipt.outcome

    def seen(self, field: str) -> dict[str, Any]:
        row = Case.objects.filter(log=TOWNSHIP, id=self.id).first()
        return {"saw": {f"{self.id}.{field}": json.loads(row.wordings).get(field) if row else None}}

    # ------------------------------------------------------------ what happens to it

    def joins(self, side: str, text: str, on: str = "2026-09-01", *, minor: bool = False, **more: Any) -> str:
        party = self.world.pen.new_id()
        self.joined = party
        parts = [self.name(party, text), *([self.name(party, "家长")] if minor else [])]
        rep = parts[1].digest if minor else None
        said = Party(party=party, side=side, name=parts[0].digest, minor=minor, represented_by=rep)  # type: ignore[arg-type]
        return self.bring(CaseParty1(case=self.id, party=said), on=on, sealed=parts, **more)

    def consent(
        self, party: UUID, answer: str = "agreed", on: str = "2026-09-02", *, to: str = "mediation",
        until: str | None = None, spoken_by: str = "self", mediator: UUID | None = None, **more: Any,
    ) -> str:  # fmt: skip
        about = {"until": date.fromisoformat(until) if until else None, "mediator": mediator}
        body = CaseConsent1(case=self.id, party=party, to=to, answer=answer, by=spoken_by, **about)  # type: ignore[arg-type]
        return self.bring(body, on=on, **more)

    def step(self, step: str, on: str = "2026-09-02", **more: Any) -> str:
        outer = _apart(more, "by", "unit", "at")
        saw = self.seen(RESTS_ON[step]) if step in RESTS_ON else {}
        words = [self.words("事情复杂")] if more.get("difficulty") in ("complex", "hard") else []
        why = {"why": words[0].digest} if words else {}
        body = CaseStep1(case=self.id, step=step, **why, **more)  # type: ignore[arg-type]
        return self.bring(body, on=on, sealed=words, **saw, **outer)

    def session(self, on: str = "2026-09-03", *, notes: bool = False, **more: Any) -> str:
        record = self.words("都愿意各让一步")
        said = [self.words("想要一句道歉", Audience.AUTHOR)] if notes else []
        body = CaseSession1(
            case=self.id, there=[self.a, self.b], record=record.digest, notes=[Note("a", p.digest) for p in said]
        )
        return self.bring(body, on=on, sealed=[record, *said], **more)

    def agree(
        self, on: str = "2026-09-04", *, form: str = "written", parties: list[UUID] | None = None,
        until: str | None = "2026-09-30", **more: Any,
    ) -> str:  # fmt: skip
        outer = _apart(more, "by", "unit", "saw")
        what = self.words("立三根界桩")
        self.agreement, self.item = self.world.pen.new_id(), self.world.pen.new_id()
        by = date.fromisoformat(until) if until else None
        item = AgreedItem(item=self.item, what=what.digest, by=by)
        body = CaseAgreement1(
            case=self.id, agreement=self.agreement, form=form, parties=parties or [self.a, self.b], items=[item], **more
        )  # type: ignore[arg-type]
        saw = {} if "saw" in outer else self.seen("state")
        return self.bring(body, on=on, sealed=[what], **saw, **outer)

    def sign(self, signed: str, on: str = "2026-09-05", *, of: UUID | None = None, **more: Any) -> str:
        whose = {"party": of} if signed == "party" else {"member": of}
        body = CaseSignature1(case=self.id, agreement=self.agreement, signed=signed, **whose)  # type: ignore[arg-type]
        return self.bring(body, on=on, **more)

    def performed(self, how: str, on: str = "2026-10-01", **more: Any) -> str:
        return self.bring(CasePerformance1(case=self.id, item=self.item, how=how), on=on, **more)  # type: ignore[arg-type]

    def visited(self, on: str = "2026-10-10", **more: Any) -> str:
        words = self.words("两家都还满意")
        return self.bring(CaseReturnVisit1(case=self.id, words=words.digest), on=on, sealed=[words], **more)

    def hand(self, step: str, on: str = "2026-09-02", **more: Any) -> str:
        outer = _apart(more, "by_whom", "unit", "at")
        words = [self.words("不属本处")] if step == "returned" else []
        why = {"why": words[0].digest} if words else {}
        body = CaseHandover1(case=self.id, step=step, **why, **more)  # type: ignore[arg-type]
        return self.bring(body, on=on, sealed=words, **self.seen("desk"), **outer)

    def help(self, step: str, on: str = "2026-09-02", **more: Any) -> str:
        outer = _apart(more, "by_whom", "unit")
        words = self.words("请画一张核界图")
        body = CaseHelp1(case=self.id, step=step, words=words.digest, **more)  # type: ignore[arg-type]
        return self.bring(body, on=on, sealed=[words], **outer)

    def settled_on_the_spot(self, *, mediator: UUID | None = None, account: Account | None = None, **more: Any) -> str:
        names = [self.name(self.a, "王建国"), self.name(self.b, "古丽")]
        agreed = self.words("羊吃了菜，赔两捆草料")
        wanted = more.pop("wanted", (True, True))
        outer = _apart(more, "by", "on", "unit")
        sides = [
            SpotSide(party=p, name=n.digest, wanted=w) for p, n, w in zip((self.a, self.b), names, wanted, strict=True)
        ]
        fields = {"sort": "livestock_damage", "afraid": "no", **more}
        body = SpotSettlement1(
            case=self.id, a=sides[0], b=sides[1], agreed=agreed.digest, mediator=mediator,
            account=account.id if account else None, **fields,
        )  # fmt: skip
        return self.bring(body, sealed=[agreed, *names], **outer)

    # ------------------------------------------------------------ how it stands

    def willing(self) -> "Matter":
        assert self.step("accepted", "2026-09-01") == "accepted"
        for party in (self.a, self.b):
            assert self.consent(party) == "accepted"
        return self

    def signed(self, line: UUID, on: str = "2026-09-05", *, seal: str | None = None) -> "Matter":
        assert self.agree() == "accepted"
        for party in (self.a, self.b):
            assert self.sign("party", on, of=party) == "accepted"
        assert self.sign("mediator", on, of=line) == "accepted"
        assert self.sign("seal", seal or on, of=line) == "accepted"
        return self

    @property
    def row(self) -> Case:
        return Case.objects.get(log=TOWNSHIP, id=self.id)

    @property
    def stands(self) -> tuple[str, str, str]:
        return self.row.stage, self.row.state, self.row.outcome

    @property
    def path(self) -> list[str]:
        return list(CaseStep.objects.filter(log=TOWNSHIP, id=self.id).order_by("n").values_list("kind", flat=True))
