"""`concerto import roster`: its report is the truth of the sample; killed at any moment, it keeps no number."""

import json
import os
import re
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from concerto.groundwork import database
from concerto.groundwork.refusals import Refused
from concerto.journal.models import Entry, Head
from concerto.places.models import Log
from concerto.register.models import Resident
from tests.cast import TOWNSHIP

CHECKOUT = Path(__file__).resolve().parents[3]
SAMPLE = CHECKOUT / "tests/papers/roster/data/roster-sample.xlsx"
TRUTH = json.loads(SAMPLE.with_suffix(".truth.json").read_text(encoding="utf-8"))["sheets"]
COUNTED = ("households", "people", "members", "probationary", "helped")
VILLAGES = "\n".join(
    ["code,name,streetCode,provinceCode,cityCode,areaCode"]
    + [f'62099920420{n},"示范{name}村村民委员会",620999204,62,6209,620999' for n, name in enumerate("一二三")]
)
LISTS = {
    "provinces": 'code,name\n62,"甘肃省"',
    "cities": 'code,name,provinceCode\n6209,"酒泉市",62',
    "areas": 'code,name,cityCode,provinceCode\n620999,"示范县",6209,62',
    "streets": 'code,name,areaCode,provinceCode,cityCode\n620999204,"示范乡",620999,62,6209',
    "villages": VILLAGES,
}


