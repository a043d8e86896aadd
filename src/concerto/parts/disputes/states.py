"""The life of a case, from the first word to what follows: pure, told in steps, whatever order they came in.

What happened is never refused here: a step that moves nothing stands in the path all the same. `TURNS`, `MAY_FOLLOW`
and `STATE_OF` are data, so that a phone draws the same life.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from concerto.rulebook.handshake import Held, Pass
from concerto.rulebook.turns import in_turn

COMING = ("brought", "not_accepted")
OPEN = ("accepted", "willing", "talking", "agreed")
RESOLVED = ("in_effect", "between_themselves")
ENDED = ("not_settled", "withdrawn", "refused")
ENDINGS = ("between_themselves", *ENDED)  # how somebody who handles it says that it is over
STAGES = (*COMING, *OPEN, *RESOLVED, *ENDED)
STATES = ("open", "resolved", *ENDED)
# What is counted of a case that was accepted: of each stage one state, whatever follows.
STATE_OF: Mapping[str, str] = {
    **dict.fromkeys(OPEN, "open"), **dict.fromkeys(RESOLVED, "resolved"), **{one: one for one in ENDED},
}  # fmt: skip
# By each step, from which stages it leads to which; whatever is not here stays as it is.
TURNS: Mapping[str, Mapping[str, str]] = {
    "accepted": {"brought": "accepted"},
    "not_accepted": {"brought": "not_accepted"},
    "willing": {"accepted": "willing"},
    "unwilling": dict.fromkeys(("willing", "talking", "agreed"), "accepted"),
    "session": {"willing": "talking"},
    "agreement": dict.fromkeys(("willing", "talking", "agreed"), "agreed"),
    "in_effect": {"agreed": "in_effect"},
    "settled_on_the_spot": {"brought": "in_effect"},
    "settled_between_themselves": {"brought": "between_themselves"},
    "between_themselves": dict.fromkeys(OPEN, "between_themselves"),
    "not_settled": dict.fromkeys(OPEN, "not_settled"),
    "withdrawn": dict.fromkeys(("brought", *OPEN), "withdrawn"),
    "refused": dict.fromkeys(OPEN, "refused"),
}
# What may be done next in each stage, the likeliest first.
MAY_FOLLOW: Mapping[str, tuple[str, ...]] = {
    "brought": ("accept", "not-accept", "party", "hand", "end"),
    "accepted": ("consent", "tell", "mediator", "party", "session", "hand", "help", "weigh", "end"),
    "willing": ("session", "mediator", "tell", "agree", "consent", "party", "hand", "help", "weigh", "end"),
    "talking": ("session", "agree", "consent", "tell", "hand", "help", "mediator", "party", "weigh", "end"),
    "agreed": ("sign", "agree", "session", "tell", "end"),
    "in_effect": ("perform", "tell", "consent", "apply", "court", "visit"),
    "between_themselves": ("perform", "visit"),
    "not_accepted": ("tell",),
    **dict.fromkeys(ENDED, ("tell", "court")),  # a court that sent it is told how it ended
}
CONFIRMED_BY_NO_COURT = frozenset({"marriage_and_family"})
WINDOW = timedelta(days=30)  # in which both may apply to the court, counted from the day after the effect
WITH_CONSENT = frozenset({"delegated", "entrusted", "transferred"})  # such a handover is asked of each party
HANDSHAKE = {"sent": "sent", "received": "accepted", "returned": "returned", "done_there": "done",
             "taken_over": "taken_over"}  # fmt: skip
MOVES = ("sent", "received", "returned", "done_there")  # by which it comes to another desk, or back
# Within a day each device's own order stands, and what a decision rests on; else the natural one of the steps.
NATURAL = (
    "opened", "party", "linked", "sent", "taken_over", "received", "accepted", "not_accepted", "conflict", "mediator",
    "weighed", "told",
    "consent", "help_asked", "help_answered", "help_returned", "session", "agreement", "signature", "returned",
    "done_there", *ENDINGS, "performance", "applied", "confirmed", "not_confirmed",
    "result_returned", "return_visit",
)  # fmt: skip
FOLLOWS = ("willing", "unwilling", "extension_agreed", "extension_over", "in_effect", "told_to_each_side",
           "channel_changed")  # fmt: skip


class Item(NamedTuple):
    """One thing that was agreed, and how it was kept, when it was last asked."""

    item: UUID
    what: str = ""
    who: UUID | None = None
    by: date | None = None
    amount: int | None = None
    how: str = ""
    asked_on: date | None = None


class Agreement(NamedTuple):
    """What was agreed, by whom, on which day; `may_be_confirmed` by a court, as far as it says itself."""

    id: UUID
    form: str
    parties: tuple[UUID, ...]
    items: tuple[Item, ...]
    on: date
    facts: str = ""
    may_be_confirmed: bool = True


class Signature(NamedTuple):
    """One signature: whose, on which day; of the mediator and the seal by which line of the panel."""

    agreement: UUID
    signed: str
    party: UUID | None
    on: date
    line: UUID | None = None


class Step(NamedTuple):
    """One step as it was recorded: what, when, by whom, and what it names.

    `detail` says by its kind what was told, agreed, signed or asked; `of` which agreement, item or line of the panel;
    `line` who of the panel signed, or is accepted or not; `linked` which other cases it names.
    """

    kind: str
    on: date
    entry: UUID
    by: UUID
    device: UUID
    number: int
    desk: UUID
    party: UUID | None = None
    detail: str = ""
    names_day: date | None = None
    words: str = ""
    to: UUID | None = None
    office: str = ""
    of: UUID | None = None
    account: UUID | None = None
    says: str = ""
    channel: str = ""
    level: str = ""
    agreement: Agreement | None = None
    who: "Party | None" = None
    parties: tuple[UUID, ...] = ()
    seen: frozenset[UUID] = frozenset()
    line: UUID | None = None
    linked: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Party:
    """Somebody of a case: on which side, and what they said to each thing they were asked."""

    id: UUID
    side: str
    name: str = ""
    sort: str = "person"
    minor: bool = False
    represented_by: str = ""
    phone: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    until: date | None = None
    told: frozenset[str] = frozenset()

    @property
    def willing(self) -> str:
        """What they said to mediation: `agreed`, `refused`, or nothing yet."""
        return self.said.get("mediation", "")


class Move(NamedTuple):
    """Where a sending leads besides to another desk."""

    channel: str
    level: str


class Mediator(NamedTuple):
    """Who mediates: a line of the panel, an account if they sign in, named by which desk."""

    line: UUID
    account: UUID | None
    desk: UUID


class Reader(NamedTuple):
    """A desk or an account that the case opens to, or that only sees that it goes on, and why.

    `line` is that of the panel by which an account reads: as long as it runs.
    """

    unit: UUID | None
    account: UUID | None
    because: str
    opens: bool
    line: UUID | None = None


@dataclass(frozen=True)
class Life:
    """How a case stands after some steps."""

    held: Held
    sort: str
    category: str
    channel_first: str
    level_first: str
    brought_by: UUID
    parties: Mapping[UUID, Party] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    stage: str = "brought"
    accepted_on: date | None = None
    effect_on: date | None = None
    ended_on: date | None = None
    extended_to: date | None = None
    next_on: date | None = None
    difficulty: str = "simple"
    difficulty_until: date | None = None
    named: Mediator | None = None
    agreement: Agreement | None = None
    signatures: tuple[Signature, ...] = ()
    items: Mapping[UUID, Item] = field(default_factory=dict)
    helping: Mapping[UUID, date] = field(default_factory=dict)
    court: str = ""
    conflicts: frozenset[UUID] = frozenset()
    objections: frozenset[tuple[UUID, UUID]] = frozenset()
    linked: tuple[UUID, ...] = ()
    path: Sequence[Step] = ()

    # ------------------------------------------------------------ how it stands

    @property
    def state(self) -> str:
        """What is counted: one of `STATES` once it was accepted, else nothing."""
        return STATE_OF.get(self.stage, "") if self.accepted_on else ""

    @property
    def outcome(self) -> str:
        """How it came to its end, or nothing while it is open."""
        if self.stage == "in_effect" and self.agreement:
            return self.agreement.form
        return self.stage if self.stage in (*RESOLVED, *ENDED) else ""

    @property
    def desk(self) -> UUID:
        """The desk that has it: a case never has nobody."""
        assert isinstance(self.held.desk, UUID)
        return self.held.desk

    @property
    def mediator(self) -> Mediator | None:
        """Who mediates, as named by the desk that has it now, as long as nothing stands against them."""
        now = self.named
        return now if now and now.desk == self.desk and not self.stands_against(now.line) else None

    @property
    def asks_for_mediator(self) -> bool:
        """Tell whether nobody is named who mediates: the committee's register of oral agreements names them
        (人民调解口头协议登记表); another channel has its own people, who stand on no panel."""
        return self.channel == "people" and self.mediator is None

    def stands_against(self, line: UUID) -> str:
        """Give the code of what stands against somebody of the panel in this case, or nothing.

        They said themselves what ties them to it, or a party that takes part does not accept them.
        """
        if line in self.conflicts:
            return "mediator_has_a_conflict"
        objects = any((line, one.id) in self.objections for one in self.taking_part)
        return "mediator_not_accepted" if objects else ""

    @property
    def tied(self) -> frozenset[UUID]:
        """Name who mediated, or was to, and said themselves that they are tied to a side: whatever else they are posted
        as, this is not theirs. What another says of them ends that they mediate, and no more."""
        named = {step.of: step.account for step in self.path if step.kind == "mediator" and step.account}
        if self.named and self.named.account:
            named[self.named.line] = self.named.account
        said = (step for step in self.path if step.kind == "conflict")
        return frozenset(step.by for step in said if named.get(step.of) == step.by)

    @property
    def channel(self) -> str:
        """The channel it is in: where it was accepted last, else where it began."""
        return next((move.channel for move in self._moved() if move.channel), self.channel_first)

    @property
    def level(self) -> str:
        """The level it is at."""
        return next((move.level for move in self._moved() if move.level), self.level_first)

    def _moved(self) -> Iterator[Move]:
        for sending, move in zip(reversed(self.held.sendings), reversed(self.moves), strict=True):
            if sending.is_accepted:
                yield move

    @property
    def taking_part(self) -> list[Party]:
        """Those of both sides that did not refuse."""
        return [one for one in self.parties.values() if one.side in ("a", "b") and one.willing != "refused"]

    @property
    def both_sides(self) -> bool:
        """Tell whether each side has somebody left who takes part."""
        return {one.side for one in self.taking_part} == {"a", "b"}

    @property
    def all_agreed(self) -> bool:
        """Tell whether each side is there, and everybody who takes part wants mediation."""
        return self.both_sides and all(one.willing == "agreed" for one in self.taking_part)

    @property
    def is_refused(self) -> bool:
        """Tell whether everybody of a side refused: then it can only end."""
        sides = [[one for one in self.parties.values() if one.side == side] for side in ("a", "b")]
        return any(side and all(one.willing == "refused" for one in side) for side in sides)

    def agreed_to(self, what: str) -> bool:
        """Tell whether everybody who takes part said yes to one thing."""
        return bool(self.taking_part) and all(one.said.get(what) == "agreed" for one in self.taking_part)

    def may_agree(self, parties: Iterable[UUID]) -> bool:
        """Tell whether an agreement of these would stand: each wants mediation, and both sides are among them."""
        found = [self.parties.get(party) for party in parties]
        return all(one is not None and one.willing == "agreed" for one in found) and {"a", "b"} <= {
            one.side for one in found if one
        }

    @property
    def missing(self) -> list[tuple[str, UUID | None]]:
        """Name what a written agreement still lacks: whose signature, the mediator's, the seal."""
        if self.agreement is None or self.agreement.form != "written":
            return []
        there = {(one.signed, one.party) for one in self._signed()}
        wanted = [("party", party) for party in self.agreement.parties]
        return [one for one in (*wanted, ("mediator", None), ("seal", None)) if one not in there]

    def _signed(self) -> list[Signature]:
        """Give the signatures under the agreement, none from before its day."""
        now = self.agreement
        return [one for one in self.signatures if now and one.agreement == now.id and one.on >= now.on]

    def may_confirm(self, day: date) -> str:
        """Give the code of what forbids that both apply to the court on a day, or nothing."""
        if self.effect_on is None or self.agreement is None:
            return "not_in_effect"
        if self.category in CONFIRMED_BY_NO_COURT or not self.agreement.may_be_confirmed:
            return "confirmed_by_no_court"
        if self.agreement.form != "written":
            return "confirmed_in_writing_only"
        return "" if self.effect_on <= day <= self.effect_on + WINDOW else "confirmation_out_of_time"

    @property
    def last_due(self) -> date | None:
        """The last day by which something agreed is to be done."""
        return max((one.by for one in self.items.values() if one.by), default=None)

    @property
    def closed_on(self) -> date | None:
        """The day on which it came to its end."""
        return self.effect_on or self.ended_on

    def readers(self) -> list[Reader]:
        """Name whom it opens to, and who sees that it goes on: each desk once, an account by each reason it has.

        Whoever brought a case and mediates it follows it still when they mediate no more. To whom `conflict` names it
        opens by no desk of theirs.
        """
        mediates = self.mediator
        opens: list[tuple[object, str]] = [
            (self.desk, "desk"),
            (self.held.waits_for, "sent_to"),
            *((desk, "helping") for desk in self.helping),
        ]
        handed_on = (self.held.home, *(desk for one in self.held.sendings for desk in (one.sender, one.to)))
        kept: dict[UUID, Reader] = {}
        for desk, because in (*opens, *((desk, "sent_on") for desk in handed_on)):
            if isinstance(desk, UUID):
                kept.setdefault(desk, Reader(desk, None, because, opens=because != "sent_on"))
        tied = self.tied
        people = [
            *(Reader(None, account, "conflict", opens=False) for account in sorted(tied, key=str)),
            Reader(None, mediates.account if mediates else None, "mediator", opens=True,
                   line=mediates.line if mediates else None),
            Reader(None, _unit(self.held.taken_by), "taken_over", opens=True),
            Reader(None, self.brought_by, "brought", opens=False),
        ]  # fmt: skip
        keeps = (one for one in people if one.account and (one.because != "taken_over" or one.account not in tied))
        return [*kept.values(), *keeps]

    def reads_notes(self, side: str, author: UUID, reader: UUID) -> bool:
        """Tell whether somebody reads what one side said in confidence: who wrote it, or the mediator after them if
        everybody of that side agreed."""
        if reader == author:
            return True
        is_mediator = self.mediator is not None and self.mediator.account == reader
        whose = [one for one in self.parties.values() if one.side == side]
        return is_mediator and bool(whose) and all(one.said.get("notes") == "agreed" for one in whose)

    # ------------------------------------------------------------ one step more

    def after(self, step: Step) -> "Life":
        """Say how it stands after one more step, and what follows from it."""
        moved = replace(self._told(step), path=(*self.path, step))
        return moved._follow(self, step)

    def _told(self, step: Step) -> "Life":
        if step.kind in HANDSHAKE:
            return self._passed(step)
        told = TELLING.get(step.kind)
        return told(self, step) if told else self

    def _turned(self, kind: str, on: date) -> "Life":
        stage = TURNS.get(kind, {}).get(self.stage, self.stage)
        if stage == self.stage:
            return self
        ended = on if stage in (*ENDED, "not_accepted", "between_themselves") else self.ended_on
        accepted = on if stage == "accepted" and self.accepted_on is None else self.accepted_on
        return replace(self, stage=stage, ended_on=ended, accepted_on=accepted)

    def _passed(self, step: Step) -> "Life":
        had = len(self.held.sendings)
        now = self.held.after(Pass(HANDSHAKE[step.kind], step.desk, step.by, step.to, step.office))
        moves = self.moves[: len(now.sendings)]
        if len(now.sendings) > had:
            moves = (*moves, Move(step.channel, step.level))
        return replace(self, held=now, moves=moves)

    def _follow(self, before: "Life", step: Step) -> "Life":
        """Add what is nobody's entry: willing, an extension, an agreement in effect, told to each side."""
        now = self
        if now.stage == "accepted" and now.all_agreed:
            now = now._adds("willing", step)
        if now.stage in ("willing", "talking") and not now.all_agreed:
            now = now._adds("unwilling", step)
        if now.stage == "agreed" and not now.may_agree(now.agreement.parties if now.agreement else ()):
            now = replace(now._adds("unwilling", step), agreement=None, items={})
            now = now._adds("willing", step) if now.all_agreed else now
        if now.stage == "agreed" and not now.missing:
            now = now._in_effect(step)
        until = now._extension()
        if until != now.extended_to and now.state == "open":
            kind = "extension_agreed" if until else "extension_over"
            now = replace(now._adds(kind, step, names=until), extended_to=until)
        if now.agreement and now.stage == "in_effect" and now._each_told() and not before._each_told():
            now = now._adds("told_to_each_side", step)
        return now._adds("channel_changed", step) if now.channel != before.channel else now

    def _adds(self, kind: str, step: Step, *, names: date | None = None) -> "Life":
        added = Step(kind, step.on, step.entry, step.by, step.device, step.number, step.desk, names_day=names)
        return replace(self._turned(kind, step.on), path=(*self.path, added))

    def _in_effect(self, step: Step) -> "Life":
        assert self.agreement is not None
        days = [self.agreement.on, *(one.on for one in self._signed())] if self.agreement.form == "written" else []
        now = self._adds("in_effect", step)
        return replace(now, effect_on=max([self.agreement.on, *self._last_needed(days)]))

    def _last_needed(self, days: list[date]) -> list[date]:
        """Of several signatures of one hand the first counts; in effect it is on the latest of those."""
        first: dict[tuple[str, UUID | None], date] = {}
        for one in self._signed() if days else ():
            key = one.signed, one.party
            first[key] = min(first.get(key, one.on), one.on)
        return list(first.values())

    def _extension(self) -> date | None:
        """The day to which everybody who takes part agrees to put it off: of the last that each said, the earliest."""
        days = [one.until for one in self.taking_part if one.said.get("extension") == "agreed"]
        if not self.both_sides or len(days) < len(self.taking_part) or None in days:
            return None
        return min(day for day in days if day)

    def _each_told(self) -> bool:
        whose = self.agreement.parties if self.agreement else ()
        return bool(whose) and all("confirmation" in self.parties[one].told for one in whose if one in self.parties)


