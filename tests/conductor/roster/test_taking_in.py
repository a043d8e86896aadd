"""What of a roster is known, new or changed, and what becomes of it in the register."""

from datetime import UTC, datetime

import pytest

from concerto.conductor.receive import receive
from concerto.conductor.verify import verify_log
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.people import ResidentChange1
from concerto.journal.models import Entry, Tray
from concerto.places.models import RosterFlag, Unit, UnitKind
from concerto.register.consents import Consent
from concerto.register.models import HelperLink, Household, Member, Resident
from tests.cast import TOWNSHIP, VILLAGE_A

from .rosters import HEADINGS, book, counted, looked, number, person, phones, take

LATER = datetime(2026, 7, 2, 4, 30, tzinfo=UTC)
FAMILY = (
    (12, "塞力克·哈孜", "户主", number(1), "10012340001", "中共党员", "是"),
    (12, "古丽扎·塞力克", "之女", number(2, "19990505"), "", "群众", ""),
)
COUPLE = ((13, "何生宝", "户主", number(3), "", "", "否"), (13, "赵玉梅", "妻", number(4), "", "预备党员", ""))


@pytest.fixture(autouse=True)
def _world(world, home):
    """Every test begins with the cast and a home of its own."""


def test_a_family_comes_in_with_what_the_roster_says_of_it():
    assert counted(take(book(*FAMILY))) == (2, 0, 0)

    head, daughter = person("塞力克·哈孜"), person("古丽扎·塞力克")
    house = Household.objects.get(log=TOWNSHIP, id=head.household)
    assert (house.village, house.number, house.head) == (VILLAGE_A, "12", head.id)
    assert (daughter.household, daughter.relation, daughter.born) == (house.id, "child", "1999-05-05")
    assert phones("塞力克·哈孜") == ["10012340001"]
    assert Member.objects.get(log=TOWNSHIP, resident=head.id).standing == "full"
    link = HelperLink.objects.get(log=TOWNSHIP, household=house.id)
    assert (link.agreement, link.helper) == ("not_asked", None)
    assert verify_log(TOWNSHIP) is None


def test_the_same_roster_again_adds_nobody_and_writes_nothing():
    data = book(*FAMILY, *COUPLE)
    take(data)
    before = Entry.objects.count()

    assert counted(take(data, at=LATER)) == (0, 4, 0)
    assert Entry.objects.count() == before


def test_without_numbers_and_birthdays_the_same_roster_again_adds_nobody():
    bare = book(*((house, name, as_, "", "", "", "") for house, name, as_, *_ in (*FAMILY, *COUPLE)))
    take(bare)

    assert counted(take(bare)) == (0, 4, 0)


def test_a_changed_phone_is_one_change_and_the_old_number_goes():
    take(book(*FAMILY))
    changed = (*FAMILY[0][:4], "10012349999", *FAMILY[0][5:])

    assert counted(take(book(changed, FAMILY[1]))) == (0, 1, 1)
    assert phones("塞力克·哈孜") == ["10012349999"]


def test_a_phone_somebody_wrote_down_on_the_spot_stays_beside_a_new_one(world):
    take(book(*FAMILY))
    head = person("塞力克·哈孜")
    told = world.pen.seal(head.id, "10055550000")
    body = ResidentChange1(resident=head.id, phones=[told.digest])
    item = world.pen.item(
        body, unit=VILLAGE_A, by=world.lin, sealed=[told], saw={f"{head.id}.phones": wording(head, "phones")}
    )
    [receipt] = receive([item], brought_by=world.lin, at=LATER)
    assert receipt.stands, receipt.why

    assert counted(take(book(*FAMILY), at=LATER)) == (0, 1, 1)
    assert phones("塞力克·哈孜") == ["10012340001", "10055550000"]


def wording(row: Resident, name: str) -> str:
    import json

    return json.loads(row.wordings)[name]


def test_a_phone_the_roster_leaves_out_stays():
    take(book(*FAMILY))

    assert counted(take(book((*FAMILY[0][:4], "", *FAMILY[0][5:]), FAMILY[1]))) == (0, 2, 0)
    assert phones("塞力克·哈孜") == ["10012340001"]


