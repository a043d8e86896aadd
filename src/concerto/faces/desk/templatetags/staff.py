"""The staff in a template: `{% load staff %}`, then a mark, a chord, the five lines of an entry, a year across."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, npgettext, pgettext

from .. import shapes
from ..drawing import FIVE, HEAD_HALF, MID, WIDE, Bar, Mark, Measures, Sounded, stems, year
from ..five import CLEFS, LEDGERS, STATES

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """`{% icon "pen" %}`, small beside words: `{% icon "pen" "s" %}`."""
    return shapes.icon(name, size)


@register.simple_tag(takes_context=True)
def places(context: Mapping[str, Any]) -> SafeString:
    """`{% places %}`: where its reader can go, the place of the page marked."""
    drawn: SafeString = context["frame"].rail_drawn(str(context["here"]))
    return drawn


@register.simple_tag
@cache
def styles() -> SafeString:
    """`{% styles %}`: the sheets of every page, written once: their addresses stay as long as the program runs."""
    return render_to_string("desk/parts/styles.html")


@register.simple_tag
def seal() -> SafeString:
    """`{% seal %}`, before words that are sealed."""
    return shapes.seal()


@register.simple_tag
def logo() -> SafeString:
    """`{% logo %}`, five notes on one stem."""
    return shapes.logo()


@register.simple_tag
def mark(state: str = "met", part: str = "") -> SafeString:
    """`{% mark "open" "visits" %}`; the words beside it say the same."""
    return shapes.mark(Mark(state), part)


@register.filter
def state_words(state: str) -> str:
    """Say a mark in words: `{{ "withdrawn"|state_words }}`."""
    return str(STATES[Mark(state)])


@register.filter
def ledger_name(part: str) -> str:
    """Name the ledger of a part as the rail does: `{{ part|ledger_name }}`."""
    return str(LEDGERS[FIVE[FIVE.index(part)]]) if part in FIVE else part


@register.simple_tag
def clef(part: str) -> SafeString:
    """`{% clef "visits" %}`, the sign before a line."""
    return _drawn_clef(part, get_language())


@cache
def _drawn_clef(part: str, _language: str) -> SafeString:
    """Draw it once a language: a page has hundreds."""
    return format_html('<span class="clef on-{}" aria-hidden="true">{}</span>', part, _clef(part))


@register.simple_tag
def clefs() -> SafeString:
    """`{% clefs %}`, the five signs over an upright staff; a screen reader hears what the column is."""
    inside = format_html_join("", '<span class="clef on-{}">{}</span>', ((part, CLEFS[part]) for part in FIVE))
    said = pgettext("place", "Ledgers")
    return format_html('<span class="clefs" aria-hidden="true">{}</span><span class="hidden">{}</span>', inside, said)


@register.simple_tag
def chord(parts: Iterable[str], state: str = "met") -> SafeString:
    """`{% chord entry.parts %}` or `{% chord entry.parts "withdrawn" %}`: one row of an upright staff."""
    return shapes.upright_chord(list(parts), Mark(state))


@register.inclusion_tag("desk/staff/lines.html")
def lines(
    posted: Mapping[str, Any], *, small: bool = False, live: bool = False, state: str = "", nothing: str = ""
) -> dict[str, Any]:
    """`{% lines posted %}`: one entry on its five lines. `posted` maps a part to the words on its line.

    Words may be HTML made by `format_html` (a link to the ledger). `live=True` lets the preview redraw it;
    `small=True` is the drawing in the dock, hidden from a screen reader, since the words are said beside it.
    """
    silent = nothing or gettext("nothing")
    drawn = [
        {
            "part": part,
            "clef": CLEFS[part],
            "ledger": LEDGERS[part],
            "sounds": sounds,
            "stem": stem,
            "words": posted[part] if sounds else silent,
        }
        for part, sounds, stem in stems(_with_words(posted))
    ]
    return {"drawn": drawn, "small": small, "live": live, "state": state, "head": shapes.mark(Mark.MET)}


@register.simple_tag
def staff_year(entries: Iterable[Any], asof: date, label: str = "") -> SafeString:
    """`{% staff_year entries today label %}`: twelve months up to `asof`. An entry has `on`, `parts`, maybe `state`.

    Drawn twice, for a desk and for a tablet; a phone shows the upright list alone. `label` says whose year it is.
    """
    sounded = [Sounded(entry.on, tuple(entry.parts), Mark(getattr(entry, "state", None) or "met")) for entry in entries]
    return format_html(
        "{}{}", _year_svg(sounded, asof, label, WIDE, "staff-wide"), _year_svg(sounded, asof, label, MID, "staff-mid")
    )


@register.simple_tag
def staff_empty() -> SafeString:
    """`{% staff_empty %}`, five lines on which nothing stands yet."""
    drawn = format_html_join(
        "",
        '<path class="s-line" d="M26 {}H318"/><text class="t-clef on-{}" x="2" y="{}">{}</text>',
        ((8 + 16 * at, part, 13 + 16 * at, CLEFS[part]) for at, part in enumerate(FIVE)),
    )
    return format_html(
        '<svg class="staff" viewBox="0 0 320 80" aria-hidden="true" focusable="false">{}'
        '<path class="s-edge" d="M26 8V72"/></svg>',
        drawn,
    )


def _with_words(posted: Mapping[str, Any]) -> list[str]:
    return [part for part in posted if posted[part]]


def _clef(part: str) -> str:
    return str(CLEFS[FIVE[FIVE.index(part)]])


def _year_svg(entries: Sequence[Sounded], asof: date, label: str, room: Measures, sort: str) -> SafeString:
    drawn = year(entries, asof=asof, measures=room)
    count = len(drawn.chords)
    total = npgettext("staff", "{n} entry in twelve months", "{n} entries in twelve months", count).format(n=count)
    words = gettext("{whose}: {total}; the list below names each").format(whose=label, total=total) if label else total
    chords = "".join(shapes.standing_chord(chord, entry.mark, HEAD_HALF) for entry, chord in drawn.chords)
    return format_html(
        '<svg class="staff {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>',
        sort,
        room.width,
        room.foot + 28,
        words,
        _ground(room),
        format_html_join("", "{}", ((_bar(bar, room, first=bar is drawn.bars[0]),) for bar in drawn.bars)),
        _today(drawn.today, room),
        SafeString(chords),
    )


def _ground(room: Measures) -> SafeString:
    lines_drawn = format_html_join(
        "",
        '<path class="s-line" d="M{} {}H{}"/><text class="t-clef on-{}" x="1" y="{}">{}</text>',
        ((room.start, room.line(part), room.width - 4, part, room.line(part) + 5, CLEFS[part]) for part in FIVE),
    )
    return format_html('{}<path class="s-edge" d="M{} {}V{}"/>', lines_drawn, room.start, room.top, room.foot)


def _bar(bar: Bar, room: Measures, *, first: bool) -> SafeString:
    second = (
        format_html('<path class="s-bar" d="M{} {}V{}"/>', round(bar.end - 3, 1), room.top, room.foot)
        if bar.ends_quarter
        else ""
    )
    return format_html(
        '<path class="s-bar" d="M{} {}V{}"/>{}<text class="{}" x="{}" y="{}">{}</text>',
        bar.end,
        room.top,
        room.foot,
        second,
        "t-strong" if bar.is_now else "t-month",
        round(bar.x + 5, 1),
        room.foot + 21,
        _month(bar.first, with_year=room is WIDE and (first or bar.first.month == 1)),
    )


def _today(x: float, room: Measures) -> SafeString:
    return format_html(
        '<path class="s-today" d="M{0} {1}V{2}"/><text class="t-strong" x="{3}" y="{4}" text-anchor="end">{5}</text>',
        x,
        room.top - 13,
        room.foot + 6,
        round(min(x + 14, room.width - 2), 1),
        room.top - 17,
        gettext("Today"),
    )


def _month(day: date, *, with_year: bool) -> str:
    # Translators: patterns of a month under a staff, as Django's date filter reads them
    return date_format(day, pgettext("month", "M Y") if with_year else pgettext("month", "M"))
