"""Steps on the cast's need, as somebody of the village records them."""

from datetime import date
from typing import Any
from uuid import UUID

from concerto.faces.desk.writing import seen
from concerto.journal.kinds.needs import NeedStep1
from concerto.parts.assistance.models import Need, NeedStep
from tests.cast import VILLAGE_A, World
from tests.register.slips import PaperSlip, given_slip

JUNE = date(2026, 6, 20)


def step(
    world: World,
    kind: str,
    *,
    need: UUID | None = None,
    household: UUID | None = None,
    on: date = JUNE,
    sees: bool = False,
    **more: Any,
) -> None:
    """Record one step, of the need that the cast's visit heard or of another; `sees` the path, as a form does."""
    row = Need.objects.get(id=need or world.need)
    body = NeedStep1(need=row.id, household=household or row.household, step=kind, **more)
    saw = seen(row.id, row.wordings, list(body.changes(row.id)))
    if sees:
        last = NeedStep.objects.filter(id=row.id).order_by("n").last()
        saw[f"{row.id}.path"] = str(last.entry)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=on, saw=saw)
    [receipt] = world.receive(item, by=world.lin)
    assert receipt.outcome == "accepted", receipt


def told_done(world: World) -> PaperSlip:
    """Let the need be owned, done and told, with a slip for it in its household's hands."""
    slip = given_slip(world)
    step(world, "owned", owner=world.lin.id)
    step(world, "done", outcome="solved")
    step(world, "told", told_of="done", way="phone_call")
    return slip
