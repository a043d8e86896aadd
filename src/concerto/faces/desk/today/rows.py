"""What is owed as rows of a page: one row for what one record settles, with its words, its day and its form."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from concerto.faces.desk import shapes
from concerto.faces.desk.drawing import FIVE, Mark
from concerto.faces.desk.five import CLEFS, LEDGERS, STATES
from concerto.papers.mechanism import tongue_read
from concerto.papers.standing.words import quarter_words
from concerto.papers.standing.workplace import Workplace
from concerto.rulebook.duty import Duty, Edition, Measure, Unit
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.period import ONE_DAY, Every, Period
from concerto.rulebook.standing import Line, Verdict
from concerto.rulebook.terms import terms

BRANCH_FORMS = {"heart_talk": "desk:talk-new", "study": "desk:study-new", "home_lesson": "desk:study-new"}
MEETINGS = frozenset({"members_meeting", "committee_meeting", "group_meeting"})
MADE_UP = frozenset({"desk:visit-new", "desk:study-new", "desk:meeting-new"})  # forms that ask for which turn it counts
MARKS = {Verdict.OPEN: Mark.OPEN, Verdict.MISSED: Mark.MISSED, Verdict.WAIVED: Mark.WAIVED}


def mark_of(line: Line) -> str:
    """Give the mark that a line is drawn with; what is not owed has none."""
    if line.verdict is Verdict.MET:
        return Mark.LATE if line.late else Mark.MET
    return MARKS.get(line.verdict, "")


@dataclass(frozen=True)
class Names:
    """What this reader calls units, groups and households."""

    units: Mapping[UUID, str]
    groups: Mapping[UUID, str]
    houses: Mapping[UUID, str]
    several: bool = False  # whether the reader's lines lie in more than one unit

    def of(self, line: Line) -> str:
        """Say about whom or where a line is: a household, a group, else the unit it lies in."""
        about = line.about if isinstance(line.about, UUID) else None
        return self.houses.get(about, "") or self.groups.get(about, "") if about else ""

    def unit(self, line: Line) -> str:
        """Name the unit it lies in."""
        return self.units.get(line.unit, "")  # type: ignore[arg-type]  # the ids of units are keys here


@dataclass(frozen=True)
class Owed:
    """What one record settles: a line, or several that are due on the same day about the same."""

    lines: tuple[Line, ...]
    place: Workplace
    names: Names
    form: "Form"
    is_household: bool

    def named(self, names: Names) -> "Owed":
        """Give the row with the names its reader may know."""
        return replace(self, names=names)

    @cached_property
    def address(self) -> str:
        """The address of its form; of hundreds of rows only those shown have theirs made."""
        return self.form.address

    @property
    def line(self) -> Line:
        """The first of them, which gives the row its name."""
        return self.lines[0]

    @property
    def duty(self) -> Duty:
        return self.place.mechanism.duties[self.line.duty]

    @property
    def part(self) -> str:
        return self.duty.part

    @property
    def mark(self) -> str:
        return mark_of(self.line)

    @cached_property
    def title(self) -> str:
        """What is to be done, and with whom."""
        whom = self.names.of(self.line)
        title = self.duty.title[tongue_read()]
        return gettext("{what}: {name}").format(what=title, name=whom) if whom else title

    @property
    def meta(self) -> str:
        """The turn, how far it has come, and where it lies."""
        told = [turn_words(self.line.period), self._so_far(), self._where(), self._besides()]
        return pgettext("clause", ", ").join(words for words in told if words)

    def sign(self) -> SafeString:
        """Draw its part's sign and its mark, and say them."""
        return _sign(self.mark, self.part, get_language() or "")

    def reasons(self) -> SafeString:
        """Link to where it is said why, for each of its lines."""
        duties, colon = self.place.mechanism.duties, pgettext("clause", ": ")
        links: list[str] = [
            format_html('{}<span class="hidden">{}{}</span>', pgettext("duty", "Why"), colon, self.title)
        ]
        links += [gettext("Why: %(what)s") % {"what": duties[o.duty].title[tongue_read()]} for o in self.lines[1:]]
        addresses = [why_address(line) for line in self.lines]
        return format_html_join("", '<a class="why" href="{}">{}</a>', zip(addresses, links, strict=True))

    @property
    def is_missed(self) -> bool:
        return self.line.verdict is Verdict.MISSED

    @property
    def is_today(self) -> bool:
        return self.line.due == self.place.asof and not self.is_missed

    @property
    def due_words(self) -> str:
        """The due day, and whether it is one for certain."""
        if self.is_today:
            return gettext("today")
        said = day_words(self.line.due, self.place.asof)
        return gettext("{day} (provisional)").format(day=said) if self.line.provisional else said

    @property
    def left_words(self) -> str:
        """How long is left, in working days where the duty counts so; for what was missed, until when it can be made
        good."""
        if self.is_missed:
            last = self.place.last_day(self.line)
            if last == date.max:
                return gettext("over its day, to be answered still")
            return gettext("missed; can be made good until {day}").format(day=day_words(last, self.place.asof))
        if self.is_today:
            return gettext("not recorded yet")
        if self._edition.within is not None and self._edition.within.unit is Unit.WORKING_DAYS:
            n = working_days_left(self.place, self.line.due)
            return ngettext("{n} working day left", "{n} working days left", n).format(n=n)
        n = (self.line.due - self.place.asof).days
        return ngettext("{n} day left", "{n} days left", n).format(n=n)

    @property
    def _edition(self) -> Edition:
        edition = self.duty.in_force(self.line.period.first)
        assert edition is not None
        return edition

    def _so_far(self) -> str:
        return so_far(self.line, self._edition)

    def _where(self) -> str:
        return self.names.unit(self.line) if self.names.several and not self.is_household else ""

    def _besides(self) -> str:
        others = [self.place.mechanism.duties[line.duty].title[tongue_read()] for line in self.lines[1:]]
        if not others:
            return ""
        listed = pgettext("list", ", ").join(others)
        return gettext("the same record settles: {others}").format(others=listed)


