"""The cast stands where its description says."""

from concerto.journal.models import Entry
from concerto.parts.assistance.models import AssistanceLine
from concerto.places.models import Unit
from concerto.register.access import sight_of
from concerto.register.models import Household, Member, Posting, Resident
from tests.cast import TODAY, TOWNSHIP


def test_everybody_is_posted_and_every_household_is_in_the_register(world):
    assert Posting.objects.count() == 8
    assert Household.objects.filter(log=TOWNSHIP).count() == 4
    assert Resident.objects.get(log=TOWNSHIP, id=world.house_1.head).name == "阿依努尔·木拉提"
    assert Member.objects.count() == 3
    assert Unit.objects.filter(log=TOWNSHIP).count() == 5


def test_the_visit_stands_in_the_ledgers(world):
    assert Entry.objects.get(log=TOWNSHIP, id=world.visit).author == world.lin.id
    assert AssistanceLine.objects.filter(log=TOWNSHIP, entry=world.visit).count() == 2


def test_each_sees_their_own(world):
    seen = {
        name: Household.objects.seen_by(sight_of(account, TODAY)).count() for name, account in world.accounts.items()
    }
    assert seen == {
        "lin": 3, "sec": 3, "med": 3, "ma": 1, "wang": 4, "other": 1,
        "zhou": 0, "gao": 0, "adm": 0, "pri": 0, "newcomer": 0,
    }  # fmt: skip
