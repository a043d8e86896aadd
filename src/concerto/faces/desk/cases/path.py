"""The path of a case on three lines: people's mediation, administrative, court. The words stand beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from concerto.faces.desk.drawing import Mark
from concerto.faces.desk.shapes import SHAPES
from concerto.faces.desk.today.words import day_words
from concerto.journal.kinds.case_words import CHANNEL_WORDS

LINES = ("people", "admin", "court")
FIRST, APART, TOP, GAP, END = 204, 98, 34, 34, 24
LEAST, MOST = 7, 9  # columns: a short path has room for what is to come, of a long one the last are drawn


@dataclass(frozen=True)
class Head:
    """One mark: on which line, on which day, called what; an open one is still to come."""

    line: str
    on: date
    words: str
    mark: Mark = Mark.MET


def three_lines(heads: Sequence[Head], today: date) -> SafeString:
    """Draw the heads in their order, a column for each, with the day below and a dashed line for today."""
    shown = list(heads)[-MOST:]
    width = FIRST + APART * max(len(shown), LEAST) + END
    y = {line: TOP + GAP * at for at, line in enumerate(LINES)}
    names = format_html_join(
        "", '<text class="t-strong" x="0" y="{}">{}</text>', ((y[line] + 5, CHANNEL_WORDS[line]) for line in LINES)
    )
    lines = "".join(f'<path class="s-line" d="M{FIRST - 20} {at}H{width}"/>' for at in y.values())
    at = [(FIRST + APART * n + APART / 2 - 20, y[head.line]) for n, head in enumerate(shown)]
    done = [point for point, head in zip(at, shown, strict=True) if head.mark is not Mark.OPEN]
    way = "".join(f"{'L' if n else 'M'}{x:g} {line:g}" for n, (x, line) in enumerate(done))
    drawn = "".join(
        f'<g class="on-disputes mark-g" transform="translate({x:g} {line:g})">{SHAPES[head.mark]}</g>'
        for (x, line), head in zip(at, shown, strict=True)
    )
    said = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text><text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (f"{x:g}", f"{line - 12:g}", head.words, f"{x:g}", y["court"] + 34, _day(shown, n, today))
            for n, ((x, line), head) in enumerate(zip(at, shown, strict=True))
        ),
    )
    return format_html(
        '<svg class="case-lines" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" aria-label="{2}">'
        "{3}{4}{5}</svg>",
        width,
        y["court"] + 42,
        gettext("The path on three lines; the same stands below in words"),
        names,
        mark_safe(f'{lines}<path class="s-way" d="{way}"/>{_today(shown, at, today, y["court"])}{drawn}'),  # noqa: S308
        said,
    )


def _day(heads: Sequence[Head], n: int, today: date) -> str:
    """Write a day once, however many heads share it."""
    if n and heads[n - 1].on == heads[n].on:
        return ""
    return day_words(heads[n].on, today)


def _today(heads: Sequence[Head], at: Sequence[tuple[float, float]], today: date, foot: int) -> str:
    behind = sum(1 for head in heads if head.on <= today and head.mark is not Mark.OPEN)
    x = FIRST + APART * behind - 20
    return f'<path class="s-today" d="M{x:g} 12V{foot + 16}"/>' if at else ""
