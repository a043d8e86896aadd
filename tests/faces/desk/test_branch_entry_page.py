"""The page of a branch's entry says how long it took, and how long after its day it was written."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from concerto.faces.desk.entries.entries import PLACES
from concerto.faces.desk.frame import BY_ROLE, DAILY, LEDGER_PLACES
from concerto.groundwork import clock
from concerto.journal.kinds import KINDS
from tests.faces.desk.branching import told
from tests.faces.desk.visiting import entry_of

from .test_meeting_form import twenty

__all__ = ["twenty"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(desk, sec):
    """The secretary of branch A, reading Chinese."""
    one = desk.of(sec)
    one.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    return one


def test_the_page_of_a_study_says_how_long_it_took(writer, world, twenty):
    study = reverse("desk:study-new", args=[world.branch_a.id])
    learnt = {"form": "training", "members": twenty["voters"][:2]}
    hours = entry_of(told(writer, study, **learnt, begins="14:30", ends="16:00"))
    assert "14:30到16:00，90 分钟，2 学时" in writer.get(reverse("desk:entry", args=[hours])).content.decode()
    length = entry_of(told(writer, study, **learnt, minutes="60"))
    assert "60 分钟，1.3 学时" in writer.get(reverse("desk:entry", args=[length])).content.decode()


def test_an_entry_lies_under_the_ledger_it_stands_in(writer, world, twenty):
    learnt = {"form": "training", "members": twenty["voters"][:2], "minutes": "60"}
    meeting = {"form": "none", "contents": ["theme_day"], "nobody_marked": "yes"}
    for page, answers, ledger in (("study-new", learnt, "study"), ("meeting-new", meeting, "branch")):
        entry = entry_of(told(writer, reverse(f"desk:{page}", args=[world.branch_a.id]), **answers))
        place = reverse("desk:ledger", args=[ledger])
        for name in ("entry", "entry-withdraw"):
            text = writer.get(reverse(f"desk:{name}", args=[entry])).content.decode()
            rail = text[text.index('class="rail"') : text.index("</nav>", text.index('class="rail"'))]
            assert re.findall(r'href="([^"]+)"[^>]*aria-current="page"', rail) == [place]
        assert f'class="back" href="{place}"' in writer.get(reverse("desk:entry", args=[entry])).content.decode()


def test_a_meeting_is_called_by_its_form_and_one_without_by_what_it_held(writer, world, twenty):
    meeting = reverse("desk:meeting-new", args=[world.branch_a.id])
    for answers, called in (
        ({"form": "none", "contents": ["theme_day"]}, "主题党日"),
        ({"form": "members"}, "支部党员大会"),
    ):
        entry = entry_of(told(writer, meeting, nobody_marked="yes", **answers))
        assert f"<title>{called}" in writer.get(reverse("desk:entry", args=[entry])).content.decode()


def test_every_kind_lies_under_a_place_of_the_rail():
    places = {place.here for place in (*DAILY, *BY_ROLE, *LEDGER_PLACES)}
    assert PLACES.keys() <= {kind.KIND for kind in KINDS}
    assert set(PLACES.values()) <= places


def test_what_was_written_after_its_day_says_so(writer, world, twenty):
    study = reverse("desk:study-new", args=[world.branch_a.id])
    day = (clock.today() - timedelta(days=9)).isoformat()
    learnt = {"form": "training", "members": twenty["voters"][:2], "minutes": "45", "day": "other", "on": day}
    page = writer.get(reverse("desk:entry", args=[entry_of(told(writer, study, **learnt))])).content.decode()
    assert "过了 9 天补记" in page


def test_those_who_should_be_there_add_up_and_the_unmarked_are_said(writer, world, twenty):
    meeting = reverse("desk:meeting-new", args=[world.branch_a.id])
    form = writer.get(meeting).context["form"]
    away = [one for one in twenty["voters"] if one not in twenty["exempt"]][:2]
    rows = {f"how_{n}": str(row.id) for n, row in enumerate(form.roll) if str(row.id) not in twenty["exempt"]}
    there = {name: "absent" if one in away else "present" for name, one in rows.items()}
    page = writer.get(reverse("desk:entry", args=[entry_of(told(writer, meeting, form="members", **there))]))
    assert "应到 20，实到 16，缺 2，未标 2，不表决的 " in page.content.decode()
