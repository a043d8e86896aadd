"""The fold of a need: its line in the ledger, how and with whom it is, its path step by step, and what it proves."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.needs import Handover1, Need1, NeedMerger1, NeedStep1, NeedWord1
from concerto.journal.kinds.taking_over import TakenOver1
from concerto.journal.kinds.visit import NeedHeard, Visit1
from concerto.journal.lines import numbered, start
from concerto.journal.opened import Opening, opening, part_of, seen
from concerto.journal.said import Posting, ProofRow, Told, stored_in
from concerto.register.fields import fields, wordings_text

from .posting import AssistanceRow
from .states import Life, Step, live

UNSAID_CLOCK = "request"  # what is heard on a visit, until whoever owns it says otherwise


@stored_in("need", ("log", "id"))
class NeedRow(NamedTuple):
    """A row of `Need`."""

    log: UUID
    id: UUID
    entry: UUID
    unit: UUID
    household: UUID
    sort: str
    clock: str
    words: str
    state: str
    is_open: bool
    owner: UUID | None
    desk_state: str
    holder: UUID | None
    sent_to: UUID | None
    office: str
    sent_on: date | None
    outcome: str
    opened_on: date
    told_on: date | None
    closed_on: date | None
    last_on: date
    steps: int
    askers: int
    called: UUID | None
    source_withdrawn: bool
    wordings: str


@stored_in("need_step")
class NeedStepRow(NamedTuple):
    """A row of `NeedStep`."""

    log: UUID
    id: UUID
    n: int
    entry: UUID
    kind: str
    on: date
    by: UUID
    detail: str
    names_day: date | None
    owner: UUID | None
    holder: UUID
    office: str
    asker: UUID
    household: UUID | None
    way: str
    words: str


def fold_need(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one need into its rows; a need that was spoken of again outlives its source."""
    opened = opening(thing, told)
    if opened is None:
        return Posting()
    need, life = _heard(thing, opened), life_of(thing, told)
    assert life is not None
    line = start(log, thing, opened.fact, kind="need", state=life.state, household=need.household)
    rows = [
        AssistanceRow(*line, need.sort, need.words, opened.source_withdrawn),
        _need(log, thing, opened, life, wordings_text(fields(thing, told))),
        *(_step_row(log, thing, n, step, life) for n, step in enumerate(life.path)),
    ]
    return Posting(rows, list(_proofs(life, told)))


def life_of(thing: UUID, told: Sequence[Told]) -> Life | None:
    """Live through what was told of one need; nothing while nobody told it."""
    opened = opening(thing, told)
    if opened is None:
        return None
    fact, words, _ = opened
    need = _heard(thing, opened)
    clock = words.body.clock if isinstance(words.body, Need1) else UNSAID_CLOCK
    first = _step("opened", fact, thing, clock=clock, words=need.words)
    others, saw = [one for one in told if one.first != fact.first], seen(thing, told)
    steps = (step._replace(seen=saw[one.first]) for one in others for step in _steps(thing, one))
    return live(words.said.unit, first._replace(on=words.said.happened_on), need.household, steps)


def _heard(thing: UUID, opened: Opening) -> NeedHeard | Need1:
    body = opened.words.body
    if isinstance(body, Visit1):
        heard: NeedHeard = part_of(body.needs, "need", thing)
        return heard
    assert isinstance(body, Need1)
    return body


def _steps(thing: UUID, fact: Told) -> Iterator[Step]:
    """Read what one fact says happened to a need."""
    body, kind = fact.body, ""
    if not fact.speaks_of(thing):
        return
    match body:
        case NeedStep1():
            kind = "interim_note" if body.told_of == "interim" else body.step
            named = frozenset([*body.helped_by, *([body.owner] if body.owner else [])])
            detail = body.told_of or body.outcome or body.route or ""
            yield _step(
                kind, fact, body.asker or thing, named=named, owner=body.owner, clock=body.clock or "",
                detail=detail, names_day=body.until, way=body.way or "", words=body.words or "",
            )  # fmt: skip
        case NeedWord1():
            own = body.through == "slip"
            yield _step(body.word, fact, body.asker or thing, way=body.through, words=body.words or "", own=own)
        case Handover1():
            kind = "done_there" if body.step == "done" else body.step
            yield _step(kind, fact, thing, to=body.to, office=body.office or "", words=body.words or "")
        case TakenOver1():
            yield _step("taken_over", fact, thing)
        case NeedMerger1() if body.gone == thing:
            yield _step("merged", fact, thing, into=body.stays)
        case NeedMerger1():
            yield _step("joined", fact, body.gone, brings={one.asker: one.household for one in body.askers})