@lru_cache(maxsize=256)  # a list draws the same few on every line
def _sign(mark: str, part: str, _language: str) -> SafeString:
    said = f"{STATES[Mark(mark)]}{pgettext('clause', ', ')}{LEDGERS[FIVE[FIVE.index(part)]]}"
    clef = format_html('<span class="clef on-{}" aria-hidden="true">{}</span>', part, CLEFS[FIVE[FIVE.index(part)]])
    return format_html('{}{}<span class="hidden">{}</span>', clef, shapes.mark(Mark(mark), part), said)


def so_far(line: Line, edition: Edition) -> str:
    """Say how far it has come, where one record is not enough."""
    if line.by.sort == "branch" and line.about == line.unit and line.because.due[0].code == "members":
        n = line.need - line.have
        return ngettext("{n} member still to come", "{n} members still to come", n).format(n=n) if n > 0 else ""
    if line.need <= 1:
        return ""
    words = {
        Measure.TIMES: gettext("{have} of {need} times"),
        Measure.MINUTES: gettext("{have} of {need} minutes"),
        Measure.CLASS_HOURS: gettext("{have} of {need} class hours"),
    }[edition.measure]
    return words.format(have=line.have, need=line.need)


def working_days_left(place: Workplace, due: date) -> int:
    """Count the working days from tomorrow to the due day."""
    days, day, n = place.mechanism.days, place.asof, 0
    while day < due:
        day += ONE_DAY
        n += days.is_working(day)
    return n


def day_words(day: date, asof: date) -> str:
    """Say a day, with its year where it is not this one."""
    return _said(day, "MONTH_DAY_FORMAT" if day.year == asof.year else "DATE_FORMAT", get_language() or "")


@lru_cache(maxsize=512)  # of a list's rows most are due on one of a few days
def _said(day: date, how: str, _language: str) -> str:
    return date_format(day, how)


def turn_words(period: Period) -> str:
    """Say which turn it is: a week by its Monday, a month, a quarter, a year; an answer by the day it began."""
    if period.every is Every.MONTH:
        return _said(period.last, "YEAR_MONTH_FORMAT", get_language() or "")
    if period.every is Every.YEAR:
        return pgettext("turn", "the year {year}").format(year=period.last.year)
    if period.every is Every.QUARTER:
        return pgettext("turn", "quarter {n} of {year}").format(n=quarter_words(period), year=period.last.year)
    said = _said(period.first, "DATE_FORMAT", get_language() or "")
    if period.every is Every.WEEK:
        return pgettext("turn", "the week of {day}").format(day=said)
    return pgettext("turn", "asked on {day}").format(day=said)


def why_address(line: Line) -> str:
    """Give the address of the page that says why: ids alone, no name."""
    turn = line.period.name.replace("/", "..")
    return (
        _pattern("desk:why", line.duty, *STANDS_FOR, turn).replace(OTHER, str(line.about)).replace(ONE, str(line.by.id))
    )


ONE, OTHER = STANDS_FOR = (str(UUID(int=1)), str(UUID(int=2)))  # in the addresses that hundreds of rows have alike


def _address(name: str, *about: Any) -> str:
    """Give the address of a page about one thing, or about none."""
    return _pattern(name, *STANDS_FOR[: len(about)]).replace(ONE, "".join(str(one) for one in about))


@lru_cache(maxsize=512)
def _pattern(name: str, *args: str) -> str:
    return reverse(name, args=args)


def owed_rows(place: Workplace, lines: Iterable[Line], names: Names) -> list[Owed]:
    """Put together what one record settles, soonest first."""
    together: dict[tuple[object, ...], list[Line]] = {}
    forms: dict[tuple[object, ...], Form] = {}
    several: dict[tuple[str, date], bool] = {}
    for line in lines:
        asked = line.duty, line.period.first
        if asked not in several:
            several[asked] = settles_several(place.mechanism, line)
        form = _form_of(place.mechanism, line)
        alone = "" if form.name and several[asked] else line.duty
        group = line.about, line.due, line.verdict, form, alone
        forms[group] = form
        together.setdefault(group, []).append(line)
    return [
        Owed(tuple(_in_order(some)), place, names, forms[group], is_about_a_household(place.mechanism, some[0]))
        for group, some in together.items()
    ]


