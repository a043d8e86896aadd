"""One oddity of real rosters at a time."""

import pytest

from concerto.papers.roster.fields import Field
from concerto.papers.roster.found import RowKind
from concerto.papers.roster.marks import Membership
from concerto.papers.roster.reading import read
from tests.papers.roster.books import GOOD, HEADINGS, OTHER, VILLAGES, book, people


def table_of(data, **given):
    [table] = read(data, villages=VILLAGES, **given).tables
    return table


def codes(table):
    return [(flag.row, flag.code) for flag in table.flagged]


def test_the_first_row_keeps_a_number_and_the_second_is_flagged():
    rows = people(["1", "王芳", "户主", GOOD], ["1", "李强", "之子", f" {GOOD}"])
    table = table_of(book(rows))

    assert [person.identity is not None for person in table.people] == [True, False]
    assert codes(table) == [(3, "identity_repeated")]


def test_a_number_is_the_same_in_two_sheets_of_one_workbook():
    rows = people(["1", "王芳", "户主", GOOD])
    roster = read(book(rows, more=[("示范二村", rows)]), villages=VILLAGES)

    assert [codes(table) for table in roster.tables] == [[], [(2, "identity_repeated")]]


@pytest.mark.parametrize(
    ("status", "membership"),
    [
        ("中共党员", Membership.FULL),
        ("预备党员", Membership.PROBATIONARY),
        ("√", Membership.FULL),
        ("群众", None),
        ("共青团员", None),
        ("入党积极分子", None),
        ("", None),
    ],
)
def test_membership_is_read_from_words_and_ticks(status, membership):
    table = table_of(book(people(["1", "王芳", "户主", "", "", status])))

    assert [person.membership for person in table.people] == [membership]
    assert codes(table) == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["1", "王芳", "户主", "", "", "党员？"], "membership_unclear"),
        (["1", "王芳", "户主", "", "", "", "是？"], "helped_unclear"),
        (["1", "王芳", "户主", "", "100****5678"], "phone_masked"),
        (["1", "王芳", "户主", "", "1001234"], None),
        (["1", "王芳", "户主", "", "10012345"], "phone_unreadable"),
        (["1", "王芳（已迁出）", "户主"], "name_with_remark"),
        (["1", "王*", "户主"], "name_masked"),
    ],
)
def test_what_is_not_clear_is_flagged_and_not_guessed(cells, code):
    table = table_of(book(people(cells)))
    [person] = table.people

    if code:
        assert codes(table) == [(2, code)]
        assert person.membership is None
        assert not table.households[0].helped


def test_a_household_that_is_helped_in_one_line_and_not_in_another_is_not_guessed():
    table = table_of(book(people(["1", "王芳", "户主", "", "", "", "是"], ["1", "李强", "之子", "", "", "", "否"])))

    assert codes(table) == [(2, "helped_unclear")]


def test_somebody_added_at_the_end_joins_the_household_of_that_number():
    rows = people(["1", "王芳", "户主"], ["2", "李强", "户主"], ["1", "王明", "之子"])

    assert [[p.name for p in home.people] for home in table_of(book(rows)).households] == [["王芳", "王明"], ["李强"]]


def test_numbers_that_begin_anew_in_each_group_are_other_households():
    headings = ["小组", *HEADINGS]
    rows = people(
        ["一组", "1", "王芳", "户主"],
        ["一组", "1", "王明", "之子"],
        ["二组", "1", "李强", "户主"],
        ["二组", "1", "李红", "之女"],
        ["一组", "1", "王海", "之子"],
        headings=headings,
    )
    homes = table_of(book(rows)).households

    assert [[p.name for p in home.people] for home in homes] == [["王芳", "王明", "王海"], ["李强", "李红"]]


def test_two_heads_under_one_number_are_flagged():
    table = table_of(book(people(["1", "王芳", "户主"], ["1", "李强", "本人"])))

    assert codes(table) == [(3, "household_with_two_heads")]
    assert [person.is_head for person in table.people] == [True, False]


def test_a_roster_of_heads_alone_has_a_household_in_each_row():
    rows = people(
        ["1", "王芳", GOOD, 4.0], ["2", "李强", OTHER, 3.0], headings=["序号", "户主姓名", "身份证号", "家庭人口"]
    )
    table = table_of(book(rows))

    assert [[p.name for p in home.people] for home in table.households] == [["王芳"], ["李强"]]
    assert all(home.head for home in table.households)


