"""Where one of several was let go, fewer are owed than there are: the board and its file say so."""

import re
from datetime import date

import pytest
from django.urls import reverse

from concerto.faces.desk.board.asked import Asked
from concerto.faces.desk.board.files import file_rows
from concerto.faces.desk.writing import seen
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.papers.board.year import places_of, year_of
from concerto.places.models import PartyGroup
from concerto.register.access import sight_of
from concerto.register.models import Waiver
from tests.cast import TOWNSHIP, VILLAGE_A

from .boards import SEPTEMBER, autumn, bring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
__all__ = ["autumn"]


@pytest.fixture
def let_go(world):
    """Of three groups one is let go in August."""
    groups = [PartyGroup.objects.create(log=TOWNSHIP, branch=world.branch_a.id, name=f"牧区{n}组") for n in "一二三"]
    waiver = Waiver1(
        waiver=world.pen.new_id(), duty="group-meeting", owed_by=world.branch_a.id, about=groups[0].id,
        period="2026-08", reason="pasture_move",
    )  # fmt: skip
    bring(world, waiver, by=world.sec, on=date(2026, 8, 20), unit=world.branch_a.id)
    answer = WaiverAnswer1(waiver=waiver.waiver, granted=True)
    saw = seen(waiver.waiver, Waiver.objects.get(id=waiver.waiver).wordings, ["answer"])
    bring(world, answer, by=world.wang, on=date(2026, 8, 21), unit=TOWNSHIP, saw=saw)


def test_the_drawing_the_table_and_the_year_of_a_branch_say_how_many_were_let_go(desk, world, let_go):
    wang = desk.of(world.wang)
    drawn = wang.get(reverse("desk:board"), {"part": "branch"}).content.decode()
    cells = re.findall(r"<td.*?</td>", drawn, re.S)
    assert any("党小组会：准免 1" in cell and "M-6 0H6V4.5H-6z" in cell for cell in cells)
    table = wang.get(reverse("desk:board"), {"as": "table", "part": "branch"}).content.decode()
    row = next(row for row in re.findall(r"<tr>.*?</tr>", table, re.S) if "党小组会" in row)
    assert "0 / 2" in row
    assert row.count("准免 1") == 2  # in whole words, and as a piece of its column
    branch = desk.of(world.sec).get(reverse("desk:branch-year", args=[world.branch_a.id])).content.decode()
    assert "准免 1" in branch


def test_the_file_says_it_too_and_to_the_county_only_that_it_is_few(world, let_go):
    year = year_of(TOWNSHIP, 2026, SEPTEMBER, {VILLAGE_A, world.branch_a.id})
    asked = Asked(year=2026, part="branch")
    for who, said in ((world.wang, "准免 1"), (world.gao, "准免 <5")):
        sight = sight_of(who, SEPTEMBER)
        rows = [row for row in file_rows(year, places_of(sight, 2026), asked, sight) if row[3] == "党小组会"]
        assert [row[5] for row in rows if said in row[7]] == [date(2026, 8, 31)]
