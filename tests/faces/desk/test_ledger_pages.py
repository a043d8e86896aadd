"""The pages of the five ledgers and their files: who reads what, what a file holds, and that it is noted."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.screening import Screening1
from concerto.places.models import Opening
from concerto.places.sight import Part
from tests.cases import Matter
from tests.cast import VILLAGE_A

from .ledgering import many, told

BAD = [
    {"unit": "x"}, {"since": "yesterday"}, {"kind": "gold"}, {"state": "declined"}, {"after": "x"},
    {"after": "2026-01-01.\x00.1"}, {"until": "9999-99-99"}, {"unit": "\x00"},
]  # fmt: skip


def ledger(desk, account, part="visits", **asked):
    return desk.of(account).get(reverse("desk:ledger", args=[part]), asked)


def rows_of(answer):
    return re.findall(r'href="/entries/([0-9a-f-]{36})/"', answer.content.decode())


def taken(desk, account, part="visits", asked="", **told_of_it):
    address = reverse("desk:ledger-file", args=[part]) + asked
    return desk.of(account).post(address, {"purpose": "季度汇总", "names": "with", "format": "csv"} | told_of_it)


def read_csv(answer):
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_ledger_answers_full_and_empty(desk, lin, ma, world, part, language):
    many(world, 3, last=clock.today())
    for account in (lin, ma):
        client = desk.of(account)
        answer = client.get(reverse("desk:ledger", args=[part]), headers={"accept-language": language})
        assert answer.status_code == 200
    assert rows_of(answer) == []


@pytest.mark.parametrize("who", ["gao", "adm", "pri", "newcomer"])
def test_who_reads_no_ledger_is_not_let_in(desk, world, who):
    account = getattr(world, who)
    assert ledger(desk, account).status_code == 403
    assert taken(desk, account).status_code == 403


def test_a_line_opens_its_entry_and_names_the_household_to_those_who_open_its_card(desk, lin, wang, zhou, world):
    for account, named in ((lin, True), (wang, True), (zhou, False)):
        page = ledger(desk, account).content.decode()
        assert reverse("desk:entry", args=[world.visit]) in page
        assert ("阿依努尔" in page) is named
    assert "上泉村的一户" in page


@pytest.mark.parametrize("part", list(Part))
def test_a_page_of_fifty_lines_asks_as_much_as_one_of_five(desk, lin, world, part, django_assert_num_queries):
    many(world, 5, last=clock.today())
    client, address = desk.of(lin), reverse("desk:ledger", args=[part])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    many(world, 60, last=clock.today() - timedelta(days=10), house=world.house_1)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_older_lines_stand_behind_the_last(desk, lin, world):
    many(world, 60, last=clock.today())
    first = ledger(desk, lin)
    older = first.context["older"]
    second = desk.of(lin).get(older)
    entries = rows_of(first) + rows_of(second)
    assert (len(rows_of(first)), len(set(entries))) == (50, 61)
    assert second.context["older"] == ""


def test_filters_narrow_and_are_said_in_the_title(desk, wang, world):
    many(world, 3, last=clock.today())
    unit = {"unit": str(world.village_b.id)}
    assert rows_of(ledger(desk, wang, **unit)) == []
    assert len(rows_of(ledger(desk, wang, unit=str(world.village_a.id), since=clock.today().isoformat()))) == 1
    assert len(rows_of(ledger(desk, wang, kind="phone_call"))) == 0
    assert "中泉村" in ledger(desk, wang, **unit).context["said"]


@pytest.mark.parametrize("bad", BAD)
def test_a_filter_that_cant_be_read_narrows_nothing(desk, wang, world, bad):
    answer = ledger(desk, wang, **bad)
    assert answer.status_code == 200
    assert rows_of(answer) == [str(world.visit)]


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("unit", ["village_b", "branch_b", "far_village"])
def test_the_pasted_address_of_another_place_is_not_there_in_page_and_file(desk, lin, world, part, unit):
    asked = {"unit": str(getattr(world, unit).id)}
    assert ledger(desk, lin, part, **asked).status_code == 404
    assert taken(desk, lin, part, asked=f"?unit={asked['unit']}").status_code == 404


def test_above_the_village_declined_is_nowhere_on_the_page_or_in_the_file(desk, lin, wang, world):
    day = clock.today() - timedelta(days=1)
    world.receive(told(world, world.house_2, day, outcome="declined"), by=lin, at=clock.now())
    assert "不愿谈" in ledger(desk, lin).content.decode()
    page = ledger(desk, wang).content.decode()
    assert "不愿谈" not in page
    assert "declined" not in page
    assert next(row["见到"] for row in read_csv(taken(desk, wang))) == "见到了"


# ---------------------------------------------------------------- files


def test_a_file_says_what_the_page_says_and_is_noted_with_its_purpose(desk, lin, world):
    many(world, 4, last=clock.today())
    rows = read_csv(taken(desk, lin))
    assert len(rows) == 5
    assert {row["住户"] for row in rows} == {"阿依努尔·木拉提", "王建国", "古丽·巴合提"}
    note = Opening.objects.get()
    assert (note.by, note.what, note.part, note.purpose, note.rows) == (lin.id, "ledger_file", "visits", "季度汇总", 5)


def test_no_file_without_a_purpose(desk, lin, world):
    answer = taken(desk, lin, purpose=" ")
    assert answer.status_code == 422
    assert not Opening.objects.exists()


def test_more_than_fifty_named_rows_are_refused_and_without_names_they_are_not(desk, lin, world):
    many(world, 51, last=clock.today())
    refused = taken(desk, lin)
    assert refused.status_code == 422
    assert "50" in refused.content.decode()
    assert not Opening.objects.exists()
    rows = read_csv(taken(desk, lin, names="without"))
    assert len(rows) == 52
    assert not any("阿依努尔" in str(row) or "林晓" in str(row) for row in rows)


def test_a_file_holds_no_phone_and_no_sealed_word(desk, lin, world):
    many(world, 4, last=clock.today())
    for part in Part:
        made = taken(desk, lin, part).content.decode()
        assert not re.search(r"1\d{10}|缺草|羊进了地|水渠", made), part


def test_a_file_of_another_place_is_not_there_whatever_the_address_says(desk, ma, world):
    assert taken(desk, ma, asked=f"?unit={world.village_a.id}").status_code == 404


def test_a_workbook_opens(desk, lin, world):
    answer = taken(desk, lin, format="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.max_row == 2
    assert "attachment" in answer["Content-Disposition"]


def test_the_filter_of_the_page_is_the_filter_of_the_file(desk, lin, world):
    many(world, 4, last=clock.today())
    day = clock.today().isoformat()
    assert len(read_csv(taken(desk, lin, asked=f"?since={day}"))) == 1


SAYS_OF_CASES = "案件不在这些行里"


@pytest.mark.parametrize("has_cases", [False, True])
@pytest.mark.parametrize("who", ["lin", "wang"])
def test_that_cases_stand_elsewhere_is_said_in_the_same_words_whether_there_is_one_or_not(desk, world, who, has_cases):
    item = world.pen.item(Screening1(VILLAGE_A, "door_to_door", ["wages"], 0), unit=VILLAGE_A, by=world.lin)
    assert [one.outcome for one in world.receive(item, by=world.lin)] == ["accepted"]
    if has_cases:
        Matter(world)
    account = getattr(world, who)
    for page in ("ledger", "ledger-file"):
        text = desk.of(account).get(reverse(f"desk:{page}", args=["disputes"])).content.decode()
        assert text.count(SAYS_OF_CASES) == 1
    rows = list(csv.reader(io.StringIO(taken(desk, account, "disputes").content.decode().removeprefix("\ufeff"))))
    assert (len(rows), len(rows[-1]), rows[-1][0].startswith(SAYS_OF_CASES)) == (3, 1, True)
    assert Opening.objects.get(what="ledger_file").rows == 1
    book = openpyxl.load_workbook(io.BytesIO(taken(desk, account, "disputes", format="xlsx").content)).active
    assert (book.max_row, book["A3"].value) == (3, rows[-1][0])
    assert SAYS_OF_CASES not in ledger(desk, account).content.decode()
