"""Slips for tests: printed by somebody, given for the need that the cast's visit heard."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.conf import settings

from concerto.groundwork import keyed, slip_codes
from concerto.journal.kinds.slips import MatterSlip1, PrintedSlip, SlipSheet1, slip_key
from concerto.journal.kinds.visit import NeedHeard, Visit1
from concerto.journal.said import Audience
from concerto.register.slips import last_serial
from tests.cast import TOWNSHIP, VILLAGE_A, World

JUNE = date(2026, 6, 15)


@dataclass(frozen=True)
class PaperSlip:
    """A slip as its household has it in hand."""

    key: UUID
    serial: str
    code: str


def print_slips(world: World, by, *, count: int = 1) -> list[PaperSlip]:
    """Print a sheet, and keep the codes as the paper does."""
    serials = islice(slip_codes.serials_after(last_serial(TOWNSHIP)), count)
    slips = [PaperSlip(slip_key(TOWNSHIP, serial), serial, slip_codes.draw_code()) for serial in serials]
    hashes = [keyed.code_hash(one.code, settings.CONCERTO_HOME) for one in slips]
    parts = [world.pen.seal(one.key, told, Audience.DESK) for one, told in zip(slips, hashes, strict=True)]
    printed = [PrintedSlip(one.key, one.serial, part.digest) for one, part in zip(slips, parts, strict=True)]
    item = world.pen.item(SlipSheet1(slips=printed), unit=VILLAGE_A, by=by, on=JUNE, sealed=parts)
    [receipt] = world.receive(item, by=by)
    assert receipt.outcome == "accepted", receipt
    return slips


def given_slip(world: World, slip: PaperSlip | None = None) -> PaperSlip:
    """Give a slip for the need of house_1."""
    slip = slip or print_slips(world, world.lin)[0]
    body = MatterSlip1(slip=slip.key, matter=world.need, what="need", household=world.house_1.id)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=JUNE, saw={f"{slip.key}.given": None})
    [receipt] = world.receive(item, by=world.lin)
    assert receipt.outcome == "accepted", receipt
    return slip


def other_need(world: World, house: UUID | None = None) -> UUID:
    """Let a household tell a need as well: the neighbours of the cast's need, house_2, or another."""
    need, house = world.pen.new_id(), house or world.house_2.id
    part = world.pen.seal(need, "房顶漏雨", Audience.PLACE)
    heard = NeedHeard(need, "housing", part.digest, house)
    visit = Visit1(channel="visit", households=[house], outcome="met", needs=[heard])
    item = world.pen.item(visit, unit=VILLAGE_A, by=world.lin, on=JUNE, sealed=[part])
    [receipt] = world.receive(item, by=world.lin)
    assert receipt.outcome == "accepted", receipt
    return need
