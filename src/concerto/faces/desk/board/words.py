"""What boards say: how a duty stands, when a late record came and which turn it counts for, how many of how many."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy

from concerto.papers.board.year import Head
from concerto.papers.mechanism import tongue_read
from concerto.papers.standing.words import quarter_words
from concerto.rulebook.duty import Duty, Edition
from concerto.rulebook.period import Every, Period
from concerto.rulebook.standing import Line

STATES: dict[str, str | Promise] = {
    "met": pgettext_lazy("board", "done"),
    "open": pgettext_lazy("board", "owed"),
    "missed": pgettext_lazy("board", "missed"),
    "late": pgettext_lazy("board", "missed, made good later"),
    "nearly": pgettext_lazy("board", "done, or all but <5"),
    "few": pgettext_lazy("board", "under 5 households, not told"),
    "waived": pgettext_lazy("board", "waived"),
    "not_owed": pgettext_lazy("board", "not owed"),
}
EVERY: dict[Every, str | Promise] = {
    Every.WEEK: pgettext_lazy("board", "every week"),
    Every.MONTH: pgettext_lazy("board", "every month"),
    Every.QUARTER: pgettext_lazy("board", "every quarter"),
    Every.YEAR: pgettext_lazy("board", "every year"),
}


def title(duty: Duty) -> str:
    """Name a duty in the reader's language."""
    return duty.title[tongue_read()]


def how_often(edition: Edition | None) -> str:
    """Say how often a duty is owed; what is owed after an event is owed each time."""
    return str(EVERY[edition.every]) if edition and edition.every else pgettext("board", "each time")


def source(head: Head) -> str:
    """Name the source of the edition that judges a head."""
    edition = head.duty.in_force(head.period.first)
    return edition.source if edition else ""


def edition_of(head: Head) -> Edition | None:
    """Give the edition that judges a head."""
    return head.duty.in_force(head.period.first)


def month(number: int) -> str:
    """Name a month at the head of its column."""
    # Translators: a month by itself, as Django's date filter reads it
    return date_format(date(2000, number, 1), pgettext("month", "M"))


def month_day(day: date, *, year: int) -> str:
    """Say a day, with its year where it is another one."""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == year else "DATE_FORMAT")


def turn(period: Period, *, year: int) -> str:
    """Name the turn that a record counts for."""
    if period.every is Every.MONTH:
        pattern = "YEAR_MONTH_FORMAT" if period.last.year != year else pgettext("board month", "F")
        return date_format(period.last, pattern)
    if period.every is Every.QUARTER:
        return gettext("quarter {n} of {year}").format(n=quarter_words(period), year=period.last.year)
    if period.every is Every.YEAR:
        return gettext("the year {year}").format(year=period.last.year)
    first, last = (month_day(day, year=year) for day in (period.first, period.last))
    return first if period.first == period.last else gettext("{first} to {last}").format(first=first, last=last)


def line_words(line: Line, state: str, *, year: int) -> str:
    """Say how one line stands."""
    if state == "open":
        return gettext("owed until {day}").format(day=month_day(line.due, year=year))
    return str(STATES[state])


def several(states: list[str], let_go: Iterable[tuple[str, str]] = ()) -> str:
    """Say how many duties of a bar stand in each state, and of which some was let go, for those who do not see it."""
    told = [(state, states.count(state)) for state in STATES if state in states]
    if not told:
        return pgettext("board", "nothing owed")
    counted = ngettext("{n} duty", "{n} duties", len(states)).format(n=len(states))
    listed = pgettext("list", ", ").join(gettext("{n} {state}").format(n=n, state=STATES[state]) for state, n in told)
    said = gettext("{duties}: {states}").format(duties=counted, states=listed)
    besides = [gettext("{what}: {name}").format(what=title, name=waived) for title, waived in let_go]
    return gettext("; ").join((said, *besides))
