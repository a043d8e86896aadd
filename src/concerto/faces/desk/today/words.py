"""How a line is said and drawn wherever it stands: its mark, its turn, its day, how far it has come."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from concerto.faces.desk import shapes
from concerto.faces.desk.drawing import FIVE, Mark
from concerto.faces.desk.five import CLEFS, LEDGERS, STATES
from concerto.papers.standing.words import quarter_words
from concerto.rulebook.duty import Edition, Measure
from concerto.rulebook.period import Every, Period
from concerto.rulebook.standing import Line, Verdict

MARKS = {Verdict.OPEN: Mark.OPEN, Verdict.MISSED: Mark.MISSED, Verdict.WAIVED: Mark.WAIVED}


def mark_of(line: Line) -> str:
    """Give the mark that a line is drawn with; what is not owed has none."""
    if line.verdict is Verdict.MET:
        return Mark.LATE if line.late else Mark.MET
    return MARKS.get(line.verdict, "")


@lru_cache(maxsize=256)  # a list draws the same few on every line
def sign_of(mark: str, part: str, _language: str) -> SafeString:
    """Draw a part's sign and a mark, and say them."""
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


def day_words(day: date, asof: date) -> str:
    """Say a day, with its year where it is not this one."""
    return _said(day, "MONTH_DAY_FORMAT" if day.year == asof.year else "DATE_FORMAT", get_language() or "")


@lru_cache(maxsize=512)  # of a list's rows most are due on one of a few days
def _said(day: date, how: str, _language: str) -> str:
    return date_format(day, how)


def turn_words(period: Period) -> str:
    """Say which turn it is: a week by its Monday, a month, a quarter, a year; what follows an event by its day."""
    if period.every is Every.MONTH:
        return _said(period.last, "YEAR_MONTH_FORMAT", get_language() or "")
    if period.every is Every.YEAR:
        return pgettext("turn", "the year {year}").format(year=period.last.year)
    if period.every is Every.QUARTER:
        return pgettext("turn", "quarter {n} of {year}").format(n=quarter_words(period), year=period.last.year)
    said = _said(period.first, "DATE_FORMAT", get_language() or "")
    if period.every is Every.WEEK:
        return pgettext("turn", "the week of {day}").format(day=said)
    return pgettext("turn", "that of {day}").format(day=said)
