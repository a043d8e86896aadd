"""Cases in numbers: those that open to the reader by sort, source and level, the ways they went, the open ones by age.

Each drawing has its table beside it. No number here is a mediator's, and no village is set beside another.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext_lazy

from concerto.faces.desk.cases.board import HEADINGS, MEANS, figures, list_address
from concerto.faces.desk.frame import COUNTED_FOR, NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.journal.kinds.case_words import CHANNEL_WORDS, LEVEL_WORDS, SORT_WORDS, SOURCE_WORDS
from concerto.journal.kinds.words import Words, word
from concerto.papers.cases.numbers import (
    AGES,
    ALL,
    CELLS,
    OLDER,
    SETTLED,
    Counted,
    Table,
    numbers,
    numbers_by,
    of_year,
    statistics,
    years,
)

TITLES: dict[str, tuple[str | Promise, Words]] = {
    "category": (pgettext_lazy("cases by", "By what they are about"), SORT_WORDS),
    "source": (pgettext_lazy("cases by", "By where they came from"), SOURCE_WORDS),
    "level": (pgettext_lazy("cases by", "By level"), LEVEL_WORDS),
}
WIDE, ROW, TOP, SIDE = 860, 30, 30, 230  # the flow: its width, a row of words, where they begin, the room of a column
ROOM = 80  # half of what the name of a channel takes
BAR = 160
SETTLED_AS = ("written", "oral", "between_themselves")


@open_to(*COUNTED_FOR)
def show(request: SignedIn) -> HttpResponse:
    """Show the numbers of a year."""
    known = years(request.sight)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in known else known[0]
    counted = of_year(request.sight, year, by=True)
    told, found = numbers(counted), statistics(counted, request.sight.day)
    is_mine = told.is_whole and told.accepted == str(found.whole.all)
    every = {} if told.is_whole else numbers_by(counted)
    context = {
        "year": year,
        "years": list(known),
        "told": told,
        "figures": figures(told, opens=is_mine),
        "every": []
        if told.is_whole
        else [(title, _told(every.get(name), words)) for name, (title, words) in TITLES.items()],
        "lists": [(HEADINGS[name], list_address(year, name)) for name in (ALL, SETTLED, *CELLS)],
        "board": reverse("desk:cases") if request.sight.has(*NEED_READERS) else "",
        "means": [(HEADINGS[name], MEANS[name]) for name in HEADINGS],
        "mine": found.whole.all,
        "headings": [HEADINGS[name] for name in (SETTLED, *CELLS)],
        "tables": [(title, _rows(found.by[name], known_as, found.whole)) for name, (title, known_as) in TITLES.items()],
        "flow": _flow(found.ways) if found.ways else "",
        "ways": [(*_way(way), n) for way, n in sorted(found.ways.items(), key=lambda one: _order(one[0]))],
        "ages": _ages(found.ages) if any(found.ages.values()) else [],
        "here": "cases" if request.sight.has(*NEED_READERS) else "cases-numbers",
    }
    return render(request, "desk/cases/numbers.html", context)


def _rows(by: Mapping[str, Counted], known_as: Words, whole: Counted) -> list[tuple[str, list[str]]]:
    rows = [(word(known_as, value), _row(by[value])) for value in known_as if value in by]
    return [*rows, (gettext("All"), _row(whole))] if len(rows) > 1 else rows


def _row(one: Counted) -> list[str]:
    settled = sum(one.cells[name] for name in SETTLED_AS)
    return [str(one.all), str(settled), *(str(one.cells[name]) for name in CELLS), one.median]


def _told(table: Table | None, known_as: Words) -> list[tuple[str, str]]:
    """Give a table of all cases in words; nothing where a small number would follow from it."""
    return [(word(known_as, value), table[value]) for value in known_as if value in table] if table else []


def _way(way: tuple[str, str, str]) -> tuple[str, str, str]:
    source, channel, came_to = way
    return word(SOURCE_WORDS, source), word(CHANNEL_WORDS, channel), str(HEADINGS[came_to])


def _order(way: tuple[str, str, str]) -> tuple[int, int, int]:
    columns: tuple[Sequence[str], ...] = (list(SOURCE_WORDS), list(CHANNEL_WORDS), list(CELLS))
    source, channel, came_to = (list(names).index(code) for names, code in zip(columns, way, strict=True))
    return source, channel, came_to


def _flow(ways: Mapping[tuple[str, str, str], int]) -> SafeString:
    """Draw the ways from source through channel to outcome; a line is as thick as what went there is many."""
    columns: tuple[Sequence[str], ...] = (list(SOURCE_WORDS), list(CHANNEL_WORDS), list(CELLS))
    names = [[code for code in codes if any(way[at] == code for way in ways)] for at, codes in enumerate(columns)]
    x = (SIDE, WIDE // 2, WIDE - SIDE)
    most = max(sum(ways.values()), 1)
    lines = []
    for at in (0, 1):
        pairs: dict[tuple[str, str], int] = {}
        for way, n in ways.items():
            pairs[way[at], way[at + 1]] = pairs.get((way[at], way[at + 1]), 0) + n
        for (begin, end), n in pairs.items():
            y, to = (TOP + ROW * names[at + i].index(code) + 10 for i, code in enumerate((begin, end)))
            first, last = x[at] + (ROOM if at else 0), x[at + 1] - (ROOM if not at else 0)
            half = (first + last) // 2
            bend = f"M{first} {y}C{half} {y} {half} {to} {last} {to}"
            lines.append(f'<path class="flow" stroke-width="{1 + 11 * n / most:.1f}" d="{bend}"/>')
    height = TOP + ROW * max(len(column) for column in names)
    said = format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', _labels(names, x))
    return format_html(
        '<svg class="case-flow" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" aria-label="{2}">'
        "{3}{4}</svg>",
        WIDE,
        height,
        gettext("From where cases came, through which channel, to what; the table beside it says the same"),
        mark_safe("".join(lines)),  # noqa: S308  # numbers alone
        said,
    )


def _labels(names: Sequence[Sequence[str]], x: Sequence[int]) -> list[tuple[int, int, str, str]]:
    known: tuple[Any, ...] = (SOURCE_WORDS, CHANNEL_WORDS, HEADINGS)
    found = []
    for at, anchor in enumerate(("end", "middle", "start")):
        for n, code in enumerate(names[at]):
            shift = (-8, 0, 8)[at]
            found.append((x[at] + shift, TOP + ROW * n + 15, anchor, str(known[at][code])))
    return found


def _ages(ages: Mapping[int, int]) -> list[tuple[str, int, SafeString]]:
    """Say how many open cases are how old, each with a bar."""
    most = max([*ages.values(), 1])
    rows, before = [], 0
    for age, n in ages.items():
        bar = format_html(
            '<svg class="case-age" height="14" viewBox="0 0 {0} 14" preserveAspectRatio="none" aria-hidden="true">'
            '<path class="c-run" d="M0 7H{1}"/></svg>', BAR, round(BAR * n / most),
        )  # fmt: skip
        rows.append((_age_words(before, age), n, bar))
        before = age
    return rows


def _age_words(before: int, age: int) -> str:
    if age == OLDER:
        return gettext("more than {n} days").format(n=AGES[-1])
    if not before:
        return ngettext("up to {n} day", "up to {n} days", age).format(n=age)
    return gettext("{first} to {last} days").format(first=before + 1, last=age)
