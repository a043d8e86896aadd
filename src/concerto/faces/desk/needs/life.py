"""The line of a need: five heads, from what was heard to the resident's word."""

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from concerto.faces.desk.drawing import Mark
from concerto.faces.desk.needs import words
from concerto.faces.desk.shapes import SHAPES
from concerto.faces.desk.today.words import day_words
from concerto.journal.kinds.words import word
from concerto.parts.assistance.states import REACHED

FIRST, APART, HEADS = 8, 44, 5
STOPPED = frozenset({"no_answer", "not_ours", "reopened"})


def life(state: str, *, is_late: bool = False) -> SafeString:
    """Draw how far a need is; a cross stands where it stopped, or where an answer is overdue."""
    reached = REACHED.get(state, 1)
    heads = []
    for at in range(HEADS):
        shape = Mark.MET if at < reached else Mark.OPEN
        if at == reached and (state in STOPPED or is_late):
            shape = Mark.MISSED
        heads.append(f'<g transform="translate({FIRST + APART * at} 9)">{SHAPES[shape]}</g>')
    end = FIRST + APART * (reached - 1)
    done = f'<path class="c-done" d="M{FIRST} 9H{end}"/>' if reached > 1 else ""
    said = gettext("{n} of 5 steps: {state}").format(n=reached, state=word(words.STATES, state))
    return format_html(
        '<svg class="life" viewBox="0 0 192 18" role="img" aria-label="{}"><path class="c-base" d="M8 9H184"/>{}</svg>',
        said,
        mark_safe(done + "".join(heads)),  # noqa: S308  # numbers and the fixed shapes alone
    )


def clock(first: date, due: date, asof: date) -> SafeString:
    """Draw how much of the time of an answer is gone: a bar up to its last day, dashed once that is over."""
    whole = max((due - first).days, 1)
    gone = min(max((asof - first).days, 0) / whole, 1)
    run = f'<path class="{"c-over" if asof > due else "c-run"}" d="M0 7H{round(160 * gone)}"/>' if gone else ""
    said = gettext("due {day}").format(day=day_words(due, asof))
    return format_html(
        '<svg class="clock" viewBox="0 0 162 14" role="img" aria-label="{}"><path class="c-base" d="M0 7H160"/>{}'
        '<path class="c-end" d="M160 1V13"/></svg>',
        said,
        mark_safe(run),  # noqa: S308  # numbers alone
    )
