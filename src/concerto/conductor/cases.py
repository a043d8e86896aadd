"""What the door asks of cases: who handles one, and of decisions that they rest on what stands.

What happened (a consent, a session, something told, a signature, how an item was kept) is refused for no stage. The
number of a case is given here, under the lock of its log.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from concerto.groundwork import clock, database
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.kinds import CASE_KINDS
from concerto.journal.kinds.case_slips import CaseCall1, CaseSlip1
from concerto.journal.kinds.case_steps import (
    CaseAgreement1,
    CaseConsent1,
    CaseHandover1,
    CaseHelp1,
    CasePerformance1,
    CaseSession1,
    CaseSignature1,
    CaseStep1,
    OfCase,
)
from concerto.journal.kinds.cases import Case1, CaseParty1, Party, SpotSettlement1
from concerto.journal.opened import opening
from concerto.journal.said import Body, Said, Told, Wording
from concerto.parts.disputes.cases import NUMBERED, life_of, number_of, passed_on
from concerto.parts.disputes.states import COMING, ENDINGS, HANDSHAKE, MOVES, OPEN, WITH_CONSENT, Life
from concerto.places.models import UnitKind
from concerto.register.access import Authority
from concerto.register.holding import came, hands_for_cases, posted, working_days
from concerto.rulebook.handshake import Pass, why_not
from concerto.rulebook.unanswered import stands_since

from .sitting import Sitting

HANDED_TO = (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK, UnitKind.VILLAGE)
HELPED_BY = HANDED_TO
DECISIONS = ("accepted", "not_accepted", "agreement", *ENDINGS)
WORDS = ("words", "why", "record", "place", "interim", "facts", "summary", "hidden", "basis", "papers", "agreed")
_NAME = "SELECT name FROM log WHERE id = %s"
_LAST = "SELECT max(serial) FROM case_number WHERE log = %s AND year = %s"
_PANEL = (
    "SELECT unit, account, holds_seal FROM panel_member WHERE log = %s AND NOT source_withdrawn "
    "AND since <= %s AND (until IS NULL OR until >= %s) AND id IN (%in)"
)


class OnPanel(NamedTuple):
    """A line of the panel on a day: for which committee, whose account, and whether they hold its seal."""

    unit: UUID
    account: UUID | None
    holds_seal: bool


def check_case(
    said: Said, body: Body, at_door: Sitting, authority: Authority | None, restated: Sequence[Wording]
) -> None:
    """Let an entry on a case be recorded by who handles it, and a decision be taken where it rests on something."""
    if body.KIND not in CASE_KINDS:
        return
    if isinstance(body, Case1 | SpotSettlement1):
        _check_opening(said, body, at_door)
        _check_linked(said, _newly_linked(body, restated), body.case, at_door, authority)
        return
    assert isinstance(body, OfCase | CaseParty1)
    life = _life(body.case, at_door, but=said.first)
    _check_handler(said, body, life, at_door, authority)
    _check_linked(said, _newly_linked(body, restated), body.case, at_door, authority)
    if is_the_same(body, restated, on=said.happened_on):
        return
    _check_day(said, body, at_door)
    _check_named(body, life)
    check = CHECKS.get(type(body))
    if check is None:
        return
    check(said, body, life, at_door)
    if isinstance(body, CaseStep1 | CaseAgreement1):
        _check_its_day(said, body, life, at_door)


def _check_its_day(said: Said, body: CaseStep1 | CaseAgreement1, life: Life, at_door: Sitting) -> None:
    """A decision is of no day before the last one, and rests on what had happened by then: the fold would leave it."""
    last = max((step.on for step in life.path if step.kind in DECISIONS), default=None)
    decides = body.changes(body.case).keys() == {"state"}
    refuse(decides and last is not None and said.happened_on < last, "before_what_it_rests_on")
    then = _life(body.case, at_door, but=said.first, by=said.happened_on)
    try:
        CHECKS[type(body)](said, body, then, at_door)
    except (Refused, KeyError):  # a party may have joined later
        raise Refused("before_what_it_rests_on") from None


def case_number(said: Said, body: Body | None, at_door: Sitting) -> dict[str, str]:
    """Give the number that goes with accepting a case of the people's channel, or with bringing one that was accepted
    elsewhere into it; or nothing: a case has one for ever."""
    match body:
        case SpotSettlement1() | CaseStep1(step="accepted"):
            told = at_door.told(body.case)
            life = life_of(body.case, told)
        case CaseHandover1() if said.corrects is None:
            told = at_door.told(body.case)
            before = life_of(body.case, told)
            if before is None or before.state != "open":
                return {}
            life = passed_on(before, said, body)
        case _:
            return {}
    if number_of(body.case, told) or (life is not None and life.channel != "people"):
        return {}
    year = said.happened_on.year
    if year not in at_door.serials:
        [(last,)] = database.fetch(_LAST, [at_door.log, year])
        at_door.serials[year] = last or 0
    at_door.serials[year] += 1
    [(name,)] = database.fetch(_NAME, [at_door.log])
    return {NUMBERED: f"({year}){str(name)[:1]}人调字第{at_door.serials[year]}号"}


# ---------------------------------------------------------------- who, when, about whom


def _check_opening(said: Said, body: Case1 | SpotSettlement1, at_door: Sitting) -> None:
    refuse(at_door.units.get(said.unit) not in (UnitKind.VILLAGE, UnitKind.TOWNSHIP), "unknown_unit")
    if isinstance(body, Case1):
        refuse(any(_speaks_for_nobody(one) for one in body.parties), "minor_needs_representative")
    elif body.until is not None:
        refuse(body.until < said.happened_on, "due_before_agreed")
    if isinstance(body, SpotSettlement1) and body.mediator:
        refuse(not (body.a.wanted and body.b.wanted), "side_wanted_no_help")
        _check_mediator(body.mediator, body.account, said.happened_on, at_door)


def _newly_linked(body: Body, restated: Sequence[Wording]) -> list[UUID]:
    """Name the cases that an entry links and did not before: those it linked may be in other hands by now."""
    before = next((words.body for words in reversed(restated) if words.body is not None), None)
    known = before.linked if isinstance(before, Case1 | CaseStep1) else ()
    return [one for one in body.linked if one not in known] if isinstance(body, Case1 | CaseStep1) else []


def _check_linked(
    said: Said, linked: Sequence[UUID], case: UUID, at_door: Sitting, authority: Authority | None
) -> None:
    """Cases are handled together by who handles each of them."""
    for other in linked:
        refuse(other == case, "linked_with_itself")
        life = _life(other, at_door, but=said.first)
        may = authority is None or handles(life, said.author, authority, said.happened_on, at_door)
        refuse(not may, "not_its_handler")


def _check_handler(
    said: Said, body: OfCase | CaseParty1, life: Life, at_door: Sitting, authority: Authority | None
) -> None:
    """A case is handled by the desk that has it, its mediator, and who took it over; a desk that was sent it answers,
    and one that was asked for help."""
    if authority is None:
        return
    if isinstance(body, CaseHandover1):
        _check_who_passes(said, body, life, authority, at_door)
        return
    if isinstance(body, CaseSignature1) and _is_the_holders(said, body, at_door):
        return
    if isinstance(body, CaseHelp1) and body.step != "asked":
        serves = authority.handles_cases(said.happened_on, desk=said.unit)
        refuse(said.unit not in life.helping, "not_asked_for_help")
        refuse(not serves or said.author in life.tied, "not_its_handler")
        return
    refuse(not handles(life, said.author, authority, said.happened_on, at_door), "not_its_handler")


def _is_the_holders(said: Said, body: CaseSignature1, at_door: Sitting) -> bool:
    """Tell whether the seal is recorded by who holds it: that is theirs, whoever handles the case."""
    if body.signed != "seal" or body.member is None:
        return False
    return _on_panel(body.member, said.happened_on, at_door).account == said.author


def handles(life: Life, author: UUID, authority: Authority, day: date, at_door: Sitting | None = None) -> bool:
    """Tell whether somebody handles a case on a day: at its desk; its mediator, while their line of the panel runs;
    who took it over, while they are posted to where that is done; nobody who is tied to a side."""
    if author in life.tied:
        return False
    if authority.handles_cases(day, desk=life.desk):
        return True
    if life.held.taken_by == author and authority.acting_as(day, kind="taken_over", unit=authority.log) is not None:
        return True
    if life.mediator is None or life.mediator.account != author:
        return False
    return _line(life.mediator.line, day, authority.log, at_door) is not None


def _check_day(said: Said, body: OfCase | CaseParty1, at_door: Sitting) -> None:
    """Nothing happened in a case before anybody had told of it."""
    opened = opening(body.case, at_door.told(body.case))
    refuse(opened is not None and said.happened_on < opened.words.said.happened_on, "before_it_was_told")


def _check_named(body: OfCase | CaseParty1, life: Life) -> None:
    """Parties and items are those of this case."""
    if isinstance(body, CaseParty1):
        refuse(body.party.party in life.parties, "joined_already")
        refuse(_speaks_for_nobody(body.party), "minor_needs_representative")
        return
    refuse(not set(_parties(body)) <= life.parties.keys(), "not_of_this_case")
    refuse(isinstance(body, CasePerformance1) and body.item not in life.items, "not_of_this_case")


def _speaks_for_nobody(party: Party) -> bool:
    """Tell whether a minor is named, and nobody who speaks for them."""
    return party.minor and not party.represented_by


def _parties(body: OfCase) -> Iterator[UUID]:
    match body:
        case CaseConsent1() | CaseSlip1() | CaseCall1():
            yield body.party
        case CaseStep1() | CaseSignature1():
            yield from [body.party] if body.party else []
            yield from body.parties if isinstance(body, CaseStep1) else []
        case CaseSession1():
            yield from body.there
        case CaseAgreement1():
            yield from body.parties


# ---------------------------------------------------------------- what each rests on


def _check_consent(said: Said, body: CaseConsent1, life: Life, at_door: Sitting) -> None:
    party = life.parties[body.party]
    refuse(party.minor and body.by == "self", "minor_needs_representative")
    refuse(body.by == "representative" and not (party.minor or party.represented_by), "nobody_speaks_for_them")
    refuse(body.to == "extension" and body.answer == "agreed" and body.until is None, "extension_without_day")
    _check_names_no_day_before(said, body.until)


def _check_step(said: Said, body: CaseStep1, life: Life, at_door: Sitting) -> None:
    _check_names_no_day_before(said, body.until)
    match body.step:
        case "accepted" | "not_accepted":
            refuse(life.stage != "brought", "case_answered")
        case "mediator":
            refuse(life.stage not in (*COMING[:1], *OPEN), "case_closed")
            assert body.mediator is not None
            _check_mediator(body.mediator, body.account, said.happened_on, at_door)
            code = life.stands_against(body.mediator)
            refuse(bool(code), code)
        case "conflict":
            assert body.mediator is not None
            _on_panel(body.mediator, said.happened_on, at_door)
        case "ended":
            refuse(life.stage == "brought" and body.how != "withdrawn", "case_not_accepted")
            refuse(life.stage not in ("brought", *OPEN), "case_closed")
            refuse(body.how == "refused" and not life.is_refused, "nobody_refused")
        case "applied":
            code = life.may_confirm(said.happened_on)
            refuse(bool(code), code)
            assert life.agreement is not None
            refuse(set(body.parties) != set(life.agreement.parties), "not_jointly")
            _check_consents(body.parties, "confirmation", life)
        case "confirmed" | "not_confirmed":
            refuse(life.court != "applied", "not_applied")


def _check_agreement(said: Said, body: CaseAgreement1, life: Life, at_door: Sitting) -> None:
    refuse(life.stage in COMING, "case_not_accepted")
    refuse(life.stage not in OPEN, "case_closed")
    _check_consents(body.parties, "mediation", life)
    refuse(not life.may_agree(body.parties), "one_side_missing")
    refuse(not life.all_agreed, "consent_missing")
    refuse(body.form == "oral" and life.asks_for_mediator, "oral_without_mediator")
    refuse(any(one.who and one.who not in body.parties for one in body.items), "not_of_this_case")
    refuse(any(one.by and one.by < said.happened_on for one in body.items), "due_before_agreed")


def _check_consents(parties: Iterable[UUID], to: str, life: Life) -> None:
    refuse(any(life.parties[party].said.get(to) != "agreed" for party in parties), "consent_missing")


def _check_signature(said: Said, body: CaseSignature1, life: Life, at_door: Sitting) -> None:
    now = life.agreement
    refuse(now is None or now.id != body.agreement or now.form != "written", "no_such_agreement")
    assert now is not None
    refuse(said.happened_on < now.on, "signed_before_it_was_made")
    refuse(body.party is not None and body.party not in now.parties, "not_of_this_case")
    if body.member is None:
        return
    one = _on_panel(body.member, said.happened_on, at_door)
    near = one.unit in (life.desk, said.log)  # of the committee that has it, or the township's
    if body.signed == "seal":
        refuse(not (near and one.holds_seal and one.account in (None, said.author)), "seal_is_not_theirs")
        return
    named = life.mediator
    refuse(named is not None and named.line != body.member, "not_its_mediator")
    refuse(named is None and (not near or bool(life.stands_against(body.member))), "not_its_mediator")


def _check_mediator(line: UUID, account: UUID | None, day: date, at_door: Sitting) -> None:
    refuse(_on_panel(line, day, at_door).account != account, "not_on_the_panel")


def _on_panel(line: UUID, day: date, at_door: Sitting) -> OnPanel:
    """Say who a line of the panel is, as it stands on a day; or refuse it."""
    found = _line(line, day, at_door.log, at_door)
    if found is None:
        raise Refused("not_on_the_panel")
    return found


def _line(line: UUID, day: date, log: UUID, at_door: Sitting | None) -> OnPanel | None:
    """Give a line of the panel if it runs on a day, of this very batch where it was changed there."""
    if at_door is not None and at_door.things.get(line):
        rows = [(row.unit, row.account, row.holds_seal) for row in at_door.fold(line).rows if _runs(row, day)]
    else:
        rows = list(database.fetch_in(_PANEL, [log, day, day], [line]))
    if not rows:
        return None
    unit, account, holds_seal = rows[0]
    return OnPanel(database.to_uuid(unit), database.to_uuid(account) if account else None, bool(holds_seal))


def _runs(row: Any, day: date) -> bool:
    return not row.source_withdrawn and row.since <= day and (row.until is None or day <= row.until)


def _check_session(said: Said, body: CaseSession1, life: Life, at_door: Sitting) -> None:
    _check_names_no_day_before(said, body.next_on)


def _check_performance(said: Said, body: CasePerformance1, life: Life, at_door: Sitting) -> None:
    """What was agreed is kept from the day on that it was agreed, also where it is not in effect yet."""
    now = life.agreement
    refuse(now is not None and said.happened_on < now.on, "done_before_agreed")


def _check_names_no_day_before(said: Said, named: date | None) -> None:
    """What is still to come is of no day before the one on which it was said."""
    refuse(named is not None and named < said.happened_on, "names_a_day_before")


def _check_handover(said: Said, body: CaseHandover1, life: Life, at_door: Sitting) -> None:
    refuse(body.to is not None and at_door.units.get(body.to) not in HANDED_TO, "unknown_unit")
    refuse(body.step in ("sent", "taken_over") and life.stage not in ("brought", *OPEN), "case_closed")
    passed = [step.on for step in life.path if step.kind in HANDSHAKE]
    refuse(bool(passed) and said.happened_on < passed[-1], "before_what_it_follows")
    _check_names_no_day_before(said, body.by)
    if body.step == "taken_over":
        _check_taken_over(body.case, life, at_door)
        return
    code = why_not(life.held, Pass(body.step, life.held.speaks_for(said.unit), said.author, body.to, body.office or ""))
    refuse(bool(code), code)
    if body.form in WITH_CONSENT:
        refuse(not life.agreed_to("transfer"), "consent_missing")


def _check_who_passes(said: Said, body: CaseHandover1, life: Life, authority: Authority, at_door: Sitting) -> None:
    """Whoever passes a case on serves the desk that has it, or the one that it was sent to."""
    if body.step == "taken_over":
        may = authority.acting_as(said.happened_on, kind="taken_over", unit=said.log) is not None
        refuse(not may, "not_its_handler")
        refuse(said.author in life.tied, "mediator_has_a_conflict")
        return
    refuse(said.author in life.tied, "not_its_handler")
    if handles(life, said.author, authority, said.happened_on, at_door):
        return
    answers = life.held.sending.answers if life.held.sending else None
    serves = isinstance(answers, UUID) and authority.handles_cases(said.happened_on, desk=answers)
    refuse(not serves, "not_its_handler")


def _check_taken_over(case: UUID, life: Life, at_door: Sitting) -> None:
    """Let a case be taken over once, when the desk that has it or was sent it did not answer, or is nobody's; once
    more when who took it over is posted there no longer."""
    today, taken_by = clock.day_of(at_door.at), life.held.taken_by
    there = isinstance(taken_by, UUID) and posted(at_door.log, {taken_by}, today, kind="taken_over")
    refuse(bool(there), "taken_over_already")
    came_on, has_clock = _waits_since(life, {fact.first: fact for fact in at_door.told(case)})
    waits, mediates = life.held.waits_for, life.mediator
    desk = waits if isinstance(waits, UUID) else life.desk
    line = mediates.line if mediates and waits is None else None
    is_held = hands_for_cases(at_door.log, [desk], today).hold(desk, line, but=life.tied)
    since = stands_since(came_on, working_days(at_door.log), asof=today, is_held=is_held, has_clock=has_clock)
    refuse(since is None, "still_in_time")


def _waits_since(life: Life, told: Mapping[UUID, Told]) -> tuple[date, bool]:
    """Say since when a case is with the desk whose turn it is, and whether that desk has still to answer.

    Nobody leaves unanswered what did not come yet: what is typed of a day long ago came when it was brought.
    """
    moved = [step for step in life.path if step.kind in MOVES]
    last = moved[-1] if moved else life.path[0]
    came_on = came(last.on, told[last.entry].texts[0].filed.first_received_at)
    return came_on, life.stage == "brought" or life.held.waits_for is not None


def _check_help(said: Said, body: CaseHelp1, life: Life, at_door: Sitting) -> None:
    if body.step != "asked":
        refuse(said.happened_on < _asked_since(life, said.unit), "before_what_it_follows")
        return
    _check_names_no_day_before(said, body.by)
    refuse(life.stage not in ("brought", *OPEN), "case_closed")
    assert body.to is not None
    refuse(at_door.units.get(body.to) not in HELPED_BY or body.to == life.desk, "unknown_unit")
    refuse(body.to in life.helping, "asked_for_help_already")


def _asked_since(life: Life, desk: UUID) -> date:
    """Say on which day a desk was asked first for what it has not answered."""
    asked: list[date] = []
    for step in life.path:
        if step.kind == "help_asked" and step.to == desk:
            asked.append(step.on)
        elif step.kind in ("help_answered", "help_returned") and step.desk == desk:
            asked.clear()
    return asked[0] if asked else date.min


CHECKS: Mapping[type, Any] = {
    CaseConsent1: _check_consent,
    CaseStep1: _check_step,
    CaseSession1: _check_session,
    CaseAgreement1: _check_agreement,
    CasePerformance1: _check_performance,
    CaseSignature1: _check_signature,
    CaseHandover1: _check_handover,
    CaseHelp1: _check_help,
}


# ---------------------------------------------------------------- what stands


def _life(case: UUID, at_door: Sitting, *, but: UUID, by: date | None = None) -> Life:
    """Live through a case as it stands under the lock, without the entry that is judged, as far as some day."""
    told = [fact for fact in at_door.told(case) if fact.first != but]
    life = life_of(case, [fact for fact in told if by is None or fact.last.said.happened_on <= by])
    if life is None:
        raise Refused("no_such_case")
    return life


def is_the_same(body: Any, restated: Sequence[Wording], *, on: date) -> bool:
    """Tell whether a correction leaves everything but the words as it was: its day, too, is what others rest on."""
    before = next((words for words in reversed(restated) if words.body is not None), None)
    if before is None or before.said.happened_on != on:
        return False
    return type(before.body) is type(body) and _open(before.body) == _open(body)


def _open(body: Any) -> Any:
    told = msgspec.to_builtins(body)
    return {name: value for name, value in told.items() if name not in WORDS}