def test_somebody_new_joins_the_household_that_is_there():
    take(book(*FAMILY))
    son = (12, "叶尔·塞力克", "之子", number(9, "20010101"), "", "", "")

    assert counted(take(book(*FAMILY, son))) == (1, 2, 0)
    assert person("叶尔·塞力克").household == person("塞力克·哈孜").household


def test_who_was_typed_in_by_hand_is_known_by_household_number_and_name(house_2):
    row = ("2", "王建国", "户主", number(20), "", "", "")

    assert counted(take(book(row))) == (0, 0, 1)
    assert person("王建国").id == house_2.head
    assert person("王建国").identity != ""


def test_another_household_with_a_name_of_its_own_is_not_taken_for_one(house_2):
    row = ("77", "王建国", "户主", number(21), "", "", "")

    assert counted(take(book(row))) == (1, 0, 0)
    assert Resident.objects.filter(log=TOWNSHIP, name="王建国").count() == 2


def test_two_people_of_one_name_in_two_households_stay_two():
    rows = [(n, "王芳", "户主", number(30 + n), "", "", "") for n in (1, 2)]
    rows = [(50 + n, *row[1:]) for n, row in enumerate(rows)]
    take(book(*rows))

    assert counted(take(book(*rows))) == (0, 2, 0)
    assert Resident.objects.filter(log=TOWNSHIP, name="王芳").count() == 2


def test_a_daughter_known_elsewhere_does_not_take_her_parents_along():
    take(book(*FAMILY))
    parents = (
        (40, "哈孜·别克", "户主", number(41), "", "", ""),
        (40, "阿依·别克", "妻", number(42), "", "", ""),
        (40, "古丽扎·塞力克", "孙女", number(2, "19990505"), "", "", ""),
    )

    report = take(book(*parents, sheet="中泉村"))
    assert counted(report) == (2, 1, 0)
    assert [flag["code"] for flag in report["tables"][0]["flagged"]] == ["known_elsewhere"]
    assert person("哈孜·别克").household != person("古丽扎·塞力克").household


def test_a_roster_never_takes_back_a_membership_and_says_what_does_not_fit():
    take(book(*FAMILY, *COUPLE))
    full = (*COUPLE[1][:5], "中共党员", "")
    lapsed = (*FAMILY[0][:5], "预备党员", "是")

    report = take(book(lapsed, FAMILY[1], COUPLE[0], full))
    assert counted(report) == (0, 3, 1)
    standing = dict(Member.objects.filter(log=TOWNSHIP).values_list("resident", "standing"))
    assert standing[person("赵玉梅").id] == "full"
    assert standing[person("塞力克·哈孜").id] == "full"
    assert [flag["code"] for flag in report["tables"][0]["flagged"]] == ["membership_differs"]


def test_a_household_that_wants_no_helper_gets_none_from_a_roster(world):
    take(book(*FAMILY))
    house = Household.objects.get(log=TOWNSHIP, number="12")

    take(book(*FAMILY))
    assert HelperLink.objects.filter(log=TOWNSHIP, household=house.id).count() == 1


def test_a_damaged_number_stays_out_and_its_row_waits_once():
    damaged = (12, "塞力克·哈孜", "户主", "99999919700101", "", "", "")
    take(book(damaged, FAMILY[1]))
    take(book(damaged, FAMILY[1]))

    head = person("塞力克·哈孜")
    assert head.identity == ""
    [flag] = RosterFlag.objects.filter(log=TOWNSHIP)
    assert (flag.code, flag.resident, flag.row, flag.sheet) == ("identity_too_short", head.id, 2, "上泉村")


def test_a_village_without_a_branch_gets_one_for_its_members(world):
    Unit.objects.filter(log=TOWNSHIP, id=world.branch_a.id).delete()
    report = take(book(*FAMILY))

    branch = Unit.objects.get(log=TOWNSHIP, kind=UnitKind.BRANCH, village=VILLAGE_A)
    assert report["branches_added"] == [branch.name] == ["上泉村党支部"]
    assert Member.objects.get(log=TOWNSHIP, resident=person("塞力克·哈孜").id).branch == branch.id


