"""The first day: from a home with nobody in it to the first visit of the first instructor, by the pages alone."""

import re

import pytest
from django.core.management import call_command

from concerto.groundwork import clock
from concerto.parts.visits.models import Visit
from concerto.places.gazetteer import take_lists
from concerto.register.models import Household
from tests.conftest import CHECKOUT

from .walker import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}")
DIVISIONS = CHECKOUT / "src" / "concerto" / "faces" / "files" / "demo" / "divisions"
SAMPLE = CHECKOUT / "tests" / "papers" / "roster" / "data" / "roster-sample.xlsx"


@pytest.fixture
def empty_home(home, capsys):
    """What the keeper of the server does in a shell: the list of divisions, and the first slip."""
    take_lists(DIVISIONS, asof=clock.today(), at=clock.now(), home=home)
    call_command("admin", "boss")
    return SECRET.search(capsys.readouterr().out).group()


def test_from_an_empty_home_to_the_first_visit(empty_home, walker):
    page = walker.page
    page.set_viewport_size(DESK)
    walker.comes_with_slip("boss", empty_home)
    opens_a_township_with_a_branch(walker)
    slips = {name: is_added_and_posted(walker, name, *post) for name, post in STAFF.items()}
    walker.leaves()

    walker.comes_with_slip("wang", slips["wang"])
    takes_the_roster_in(walker)
    walker.leaves()

    page.set_viewport_size(PHONE)
    walker.comes_with_slip("lin", slips["lin"])
    records_a_visit(walker)


STAFF = {"wang": ("Township organizer", "示范乡"), "lin": ("Party-building instructor", "一村党支部")}


def opens_a_township_with_a_branch(walker):
    walker.open("unit-open")
    walker.look()
    walker.fill(q="示范乡")
    walker.press("Look it up")
    walker.press("Open")
    walker.open("units")
    walker.follow("Add a branch or village")
    walker.fill(name="一村党支部")
    walker.choose(village="示范一村")
    walker.press("Add it")


def is_added_and_posted(walker, name, role, unit):
    """Add somebody, post them, print their slip; give what the slip says."""
    walker.open("person-new")
    walker.look()
    walker.fill(called=f"{name} 同志", name=name)
    walker.press("Add")
    walker.follow("A new posting")
    walker.choose(role=role, unit=unit)
    walker.fill(since=clock.today().isoformat())
    walker.press("Record it")
    walker.open("people")
    walker.page.locator("main").get_by_role("link", name=name).first.click()
    walker.press("Make a slip")
    return walker.page.locator(".slip code").inner_text()


def takes_the_roster_in(walker):
    walker.open("roster")
    walker.look()
    walker.page.locator("[name=book]").set_input_files(SAMPLE)
    walker.press("Look at it first")
    assert not Household.objects.exists()
    walker.page.locator("main").get_by_role("button", name=re.compile("^Import")).click()
    walker.page.get_by_role("heading", name="The roster is in").wait_for()
    walker.look()
    assert Household.objects.count() > 30


def records_a_visit(walker):
    page = walker.page
    walker.follow("Households", within=".bar")
    page.locator("main tbody .name").first.click()
    walker.look()
    walker.follow("Record a visit", within=".head")
    walker.look()
    walker.tick("met")
    walker.tick("change", "no_change")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Recorded").wait_for()
    walker.look()
    assert Visit.objects.filter(on=clock.today()).count() == 1