def test_a_head_who_stands_only_in_columns_of_their_own_is_a_person_too():
    top = ["序号", "户主信息", "", "", "家庭成员信息", "", ""]
    leaves = ["", "姓名", "身份证号", "电话", "姓名", "与户主关系", "身份证号"]
    rows = [
        top,
        leaves,
        ["1", "王芳", GOOD, "10012345678", "李强", "丈夫", OTHER],
        ["", "", "", "", "李明", "之子", ""],
    ]
    merges = ["A1:A2", "B1:D1", "E1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:D4"]
    [home] = table_of(book(rows, merges=merges)).households

    assert [(p.name, p.is_head, p.identity is not None) for p in home.people] == [
        ("王芳", True, True),
        ("李强", False, True),
        ("李明", False, False),
    ]
    assert [phone.number for phone in home.people[0].phones] == ["10012345678"]


def test_a_head_whose_own_columns_repeat_them_is_one_person():
    headings = ["户主姓名", "户主电话", "姓名", "与户主关系", "身份证号"]
    rows = people(["王芳", "10012345678", "王芳", "户主", GOOD], ["王芳", "", "李强", "丈夫", ""], headings=headings)
    [home] = table_of(book(rows)).households

    assert [p.name for p in home.people] == ["王芳", "李强"]
    assert [phone.number for phone in home.people[0].phones] == ["10012345678"]


def test_a_person_merged_over_two_rows_has_the_telephones_of_both():
    rows = people(["1", "王芳", "户主", GOOD, "10012345678"], ["", "", "", "", "10087654321"])
    data = book(rows, merges=["A2:A3", "B2:B3", "C2:C3", "D2:D3"])
    [person] = table_of(data).people

    assert [phone.number for phone in person.phones] == ["10012345678", "10087654321"]
    assert read(data, villages=VILLAGES).rows["示范一村"][3] is RowKind.MORE


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["合计", "2户", "5人"], RowKind.SUBTOTAL),
        (["", "小计：3人"], RowKind.SUBTOTAL),
        (["注：以上情况属实"], RowKind.NOTE),
        (["例", "张三", "户主", GOOD, "10012345678"], RowKind.NOTE),
        (["填表人：王芳", "", "审核人：李强", "", "10012345678"], RowKind.NOTE),
        (["9"], RowKind.NUMBERED),
        (HEADINGS, RowKind.HEADING),
        (["1", "2", "3", "4", "5", "6", "7"], RowKind.HEADING),
        (["", "", "", GOOD], RowKind.REFUSED),
        (["2", GOOD, "户主"], RowKind.REFUSED),
        (["", "情况属实已经核对"], RowKind.REFUSED),
        (["二组"], RowKind.DIVIDER),
    ],
)
def test_rows_that_are_no_persons_are_told_from_those_that_are(cells, kind):
    roster = read(book(people(["1", "王芳", "户主", OTHER], cells)), villages=VILLAGES)
    [table] = roster.tables

    assert roster.rows["示范一村"][3] is kind
    assert table.counts["people"] == 1
    assert [flag.row for flag in table.refused] == ([3] if kind is RowKind.REFUSED else [])
    assert GOOD not in repr(table)


def test_a_heading_nobody_knows_is_named_and_can_be_mapped_by_hand():
    data = book(people(["1", "王芳", "户主"], headings=["户编号", "乡亲叫法", "与户主关系"]))

    assert [(table.code, table.headings) for table in read(data, villages=VILLAGES).refused_tables] == [
        ("headings_unknown", ("户编号", "乡亲叫法", "与户主关系"))
    ]
    assert table_of(data, mapping={"乡亲叫法": "name"}).counts["people"] == 1


def test_a_column_nobody_knows_stays_out_and_is_named():
    data = book(people(["1", "王芳", "户主", "红"], headings=["户编号", "姓名", "与户主关系", "院墙颜色"]))

    assert read(data, villages=VILLAGES).unmapped == ("院墙颜色",)
    assert read(data, villages=VILLAGES, mapping={"院墙颜色": "not_kept"}).not_kept == ("院墙颜色",)


def test_a_table_of_no_known_village_stays_out_until_somebody_says_which_it_is():
    data = book(people(["1", "王芳", "户主"]), title="Sheet1")
    [refused] = read(data, villages=VILLAGES).refused_tables

    assert (refused.code, refused.village, refused.rows) == ("village_unknown", "Sheet1", 1)
    assert table_of(data, units={"Sheet1": "620999204200"}).unit == "620999204200"


