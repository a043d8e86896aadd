"""The month as a score: what was recorded sounds, what is owed stands open on its day. Five lines, drawn twice."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from concerto.faces.desk import shapes
from concerto.faces.desk.drawing import FIVE, HEAD_HALF, Chord, Head, Mark, Measures, Sounded, sounding
from concerto.faces.desk.five import CLEFS, STATES
from concerto.places.sight import Part
from concerto.rulebook.period import Every, period_of

WIDE, MID, NARROW = (
    Measures(width=1094),
    Measures(width=736, start=28, apart=11),
    Measures(width=328, start=24, gap=16, apart=10),
)
NOT_PLAYED = (Mark.OPEN, Mark.MISSED, Mark.WAIVED)
WEEKLY = (1, 8, 15, 22)


@dataclass(frozen=True)
class Month:
    """What a month's score is drawn from: chords by day, each state and set of lines once a day."""

    asof: date
    sounded: tuple[Sounded, ...]
    recorded: int
    owed: int

    @classmethod
    def of(cls, recorded: Sequence[Sounded], owed: Mapping[Sounded, int], *, asof: date) -> "Month":
        """Gather a month: of a day, what stands on the same lines in the same state is one chord."""
        month = period_of(Every.MONTH, asof)
        here = [one for one in recorded if month.holds(one.on) and one.parts]
        due = {one: often for one, often in owed.items() if month.holds(one.on) and one.parts}
        once = dict.fromkeys((one.on, sounding(one.parts), one.mark) for one in (*here, *due))
        open_ones = sum(often for one, often in due.items() if one.mark is Mark.OPEN)
        return cls(asof, tuple(Sounded(on, parts, mark) for on, parts, mark in once), len(here), open_ones)

    @property
    def marks(self) -> list[tuple[str, str]]:
        """The marks that stand on it, in words: its legend."""
        there = Counter(one.mark for one in self.sounded)
        return [(mark, str(STATES[mark])) for mark in (Mark.MET, *NOT_PLAYED) if there[mark]]

    @cached_property
    def words(self) -> str:
        """Say what it shows, for those who do not see it."""
        recorded = ngettext("{n} entry recorded", "{n} entries recorded", self.recorded).format(n=self.recorded)
        owed = ngettext("{n} still to do", "{n} still to do", self.owed).format(n=self.owed)
        month = date_format(self.asof, "YEAR_MONTH_FORMAT")
        return gettext("{month}: {recorded}, {owed}; the list below names each").format(
            month=month, recorded=recorded, owed=owed
        )

    def drawn(self) -> SafeString:
        """Draw it for a desk, a tablet and a phone."""
        return format_html_join(
            "",
            "{}",
            (
                (self._svg(room, sort),)
                for room, sort in ((WIDE, "month-wide"), (MID, "month-mid"), (NARROW, "month-narrow"))
            ),
        )

    def _svg(self, room: Measures, sort: str) -> SafeString:
        across = _Across(self.asof, room)
        chords = "".join(
            shapes.standing_chord(_chord(one, x, room), one.mark, HEAD_HALF) for one, x in across.places(self.sounded)
        )
        return format_html(
            '<svg class="staff {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>',
            sort,
            room.width,
            room.foot + 28,
            self.words,
            _ground(room, get_language() or ""),
            _days(room, across.last, get_language() or ""),
            across.today(),
            SafeString(chords),
        )