# ---------------------------------------------------------------- what each step tells


def _opened(life: Life, step: Step) -> Life:
    return life


def _party(life: Life, step: Step) -> Life:
    if step.who is None or step.who.id in life.parties:
        return life
    return replace(life, parties={**life.parties, step.who.id: step.who})


def _consent(life: Life, step: Step) -> Life:
    one = life.parties.get(step.party) if step.party else None
    if one is None:
        return life
    named = life.named.line if life.named else None
    about = step.line or named  # of a mediator it is said of who they mean
    if step.detail == "mediator" and about:
        objects = {(about, one.id)}
        objections = life.objections - objects if step.says == "agreed" else life.objections | objects
        life = replace(life, objections=frozenset(objections))
        if about != named:
            return life
    until = step.names_day if step.detail == "extension" else one.until
    said = replace(one, said={**one.said, step.detail: step.says}, until=until)
    return replace(life, parties={**life.parties, one.id: said})


def _told_of(life: Life, step: Step) -> Life:
    one = life.parties.get(step.party) if step.party else None
    if one is None:
        return life
    told = replace(one, told=one.told | {step.detail})
    return replace(life, parties={**life.parties, one.id: told})


def _mediator(life: Life, step: Step) -> Life:
    desk = life.held.speaks_for(step.desk)
    if step.of is None or desk != life.held.desk or not isinstance(desk, UUID):
        return life
    now = replace(life, named=Mediator(step.of, step.account, desk))
    if life.named and life.named.line == step.of:
        return now
    # what they said to another mediator is no answer to this one
    asked = {key: replace(one, said={to: says for to, says in one.said.items() if to != "mediator"})
             for key, one in life.parties.items()}  # fmt: skip
    return replace(now, parties=asked)


