"""The fold of what is noted of somebody hurt or afraid: how it stands, its path, and who reads it. Nothing beside."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.protected import SUSPECTED_OF, TO_REPORT_TO, ProtectedCase1, ProtectedStep1
from concerto.journal.opened import Opening, opening
from concerto.journal.said import Posting, Told, stored_in

ASIDE = ("released", "returned", "noted")  # what follows an end without opening it again


@stored_in("protected_case", ("log", "id"))
class ProtectedRow(NamedTuple):
    """A row of `Protected`."""

    log: UUID
    id: UUID
    entry: UUID
    who: str
    crime: bool
    contact: str
    stage: str
    wants: str
    reported_on: date | None
    opened_on: date
    last_on: date
    summary: str
    name: str
    how: str
    phone: str


@stored_in("protected_step")
class ProtectedStepRow(NamedTuple):
    """A row of `ProtectedStep`."""

    log: UUID
    id: UUID
    n: int
    entry: UUID
    kind: str
    on: date
    by: UUID
    detail: str
    account: UUID | None
    desk: UUID | None
    words: str


@stored_in("protected_reader")
class ProtectedReaderRow(NamedTuple):
    """A row of `ProtectedReader`."""

    log: UUID
    id: UUID
    n: int
    desk: UUID | None
    account: UUID | None


class Step(NamedTuple):
    """One step as it stands."""

    entry: UUID
    kind: str
    on: date
    by: UUID
    detail: str = ""
    account: UUID | None = None
    desk: UUID | None = None
    words: str = ""


@dataclass(frozen=True)
class Standing:
    """How it stands: its path in the order of the log, and how to reach the person."""

    path: tuple[Step, ...]
    who: str
    contact: str
    how: str
    phone: str

    @property
    def is_ended(self) -> bool:
        """Tell whether it is at its end: something done since opens it again."""
        last = [step.kind for step in self.path if step.kind not in ASIDE]
        return last[-1:] == ["ended"]

    @property
    def wants(self) -> str:
        """What the person said to mediation on the last day they were asked; nothing where nobody asked.

        That they want it counts only as long as it stands that they were seen alone by then.
        """
        # an older answer that is noted late takes nothing back; of one day the one noted last counts
        said = max(
            (step for step in reversed(self.path) if step.kind == "wish"), key=lambda step: step.on, default=None
        )
        if said is None or (said.detail == "mediation" and not self.was_seen_alone(said.on)):
            return ""
        return said.detail

    @property
    def reported_on(self) -> date | None:
        """The first day on which it was reported to the police: what other offices were told stands beside."""
        told = (step.on for step in self.path if step.kind == "reported" and step.detail in TO_REPORT_TO)
        return min(told, default=None)

    @property
    def accounts(self) -> tuple[UUID, ...]:
        """Who is named to handle it."""
        return _left(self.path, "account", "named", "released")

    @property
    def desks(self) -> tuple[UUID, ...]:
        """The desks of a county that it was handed to and that are not done with it."""
        return _left(self.path, "desk", "handed", "returned")

    @property
    def is_to_report(self) -> bool:
        """Tell whether the law asks for a report that nobody noted yet."""
        return is_suspected(self.who) and self.reported_on is None

    def was_seen_alone(self, day: date) -> bool:
        """Tell whether the person had been spoken with alone by some day."""
        return any(step.kind == "seen_alone" and step.on <= day for step in self.path)


class Rests(NamedTuple):
    """What a step rests on: whether it is there on a day, and how it is refused where it is not."""

    code: str
    holds: Callable[[Standing, date], bool]


# What may follow, the likeliest first, and what it rests on: the page offers by it what the door takes by it.
MAY_FOLLOW = ("seen_alone", "told", "safe", "reported", "wish", "session", "agreed", "named", "released", "handed",
              "returned", "noted", "ended")  # fmt: skip
_ASKED = Rests("mediation_not_asked", lambda stands, day: stands.wants == "mediation")
RESTS_ON: Mapping[str, Rests] = {
    "wish": Rests("not_seen_alone", lambda stands, day: stands.was_seen_alone(day)),
    "session": _ASKED,
    "agreed": _ASKED,
    "released": Rests("not_named", lambda stands, day: bool(stands.accounts)),
    "returned": Rests("not_named", lambda stands, day: bool(stands.desks)),
}


def may_follow(stands: Standing, day: date) -> Iterator[str]:
    """Name the steps that are offered on a day, what is most needed first: the report of the same day before all."""
    if stands.is_to_report:
        yield "reported"
    for step in MAY_FOLLOW:
        rests = RESTS_ON.get(step)
        if (rests is None or rests.holds(stands, day)) and not (
            (step == "reported" and stands.is_to_report) or (step == "ended" and stands.is_ended)
        ):
            yield step


def _left(path: Sequence[Step], name: str, comes: str, goes: str) -> tuple[UUID, ...]:
    found: dict[UUID, None] = {}
    for step in path:
        one: UUID | None = getattr(step, name)
        if one is not None and step.kind == comes:
            found[one] = None
        elif one is not None and step.kind == goes:
            found.pop(one, None)
    return tuple(found)


def fold_protected(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of it into its rows. It gives no proof: what is owed about it is judged where it opens."""
    opened, stands = opening(thing, told), standing_of(thing, told)
    if opened is None or stands is None:
        return Posting()
    readers = [(log, None), *((desk, None) for desk in stands.desks), *((None, one) for one in stands.accounts)]
    return Posting([
        _row(log, thing, opened, stands),
        *(ProtectedStepRow(log, thing, n, *step) for n, step in enumerate(stands.path)),
        *(ProtectedReaderRow(log, thing, n, *reader) for n, reader in enumerate(readers)),
    ])  # fmt: skip


