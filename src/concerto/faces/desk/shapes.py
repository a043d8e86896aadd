"""The drawings themselves, as SVG: numbers and fixed paths go in, so there is nothing to escape."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .drawing import FIVE, LANE, Chord, Head, Mark, upright
from .five import chord_words
from .icons import ICONS

SHAPES: dict[Mark, str] = {
    Mark.MET: '<ellipse class="m-fill" rx="5.6" ry="3.9" transform="rotate(-20)"/>',
    Mark.OPEN: '<ellipse class="m-open" rx="5" ry="3.4" transform="rotate(-20)"/>',
    Mark.MISSED: '<path class="m-cross" d="M-4-4 4 4M4-4-4 4"/>',
    Mark.LATE: (
        '<path class="m-cross" d="M-13-3.5-6 3.5M-6-3.5-13 3.5"/><path class="m-thin" d="M-9-6c5-4 12-4 17 0"/>'
        '<ellipse class="m-fill" cx="9" rx="5.6" ry="3.9" transform="rotate(-20 9 0)"/>'
    ),
    Mark.WAIVED: '<path class="m-fill" d="M-6 0H6V4.5H-6z"/>',
    Mark.WAITING: (
        '<path class="m-wait" d="M4.8-1.5V-13"/><ellipse class="m-fill" rx="5.6" ry="3.9" transform="rotate(-20)"/>'
    ),
    Mark.WITHDRAWN: (
        '<ellipse class="m-faint" rx="4" ry="3" transform="rotate(-20)"/>'
        '<path class="m-thin" d="M-5.5-5c-2.5 3-2.5 7 0 10M5.5-5c2.5 3 2.5 7 0 10"/>'
    ),
    Mark.REFUSED: '<path class="m-open" d="M-4.5-4.5H4.5V4.5H-4.5z"/>',
    Mark.CLASH: (
        '<ellipse class="m-open" cx="4.5" rx="5" ry="3.4" transform="rotate(-20 4.5 0)"/>'
        '<ellipse class="m-fill" cx="-4" rx="5.4" ry="3.8" transform="rotate(-20 -4 0)"/>'
    ),
}
BOXES = {
    Mark.LATE: ("mark mark-wide", "-17 -9 34 18"),
    Mark.CLASH: ("mark mark-wide", "-17 -9 34 18"),
    Mark.WAITING: ("mark mark-tall", "-8 -13 16 18"),
}
SEAL = (
    "M2.5 1h15A1.5 1.5 0 0 1 19 2.5v15a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 1 17.5v-15A1.5 1.5 0 0 1 2.5 1z"
    "M10 4.6a3 3 0 0 0-1.5 5.6L7.4 15.4h5.2l-1.1-5.2A3 3 0 0 0 10 4.6z"
)
LOGO_LINES = (5, 11.5, 18, 24.5, 31)


def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon; the words beside it say the same, so it is hidden from readers of the screen."""
    sort = "icon icon-s" if size == "s" else "icon"
    turns = " icon-turns" if name in ("back", "next", "handover", "leave") else ""
    return format_html(
        '<svg class="{}{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        sort,
        turns,
        ICONS[name],
    )


def seal() -> SafeString:
    """Draw the seal that stands before sealed words."""
    return format_html(
        '<svg class="seal" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
        '<path fill="currentColor" fill-rule="evenodd" d="{}"/></svg>',
        SEAL,
    )


def logo() -> SafeString:
    """Draw five notes on one stem."""
    lines = "".join(f'<path class="logo-line" d="M1 {y}H35"/>' for y in LOGO_LINES)
    heads = "".join(
        f'<ellipse class="logo-head" cx="17.8" cy="{y}" rx="4.3" ry="2.7" transform="rotate(-20 17.8 {y})"/>'
        for y in LOGO_LINES
    )
    stem = '<path class="logo-stem" d="M22 31V1"/>'
    return _safe(f'<svg viewBox="0 0 36 36" aria-hidden="true" focusable="false">{lines}{stem}{heads}</svg>')


def mark(state: Mark, part: str = "") -> SafeString:
    """Draw one mark by itself, in the hue of its line when it has one."""
    sort, box = BOXES.get(state, ("mark", "-8 -6 16 12"))
    hue = f" on-{part}" if part in FIVE else ""
    return _safe(f'<svg class="{sort}{hue}" viewBox="{box}" aria-hidden="true" focusable="false">{SHAPES[state]}</svg>')


def upright_chord(parts: Iterable[str], state: Mark) -> SafeString:
    """Draw one entry on the upright staff of a list, and say in its label what it shows."""
    return _upright_chord(tuple(parts), state, get_language() or "")


@lru_cache(maxsize=512)  # a list draws the same few chords on every line
def _upright_chord(parts: tuple[str, ...], state: Mark, _language: str) -> SafeString:
    chord = upright(parts)
    beam = ""
    if chord.beam:
        beam = f'<path class="{_stem_class(state)}" d="M{chord.beam[0]:g} 5.2H{chord.beam[1] + 1:g}"/>'
    return format_html(
        '<svg class="chord" viewBox="0 0 {} 20" role="img" aria-label="{}">{}</svg>',
        LANE * len(FIVE),
        chord_words(parts, state),
        _safe(beam + heads(chord, state)),
    )


def heads(chord: Chord, state: Mark) -> str:
    """Draw the heads of a chord where they stand."""
    alone = Mark.MET if state is Mark.WAITING else state  # on a drawn chord it is the stem that is dashed
    return "".join(_head(head, alone) for head in chord.heads)


def standing_chord(chord: Chord, state: Mark, reach: float) -> str:
    """Draw a chord on a staff across, its stem at the right of the heads."""
    stem = ""
    if chord.beam:
        x = chord.heads[0].x + reach
        stem = f'<path class="{_stem_class(state)}" d="M{x:g} {chord.beam[1]:g}V{chord.beam[0]:g}"/>'
    return f"<g>{stem}{heads(chord, state)}</g>"


def _head(head: Head, state: Mark) -> str:
    return f'<g class="on-{head.part} mark-g" transform="translate({head.x:g} {head.y:g})">{SHAPES[state]}</g>'


def _stem_class(state: Mark) -> str:
    return "m-wait" if state is Mark.WAITING else "m-stem"


def _safe(drawn: str) -> SafeString:
    """Declare a drawing made only of numbers and of the paths of this file."""
    return mark_safe(drawn)  # noqa: S308