def _step(  # what a step names is much; each is named where it is given
    kind: str,
    fact: Told,
    asker: UUID,
    *,
    named: frozenset[UUID] = frozenset(),
    owner: UUID | None = None,
    clock: str = "",
    detail: str = "",
    names_day: date | None = None,
    way: str = "",
    words: str = "",
    to: UUID | None = None,
    office: str = "",
    into: UUID | None = None,
    own: bool = False,
    brings: Mapping[UUID, UUID] | None = None,
) -> Step:
    """Make a step of a fact: numbered by the device of its first wording, dated by the last, done by all authors."""
    said, last = fact.texts[0].said, fact.last.said
    others = frozenset(words.said.author for words in fact.texts) - {said.author}
    return Step(
        kind, last.happened_on, fact.first, said.author, said.device, said.number, last.unit, asker, named | others,
        owner, clock, detail, names_day, way, words, to, office, into, own, brings or {},
    )  # fmt: skip


def _need(log: UUID, thing: UUID, opened: Opening, life: Life, wordings: str) -> NeedRow:
    need, held = _heard(thing, opened), life.held
    sent = [step.on for step in life.path if step.kind == "sent"]
    outcomes = [step.detail or step.kind for step in life.path if step.kind in ("done", "done_there")]
    return NeedRow(
        log,
        thing,
        entry=opened.fact.first,
        unit=opened.words.said.unit,
        household=need.household,
        sort=need.sort,
        clock=life.clock,
        words=need.words,
        state=life.state,
        is_open=life.is_open,
        owner=life.owner,
        desk_state=held.last,
        holder=_unit(held.desk) if held.desk != held.home else None,
        sent_to=_unit(held.waits_for),
        office=held.sending.office if held.sending else "",
        sent_on=sent[-1] if held.sending and sent else None,
        outcome=outcomes[-1] if outcomes else "",
        opened_on=life.path[0].on,
        told_on=life.told_on,
        closed_on=life.closed_on,
        last_on=max(day for step in life.path for day in (step.on, step.names_day) if day),
        steps=len(life.path),
        askers=len(life.askers),
        called=life.called,
        source_withdrawn=opened.source_withdrawn,
        wordings=wordings,
    )


def _unit(desk: UUID | str | None) -> UUID | None:
    return desk if isinstance(desk, UUID) else None


def _step_row(log: UUID, thing: UUID, n: int, step: Step, life: Life) -> NeedStepRow:
    asker = life.askers.get(step.asker)
    return NeedStepRow(
        log,
        thing,
        n,
        entry=step.entry,
        kind=step.kind,
        on=step.on,
        by=step.by,
        detail=step.detail,
        names_day=step.names_day,
        owner=step.owner,
        holder=step.to or step.into or step.desk,
        office=step.office,
        asker=step.asker,
        household=asker.household if asker else None,
        way=step.way,
        words=step.words,
    )


def _proofs(life: Life, told: Sequence[Told]) -> Iterator[ProofRow]:
    """Give for each household that said "yes", and to nobody who had a hand in it, that its need is confirmed."""
    if life.state == "not_ours":
        return
    facts = {fact.first: fact for fact in told}
    for asker in life.askers.values():
        if asker.word == "confirmed" and asker.word_entry:
            proven = numbered([facts[asker.word_entry]], [("need_confirmed", asker.household, 1)])
            yield from (proof for proof in proven if isinstance(proof, ProofRow))
