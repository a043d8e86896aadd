"""The fold of a case: how and where it is, its path, parties and what was agreed, whom it opens to, and its number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.case_steps import (
    CaseAgreement1,
    CaseConsent1,
    CaseHandover1,
    CaseHelp1,
    CasePerformance1,
    CaseReturnVisit1,
    CaseSession1,
    CaseSignature1,
    CaseStep1,
)
from concerto.journal.kinds.cases import Case1, CaseParty1, SpotSettlement1, category_of
from concerto.journal.kinds.cases import Party as PartySaid
from concerto.journal.opened import Opening, opening, seen
from concerto.journal.said import Posting, Said, Told, stored_in
from concerto.register.fields import fields, wordings_text
from concerto.rulebook.handshake import Held

from .calls import calls_waiting
from .states import Agreement, Item, Life, Mediator, Party, Step, live, settled_on_the_spot

NUMBER = re.compile(r"\((\d{4})\).+第(\d+)号")
NUMBERED = "case"  # under what name a number stands in `filed`


@stored_in("dispute_case", ("log", "id"))
class CaseRow(NamedTuple):
    """A row of `Case`."""

    log: UUID
    id: UUID
    entry: UUID
    unit: UUID
    number: str
    sort: str
    category: str
    source: str
    channel: str
    level: str
    difficulty: str
    difficulty_until: date | None
    procedure: str
    stage: str
    state: str
    outcome: str
    desk: UUID
    desk_state: str
    sent_to: UUID | None
    office: str
    sent_on: date | None
    mediator: UUID | None
    account: UUID | None
    brought_by: UUID
    lead: UUID | None
    opened_on: date
    accepted_on: date | None
    effect_on: date | None
    closed_on: date | None
    extended_to: date | None
    next_on: date | None
    last_due: date | None
    court: str
    parties: int
    items: int
    items_open: int
    steps: int
    last_on: date
    summary: str
    linked: str
    source_withdrawn: bool
    wordings: str


@stored_in("case_step")
class CaseStepRow(NamedTuple):
    """A row of `CaseStep`."""

    log: UUID
    id: UUID
    n: int
    entry: UUID
    kind: str
    on: date
    by: UUID
    desk: UUID
    party: UUID | None
    detail: str
    says: str
    names_day: date | None
    holder: UUID | None
    office: str
    of: UUID | None
    words: str


@stored_in("case_party")
class CasePartyRow(NamedTuple):
    """A row of `CaseParty`."""

    log: UUID
    id: UUID
    n: int
    party: UUID
    side: str
    sort: str
    minor: bool
    willing: str
    name: str
    represented_by: str
    phone: str
    called_on: date | None


@stored_in("case_item")
class CaseItemRow(NamedTuple):
    """A row of `CaseItem`."""

    log: UUID
    id: UUID
    n: int
    item: UUID
    who: UUID | None
    by: date | None
    amount: int | None
    how: str
    asked_on: date | None
    words: str


@stored_in("case_reader")
class CaseReaderRow(NamedTuple):
    """A row of `CaseReader`."""

    log: UUID
    id: UUID
    n: int
    desk: UUID | None
    account: UUID | None
    because: str
    opens: bool
    line: UUID | None


@stored_in("case_number", ("log", "id"))
class CaseNumberRow(NamedTuple):
    """A row of `CaseNumber`."""

    log: UUID
    id: UUID
    year: int
    serial: int
    number: str


def fold_case(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one case into its rows. Its number stays, whatever was taken back: none is given twice."""
    number = number_of(thing, told)
    numbers = [CaseNumberRow(log, thing, *_parsed(number), number)] if number else []
    opened, life = opening(thing, told), life_of(thing, told)
    if opened is None or life is None:
        return Posting(numbers)
    calls = calls_waiting(thing, told)
    rows = [
        _case(log, thing, opened, life, number, wordings_text(fields(thing, told))),
        *(_step_row(log, thing, n, step) for n, step in enumerate(life.path)),
        *(_party_row(log, thing, n, one, calls.get(one.id)) for n, one in enumerate(life.parties.values())),
        *(
            CaseItemRow(log, thing, n, one.item, one.who, one.by, one.amount, one.how, one.asked_on, one.what)
            for n, one in enumerate(life.items.values())
        ),
        *(
            CaseReaderRow(log, thing, n, one.unit, one.account, one.because, one.opens, one.line)
            for n, one in enumerate(life.readers())
        ),
    ]
    return Posting([*rows, *numbers])