@pytest.fixture
def divisions(tmp_path) -> Path:
    """The public lists of the sample's township."""
    folder = tmp_path / "divisions"
    folder.mkdir()
    for name, text in LISTS.items():
        (folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return folder


def run(*words: object, **options: object) -> dict:
    """Run the command in this process and give its report."""
    answer = StringIO()
    given = {"township": "620999204", "json": True, **options}
    call_command("import_roster", *map(str, words), stdout=answer, stderr=StringIO(), **given)
    assert answer.getvalue().count("\n") == 1
    return json.loads(answer.getvalue())


def fates(report: dict) -> list[tuple[int, int, int]]:
    return [(table["added"], table["known"], table["changed"]) for table in report["tables"]]


@pytest.mark.django_db
def test_the_report_is_the_truth_of_the_sample(divisions, home):
    call_command("import_divisions", str(divisions), stdout=StringIO(), stderr=StringIO())
    report = run(SAMPLE, report=home / "out.json", annotated=home / "marked.xlsx")

    assert json.loads((home / "out.json").read_text(encoding="utf-8")) == report
    tables = {table["unit"]: table for table in report["tables"]}
    assert len(tables) == len(TRUTH)
    for truth in TRUTH.values():
        table = tables[truth["code"]]
        assert {name: table[name] for name in COUNTED} == {name: truth[name] for name in COUNTED}
        assert (table["added"], table["known"], table["changed"]) == (truth["people"], 0, 0)
        flagged = [{name: flag[name] for name in ("row", "name", "why")} for flag in table["flagged"]]
        assert flagged == truth["identity_problems"]
        assert table["refused"] == []
    assert Resident.objects.filter(log=TOWNSHIP).count() == sum(truth["people"] for truth in TRUTH.values())
    marked = openpyxl.load_workbook(home / "marked.xlsx")
    comments = sum(cell.comment is not None for sheet in marked for row in sheet.iter_rows() for cell in row)
    assert comments == sum(len(truth["identity_problems"]) for truth in TRUTH.values())


@pytest.mark.django_db
def test_the_sample_again_adds_nobody_and_one_changed_phone_is_one_change(divisions, home):
    call_command("import_divisions", str(divisions), stdout=StringIO(), stderr=StringIO())
    run(SAMPLE)
    people = Resident.objects.count()
    assert fates(run(SAMPLE)) == [(0, truth["people"], 0) for truth in TRUTH.values()]

    changed = openpyxl.load_workbook(SAMPLE)
    changed["示范一村"].cell(5, 8).value = "100-7420-9999"
    changed.save(home / "changed.xlsx")
    first, *others = fates(run(home / "changed.xlsx"))
    assert first == (0, TRUTH["示范一村"]["people"] - 1, 1)
    assert others == [(0, truth["people"], 0) for truth in list(TRUTH.values())[1:]]
    assert Resident.objects.count() == people


@pytest.mark.django_db
def test_a_dry_run_tells_the_same_and_writes_nothing(divisions, home):
    call_command("import_divisions", str(divisions), stdout=StringIO(), stderr=StringIO())
    told = run(SAMPLE, dry_run=True)

    assert not Log.objects.exists()
    assert not Head.objects.exists()
    assert not Entry.objects.exists()
    assert not (home / "keys").exists()
    assert told == run(SAMPLE)


@pytest.mark.django_db
def test_an_unknown_township_and_a_file_that_is_none_are_refused_before_anything_is_written(divisions, home):
    with pytest.raises(Refused) as refused:
        run(SAMPLE)
    assert refused.value.code == "no_such_township"

    call_command("import_divisions", str(divisions), stdout=StringIO(), stderr=StringIO())
    (home / "none.xlsx").write_text("a letter", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        run(home / "none.xlsx")
    assert refused.value.code == "workbook_not_one"
    with pytest.raises(CommandError):
        run(home / "nowhere.xlsx")
    with pytest.raises(CommandError):
        run(SAMPLE, author="nobody")
    assert not Log.objects.exists()


# ---------------------------------------------------------------- a process of its own, in a home of its own


@pytest.fixture
def elsewhere(tmp_path) -> dict[str, str]:
    """The environment of a home of its own; on PostgreSQL its database is this test's."""
    environment = {**os.environ, "CONCERTO_HOME": str(tmp_path / "home"), "PYTHONPATH": str(CHECKOUT / "src")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if not database.is_sqlite():
        environment["DATABASE_URL"] = f"{os.environ['POSTGRES_URL']} dbname={connection.settings_dict['NAME']}"
    return environment


def concerto(environment: dict[str, str], *words: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "concerto.config.command", *map(str, words)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def answered(environment: dict[str, str], *words: object) -> str:
    process = concerto(environment, *words)
    said, complaint = process.communicate(timeout=200)
    assert process.returncode == 0, complaint
    return said


def killed_after(environment: dict[str, str], transactions: int, *words: object) -> None:
    """Kill an import outright when it has told of so many transactions."""
    process = concerto(environment, *words)
    assert process.stderr is not None
    told = 0
    for line in process.stderr:
        told += "户里已办" in line
        if told == transactions:
            process.send_signal(signal.SIGKILL)
            break
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_it_is_simply_run_again_and_keeps_no_number(divisions, elsewhere):
    command = ("import", "roster", SAMPLE, "--township", "620999204", "--json")
    answered(elsewhere, "import", "divisions", divisions)
    killed_after(elsewhere, 3, *command)
    killed_after(elsewhere, 4, *command)
    rest = json.loads(answered(elsewhere, *command))
    again = json.loads(answered(elsewhere, *command))

    people = sum(truth["people"] for truth in TRUTH.values())
    assert 0 < sum(added for added, _, _ in fates(rest)) < people
    assert sum(added + known for added, known, _ in fates(rest)) == people
    assert fates(again) == [(0, truth["people"], 0) for truth in TRUTH.values()]
    answered(elsewhere, "verify")
    assert numbers_in(Path(elsewhere["CONCERTO_HOME"])) == []


def numbers_in(home: Path) -> list[str]:
    """Look for every identity number of the sample in every file of a home."""
    texts = [
        str(cell.value).translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
        for sheet in openpyxl.load_workbook(SAMPLE)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    ]
    numbers = {found.encode() for text in texts for found in re.findall(r"\d{17}[\dX]", text)}
    assert len(numbers) > 700
    held = [(path, path.read_bytes()) for path in home.rglob("*") if path.is_file()]
    return [path.name for path, content in held if any(number in content for number in numbers)]
