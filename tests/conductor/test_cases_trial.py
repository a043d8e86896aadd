"""The trial of cases: several people and devices, late, twice and out of order, and the case stays sane."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from concerto.conductor.cases import handles
from concerto.conductor.rebuild import rebuild
from concerto.conductor.replay import TABLES
from concerto.conductor.verify import verify_log
from concerto.groundwork import database
from concerto.journal import reading
from concerto.journal.models import Entry
from concerto.journal.said import Item, stand
from concerto.papers.standing.default_desk import unanswered_case
from concerto.parts.disputes.cases import life_of
from concerto.parts.disputes.models import Case, CaseNumber, CaseReader
from concerto.parts.disputes.states import STATE_OF, STATES, WINDOW, Life, Reader
from concerto.places.models import Account
from concerto.places.sight import Sight
from concerto.register.access import Authority, sight_of
from concerto.register.holding import STANDS_IN, posted
from concerto.register.panel import PanelMember
from tests.cases import AT, Matter, line_ends, panel_line, posting_ends
from tests.cast import TOWNSHIP, VILLAGE_A, World
from tests.needs import county_desk

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
QUICK = settings(
    deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck)
)
SANE = {"accepted", "known", "clash", "waits", "refused"}


@dataclass
class Course:
    """A case whose entries are written by several people, each of what they saw last, and come when they come."""

    world: World
    chance: Random
    lines: dict[str, UUID]
    sent: list[tuple[Any, Item]] = field(default_factory=list)
    held: list[tuple[Any, Item]] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    saw: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by, self.on = self.world.med, "2026-09-01"
        self.other = Matter(self.world)
        self.case = Matter(self.world, brings=False)
        self.case.bring = self.write  # type: ignore[method-assign]
        self.case.seen = self.seen  # type: ignore[method-assign]
        self.people = {
            self.world.med: VILLAGE_A, self.world.lin: VILLAGE_A, self.world.zhou: TOWNSHIP,
            self.world.wang: TOWNSHIP, self.world.clerk: self.world.county.id,
        }  # fmt: skip
        self.concluded, self.steady = False, True  # what opens it comes at once
        self.case.brought(author=self.world.med)
        self.steady = False
        self.parties = [self.case.a, self.case.b]

    def seen(self, name: str) -> dict[str, Any]:
        """Answer with what whoever writes saw last, which may be long ago."""
        return {"saw": {f"{self.case.id}.{name}": self.saw.get(self.by.id, {}).get(name)}}

    def write(self, body: Any, *, by: Any = None, on: str = "", unit: Any = None, **more: Any) -> str:
        by = by or self.by
        item = self.world.pen.item(
            body, unit=self.people[by], by=by, on=date.fromisoformat(on or self.on), at=AT, **more
        )
        if self.chance.random() < 0.2 and not self.steady:  # without signal
            self.held.append((by, item))
        else:
            self.come(by, item)
        return "written"

    def come(self, by: Any, item: Item) -> None:
        [receipt] = self.world.receive(item, by=by, at=AT)
        self.outcomes[receipt.outcome] += 1
        self.sent.append((by, item))
        if self.chance.random() < 0.3:
            self.look(by)

    def look(self, by: Any) -> None:
        row = Case.objects.filter(log=TOWNSHIP, id=self.case.id).first()
        self.saw[by.id] = json.loads(row.wordings) if row else {}

    def go(self, n: int) -> None:
        """Let somebody do something, on a day about then."""
        self.by = self.chance.choice([self.world.med] * 6 + list(self.people))
        if self.chance.random() < 0.4:
            self.look(self.by)
        self.on = (date(2026, 9, 1) + timedelta(days=max(0, n // 2 + self.chance.randint(-2, 2)))).isoformat()
        self.act(self.likely() if self.chance.random() < 0.6 else self.chance.choice(ACTS), n)
        if self.held and self.chance.random() < 0.3:
            self.come(*self.held.pop(self.chance.randrange(len(self.held))))
        if self.sent and self.chance.random() < 0.1:
            self.come(*self.chance.choice(self.sent))
        if n > 10 and self.chance.random() < 0.04:
            self.leave(self.chance.choice(LEAVE), date.fromisoformat(self.on))

    def leave(self, how: str, last: date) -> None:
        """Let somebody be posted no more, be of the panel no more, or sign in no more."""
        if how in self.left:
            return
        self.left.append(how)
        what, name = how.split()
        if what == "posting":
            posting_ends(self.world, name, last)
        elif what == "line":
            line_ends(self.world, self.lines[name], last)
        else:
            Account.objects.filter(id=getattr(self.world, name).id).update(is_active=False)

    def all_come_back(self) -> None:
        """Leave the township to the next course as this one found it."""
        for how in self.left:
            what, name = how.split()
            if what == "posting":
                posting_ends(self.world, name, date(2027, 12, 31))
            elif what == "line":
                line_ends(self.world, self.lines[name], date(2027, 12, 31))
            else:
                Account.objects.filter(id=getattr(self.world, name).id).update(is_active=True)
        self.left.clear()

    def likely(self) -> str:
        """Name what brings the case on from where it is."""
        row = Case.objects.filter(log=TOWNSHIP, id=self.case.id).first()
        self.concluded = bool(row and row.stage == "in_effect")
        return self.chance.choice(NEXT.get(row.stage if row else "", ("consent",)))

    def act(self, act: str, n: int) -> None:
        case, chance, on = self.case, self.chance, self.on
        party = chance.choice(self.parties)
        match act:
            case "consent":
                usual = "confirmation" if self.concluded else "mediation"
                to = chance.choice((usual,) * 6 + ("extension", "transfer", "notes", "mediator"))
                answer = "agreed" if chance.random() < 0.92 else "refused"
                days = ("2026-10-20", "2026-10-12") if to == "extension" and answer == "agreed" else (None,)
                case.consent(party, answer, on, to=to, until=chance.choice(days))
            case "party" if len(self.parties) < 4:
                case.joins(chance.choice("ab"), f"甲{n}", on)
                self.parties.append(case.joined)
            case "agree":
                form = chance.choice(("written", "written", "oral"))
                case.agree(on, form=form, parties=self.parties if chance.random() < 0.8 else self.parties[:2])
            case "sign":
                signed = chance.choice(("party", "party", "mediator", "seal"))
                case.sign(signed, on, of=party if signed == "party" else self.lines["med"])
            case "end":
                how = chance.choice(("not_settled", "withdrawn", "refused", "between_themselves"))
                case.step("ended", on, how=how, routes=["court"])
            case "apply":
                case.step("applied", on, parties=self.parties)
            case "mediator":
                who = chance.choice(("med", "lin"))
                case.step("mediator", on, mediator=self.lines[who], account=getattr(self.world, who).id)
            case "conflict":
                case.step("conflict", on, mediator=self.lines[chance.choice(("med", "lin"))], conflict="kin")
            case "link":
                case.step("linked", on, linked=[self.other.id])
            case "session":
                case.session(on, notes=True)
            case "send":
                channel = chance.choice(({}, {}, {"channel": "admin", "form": "told"}))
                case.hand("sent", on, to=chance.choice((TOWNSHIP, self.world.county.id)), **channel)
            case "received" | "returned":
                case.hand("accepted" if act == "received" else act, on)
            case "help":
                case.help("asked", on, to=TOWNSHIP, by=date(2026, 10, 1))
            case "take":
                case.hand("taken_over", on)
            case "perform":
                case.performed("kept", on)
            case "accepted" | "confirmed":
                case.step(act, on)

    def flush(self) -> None:
        while self.held:
            self.come(*self.held.pop())

    @property
    def life(self) -> Life | None:
        words = reading.about(TOWNSHIP, [self.case.id]).get(self.case.id, [])
        return life_of(self.case.id, stand(words))


NEXT = {
    "brought": ("accepted",),
    "willing": ("agree",),
    "talking": ("agree",),
    "agreed": ("sign",),
    "in_effect": ("consent", "consent", "apply", "confirmed", "perform"),
}
ACTS = ("accepted", *("consent",) * 5, "party", *("agree",) * 3, *("sign",) * 5, "end", "apply", *("mediator",) * 2,
        "session", "conflict", "link", "send", "received", "returned", "help", "take", "perform",
        "confirmed")  # fmt: skip


LEAVE = ("posting med", "posting lin", "posting zhou", "line med", "line lin", "account med", "account zhou")


@pytest.fixture
def lines(world: World) -> dict[str, UUID]:
    world.clerk = county_desk(world)
    return {
        "med": panel_line(world, world.med, VILLAGE_A, holds_seal=True),
        "lin": panel_line(world, world.lin, VILLAGE_A),
    }


def lived_through(world: World, lines: dict[str, UUID], seed: int, steps: int) -> Course:
    course = Course(world, Random(seed), lines)
    for n in range(steps):
        course.go(n)
    course.flush()
    return course


@given(seed=st.integers(0, 2**32), steps=st.integers(10, 45))
@settings(QUICK, max_examples=25)
def test_whatever_comes_from_whomever_the_case_stays_sane(world, lines, seed, steps):
    course = lived_through(world, lines, seed, steps)
    try:
        it_is_sane(course)
    finally:
        course.all_come_back()


def it_is_sane(course: Course) -> None:
    assert set(course.outcomes) <= SANE
    assert verify_log(TOWNSHIP) is None
    life = course.life
    if life is None:
        return
    row = Case.objects.get(log=TOWNSHIP, id=course.case.id)
    assert (row.stage, row.state, row.desk) == (life.stage, life.state, life.desk)
    it_is_in_one_state_and_somebodys(row, life)
    it_was_decided_lawfully(life)
    it_opens_to_its_handlers_alone(course, life)
    it_never_has_nobody(course, row, life)
    numbers = list(CaseNumber.objects.order_by("serial").values_list("serial", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert not row.number or life.accepted_on
    if not any(move.channel for move in life.moves) and not any(step.channel for step in life.path):
        assert bool(row.number) == (life.accepted_on is not None)
    linked = {str(course.other.id)} if life.linked else set()
    assert set(filter(None, row.linked.split(","))) == linked
    assert bool(Case.objects.get(log=TOWNSHIP, id=course.other.id).linked) == bool(linked)
    assert row.mediator is None or not life.stands_against(row.mediator)


def it_is_in_one_state_and_somebodys(row: Case, life: Life) -> None:
    assert row.desk is not None
    assert (row.state in STATES) == (row.accepted_on is not None)
    assert row.state in ("", STATE_OF.get(row.stage, ""))


def it_was_decided_lawfully(life: Life) -> None:
    now = life.agreement
    if life.stage == "in_effect":
        assert now is not None
        assert {"a", "b"} <= {life.parties[one].side for one in now.parties}
        signed = {(one.signed, one.party) for one in life.signatures if one.agreement == now.id and one.on >= now.on}
        wanted = {*(("party", one) for one in now.parties), ("mediator", None), ("seal", None)}
        assert now.form == "oral" or wanted <= signed
    if life.stage == "between_themselves":
        assert now is None
        assert not life.items
    if life.court:
        [applied, *_] = [step for step in life.path if step.kind == "applied"]
        assert life.effect_on is not None
        assert life.effect_on <= applied.on <= life.effect_on + WINDOW


def it_opens_to_its_handlers_alone(course: Course, life: Life) -> None:
    for who in course.people:
        sight = sight_of(who, DAY)
        named = [one for one in life.readers() if is_named(one, sight, life)]
        may = any(one.opens for one in named)
        assert Case.objects.seen_by(sight).filter(id=course.case.id).exists() == may
        assert Case.objects.followed_by(sight).filter(id=course.case.id).exists() == (bool(named) and not may)
        assert not Entry.objects.seen_by(sight).filter(kind__startswith="case").exists()
        by = CaseReader.objects.of(sight).filter(id=course.case.id, because__in=("desk", "mediator", "taken_over"))
        assert handles(life, who.id, Authority(who, TOWNSHIP), DAY) == by.exists()


def is_named(one: Reader, sight: Sight, life: Life) -> bool:
    """Tell whether a reader of a case is this one, today: while their line runs, while they are posted to stand in."""
    if one.unit is not None:
        return one.unit in sight.desks and sight.account not in life.tied
    if one.because == "conflict":
        return False
    runs = one.line is None or PanelMember.objects.on(sight.day).filter(log=TOWNSHIP, id=one.line).exists()
    return one.account == sight.account and runs and (one.because != "taken_over" or sight.has(*STANDS_IN))


def it_never_has_nobody(course: Course, row: Case, life: Life) -> None:
    """Whoever left, an open case is in somebody's hands who can record in it, or stands on the list to be taken."""
    if life.stage != "brought" and life.state != "open":
        return
    here = [who for who in course.people if Account.objects.get(id=who.id).is_active]
    waits = life.held.waits_for
    hold = [
        who for who in here
        if (who.id not in life.tied and Authority(who, TOWNSHIP).handles_cases(DAY, desk=waits or life.desk))
        or (waits is None and handles(life, who.id, Authority(who, TOWNSHIP), DAY) and posted(
            TOWNSHIP, {who.id}, DAY, kind="case_step"))
    ]  # fmt: skip
    line = unanswered_case(TOWNSHIP, DAY, row.id)
    assert hold or line is not None
    if line is not None:
        assert line.may_be_taken or line.taken_by in {who.id for who in here}


@given(seed=st.integers(0, 2**32))
@settings(QUICK, max_examples=6)
def test_replayed_it_is_the_same_case(world, lines, seed):
    course = lived_through(world, lines, seed, 40)
    before = rows()
    rebuild(TOWNSHIP)
    assert rows() == before
    course.all_come_back()


def rows() -> dict[str, list[Any]]:
    tables = [row for row in TABLES if row.__name__.startswith("Case")]
    assert len(tables) == 6
    return {
        row.TABLE: sorted(database.fetch(f'SELECT * FROM "{row.TABLE}" WHERE log = %s', [TOWNSHIP]), key=str)
        for row in tables
    }


def test_the_courses_hold_what_may_happen(world, lines):
    """The trial is worth what its courses hold: every outcome, and cases of many ends."""
    outcomes, stages = Counter[str](), Counter[str]()
    for seed in range(20):
        course = lived_through(world, lines, seed, 45)
        outcomes += course.outcomes
        stages[course.life.stage if course.life else ""] += 1
        course.all_come_back()
    assert set(outcomes) >= SANE - {"waits"}
    assert len(stages) >= 4, stages