def number_of(thing: UUID, told: Sequence[Told]) -> str:
    """Give the number that the door gave to what accepted a case, also where that was taken back."""
    given = (words.filed.numbers.get(NUMBERED, "") for fact in told for words in fact.texts if words.speaks_of(thing))
    return next(filter(None, given), "")


def _parsed(number: str) -> tuple[int, int]:
    found = NUMBER.fullmatch(number)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def life_of(thing: UUID, told: Sequence[Told]) -> Life | None:
    """Live through what was told of one case; nothing while nobody told it."""
    opened = opening(thing, told)
    if opened is None:
        return None
    began = _began(thing, opened)
    others, saw = [one for one in told if one.first != opened.fact.first], seen(thing, told)
    steps = (_step(thing, one) for one in others)
    return live(began, (step._replace(seen=saw[step.entry]) for step in steps if step))


def passed_on(life: Life, said: Said, body: CaseHandover1) -> Life:
    """Say how a case stands once it was passed on as an entry says that is not told of it yet."""
    step = Step("", said.happened_on, said.first, said.author, said.device, said.number, said.unit)
    return life.after(_of_handover(step, body))


def _began(thing: UUID, opened: Opening) -> Life:
    """Begin with what opened it."""
    fact, words, _ = opened
    body, said = words.body, words.said
    assert isinstance(body, Case1 | SpotSettlement1)
    who = (isinstance(body, Case1) and body.brought_by) or fact.texts[0].said.author
    first = Step(
        "opened", said.happened_on, fact.first, fact.texts[0].said.author, fact.texts[0].said.device,
        fact.texts[0].said.number, said.unit, words=body.summary if isinstance(body, Case1) else body.agreed,
    )  # fmt: skip
    channel, level = (body.channel, body.level) if isinstance(body, Case1) else ("people", "village")
    life = Life(
        Held(said.unit),
        body.sort,
        category_of(body.sort),
        channel,
        level,
        who,
        parties={one.id: one for one in _parties(body)},
    )
    if isinstance(body, SpotSettlement1):
        agreement = _spot_agreement(thing, body, said.happened_on)
        life = settled_on_the_spot(life, first, agreement)
        return life if body.mediator is None else _with_mediator(life, body, said.unit)
    return replace(
        life, path=(first,), difficulty=body.difficulty, difficulty_until=body.difficulty_until,
        linked=tuple(body.linked),
    )  # fmt: skip


def _spot_agreement(thing: UUID, body: SpotSettlement1, on: date) -> Agreement:
    """Read what was agreed on the spot: an agreement if somebody of the panel mediated and both sides wanted it."""
    items = (Item(body.item, body.agreed, None, body.until),) if body.item else ()
    form = "oral" if body.mediator and body.a.wanted and body.b.wanted else ""
    return Agreement(thing, form, (body.a.party, body.b.party), items, on)


def _with_mediator(life: Life, body: SpotSettlement1, desk: UUID) -> Life:
    assert body.mediator is not None
    return replace(life, named=Mediator(body.mediator, body.account, desk))


def _parties(body: Case1 | SpotSettlement1) -> Iterator[Party]:
    if isinstance(body, Case1):
        yield from map(_party, body.parties)
        return
    for side, one in (("a", body.a), ("b", body.b)):
        yield Party(one.party, side, one.name, one.sort)


def _party(said: PartySaid) -> Party:
    return Party(said.party, said.side, said.name, said.sort, said.minor, said.represented_by or "", said.phone or "")


def _step(thing: UUID, fact: Told) -> Step | None:
    """Read what one fact says happened to a case."""
    if not fact.speaks_of(thing):
        return None
    said, last, body = fact.texts[0].said, fact.last.said, fact.body
    step = Step("", last.happened_on, fact.first, said.author, said.device, said.number, last.unit)
    match body:
        case Case1():  # another case that was opened beside this one
            return step._replace(kind="linked", linked=(body.case,))
        case CaseParty1():
            return step._replace(kind="party", party=body.party.party, detail=body.party.side, who=_party(body.party))
        case CaseConsent1():
            return step._replace(
                kind="consent",
                party=body.party,
                detail=body.to,
                says=body.answer,
                names_day=body.until,
                line=body.mediator,
            )
        case CaseStep1():
            return _of_case_step(thing, step, body)
        case CaseSession1():
            return step._replace(kind="session", parties=tuple(body.there), names_day=body.next_on, words=body.record)
        case CaseAgreement1():
            return step._replace(kind="agreement", detail=body.form, of=body.agreement, words=body.facts or "",
                                 agreement=_agreed(body, last.happened_on))  # fmt: skip
        case CaseSignature1():
            return step._replace(
                kind="signature", detail=body.signed, of=body.agreement, party=body.party, line=body.member
            )
        case CasePerformance1():
            return step._replace(kind="performance", detail=body.how, of=body.item, words=body.words or "")
        case CaseReturnVisit1():
            return step._replace(kind="return_visit", words=body.words)
        case CaseHandover1():
            return _of_handover(step, body)
        case CaseHelp1():
            return step._replace(kind=f"help_{body.step}", to=body.to, names_day=body.by, words=body.words)
    return None