def test_where_a_village_has_two_branches_nobody_guesses(world):
    from concerto.places.units import add_unit

    add_unit(TOWNSHIP, UnitKind.BRANCH, "上泉第二党支部", village=VILLAGE_A)
    report = take(book(*FAMILY))

    assert [flag["code"] for flag in report["tables"][0]["flagged"]] == ["branch_unclear"]
    assert not Member.objects.filter(log=TOWNSHIP, resident=person("塞力克·哈孜").id).exists()


def test_where_a_household_lives_comes_in_sealed_and_nothing_of_what_is_not_kept():
    headings = (*HEADINGS, "冬牧场", "夏牧场", "适合走访季节")
    rows = (
        (*FAMILY[0], "黑山北坡", "白石头", "夏季"),
        (*COUPLE[0], f"证件 {number(7)}", "", ""),
    )
    report = take(book(*rows, headings=headings))

    house = Household.objects.get(log=TOWNSHIP, number="12")
    assert "黑山北坡" in house.places
    assert "白石头" in house.places
    assert house.best_months == "6,7,8"
    assert "黑山" not in "".join(Entry.objects.values_list("said", flat=True))
    assert Household.objects.get(log=TOWNSHIP, number="13").places == "[]"
    assert [flag["code"] for flag in report["tables"][0]["flagged"]] == ["words_not_kept"]
    assert not Tray.objects.exists()


def test_looking_writes_nothing():
    before = Entry.objects.count()
    seen = looked(book(*FAMILY))

    assert counted(seen.report()) == (2, 0, 0)
    assert Entry.objects.count() == before
    assert not RosterFlag.objects.exists()


def test_who_works_in_one_village_takes_in_no_roster_of_another(lin, wang):
    with pytest.raises(Refused) as refused:
        take(book(*FAMILY, sheet="中泉村"), by=lin)
    assert refused.value.code == "not_posted_there"

    assert counted(take(book(*FAMILY, sheet="中泉村"), by=wang)) == (2, 0, 0)
    assert set(Entry.objects.filter(kind="household", author=wang.id).values_list("unit", flat=True)) != set()


def test_after_the_key_is_lost_people_are_met_by_village_name_and_birthday(home):
    take(book(*FAMILY))
    (home / "keys/identity.key").unlink()
    seen = looked(book(*FAMILY))

    assert not seen.plan.hashes_are_known
    assert counted(seen.report()) == (0, 2, 0)


def test_who_was_locked_is_left_alone(world):
    take(book(*FAMILY))
    Resident.objects.filter(log=TOWNSHIP, name="塞力克·哈孜").update(restricted=True)
    changed = (*FAMILY[0][:4], "10012349999", *FAMILY[0][5:])

    assert counted(take(book(changed, FAMILY[1]))) == (0, 2, 0)


def test_nobody_can_take_an_identity_number_for_the_number_of_a_household():
    rows = ((number(60), *FAMILY[0][1:]),)
    take(book(*rows))

    assert person("塞力克·哈孜")
    assert number(60) not in "".join(Entry.objects.values_list("said", flat=True))


def test_no_identity_number_stands_in_any_table():
    from django.apps import apps

    take(book(*FAMILY, *COUPLE))
    held = [
        str(row)
        for model in apps.get_models()
        if model._meta.app_label not in ("sessions",)
        for row in model._default_manager.values_list()
    ]
    told = "".join(held)
    assert number(1) not in told
    assert number(1)[6:] not in told
    assert "塞力克·哈孜" in told


def test_a_roster_that_says_agreed_of_everybody_comes_in_as_not_asked():
    before = set(HelperLink.objects.values_list("id", flat=True))
    heads = (*HEADINGS[:-1], "是否同意结对帮扶")
    take(book(*((*row[:-1], "同意" if row[-1] else "") for row in FAMILY), headings=heads))
    take(book(*((*row[:-1], "是") for row in COUPLE), headings=heads), at=LATER)
    brought = HelperLink.objects.exclude(id__in=before)
    assert set(brought.values_list("agreement", flat=True)) == {"not_asked"}
    assert not Consent.objects.exists()
    assert not Entry.objects.filter(kind="consent").exists()