def _conflict(life: Life, step: Step) -> Life:
    return replace(life, conflicts=life.conflicts | {step.of}) if step.of else life


def _linked(life: Life, step: Step) -> Life:
    return replace(life, linked=tuple(dict.fromkeys((*life.linked, *step.linked))))


def _weighed(life: Life, step: Step) -> Life:
    return replace(life, difficulty=step.detail, difficulty_until=step.names_day)


def _session(life: Life, step: Step) -> Life:
    return replace(life._turned("session", step.on), next_on=step.names_day)


def _agreement(life: Life, step: Step) -> Life:
    said = step.agreement
    if said is None or not life.may_agree(said.parties):
        return life
    moved = life._turned("agreement", step.on)
    if moved.stage != "agreed":
        return life
    return replace(moved, agreement=said, items={one.item: one for one in said.items}, next_on=None)


def _signature(life: Life, step: Step) -> Life:
    if step.of is None:
        return life
    whose = step.party if step.detail == "party" else None
    signed = Signature(step.of, step.detail, whose, step.on, step.line)
    return replace(life, signatures=(*life.signatures, signed))


def _performance(life: Life, step: Step) -> Life:
    one = life.items.get(step.of) if step.of else None
    if one is None:
        return life
    return replace(life, items={**life.items, one.item: one._replace(how=step.detail, asked_on=step.on)})