def _of_case_step(thing: UUID, step: Step, body: CaseStep1) -> Step:
    kind = body.how if body.step == "ended" and body.how else body.step
    detail = body.told_of or body.difficulty or body.conflict or " ".join(body.routes[:1])
    return step._replace(
        kind=kind, party=body.party, detail=detail, names_day=body.until, words=body.words or body.why or "",
        of=body.mediator, account=body.account, parties=tuple(body.parties),
        linked=tuple(case for case in (body.case, *body.linked) if case != thing) if body.linked else (),
    )  # fmt: skip


def _of_handover(step: Step, body: CaseHandover1) -> Step:
    kind = {"accepted": "received", "done": "done_there"}.get(body.step, body.step)
    return step._replace(
        kind=kind, to=body.to, office=body.office or "", channel=body.channel or "", level=body.level or "",
        detail=body.form or "", names_day=body.by, words=body.words or body.why or "",
    )  # fmt: skip


def _agreed(body: CaseAgreement1, on: date) -> Agreement:
    items = tuple(Item(one.item, one.what, one.who, one.by, one.amount) for one in body.items)
    return Agreement(
        body.agreement, body.form, tuple(body.parties), items, on, body.facts or "", may_be_confirmed=not body.settles
    )


def _case(log: UUID, thing: UUID, opened: Opening, life: Life, number: str, wordings: str) -> CaseRow:
    body, held = opened.words.body, life.held
    sent = [step.on for step in life.path if step.kind == "sent"]
    case = body if isinstance(body, Case1) else None
    mediator = life.mediator
    return CaseRow(
        log,
        thing,
        entry=opened.fact.first,
        unit=opened.words.said.unit,
        number=number,
        sort=life.sort,
        category=life.category,
        source=case.source if case else "asked",
        channel=life.channel,
        level=life.level,
        difficulty=life.difficulty,
        difficulty_until=life.difficulty_until,
        procedure=(case.procedure or "") if case else "",
        stage=life.stage,
        state=life.state,
        outcome=life.outcome,
        desk=life.desk,
        desk_state=held.last,
        sent_to=held.waits_for if isinstance(held.waits_for, UUID) else None,
        office=held.sending.office if held.sending else "",
        sent_on=sent[-1] if held.sending and sent else None,
        mediator=mediator.line if mediator else None,
        account=mediator.account if mediator else None,
        brought_by=life.brought_by,
        lead=case.lead if case else None,
        opened_on=life.path[0].on,
        accepted_on=life.accepted_on,
        effect_on=life.effect_on,
        closed_on=life.closed_on,
        extended_to=life.extended_to,
        next_on=life.next_on,
        last_due=life.last_due,
        court=life.court,
        parties=len(life.parties),
        items=len(life.items),
        items_open=sum(not one.how for one in life.items.values()),
        steps=len(life.path),
        last_on=max([step.on for step in life.path] + ([life.last_due] if life.last_due else [])),
        summary=life.path[0].words,
        linked=",".join(map(str, life.linked)),
        source_withdrawn=opened.source_withdrawn,
        wordings=wordings,
    )


def _step_row(log: UUID, thing: UUID, n: int, step: Step) -> CaseStepRow:
    return CaseStepRow(
        log,
        thing,
        n,
        entry=step.entry,
        kind=step.kind,
        on=step.on,
        by=step.by,
        desk=step.desk,
        party=step.party,
        detail=step.detail,
        says=step.says,
        names_day=step.names_day,
        holder=step.to,
        office=step.office,
        of=step.of,
        words=step.words,
    )


def _party_row(log: UUID, thing: UUID, n: int, one: Party, called_on: date | None) -> CasePartyRow:
    return CasePartyRow(
        log, thing, n, one.id, one.side, one.sort, one.minor, one.willing, one.name, one.represented_by, one.phone,
        called_on,
    )  # fmt: skip