def test_a_name_list_that_tells_no_households_stays_out():
    rows = people(["1", "王芳", GOOD], ["2", "李强", OTHER], headings=["序号", "姓名", "身份证号"])
    [refused] = read(book(rows), villages=VILLAGES).refused_tables

    assert refused.code == "households_untold"


def test_a_hidden_sheet_is_not_read_and_said_to_be_hidden():
    rows = people(["1", "王芳", "户主"])
    roster = read(book(rows, hidden=True, more=[("示范二村", rows)]), villages=VILLAGES)

    assert [table.unit for table in roster.tables] == ["620999204201"]
    assert [(table.sheet, table.code) for table in roster.refused_tables] == [("示范一村", "sheet_hidden")]


def test_a_formula_that_was_never_calculated_is_flagged_where_it_matters():
    table = table_of(book(people(["1", "王芳", "户主", "=A1", "=A1"])))

    assert codes(table) == [(2, "never_calculated")]


def test_places_by_season_and_the_group_come_with_the_household():
    headings = ["户编号", "村民小组", "姓名", "与户主关系", "夏牧场", "冬牧场", "乡镇住房", "民族", "银行账号"]
    rows = people(["1", "２组", "王芳", "户主", "东沟", "西滩", "牧民新村3号", "某", "62305"], headings=headings)
    roster = read(book(rows), villages=VILLAGES)
    [home] = roster.tables[0].households

    assert (home.number, home.group) == ("1", "2组")
    assert home.places == {
        Field.SUMMER_PASTURE: "东沟",
        Field.WINTER_PASTURE: "西滩",
        Field.TOWN_HOME: "牧民新村3号",
    }
    assert roster.not_kept == ("民族", "银行账号")


def test_village_and_group_in_one_column_are_parted():
    rows = people(
        ["示范一村二组", "王芳", "户主"], ["示范二村1组", "李强", "户主"], headings=["村组", "姓名", "与户主关系"]
    )
    tables = read(book(rows, title="全乡"), villages=VILLAGES).tables

    assert [(table.unit, table.households[0].group) for table in tables] == [
        ("620999204200", "2组"),
        ("620999204201", "1组"),
    ]


def test_a_title_that_names_another_village_than_the_sheet_is_not_guessed_at():
    data = book([["示范二村农户花名册"], *people(["1", "王芳", "户主"])])
    [refused] = read(data, villages=VILLAGES).refused_tables

    assert refused.code == "village_named_twice"
    assert table_of(data, units={refused.village: "620999204201"}).unit == "620999204201"


def test_a_row_of_several_remarks_under_a_heading_is_never_lost():
    roster = read(book(people(["1", "王芳", "户主"], ["", "", "", "待核实", "待核实"])), villages=VILLAGES)

    assert roster.rows["示范一村"][3] is RowKind.REFUSED


def test_running_numbers_that_begin_anew_are_no_household_numbers():
    rows = people(
        [1, "王芳", "户主"],
        [2, "李强", "丈夫"],
        [1, "张三", "户主"],
        [2, "张四", "之子"],
        headings=["序号", "姓名", "关系"],
    )

    assert [[p.name for p in home.people] for home in table_of(book(rows)).households] == [
        ["王芳", "李强"],
        ["张三", "张四"],
    ]


def test_a_head_who_lives_alone_and_stands_only_under_head_is_a_person():
    rows = people(
        ["1", "王芳", "李强", "丈夫"], ["2", "张三", "", ""], headings=["序号", "户主姓名", "成员姓名", "与户主关系"]
    )
    table = table_of(book(rows))

    assert [[(p.name, p.is_head) for p in home.people] for home in table.households] == [
        [("李强", False)],
        [("张三", True)],
    ]
    assert codes(table) == [(2, "head_not_listed")]


def test_two_columns_are_enough_when_both_are_known():
    rows = people(["王芳", "王芳"], ["王芳", "李强"], ["张三", "张三"], headings=["户主", "姓名"])

    assert [[p.name for p in home.people] for home in table_of(book(rows)).households] == [["王芳", "李强"], ["张三"]]


def test_ticks_under_head_of_household_mark_the_head():
    rows = people(["1", "王芳", "√"], ["1", "李强", ""], ["2", "张三", "√"], headings=["户号", "姓名", "户主"])

    assert [home.head.name for home in table_of(book(rows)).households] == ["王芳", "张三"]


def test_a_column_without_a_heading_is_named_by_its_letter():
    data = book(people(["1", "王芳", "户主", "", "", "", "", "另记"]))

    assert read(data, villages=VILLAGES).unmapped == ("H",)
