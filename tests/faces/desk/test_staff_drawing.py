"""The drawings of the staff: which lines sound, where the stem stands, and what is said to those who do not see it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from concerto.faces.desk.drawing import FIVE, LANE, MID, WIDE, Mark, Sounded, Stem, sounding, stems, upright, year
from concerto.faces.desk.five import chord_words
from concerto.faces.desk.shapes import SHAPES
from concerto.places.sight import Part

ASOF = date(2026, 9, 18)
parts = st.lists(st.sampled_from(FIVE), max_size=5)


def drawn(template: str, **context: object) -> str:
    return Template("{% load staff %}" + template).render(Context(context))


def test_a_chord_names_its_lines_from_the_top_down():
    assert sounding(["assistance", "study", "assistance"]) == (Part.STUDY, Part.ASSISTANCE)


def test_the_stem_runs_from_the_highest_head_to_the_lowest():
    assert [stem for _, _, stem in stems(["study", "disputes"])] == [
        Stem.FROM,
        Stem.THROUGH,
        Stem.THROUGH,
        Stem.TO,
        Stem.NONE,
    ]


def test_a_lone_head_has_a_stem_of_its_own_and_an_empty_entry_none():
    assert [stem for _, _, stem in stems(["visits"])][2] is Stem.LONE
    assert {stem for _, _, stem in stems([])} == {Stem.NONE}


@given(parts)
def test_every_head_of_an_upright_chord_stands_in_its_lane(named):
    chord = upright(named)
    assert [int(head.x // LANE) for head in chord.heads] == [FIVE.index(part) for part in sounding(named)]
    assert (chord.beam is None) == (len(chord.heads) < 2)


@given(st.lists(st.integers(min_value=0, max_value=380), max_size=60))
@pytest.mark.parametrize("measures", [WIDE, MID])
def test_no_two_stems_of_a_year_stand_in_one_place_and_each_stays_in_its_month(measures, ago):
    entries = [Sounded(ASOF - timedelta(days=days), (Part.VISITS,)) for days in ago]
    made = year(entries, asof=ASOF, measures=measures)
    for bar in made.bars:
        inside = [
            chord.heads[0].x
            for entry, chord in made.chords
            if (entry.on.year, entry.on.month) == (bar.first.year, bar.first.month)
        ]
        assert all(bar.x < x < bar.end for x in inside)
        assert all(left < right or len(inside) > 50 for left, right in pairwise(inside))


def test_a_year_leaves_out_what_is_older_and_ends_with_this_month():
    old, new = Sounded(date(2025, 9, 30), FIVE), Sounded(date(2025, 10, 1), FIVE)
    made = year([old, new], asof=ASOF)
    assert [entry for entry, _ in made.chords] == [new]
    assert (made.bars[0].first, made.bars[-1].first) == (date(2025, 10, 1), date(2026, 9, 1))


def test_what_nobody_has_played_has_no_stem():
    [(_, chord)] = year([Sounded(ASOF, (Part.VISITS,), Mark.OPEN)], asof=ASOF).chords
    assert chord.beam is None


def test_every_state_has_a_shape_of_its_own():
    assert set(SHAPES) == set(Mark)
    assert len(set(SHAPES.values())) == len(Mark)


def test_a_chord_says_in_both_languages_where_it_is_recorded():
    with override("en"):
        assert chord_words(["visits", "study"]) == "Recorded in: Study, Visits"
        assert chord_words(["visits"], Mark.WITHDRAWN) == "Withdrawn. Recorded in: Visits"
    with override("zh-hans"):
        assert chord_words(["visits", "study"]) == "记在：学习宣讲、走访"


def test_the_label_of_a_chord_stands_on_its_drawing():
    with override("en"):
        assert 'role="img" aria-label="Recorded in: Visits"' in drawn("{% chord parts %}", parts=["visits"])


def test_the_five_lines_say_what_each_posts_and_what_posts_nothing():
    with override("en"):
        text = drawn("{% lines posted %}", posted={"visits": "Visit <1>"})
    assert text.count('class="line ') == 5
    assert text.count("is-posted") == 1
    assert "Visit &lt;1&gt;" in text
    assert text.count(">nothing<") == 4


def test_the_drawing_in_the_dock_is_silent_since_the_words_stand_beside_it():
    assert 'aria-hidden="true"' in drawn("{% lines posted small=True live=True %}", posted={}).split(">")[0]


def test_the_year_of_a_household_is_said_with_its_total():
    class Entry:
        on, parts, state = ASOF, ("visits",), None

    with override("en"):
        text = drawn("{% staff_year entries asof label %}", entries=[Entry()], asof=ASOF, label="A <house>")
    assert 'aria-label="A &lt;house&gt;: 1 entry in twelve months; the list below names each"' in text
    assert text.count("<svg") == 2
