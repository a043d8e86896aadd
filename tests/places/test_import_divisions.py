"""The public lists of divisions come in, as often as one likes, and no bad row stops a good one."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from concerto.conductor.opening import open_township
from concerto.groundwork.ids import place_key
from concerto.groundwork.refusals import Refused
from concerto.journal.models import Head
from concerto.places import divisions, gazetteer
from concerto.places.gazetteer import take_lists
from concerto.places.models import Division, DivisionCode, DivisionName, Unit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 7, 1, 4, 30, tzinfo=UTC)
MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)
GOOD = {
    "provinces.csv": 'code,name\n62,"甘肃省"\n',
    "cities.csv": 'code,name,provinceCode\n6209,"酒泉市",62\n',
    "areas.csv": 'code,name,cityCode,provinceCode\n620999,"示范县",6209,62\n',
    "streets.csv": 'code,name,areaCode,provinceCode,cityCode\n620999204,"示范乡",620999,62,6209\n',
    "villages.csv": "code,name,streetCode,provinceCode,cityCode,areaCode\n"
    '620999204201,"上泉村",620999204,62,6209,620999\n620999204202,"中泉村",620999204,62,6209,620999\n',
}


@pytest.fixture
def lists(tmp_path):
    for name, text in GOOD.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def take(folder: Path, asof: date = JULY):
    return take_lists(folder, asof=asof, at=NOON, home=folder)


def add(folder: Path, file: str, line: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as text:
        text.write(line + "\n")


def names(code: str):
    key = place_key(code)
    return sorted(DivisionName.objects.filter(division=key).values_list("name", "since", "until"), key=str)


def test_every_place_comes_in_once(lists):
    first, second = take(lists), take(lists)
    assert (first.read, first.added, first.changed, first.refused) == (6, 6, 0, [])
    assert (second.read, second.added, second.changed, second.refused) == (6, 0, 0, [])
    assert (Division.objects.count(), DivisionName.objects.count(), DivisionCode.objects.count()) == (6, 6, 6)


def test_a_changed_name_closes_the_old_wording_the_day_before(lists):
    take(lists, MAY)
    text = GOOD["villages.csv"].replace("中泉村", "中泉新村")
    (lists / "villages.csv").write_text(text, encoding="utf-8")
    taken = take(lists, JULY)
    assert (taken.added, taken.changed) == (0, 1)
    assert names("620999204202") == [("中泉新村", JULY, None), ("中泉村", None, date(2026, 6, 30))]
    assert divisions.by_code("620999204202", MAY).name == "中泉村"
    assert divisions.by_code("620999204202", JULY).name == "中泉新村"


def test_a_name_corrected_on_the_same_day_leaves_no_wording_of_no_days(lists):
    take(lists, MAY)
    for called in ("中泉新村", "中泉大村"):
        (lists / "villages.csv").write_text(GOOD["villages.csv"].replace("中泉村", called), encoding="utf-8")
        assert take(lists, JULY).changed == 1
    assert names("620999204202") == [("中泉大村", JULY, None), ("中泉村", None, date(2026, 6, 30))]


def test_an_older_list_leaves_what_is_called_so_now(lists):
    take(lists, JULY)
    (lists / "villages.csv").write_text(GOOD["villages.csv"].replace("中泉村", "中泉新村"), encoding="utf-8")
    take(lists, date(2026, 9, 1))
    (lists / "villages.csv").write_text(GOOD["villages.csv"].replace("中泉村", "泉"), encoding="utf-8")
    take(lists, MAY)
    now = divisions.by_code("620999204202", date(2026, 10, 1))
    assert now is not None
    assert now.name == "中泉新村"
    assert divisions.by_code("620999204202", JULY).name == "泉"


def test_a_place_that_is_new_in_a_known_province_counts_from_the_day_of_the_list(lists):
    take(lists, MAY)
    add(lists, "villages.csv", '620999204203,"下泉村",620999204,62,6209,620999')
    assert take(lists, JULY).added == 1
    assert divisions.by_code("620999204203", MAY) is None
    assert divisions.by_code("620999204201", date(2020, 1, 1)) is not None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('62099920420,"短村",620999204,62,6209,620999', "code_length"),
        ('62099920420X,"字母村",620999204,62,6209,620999', "code_not_digits"),
        ('６２０９９９２０４２０９,"全角村",620999204,62,6209,620999', "code_not_digits"),
        (',"没有码",620999204,62,6209,620999', "code_not_digits"),
        ("620999204209,,620999204,62,6209,620999", "name_missing"),
        (f"620999204209,{'长' * 121},620999204,62,6209,620999", "name_too_long"),
        ('620999204209,"孤村",620999999,62,6209,620999', "parent_unknown"),
        ('620999204201,"又一个",620999204,62,6209,620999', "code_twice"),
        ('620999204209,"少一列",620999204', "columns_differ"),
        ('620999204209,"多一列",620999204,62,6209,620999,9', "columns_differ"),
    ],
)
def test_a_bad_row_is_refused_by_its_line_and_stops_no_other(lists, line, why):
    add(lists, "villages.csv", line)
    add(lists, "villages.csv", '620999204208,"后面的村",620999204,62,6209,620999')
    taken = take(lists)
    assert [(bad.file, bad.line, bad.why) for bad in taken.refused] == [("villages.csv", 4, why)]
    assert divisions.by_code("620999204208", JULY) is not None


def test_a_list_with_other_columns_is_refused_whole_and_the_others_come_in(lists):
    (lists / "areas.csv").write_text("id,label\n1,x\n", encoding="utf-8")
    taken = take(lists)
    assert [(bad.file, bad.line, bad.why) for bad in taken.refused][:1] == [("areas.csv", 1, "column_missing")]
    assert divisions.by_code("6209", JULY) is not None


@pytest.mark.parametrize("bytes_", [b"", b"\x00\x01\x02", b"code,name\n62,\xff\xfe\n", b'code,name\n62,"open\n'])
def test_nonsense_in_a_file_is_a_refusal_and_no_crash(lists, bytes_):
    (lists / "provinces.csv").write_bytes(bytes_)
    assert take(lists).added == 0


def test_a_list_in_the_older_national_code_is_read(lists):
    (lists / "villages.csv").write_bytes(GOOD["villages.csv"].encode("gb18030"))
    (lists / "streets.csv").write_bytes(b"\xef\xbb\xbf" + GOOD["streets.csv"].encode())
    assert take(lists).added == 6


def test_an_empty_folder_says_which_files_are_looked_for(tmp_path):
    with pytest.raises(Refused, match="no_such_files"):
        take(tmp_path)


def test_the_command_answers_on_one_line_and_names_bad_rows_beside(lists, capsys, settings):
    settings.CONCERTO_HOME = lists
    add(lists, "villages.csv", '6209,"短",620999204,62,6209,620999')
    call_command("import_divisions", str(lists), "--json", "--asof", "2026-07-01")
    said = capsys.readouterr()
    assert json.loads(said.out) == {"read": 7, "added": 6, "changed": 0, "refused": 1}
    assert said.out.count("\n") == 1
    assert "villages.csv:4:" in said.err


def test_a_township_opens_once_with_its_villages(lists, settings):
    settings.CONCERTO_HOME = lists
    take(lists)
    once, again = open_township("620999204", JULY), open_township("620999204000", JULY)
    assert (once.log, once.added, again.added) == (place_key("620999204"), 3, 0)
    assert Head.objects.get(log=once.log).seq == 0
    assert sorted(Unit.objects.filter(log=once.log).values_list("kind", "code")) == [
        ("township", "620999204"),
        ("village", "620999204201"),
        ("village", "620999204202"),
    ]


@pytest.mark.parametrize("code", ["", "620999", "620999204201", "999", "not a code"])
def test_only_a_township_can_be_opened(lists, settings, code):
    settings.CONCERTO_HOME = lists
    take(lists)
    with pytest.raises(Refused, match="no_such_township"):
        open_township(code, JULY)


def test_a_place_with_two_codes_is_found_by_both(lists):
    take(lists)
    divisions.add_code(place_key("620999204"), "620999207", source="civil affairs", since=MAY)
    assert divisions.by_code("620999207", JULY) == divisions.by_code("620999204", JULY)
    assert divisions.by_code("620999207", date(2026, 4, 1)) is None
    with pytest.raises(Refused, match="code_taken"):
        divisions.add_code(place_key("620999204201"), "620999207", source="", since=MAY)


def test_divisions_are_found_by_name_and_by_the_beginning_of_a_code(lists):
    take(lists)
    assert [found.code for found in divisions.search("泉村", JULY)] == ["620999204201", "620999204202"]
    assert [found.name for found in divisions.search(" 620999204 ", JULY)][:1] == ["示范乡"]
    assert divisions.search("上泉", JULY)[0].above == "甘肃省 酒泉市 示范县 示范乡"
    assert divisions.search("", JULY) == []


def test_an_import_that_stopped_half_way_is_run_again(lists, monkeypatch):
    monkeypatch.setattr(gazetteer, "AT_ONCE", 1)

    def stop(file: str, read: int) -> None:
        if file == "villages.csv":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_lists(lists, asof=JULY, at=NOON, home=lists, tell=stop)
    assert Division.objects.count() == 5
    again = take(lists)
    assert (again.read, again.added, again.changed) == (6, 1, 0)
    assert divisions.by_code("620999204202", date(2020, 1, 1)) is not None