@dataclass(frozen=True)
class _Across:
    asof: date
    room: Measures

    @property
    def last(self) -> int:
        return period_of(Every.MONTH, self.asof).last.day

    @property
    def step(self) -> float:
        return (self.room.width - self.room.start - 10) / self.last

    def x(self, day: int) -> float:
        return round(self.room.start + self.step * (day - 0.5), 1)

    def places(self, sounded: Iterable[Sounded]) -> Iterable[tuple[Sounded, float]]:
        """Chords of one day stand beside each other, never as one blot; what is not played yet comes last.

        A phone has room for one stem a day: there the day is one chord.
        """
        by_day: dict[int, list[Sounded]] = {}
        sounded = _once_a_day(sounded) if self.room is NARROW else sounded
        for one in sorted(sounded, key=lambda one: (one.on, one.mark in NOT_PLAYED, one.parts)):
            by_day.setdefault(one.on.day, []).append(one)
        for day, some in by_day.items():
            played = _in_lines(some)
            apart = min(self.room.apart, self.step / max(len(played), 1))
            begins = self.x(day) - apart * (len(played) - 1) / 2
            for n, column in enumerate(played):
                for one in column:
                    yield one, round(min(begins + apart * n, self.room.width - 14), 1)

    def today(self) -> SafeString:
        x = round(self.x(self.asof.day) + self.step / 2, 1)
        words = gettext("Today, {day}").format(day=_day(self.asof.day))
        half = 34 if self.room is not NARROW else 40
        return format_html(
            '<path class="s-today" d="M{0} {1}V{2}"/><text class="t-strong" x="{3}" y="{4}" text-anchor="middle">'
            "{5}</text>",
            x,
            self.room.top - 13,
            self.room.foot + 6,
            round(max(min(x, self.room.width - half), half), 1),
            self.room.top - 17,
            words,
        )


def _once_a_day(sounded: Iterable[Sounded]) -> Iterable[Sounded]:
    parts: dict[tuple[date, Mark], set[Part]] = {}
    for one in sounded:
        parts.setdefault((one.on, one.mark), set()).update(one.parts)
    return [Sounded(on, sounding(some), mark) for (on, mark), some in parts.items()]


def _in_lines(some: Sequence[Sounded]) -> list[list[Sounded]]:
    """Give the columns of a day: heads without a stem share one, as long as they stand on different lines."""
    columns: list[list[Sounded]] = [[one] for one in some if one.mark not in NOT_PLAYED]
    loose: list[list[Sounded]] = []
    for one in some:
        if one.mark in NOT_PLAYED:
            free = next((c for c in loose if not {p for o in c for p in o.parts} & set(one.parts)), None)
            if free is None:
                loose.append([one])
            else:
                free.append(one)
    return [*columns, *loose]


def _day(day: int) -> str:
    # Translators: a day of the month under a score
    return pgettext("day", "{n}").format(n=day)


def _chord(one: Sounded, x: float, room: Measures) -> Chord:
    heads = tuple(Head(part, x, room.line(part)) for part in sounding(one.parts))
    if one.mark in NOT_PLAYED:
        return Chord(heads, None)
    return Chord(heads, (heads[0].y - room.gap * 0.85, heads[-1].y - 1))


@lru_cache(maxsize=32)  # it is the same on every page of one language and a month as long
def _days(room: Measures, last: int, _language: str) -> SafeString:
    across, edge = _Across(date(2000, 1, last), room), room.width - 4
    return format_html(
        '{}<path class="s-bar" d="M{} {}V{}"/><path class="s-final" d="M{} {}V{}"/>',
        format_html_join(
            "",
            '<text class="t-month" x="{}" y="{}" text-anchor="middle">{}</text>',
            ((across.x(day), room.foot + 21, _day(day)) for day in (*WEEKLY, last)),
        ),
        edge - 6, room.top, room.foot,
        edge - 2, room.top, room.foot,
    )  # fmt: skip


@lru_cache(maxsize=8)  # it is the same on every page of one language
def _ground(room: Measures, _language: str) -> SafeString:
    drawn = format_html_join(
        "",
        '<path class="s-line" d="M{} {}H{}"/><text class="t-clef on-{}" x="1" y="{}">{}</text>',
        ((room.start, room.line(part), room.width - 4, part, room.line(part) + 5, CLEFS[part]) for part in FIVE),
    )
    return format_html('{}<path class="s-edge" d="M{} {}V{}"/>', drawn, room.start, room.top, room.foot)
