"""Why something is owed: what makes it due, what was counted, what was not, each with its record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.frame import CARD_READERS, POSTED, READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.today.forms import form_address, is_about_a_household, why_address
from concerto.faces.desk.today.needs import needs_asked, needs_named
from concerto.faces.desk.today.rows import Names
from concerto.faces.desk.today.words import day_words, mark_of, so_far, turn_words
from concerto.journal.models import Entry
from concerto.papers import duty_words
from concerto.papers.board.leaving import still_counts
from concerto.papers.mechanism import tongue_read
from concerto.papers.naming import houses_named
from concerto.papers.standing.near_misses import near_misses
from concerto.papers.standing.needs import NEED
from concerto.papers.standing.words import VERDICTS, reason_words, worth_telling
from concerto.papers.standing.workplace import turns_of
from concerto.places.models import Unit
from concerto.places.sight import Role, Sight
from concerto.register.models import Household, Posting, Waiver
from concerto.register.search import log_of
from concerto.rulebook.duty import Duty, Edition
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.standing import Line, Verdict
from concerto.rulebook.tally import Reason
from concerto.rulebook.terms import terms

COUNTS = {
    "counted": pgettext_lazy("record", "counts"),
    "counted_late": pgettext_lazy("record", "counts, late"),
}
NOT = pgettext_lazy("record", "does not count")
WHY_NOT = {
    "counted_late": _("It says that it counts for this turn."),
    "withdrawn": _("It was withdrawn."),
    "proves_something_else": _("It proves something else."),
    "nobody_was_there": _("All whom it names say that they were not there."),
    "made_by_somebody_else": _("Somebody else made it than the duty asks for."),
    "counts_for_another": _("It says that it counts for an earlier turn."),
    "after_the_grace": _("It came after the time to make up for this turn."),
    "nobody_was_met": _("Nobody was met. It is kept all the same."),
    "change_was_not_asked": _("Whether anything had changed was not asked."),
    "half_was_absent": _("Half of those who should have been there were absent."),
    "outside_the_period": _("It lies outside of this turn."),
}
ANSWERING = (Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK)  # the offices that answer, the usual one first
OPENING = frozenset({"edition_in_force"})


@dataclass(frozen=True)
class Weighed:
    """One record that was looked at: its day, whether it counts, and why not."""

    on: date | None
    counts: Any
    why: Any
    entry: UUID | None
    number: str


@open_to(*POSTED)
def why(request: SignedIn, duty: str, owner: UUID, about: UUID, turn: str) -> HttpResponse:
    """Say why a line stands as it does, to those who see it and to those who look after its unit."""
    sight, day = request.sight, Day(request.sight)
    units = _units(sight, owner, about)
    if units is None or sight.log is None:
        raise Http404
    name = turn.replace("..", "/")
    try:
        mechanism, lines = _turns(sight, duty, owner, about, name, units)
    except ValueError:
        raise Http404 from None
    own = [line for line in lines if (line.by.id, line.about) == (owner, about)]
    line = next((line for line in own if line.period.name == name), None)
    if line is None or not day.tells(mechanism, line):
        raise Http404
    return render(request, "desk/today/why.html", _context(request, day, mechanism, own, line))


def _units(sight: Sight, owner: UUID, about: UUID) -> set[UUID] | None:
    """Name the units to read; nothing where the reader has nothing to do with the line."""
    if owner == sight.account:
        return set(sight.units)
    if owner not in sight.units:
        return None
    near = Unit.objects.filter(log=log_of(sight), id=owner).values_list("village", flat=True).first()
    return {owner} | ({near} if near else set())


def _turns(
    sight: Sight, duty: str, owner: UUID, about: UUID, name: str, units: set[UUID]
) -> tuple[Mechanism, list[Line]]:
    assert sight.log is not None
    house = about if Household.objects.filter(log=sight.log, id=about).exists() else None
    return turns_of(sight.log, sight.day, reader=sight.account, duty=duty, period=name, units=units, household=house)


def _context(request: SignedIn, day: Day, mechanism: Mechanism, own: list[Line], line: Line) -> dict[str, Any]:
    duty, sight = mechanism.duties[line.duty], request.sight
    edition = duty.in_force(line.period.first)
    is_house = is_about_a_household(mechanism, line)
    need = needs_asked([line.about], day.log) if duty.about == NEED else {}
    wanted = {line.about} if is_house and isinstance(line.about, UUID) else {house for _sort, house in need.values()}
    named = houses_named(sight, wanted) if wanted else {}
    called = {key: one.name for key, one in named.items()}
    names = Names(day.units, day.groups, called, needs_named(need, called))
    asked = list(_asked(sight, line).order_by("asked_on", "id"))
    weighed = _weighed(sight, duty_of=line, nearly=near_misses(day.log, duty, line, asof=day.asof), is_house=is_house)
    return {
        "here": "today",
        "line": line,
        "part": duty.part,
        "title": duty.title[tongue_read()],
        "whom": names.of(line) or names.unit(line),
        "is_house": is_house and bool(named),
        "turn": turn_words(line.period),
        "mark": mark_of(line),
        "verdict": _verdict(line, day.asof),
        "advice": _advice(line, edition, day.asof),
        "form": form_address(mechanism, line) if _is_to_do(mechanism, line, day.asof) else "",
        "waiver": _waiver(sight, duty, line, asked),
        "asked": list(_asked_for(sight, line, asked)),
        "due": list(_due(line, day.asof)),
        "edition": edition,
        "since": date_format(edition.since, "DATE_FORMAT") if edition else "",
        "weighed": weighed,
        "of_members": terms().subjects[duty.about].member and line.about == line.unit,
        "is_above": _is_above(sight, line, is_house=is_house),
        "count": _count(line, edition),
        "year": [_Turn(one, turn_words(one.period), mark_of(one), VERDICTS[one.verdict]) for one in own],
        "minutes": _minutes(request, edition),
    }


def _is_to_do(mechanism: Mechanism, line: Line, asof: date) -> bool:
    """Tell whether a record of today can still settle it."""
    is_missed = line.verdict is Verdict.MISSED
    return line.verdict is Verdict.OPEN or (is_missed and still_counts(line, mechanism, asof))


@dataclass(frozen=True)
class _Turn:
    line: Line
    words: str
    mark: str
    verdict: Any

    @property
    def address(self) -> str:
        return why_address(self.line)


def _verdict(line: Line, asof: date) -> str:
    """Say how it stands, in one sentence."""
    due = day_words(line.due, asof)
    if line.verdict is Verdict.MET:
        return gettext("Done, late.") if line.late else gettext("Done.")
    if line.verdict is Verdict.OPEN:
        return gettext("Still to do, until {day}.").format(day=due)
    if line.verdict is Verdict.MISSED:
        return gettext("Missed: its last day was {day}.").format(day=due)
    return gettext("Let go for this turn.") if line.verdict is Verdict.WAIVED else gettext("Not owed this turn.")


def _advice(line: Line, edition: Edition | None, asof: date) -> str:
    """Say what would meet it."""
    if edition is None or line.verdict in (Verdict.MET, Verdict.NOT_OWED, Verdict.WAIVED):
        return ""
    return gettext("What counts: {ways}.").format(ways=duty_words.ways(edition))


def _due(line: Line, asof: date) -> Iterator[tuple[str, UUID | None]]:
    for reason in line.because.due:
        if reason.code not in OPENING:
            yield reason_words(reason, day_words(reason.on, asof) if reason.on else ""), _key(reason.entry)
    if line.provisional:
        yield gettext("the day is provisional: the days off of that year are not known yet"), None


def _is_above(sight: Sight, line: Line, *, is_house: bool) -> bool:
    """Above the village nobody is told which record was declined: there the records of a household have no link."""
    return is_house and line.unit not in sight.near


def _asked(sight: Sight, line: Line) -> Any:
    """Find what was asked of this very turn, as the door does: whoever may not read it may still not ask anew."""
    about = _key(line.about)
    return Waiver.objects.of_turn(
        log_of(sight), duty=line.duty, period=line.period.name, owed_by=line.by.id, about=about
    )


def _asked_for(sight: Sight, line: Line, asked: Iterable[Waiver]) -> Iterator[tuple[str, str]]:
    """Say that a request to let the turn go waits, or by which office and when the last one was refused."""
    if line.verdict is Verdict.WAIVED or not sight.has(*READERS):
        return
    read = [row for row in asked if row.unit in sight.units]
    refused = [(row, row.answered_on) for row in read if row.state == "refused" and row.answered_on]
    for row, on in refused[-1:]:
        held = Posting.objects.on(on).filter(log=row.log, account=row.answered_by, role__in=ANSWERING)
        role = min(held.values_list("role", flat=True), key=ANSWERING.index, default=ANSWERING[0])
        day = date_format(on, "DATE_FORMAT")
        words = gettext("It was asked that it be let go; refused by the {office} on {day}.")
        yield words.format(office=Role(role).label, day=day), reverse("desk:waiver", args=[row.id])
    for row in [row for row in read if row.state == "asked"][:1]:
        words = gettext("It was asked on {day} that it be let go; nobody has answered yet.")
        yield words.format(day=date_format(row.asked_on, "DATE_FORMAT")), reverse("desk:waiver", args=[row.id])


def _waiver(sight: Sight, duty: Duty, line: Line, asked: Iterable[Waiver]) -> str:
    """Give the way to ask that a turn be let go, to those who may; what somebody owes for themselves is not waived.

    It is asked once: again only after a refusal.
    """
    runs = line.verdict in (Verdict.OPEN, Verdict.MISSED) and line.period.every is not None
    if (
        not runs
        or duty.owed_by not in ("post", "branch")
        or line.by.id not in sight.units
        or not sight.has(*CARD_READERS)
        or any(row.state != "refused" for row in asked)
    ):
        return ""
    return reverse("desk:waiver-new", args=[line.duty, line.by.id, line.about, line.period.name])


def _weighed(sight: Sight, *, duty_of: Line, nearly: Iterable[Reason], is_house: bool) -> list[Weighed]:
    """List every record that was looked at, by its day. Of a household, above its village only those that count."""
    because, above = duty_of.because, _is_above(sight, duty_of, is_house=is_house)
    nearer = {reason.entry: reason for reason in (*worth_telling(because.not_counted), *nearly)}
    told = [*because.counted, *(() if above else nearer.values())]
    told.sort(key=lambda reason: (reason.on or date.min, str(reason.entry)))
    entries = {entry for reason in told if (entry := _key(reason.entry))}
    numbers = {} if above else dict(Entry.objects.seen_by(sight).filter(id__in=entries).values_list("id", "seq"))
    return [
        Weighed(
            reason.on,
            COUNTS.get(reason.code, NOT),
            WHY_NOT.get(reason.code, ""),
            _key(reason.entry) if reason.entry in numbers else None,
            _number(numbers, reason),
        )
        for reason in told
    ]


def _number(numbers: dict[UUID, int], reason: Reason) -> str:
    key = _key(reason.entry)
    return f"{numbers[key]:04d}" if key in numbers else ""


def _key(entry: Any) -> UUID | None:
    return entry if isinstance(entry, UUID) else None


def _count(line: Line, edition: Edition | None) -> str:
    more = so_far(line, edition) if edition else ""
    return more or gettext("{need} asked, {have} there").format(need=line.need, have=line.have)


def _minutes(request: SignedIn, edition: Edition | None) -> int:
    """Say what one record of it costs whoever sees this, as the mechanism has it."""
    if edition is None:
        return 0
    roles = {role.value for role in request.sight.roles}
    return next((n for who, n in edition.minutes.items() if who in roles or who == ""), 0)