def standing_of(thing: UUID, told: Sequence[Told]) -> Standing | None:
    """Go through what was told; nothing while nobody told it."""
    opened = opening(thing, told)
    if opened is None or not isinstance(body := opened.words.body, ProtectedCase1):
        return None
    fact, words, _ = opened
    first = Step(fact.first, "opened", words.said.happened_on, fact.texts[0].said.author, body.who, words=body.summary)
    path, contact, how, phone = [first], body.contact, body.how or "", body.phone or ""
    for other in told:
        if other.first == fact.first or not other.speaks_of(thing):
            continue
        said = other.body
        assert isinstance(said, ProtectedStep1)
        path.append(_step(other, said))
        if said.contact:
            contact, how, phone = said.contact, said.how or "", said.phone or ""
    return Standing(tuple(path), body.who, contact, how, phone)


def _step(fact: Told, said: ProtectedStep1) -> Step:
    detail = " ".join(said.told_of) or said.to or said.wants or said.contact or ""
    return Step(
        fact.first, said.step, fact.last.said.happened_on, fact.texts[0].said.author, detail, said.account, said.desk,
        said.words or "",
    )  # fmt: skip


def is_suspected(who: str) -> bool:
    """Tell whether the law asks to report it on the same day: of a child, or of whoever can't help themselves."""
    return who in SUSPECTED_OF


def _row(log: UUID, thing: UUID, opened: Opening, stands: Standing) -> ProtectedRow:
    body = opened.words.body
    assert isinstance(body, ProtectedCase1)
    return ProtectedRow(
        log,
        thing,
        entry=opened.fact.first,
        who=body.who,
        crime=body.crime,
        contact=stands.contact,
        stage="ended" if stands.is_ended else "open",
        wants=stands.wants,
        reported_on=stands.reported_on,
        opened_on=stands.path[0].on,
        last_on=max(step.on for step in stands.path),
        summary=body.summary,
        name=body.name or "",
        how=stands.how,
        phone=stands.phone,
    )