def _court(life: Life, step: Step) -> Life:
    if step.kind == "applied":
        whole = life.agreement is not None and set(step.parties) == set(life.agreement.parties)
        return replace(life, court="applied") if whole and not life.may_confirm(step.on) else life
    return replace(life, court=step.kind) if life.court == "applied" else life


def _help(life: Life, step: Step) -> Life:
    if step.kind == "help_asked":
        return replace(life, helping={**life.helping, step.to: step.names_day}) if step.to and step.names_day else life
    return replace(life, helping={desk: by for desk, by in life.helping.items() if desk != step.desk})


def _turn(life: Life, step: Step) -> Life:
    if step.kind == "refused" and not life.is_refused:
        return life
    moved = life._turned(step.kind, step.on)
    # An agreement that lacks signatures is not what they settled in the end: nothing of it is owed.
    return replace(moved, agreement=None, items={}) if moved.stage == "between_themselves" != life.stage else moved


TELLING = {
    "opened": _opened, "party": _party, "consent": _consent, "told": _told_of, "mediator": _mediator,
    "conflict": _conflict, "linked": _linked,
    "weighed": _weighed, "session": _session, "agreement": _agreement, "signature": _signature,
    "performance": _performance, "help_asked": _help, "help_answered": _help, "help_returned": _help,
    **dict.fromkeys(("applied", "confirmed", "not_confirmed"), _court),
    **dict.fromkeys(("accepted", "not_accepted", *ENDINGS), _turn),
}  # fmt: skip


def live(began: Life, steps: Iterable[Step]) -> Life:
    """Live through the steps of a case in the order they happened."""
    life = began
    for step in in_turn(steps, NATURAL):
        life = life.after(step)
    return life


def settled_on_the_spot(began: Life, opened: Step, agreement: Agreement | None) -> Life:
    """Begin with what was settled where it arose: accepted and, with a mediator of the panel, agreed on one day."""
    kind = "settled_on_the_spot" if agreement and agreement.form else "settled_between_themselves"
    path = [opened, opened._replace(kind="accepted")]
    now = replace(began, accepted_on=opened.on)
    if kind == "settled_on_the_spot" and agreement:
        said = {one.id: replace(one, said={"mediation": "agreed"}) for one in began.parties.values()}
        now = replace(now, parties=said, agreement=agreement, effect_on=opened.on)
        path += [opened._replace(kind=one, detail="oral") for one in ("agreement", "in_effect")]
    else:
        path.append(opened._replace(kind="between_themselves"))
    items = {one.item: one for one in agreement.items} if agreement else {}
    return replace(now._turned(kind, opened.on), items=items, path=tuple(path))


def _unit(desk: object) -> UUID | None:
    return desk if isinstance(desk, UUID) else None
