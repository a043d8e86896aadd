"""How everyone stands: each debt of a year, judged from facts alone, with the reasons for each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from .clocks import ROUND, Clock, answered, clocks, due_because, in_window, reached
from .duty import Duty, Edition, Measure, Unit
from .facts import Facts, Id, Proof, Waiver, Wish
from .mechanism import Mechanism
from .owing import Debt, Owner, Spans, debts, spans_of
from .period import Period
from .tally import Hour, Reason, Tally, weigh
from .terms import terms
from .wishes import answers


class Verdict(StrEnum):
    """How a debt stands."""

    MET = "met"
    OPEN = "open"
    MISSED = "missed"
    WAIVED = "waived"
    NOT_OWED = "not_owed"


class Because(NamedTuple):
    """Why: what makes it due or not, what counted, and what did not."""

    due: tuple[Reason, ...] = ()
    counted: tuple[Reason, ...] = ()
    not_counted: tuple[Reason, ...] = ()


NO_REASON = Because()
ANY_HOUR = Hour()  # of what is not measured in hours


@dataclass(frozen=True, kw_only=True)
class Line:
    """One debt, and how it stands. `unit` is where it lies; `private` ones are for their person alone."""

    duty: str
    by: Owner
    about: Id
    unit: Id
    period: Period
    verdict: Verdict
    late: bool
    due: date
    have: int
    need: int
    proof: tuple[Id, ...] = ()
    because: Because = NO_REASON
    provisional: bool = False
    private: bool = False

    def of(self, about: Id) -> "Line":
        """Give the same line about another subject: they stand alike by the hundred, and are copied, not judged."""
        return self.but(about=about)

    def but(self, **others: object) -> "Line":
        """Give the same line with other values: `replace` would go through every field by itself, a thousand times."""
        other = object.__new__(Line)
        vars(other).update(vars(self), **others)
        return other


def judged(
    *, have: int, in_time: int, need: int, over: bool, owed: bool = True, waived: bool = False
) -> tuple[Verdict, bool]:
    """Judge one debt by numbers alone, as a database counts them: the verdict, and whether it was met late.

    >>> judged(have=1, in_time=0, need=1, over=True)
    (<Verdict.MET: 'met'>, True)
    """
    if not owed:
        return Verdict.NOT_OWED, False
    if have >= need:
        return Verdict.MET, in_time < need
    if waived:
        return Verdict.WAIVED, False
    return (Verdict.MISSED if over else Verdict.OPEN), False


def standing(
    mechanism: Mechanism,
    facts: Facts,
    *,
    asof: date,
    between: tuple[date, date] | None = None,
    due: tuple[date, date] | None = None,
    each_member: bool = False,
    still: bool = False,
) -> list[Line]:
    """List how every debt stands on a day: all periods begun, all responses opened or due, in that day's year.

    `between` takes other days than the year's; `due` keeps of these what is due between two days, and judges nothing
    else; `still` leaves out the periods for which no record can count any more, rounds that are over, and answers that
    were given or that nobody waits for.
    Debts about members are one line a branch, unless `each_member` asks for one each. The order of the facts changes
    nothing.
    """
    first, last = between or (date(asof.year, 1, 1), date(asof.year, 12, 31))
    proofs: dict[Id, list[Proof]] = defaultdict(list)
    for proof in facts.proofs:
        proofs[proof.about].append(proof)
    wishes: dict[Id, list[Wish]] = defaultdict(list)
    for wish in facts.wishes:
        wishes[wish.household].append(wish)
    found: list[Line] = []
    every: dict[tuple[str, str], Spans] = {}
    for duty in mechanism.duties.values():
        spans: Spans = {}
        if any(edition.every for edition in duty.editions):  # duties of one owner about the same have the same subjects
            spans = every[duty.about, duty.owed_by] = every.get((duty.about, duty.owed_by)) or spans_of(duty, facts)
        lines = [
            *_periodic(duty, mechanism, facts, (proofs, wishes), spans, (first, asof), due or ALWAYS, still=still),
            *_matters(duty, mechanism, facts, proofs, asof, due or ALWAYS, still=still),
        ]
        lines = [line for line in lines if first <= line.period.first <= last or first <= line.due <= last]
        subject = terms().subjects[duty.about]
        found += gathered(lines, asof=asof) if subject.member and not each_member else lines
    return soonest_first(found)


def soonest_first(lines: Iterable[Line]) -> list[Line]:
    """Order lines by their due day, then by what they are about, in one way whatever order they come in."""
    return sorted(lines, key=lambda line: (line.due, line.duty, str(line.by), str(line.about), line.period))


def can_be_met(period: Period, edition: Edition, asof: date) -> bool:
    """Tell whether a record of this day can count for a period: it runs, or its grace does."""
    return asof <= period.later(edition.grace).last


def last_day_for(line: Line, mechanism: Mechanism) -> date:
    """Return the last day on which a record may still count; an overdue answer still answers, but for a window."""
    edition = mechanism.duties[line.duty].in_force(line.period.first)
    if edition is not None and line.period.every is not None:
        return line.period.later(edition.grace).last
    is_window = edition is not None and edition.within is not None and edition.within.unit is Unit.WINDOW
    return line.due if is_window else date.max


def open_to(lines: Iterable[Line], reader: Id | None) -> list[Line]:
    """Leave out the private lines of anybody but this reader; boards, papers and exports pass nobody."""
    return [line for line in lines if not line.private or (reader is not None and line.by.id == reader)]


Proofs = Mapping[Id, Sequence[Proof]]
Days = tuple[date, date]
ALWAYS: Days = (date.min, date.max)


def _periodic(
    duty: Duty,
    mechanism: Mechanism,
    facts: Facts,
    told: tuple[Proofs, Mapping[Id, Sequence[Wish]]],
    spans: Spans,
    begun: Days,
    due: Days,
    *,
    still: bool,
) -> Iterator[Line]:
    (first, asof), (proofs, wishes) = begun, told
    for period, edition in duty.periods(asof) if spans else ():
        if period.first < first or not due[0] <= period.last <= due[1]:
            continue
        if still and not can_be_met(period, edition, asof):
            continue
        hour = _hour(mechanism, edition, period.first)
        for debt in debts(duty, spans, first=period.first, last=min(period.last, asof)):
            known = proofs.get(debt.about, ())
            if debt.about in wishes:
                known = (*known, *answers(wishes[debt.about], edition, period, asof=asof))
            tally = weigh(known, edition, period, asof=asof, hour=hour)
            yield line_of(duty, debt, edition, period, tally, facts, asof=asof, due=period.last)


def _matters(
    duty: Duty, mechanism: Mechanism, facts: Facts, proofs: Proofs, asof: date, due: Days, *, still: bool
) -> Iterator[Line]:
    if not any(edition.within for edition in duty.editions):
        return
    a_round = not terms().subjects[duty.about].matter
    for matter in facts.matters:
        if (ROUND if a_round else duty.about) not in matter.subjects:
            continue
        for clock in clocks(duty, matter, mechanism.days, asof=asof):
            if not due[0] <= clock.due.on <= due[1] or (still and a_round and clock.due.on < asof):
                continue
            hour = _hour(mechanism, clock.edition, clock.start.on)
            if a_round:
                yield from _round(duty, clock, facts, proofs, asof, hour)
                continue
            tally = answered(clock, proofs.get(clock.matter.id, ()), asof=asof, hour=hour)
            if not still or (clock.ended is None and not reached(tally, clock)):
                yield _answer(duty, clock, tally, facts, asof)


def _answer(duty: Duty, clock: Clock, tally: Tally, facts: Facts, asof: date) -> Line:
    debt = Debt(clock.owner(duty), clock.matter.id, clock.matter.unit, "there_on_both_days")
    return response_of(duty, clock, debt, tally, facts, asof=asof)


def _round(duty: Duty, clock: Clock, facts: Facts, proofs: Proofs, asof: date, hour: Hour) -> Iterator[Line]:
    """A round asks for every subject of its units, or of those under them, that was there on its first and last day.

    It may cover several units, each told as a matter of the same name: who moves from one to another is asked for once.
    """
    under = _under(clock.matter.unit, facts)
    covered = set().union(*(_under(told.unit, facts) for told in facts.matters if told.id == clock.matter.id))
    every = spans_of(duty, facts)
    spans = {key: here for key, some in every.items() if (here := [span for span in some if span.unit in covered])}
    last = min(clock.due.on, asof)
    for debt in debts(duty, spans, first=clock.start.on, last=last):
        if debt.unit in under:
            tally = in_window(clock, proofs.get(debt.about, ()), asof=asof, hour=hour)
            yield response_of(duty, clock, debt, tally, facts, asof=asof)


def _under(unit: Id, facts: Facts) -> set[Id]:
    return {unit} | {told.id for told in facts.units if told.township == unit}


def response_of(duty: Duty, clock: Clock, debt: Debt, tally: Tally, facts: Facts, *, asof: date) -> Line:
    """Judge one answer that a clock asks for."""
    period = Period(clock.start.on, clock.due.on)
    line = line_of(duty, debt, clock.edition, period, tally, facts, asof=asof, due=clock.due.on)
    because = line.because._replace(due=(*due_because(clock), *line.because.due))
    line = line.but(because=because, provisional=clock.due.provisional)
    if line.verdict in (Verdict.MET, Verdict.NOT_OWED) or clock.ended is None:
        return line
    code, step = clock.ended
    because = because._replace(due=(*because.due, Reason(code, step.entry, step.on, step.kind)))
    return line.but(verdict=Verdict.NOT_OWED, because=because)


def line_of(
    duty: Duty, debt: Debt, edition: Edition, period: Period, tally: Tally, facts: Facts, *, asof: date, due: date
) -> Line:
    """Judge one debt by what was done for it; of the facts only the waivers are asked."""
    waiver = _waived(duty, debt, period, facts, asof)
    verdict, late = judged(
        have=tally.have,
        in_time=tally.in_time,
        need=edition.need,
        over=asof > due,
        owed=debt.owed,
        waived=waiver is not None,
    )
    why = _why(debt.why, edition.since, edition.source)
    if waiver and verdict is Verdict.WAIVED:
        why = (*why, Reason("waived", waiver.entry, waiver.granted_on, waiver.reason))
    return Line(
        duty=duty.id,
        by=debt.by,
        about=debt.about,
        unit=debt.unit,
        period=period,
        verdict=verdict,
        late=late,
        due=due,
        have=tally.have,
        need=edition.need,
        proof=tally.proof,
        because=Because(why, tally.counted, tally.not_counted),
        private=duty.private,
    )


@lru_cache(maxsize=1024)  # debts by the hundred are owed for the same reasons
def _why(code: str, since: date, source: str) -> tuple[Reason, ...]:
    return Reason(code), Reason("edition_in_force", None, since, source)


def _waived(duty: Duty, debt: Debt, period: Period, facts: Facts, asof: date) -> Waiver | None:
    for waiver in facts.waived.get((duty.id, period.name), ()) if facts.waivers else ():
        if waiver.granted_on <= asof and waiver.by in (None, debt.by.id) and waiver.about in (None, debt.about):
            return waiver
    return None


def gathered(lines: Iterable[Line], *, asof: date) -> list[Line]:
    """Put the lines about members together, one a branch: have are the members done, need the members owing."""
    together: dict[tuple[str, Id, Period], list[Line]] = defaultdict(list)
    for line in lines:
        together[line.duty, line.unit, line.period].append(line)
    return [_together(some, asof) for some in together.values()]


def _together(lines: Sequence[Line], asof: date) -> Line:
    """Nobody is named: which members are owing is on each one's own card."""
    some = lines[0]
    owing = [line for line in lines if line.verdict in (Verdict.MET, Verdict.OPEN, Verdict.MISSED)]
    met = [line for line in owing if line.verdict is Verdict.MET]
    waived = any(line.verdict is Verdict.WAIVED for line in lines)
    verdict, late = judged(
        have=len(met),
        in_time=sum(not line.late for line in met),
        need=len(owing),
        over=asof > some.due,
        owed=bool(owing) or waived,
    )
    if not owing and waived:
        verdict = Verdict.WAIVED
    edition = [reason for reason in some.because.due if reason.code == "edition_in_force"]
    return replace(
        some,
        by=Owner("branch", some.unit),
        about=some.unit,
        verdict=verdict,
        late=late,
        have=len(met),
        need=len(owing),
        proof=tuple(sorted({entry for line in met for entry in line.proof}, key=str)),
        because=Because((Reason("members", said=f"{len(met)}/{len(owing)}"), *edition)),
    )


def _hour(mechanism: Mechanism, edition: Edition, day: date) -> Hour:
    """Look a class hour up only where hours are counted: most debts are judged by times."""
    return hour_on(mechanism, day) if edition.measure is Measure.CLASS_HOURS else ANY_HOUR


def hour_on(mechanism: Mechanism, day: date) -> Hour:
    """Return what a class hour is for a period that begins on a day."""
    return Hour(mechanism.value("class_hour", day), mechanism.value("class_hours_a_day", day))
