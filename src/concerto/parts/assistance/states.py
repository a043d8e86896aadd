"""The life of a need, from first word to the resident's word: pure, told in steps, whatever order they came in.

What happened is never refused here: a step that moves nothing stands in the path all the same. `TURNS` is data, so that
a phone draws the same life.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.rulebook.handshake import Held, Pass, held
from concerto.rulebook.turns import in_turn

OPEN = ("heard", "owned", "doing", "done", "told", "reopened")
CLOSED = ("confirmed", "told_to_the_doer", "no_answer", "not_ours", "merged")
STATES = (*OPEN, *CLOSED)
# How many of a need's five heads are behind: heard, owned, doing, done, the household's word. Its line is drawn so.
REACHED: Mapping[str, int] = {
    "heard": 1, "not_ours": 1, "owned": 2, "reopened": 2, "doing": 3, "done": 4, "told": 4, "told_to_the_doer": 4,
    "no_answer": 4, "confirmed": 5,
}  # fmt: skip
# By each step, from which states it leads to which; whatever is not here stays as it is.
TURNS: Mapping[str, Mapping[str, str]] = {
    "owned": dict.fromkeys(("heard", "reopened"), "owned"),
    "doing": dict.fromkeys(OPEN, "doing"),
    "done": dict.fromkeys(OPEN, "done"),
    "done_there": dict.fromkeys(OPEN, "done"),
    "told": dict.fromkeys(OPEN, "told"),
    "not_ours": dict.fromkeys(OPEN, "not_ours"),
    "reopened": dict.fromkeys(("confirmed", "told_to_the_doer", "no_answer", "not_ours"), "reopened"),
    "merged": dict.fromkeys(STATES, "merged"),
    # whoever joins has still to be told, even where a merger is known later than the word of the others
    "joined": dict.fromkeys(("told", "confirmed", "told_to_the_doer", "no_answer"), "done"),
}
# What the village may do next in each state, the likeliest first.
MAY_FOLLOW: Mapping[str, tuple[str, ...]] = {
    "heard": ("own", "doing", "done", "tell", "not-ours"),
    "reopened": ("own", "doing", "done", "tell", "not-ours"),
    "owned": ("doing", "done", "tell", "not-ours", "own"),
    "doing": ("done", "tell", "not-ours", "own"),
    "done": ("tell", "word", "own"),
    "told": ("word", "asked", "no-answer", "tell"),
    "not_ours": ("tell", "reopen"),
    "confirmed": ("reopen",),
    "told_to_the_doer": ("word", "reopen"),
    "no_answer": ("word", "reopen"),
}
DONE_BY = frozenset({"owned", "doing", "done", "done_there", "accepted", "taken_over"})  # who has a hand in it
HANDSHAKE = {"sent": "sent", "accepted": "accepted", "returned": "returned", "done_there": "done",
             "taken_over": "taken_over"}  # fmt: skip
ANEW = ("partly", "no")  # a word that reopens at once
TELLS = ("done", "answer")  # what a household is told so that its word can be asked
# Within a day each device's own order stands and what a decision rests on; else the natural one of the steps.
NATURAL = (
    "opened", "joined", "merged", "owned", "sent", "taken_over", "accepted", "doing", "returned", "done_there",
    "interim_note", "done", "not_ours", "told", "asked", "yes", "partly", "no", "no_answer", "reopened",
)  # fmt: skip


def on_a_phone() -> dict[str, dict[str, str]]:
    """Say as data where each step of a phone leads; a "yes" to nowhere: what it counts as the server says.

    That of `told` holds once everybody who asked was told what their word can be asked of (`TELLS`).
    """
    anew = dict.fromkeys((state for state in STATES if state != "merged"), "reopened")
    ended = dict.fromkeys((state for state in STATES if state not in ("merged", "not_ours")), "no_answer")
    moved = {step: dict(TURNS[step]) for step in ("owned", "doing", "done", "told", "not_ours")}
    return {**moved, "no_answer": ended, **dict.fromkeys(ANEW, anew)}


class Step(NamedTuple):
    """One step as it was recorded: what, when, by whom, and what it names. `asker` is whom it is told to or heard of.

    `own` is a word that came from the household itself, by its slip. `brings` are the askers that a merger adds, `seen`
    the entries that a decision rests on.
    """

    kind: str
    on: date
    entry: UUID
    by: UUID
    device: UUID
    number: int
    desk: UUID
    asker: UUID
    named: frozenset[UUID] = frozenset()
    owner: UUID | None = None
    clock: str = ""
    detail: str = ""
    names_day: date | None = None
    way: str = ""
    words: str = ""
    to: UUID | None = None
    office: str = ""
    into: UUID | None = None
    own: bool = False
    brings: Mapping[UUID, UUID] = {}
    seen: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Asker:
    """One of those who asked: their household, whether they were told, and what became of their word."""

    household: UUID
    is_told: bool = False
    word: str = ""
    word_entry: UUID | None = None

    @property
    def is_settled(self) -> bool:
        """Whether they gave their word, or were asked twice for it."""
        return bool(self.word)


@dataclass(frozen=True)
class Life:
    """How a need stands after some steps. Without an `owner` it is its unit's post that owns it."""

    held: Held
    askers: Mapping[UUID, Asker]
    clock: str
    state: str = "heard"
    owner: UUID | None = None
    called: UUID | None = None
    doers: frozenset[UUID] = frozenset()
    told_on: date | None = None
    ended_on: date | None = None
    path: Sequence[Step] = field(default=())

    @property
    def closed_on(self) -> date | None:
        """The day on which it came to its end, while it is at an end."""
        return None if self.is_open else self.ended_on

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done or asked."""
        return self.state in OPEN

    def after(self, step: Step) -> "Life":
        """Say how it stands after one more step."""
        then = self._after(step)
        return replace(then, ended_on=step.on) if self.is_open and not then.is_open else then

    def _after(self, step: Step) -> "Life":
        if step.kind == "yes":
            return self._yes(step)
        if step.kind == "joined":
            step = step._replace(brings={key: house for key, house in step.brings.items() if key not in self.askers})
        moved = replace(self, path=(*self.path, step), state=self._state(step))
        if step.kind in DONE_BY:
            moved = replace(moved, doers=self.doers | {step.by} | step.named)
        match step.kind:
            case "owned":
                return replace(moved, owner=step.owner, clock=step.clock or self.clock)
            case "told" if step.detail in TELLS:
                return moved._told(step)
            case "no_answer":
                return moved._heard(step.asker, "no_answer", step.entry)
            case "partly" | "no":
                return moved._anew(word_stays=True, but=step.asker)
            case "reopened" if self.state != "merged":
                return moved._anew(word_stays=False)
            case "joined":
                new = {asker: Asker(household) for asker, household in step.brings.items()}
                return replace(moved, askers={**self.askers, **new})
            case "merged":
                return replace(moved, called=step.into)
        return moved

    def _state(self, step: Step) -> str:
        if step.kind == "told" or (step.kind == "joined" and not step.brings):
            return self.state  # everybody who asked is told before it counts as told
        return TURNS.get(step.kind, {}).get(self.state, self.state)

    def _yes(self, step: Step) -> "Life":
        """Hear a yes. Told to somebody who had a hand in it, or where nobody says they had, it is no confirmation."""
        heard_by = {step.by, *step.named}  # whoever words it anew has heard it as well
        to_a_doer = not step.own and (not self.doers or not self.doers.isdisjoint(heard_by))
        heard = step._replace(kind="told_to_the_doer", detail="yes") if to_a_doer else step
        word = "told_to_the_doer" if to_a_doer else "confirmed"
        return replace(self, path=(*self.path, heard))._heard(step.asker, word, step.entry)

    def _heard(self, asker: UUID, word: str, entry: UUID) -> "Life":
        """Note what became of somebody's word; when everybody's is settled, it closes. What is not ours stays so."""
        one = self.askers.get(asker)
        if one is None or (word == "no_answer" and one.is_settled) or one.word == "confirmed":
            return self
        askers = {**self.askers, asker: replace(one, word=word, word_entry=entry)}
        words = {one.word for one in askers.values()}
        if self.state in ("merged", "not_ours") or "" in words:
            return replace(self, askers=askers)
        return replace(self, askers=askers, state=next(word for word in CLOSED[2::-1] if word in words))

    def _told(self, step: Step) -> "Life":
        one = self.askers.get(step.asker)
        if one is None:
            return self
        askers = {**self.askers, step.asker: replace(one, is_told=True)}
        all_told = all(one.is_told or one.is_settled for one in askers.values())
        state = TURNS["told"].get(self.state, self.state) if all_told else self.state
        return replace(self, askers=askers, state=state, told_on=step.on)

    def _anew(self, *, word_stays: bool, but: UUID | None = None) -> "Life":
        """Begin anew, with the same owner: a yes of somebody else stays, unless it was reopened at the desk."""
        askers = {
            asker: one if word_stays and asker != but and one.word == "confirmed" else Asker(one.household)
            for asker, one in self.askers.items()
        }
        state = self.state if self.state == "merged" else "reopened"
        return replace(self, askers=askers, state=state, told_on=None)


def live(home: UUID, opened: Step, household: UUID, steps: Iterable[Step]) -> Life:
    """Live through the steps of a need in the order they happened; whoever told it is the first of its askers."""
    every = list(steps)
    passed = in_turn((step for step in every if step.kind in HANDSHAKE), NATURAL)
    life = Life(held(home, map(as_pass, passed)), {opened.asker: Asker(household)}, opened.clock, path=(opened,))
    for step in in_turn(every, NATURAL):
        life = life.after(step)
    return life


def as_pass(step: Step) -> Pass:
    """Read a step as one of the handshake."""
    return Pass(HANDSHAKE[step.kind], step.desk, step.by, step.to, step.office)


def askings(life: Life, asker: UUID) -> list[date]:
    """List the days on which somebody was asked for their word and not reached, since it last began anew."""
    days: list[date] = []
    for step in life.path:
        if step.kind in ("reopened", *ANEW):
            days = []
        elif step.kind == "asked" and step.asker == asker:
            days.append(step.on)
    return days
