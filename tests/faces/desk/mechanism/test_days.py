"""The days off of a year: shown with their source, missed from October on, taken in after a look."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concerto.faces.desk.mechanism import pages
from concerto.journal.kinds.editions import DayTable1
from concerto.journal.models import Entry
from concerto.register.models import LocalDays
from concerto.rulebook.days import DayTable, day_table
from concerto.rulebook.mechanism import mechanism
from tests.cast import TODAY, TOWNSHIP
from tests.faces.desk.browsing import Browser, shown

pytestmark = pytest.mark.django_db
NOTICE = """
[[year]]
year = 2031
source = "a notice"
off = ["2031-01-01..2031-01-03", "2031-05-01"]
worked = ["2031-01-04"]
"""


@pytest.fixture
def wang_s(desk, world, home):
    return Browser(desk, world.wang)


def test_every_year_stands_there_with_its_source(wang_s):
    text = wang_s.text("mechanism-days")
    for year, told in day_table().years.items():
        assert f"<h2>{year}</h2>" in text
        assert told.source in text


def test_no_number_of_a_notice_is_made_up():
    assert all("待核" in told.source for told in day_table().years.values())


def test_a_file_is_looked_at_and_then_taken_in(wang_s):
    data = {**wang_s.filled("days-new", source="国办通知"), "preview": "1"}
    data["file"] = SimpleUploadedFile("days.toml", NOTICE.encode())
    looked = wang_s.post("days-new", data=data)
    assert looked.status_code == 200
    assert "2031" in looked.content.decode()
    assert not LocalDays.objects.exists()

    answer = wang_s.post("days-new", data={**shown(looked), "take": "1"})
    assert answer.status_code == 302
    row = LocalDays.objects.get()
    assert (row.year, row.source, row.worked) == (2031, "国办通知", "2031-01-04")
    assert "本乡镇录入" in wang_s.text("mechanism-days")
    assert Entry.objects.filter(kind="day_table").count() == 1


def test_lines_of_days_are_read_as_well(wang_s):
    written = "日期,安排\n2031-01-01..2031-01-02,休\n2031-01-04,班\n"
    data = {**wang_s.filled("days-new", source="国办通知", text=written), "preview": "1"}
    assert wang_s.post("days-new", data=data).status_code == 200


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_a_table_as_table_programs_write_it_is_read(wang_s, encoding):
    written = "日期,安排\r\n2031/1/1,休\r\n2031年1月2日,放假\r\n2031.1.4,上班\r\n2031/5/1..2031/5/3,休\r\n"
    data = {**wang_s.filled("days-new", source="国办通知"), "preview": "1"}
    data["file"] = SimpleUploadedFile("days.csv", written.encode(encoding))
    looked = wang_s.post("days-new", data=data)
    assert looked.status_code == 200

    assert wang_s.post("days-new", data={**shown(looked), "take": "1"}).status_code == 302
    row = LocalDays.objects.get()
    assert row.off == "2031-01-01,2031-01-02,2031-05-01,2031-05-02,2031-05-03"
    assert row.worked == "2031-01-04"


@pytest.mark.parametrize("sent", ["2031-01-01,休".encode("utf-16"), b"PK\x03\x04\x00\xff\xff"], ids=["UTF-16", "xlsx"])
def test_a_file_that_is_no_text_says_what_to_do(wang_s, sent):
    data = {**wang_s.filled("days-new", source="国办通知"), "preview": "1"}
    data["file"] = SimpleUploadedFile("days.csv", sent)
    answer = wang_s.post("days-new", data=data)
    assert answer.status_code == 422
    assert "另存为 CSV（UTF-8）" in answer.content.decode()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2031-01-01,休\n2031-01-06,班", "第2行：2031-01-06 不是周末"),
        ("2031-01-01,休\n2032-01-01,休", "第2行：2032-01-01不是2031年"),
        ("2031-01-01,休\n2031-01-01,休", "第2行：2031-01-01 出现了两次"),
        ("2031-01-01..2031-01-03,休\n2031/1/2,休", "第2行：2031-01-02 出现了两次"),
        ("2031-01-04,休\n2031-01-04,班", "第2行：2031-01-04 出现了两次"),
        ("2031-01-01,休\n2031-13-01,休", "第2行：“2031-13-01”不是日期"),
        ("日期,安排\n2031-01-03..2031-01-01,休", "第2行：“2031-01-03..2031-01-01”"),
        ('year = 2031\noff = ["2031-01-01"]\nworked = [\n"2031-01-06"]\n', "第4行：2031-01-06 不是周末"),
        ("2031-01-01,maybe", "第1行"),
        ("year = 2031\noff = [", "不是TOML"),
        ("", "请选择文件"),
    ],
)
def test_what_is_no_table_of_days_is_said_in_words(wang_s, written, said):
    answer = wang_s.post("days-new", data={**wang_s.filled("days-new", source="通知", text=written), "preview": "1"})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_year_that_has_begun_is_refused_at_the_first_look(wang_s):
    written = "2026-01-01,休"
    answer = wang_s.post("days-new", data={**wang_s.filled("days-new", source="通知", text=written), "preview": "1"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "2026年已经开始" in text
    assert 'name="take"' not in text


def test_more_years_ask_no_more_of_the_database(wang_s, world):
    def taken_in(year):
        table = DayTable1(table=world.pen.new_id(), year=year, source="国办通知", off=[date(year, 10, 1)])
        [receipt] = world.receive(world.pen.item(table, unit=TOWNSHIP, by=world.wang, on=TODAY), by=world.wang)
        assert receipt.stands, receipt

    def asked():
        with CaptureQueriesContext(connection) as queries:
            text = wang_s.text("mechanism-days")
        return len(queries), text.count("本乡镇录入")

    taken_in(2031)
    wang_s.text("mechanism-days")
    few, one = asked()
    for year in range(2032, 2040):
        taken_in(year)
    more, nine = asked()
    assert (one, nine) == (1, 9)
    assert more == few


def test_a_missing_next_year_is_announced_from_october_on(desk, world, monkeypatch):
    year = max(day_table().years)
    assert day_table().missing_year(date(year, 9, 30)) is None
    assert day_table().missing_year(date(year, 10, 1)) == year + 1
    for who in ("wang", "adm"):
        browser = Browser(desk, getattr(world, who))
        monkeypatch.setattr(pages.Here, "mechanism", property(lambda here: _missing(here)))
        assert "的放假安排还没有录入" in browser.text("mechanism"), who


def _missing(here):
    from dataclasses import replace

    class October(DayTable):
        def missing_year(self, asof):
            return 2099

    return replace(mechanism(), days=October(mechanism().days.years))