def settles_several(mechanism: Mechanism, line: Line) -> bool:
    """Tell whether one record of its form settles other lines too: a call on a household, a meeting."""
    edition = mechanism.duties[line.duty].in_force(line.period.first)
    kinds = edition.proven_by[:1] if edition else ()
    return is_about_a_household(mechanism, line) or any(terms().proofs[kind].record in MEETINGS for kind in kinds)


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """What the record is called after comes first: calling on somebody before what is asked there."""
    return sorted(lines, key=lambda line: (line.duty != "four-ones-visit", line.duty))


def is_about_a_household(mechanism: Mechanism, line: Line) -> bool:
    """Tell whether a line is about one household."""
    subject = terms().subjects.get(mechanism.duties[line.duty].about)
    return subject is not None and "household" in subject.of


class Form(NamedTuple):
    """The form whose record settles a line; nameless where none does yet."""

    name: str = ""
    about: tuple[Any, ...] = ()
    counts_for: str = ""
    group: Any = ""  # whose meeting it is

    @property
    def address(self) -> str:
        """Where it is opened, with the group that meets, and the turn it is for where that is not that of its day."""
        address = _address(self.name, *self.about) if self.name else ""
        asked = {"group": self.group, "counts_for": self.counts_for}
        query = "&".join(f"{name}={given}" for name, given in asked.items() if given)
        return f"{address}?{query}" if query else address


def form_address(mechanism: Mechanism, line: Line) -> str:
    """Give the address of the form whose record settles a line; nothing where none does yet."""
    return _form_of(mechanism, line).address


def _form_of(mechanism: Mechanism, line: Line) -> Form:
    """What was missed opens it with its own turn proposed: else the record would count for that of its day."""
    form = _form_of_its_day(mechanism, line)
    is_late = line.verdict is Verdict.MISSED and form.name in MADE_UP
    if is_late and line.period.every in (Every.MONTH, Every.QUARTER):
        return form._replace(counts_for=line.period.name)
    return form


def _form_of_its_day(mechanism: Mechanism, line: Line) -> Form:
    edition = mechanism.duties[line.duty].in_force(line.period.first)
    kind = edition.proven_by[0] if edition and edition.proven_by else ""
    proof = terms().proofs.get(kind)
    if proof is None or not proof.given:
        return NO_FORM
    if is_about_a_household(mechanism, line):
        return Form("desk:visit-new", (line.about,))
    if "meeting" in proof.of:  # study before and in a meeting is added to the meeting that is there
        return Form("desk:meeting-correct", (line.about,))
    if "person" in proof.of:
        return Form("desk:own-study-new")
    if proof.record in MEETINGS:
        return Form("desk:meeting-new", (line.unit,), group=line.about if proof.record == "group_meeting" else "")
    name = BRANCH_FORMS.get(kind) or BRANCH_FORMS.get(proof.record, "")
    return Form(name, (line.unit,)) if name else NO_FORM


NO_FORM = Form()


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    key: str
    title: str
    rows: Sequence[Owed]
    total: int


TITLES = ("missed_its_day", "today", "week", "month", "later", "makeable")


def by_day(rows: Sequence[Owed], shown: Sequence[Owed], asof: date) -> Iterator[Group]:
    """Group rows by how soon they are due; what was missed and can still be made good comes last."""
    monday = asof - ONE_DAY * asof.weekday()
    sunday = monday + 6 * ONE_DAY
    words = {
        "missed_its_day": gettext("Over their day"),
        "today": gettext("To do today"),
        "week": gettext("This week"),
        "month": gettext("By the end of the month"),
        "later": gettext("Later"),
        "makeable": gettext("Missed, and can still be made good"),
    }

    def key(row: Owed) -> str:
        if row.is_missed:
            return "missed_its_day" if row.place.last_day(row.line) == date.max else "makeable"
        due = row.line.due
        if due <= asof:
            return "today"
        if due <= sunday:
            return "week"
        return "month" if (due.year, due.month) == (asof.year, asof.month) else "later"

    totals = Counter(key(row) for row in rows)
    by_key: dict[str, list[Owed]] = {}
    for row in shown:
        by_key.setdefault(key(row), []).append(row)
    for name in TITLES:
        if name in by_key:
            yield Group(name, words[name], by_key[name], totals[name])


def in_turn(rows: Iterable[Owed]) -> list[Owed]:
    """Order rows soonest first; what was missed comes behind, the latest turn first."""
    return sorted(rows, key=lambda row: (row.is_missed, row.line.due, row.part, row.line.duty, str(row.line.about)))
