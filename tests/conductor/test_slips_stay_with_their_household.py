"""A law of slips: whatever two people write, offline or not, a code never shows what another household told."""

from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from concerto.conductor.rebuild import rebuild
from concerto.conductor.receive import receive
from concerto.journal.kinds.slips import MatterSlip1, MatterSlipVoid1
from concerto.journal.said import Item
from concerto.papers.slips.matter import matter_of
from concerto.papers.slips.suggestion import suggestion_of
from concerto.parts.assistance.models import Need
from concerto.register.models import MatterSlip
from concerto.register.slips import by_code
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A, World
from tests.register.slips import other_need, print_slips
from tests.suggestions import brought

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 15)
PEOPLE = ("lin", "sec")
SUGGESTED = "a suggestion"
QUICK = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # it follows from its seed: nothing is made smaller
    suppress_health_check=list(HealthCheck),
)


class Paper:
    """Two people with a handful of slips: each writes, sends later or at once, corrects, takes back, settles."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world, self.chance = world, chance
        self.slips = print_slips(world, world.lin, count=3)
        self.needs = {other_need(world, house.id): house.id for house in (world.house_1, world.house_2)}
        self.outbox: dict[str, list[tuple[Item, UUID, MatterSlip1 | None]]] = {name: [] for name in PEOPLE}
        self.given: list[tuple[UUID, MatterSlip1]] = []
        self.lying: list[tuple[UUID, MatterSlip1]] = []
        self.lost: list[UUID] = []
        self.holder: dict[UUID, Any] = {}  # in whose hands the paper is: whom it was first given to

    def step(self) -> None:
        """Do one thing."""
        acts = (self.give, self.give, self.give, self.correct, self.take_back, self.lose, self.settle, self.suggest)
        self.chance.choice(acts)()
        if self.chance.random() < 0.6:
            self.send(self.chance.choice(PEOPLE))

    def write(self, body: Any, *, of: MatterSlip1 | None = None, **more: Any) -> None:
        """Lay an entry in somebody's outbox."""
        name, entry = self.chance.choice(PEOPLE), self.world.pen.new_id()
        by = getattr(self.world, name)
        item = self.world.pen.item(body, unit=VILLAGE_A, by=by, on=JUNE, id=entry, **more)
        self.outbox[name].append((item, entry, of))

    def send(self, name: str) -> None:
        """Bring what somebody wrote, all at once."""
        waiting, self.outbox[name] = self.outbox[name], []
        receipts = receive([item for item, *_ in waiting], brought_by=getattr(self.world, name), at=NOON)
        for (_item, entry, body), receipt in zip(waiting, receipts, strict=True):
            if body is not None and receipt.stands:
                self.given.append((entry, body))
                self.holder.setdefault(body.slip, body.household)
            elif body is not None:
                self.lying.append((entry, body))
            elif receipt.stands:
                self.lost.append(entry)

    def giving(self) -> MatterSlip1:
        """Think of a slip and a need; now and then the household is mistaken."""
        need = self.chance.choice(list(self.needs))
        house = self.needs[need] if self.chance.random() < 0.8 else self.chance.choice(list(self.needs.values()))
        return MatterSlip1(slip=self.chance.choice(self.slips).key, matter=need, what="need", household=house)

    def saw(self, slip: UUID) -> dict[str, Any]:
        """See a slip as nobody's, as one does without signal, or as it is."""
        row = MatterSlip.objects.get(id=slip)
        given = [entry for entry, body in self.given if body.slip == slip]
        seen = str(given[-1]) if given and row.matter and self.chance.random() < 0.5 else None
        return {f"{slip}.given": seen}

    def give(self) -> None:
        """Note which slip was left."""
        body = self.giving()
        self.write(body, of=body, saw=self.saw(body.slip))

    def settle(self) -> None:
        """Say again what was not taken, having looked at what is there."""
        if self.lying:
            entry, body = self.chance.choice(self.lying)
            self.write(body, of=body, saw=self.saw(body.slip), instead_of=[entry])

    def correct(self) -> None:
        """Say of a giving that it was another slip, need or household."""
        if self.given:
            entry, _body = self.chance.choice(self.given)
            self.write(self.giving(), corrects=entry, saw={f"{entry}.wording": str(entry)})

    def take_back(self) -> None:
        """Take back a giving, or that a slip is lost."""
        some = [(entry, "matter_slip") for entry, _ in self.given] + [(one, "matter_slip_void") for one in self.lost]
        if some:
            entry, kind = self.chance.choice(some)
            self.write(None, kind=kind, corrects=entry, saw={f"{entry}.wording": str(entry)})

    def lose(self) -> None:
        """Report a slip lost."""
        slip = self.chance.choice(self.slips).key
        self.write(MatterSlipVoid1(slip=slip), saw={f"{slip}.void": None})

    def suggest(self) -> None:
        """Pass a suggestion upward whose answer comes back by a slip."""
        slip = self.chance.choice(self.slips).key
        if brought(self.world, self.world.lin, slip=slip).receipt.stands:
            self.holder.setdefault(slip, SUGGESTED)

    def looks(self) -> dict[str, Any]:
        """Open each code, and say whose matter it shows."""
        shown: dict[str, Any] = {}
        for slip in self.slips:
            row = by_code(slip.code)
            if row is None:
                continue
            matter = matter_of(row, TODAY)
            if suggestion_of(row):
                shown[slip.serial] = SUGGESTED
                assert self.holder.get(slip.key) == SUGGESTED
            elif matter is not None:
                shown[slip.serial] = Need.objects.get(id=matter.asked_under).household
                assert (self.holder.get(slip.key), row.household) == (shown[slip.serial], shown[slip.serial])
        return shown


def lived(world: World, seed: int) -> Paper:
    paper = Paper(world, Random(seed))
    for _ in range(25):
        paper.step()
        paper.looks()
    for name in PEOPLE:
        paper.send(name)
    return paper


@given(seed=st.integers(0, 2**32))
@QUICK
def test_whatever_two_people_write_a_code_shows_nothing_of_another_household(world, seed):
    paper = lived(world, seed)
    shown = paper.looks()
    rebuild(TOWNSHIP)
    assert paper.looks() == shown


def test_in_such_lives_slips_are_given_meet_and_are_taken_back(world):
    papers = [lived(world, seed) for seed in range(6)]
    assert sum(len(paper.looks()) for paper in papers) > 3
    assert any(paper.lying for paper in papers)
    assert any(paper.lost for paper in papers)
    assert SUGGESTED in {whose for paper in papers for whose in paper.holder.values()}
