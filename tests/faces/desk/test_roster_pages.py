"""A roster on its pages: looked at, said what nobody knew of it, taken in step by step, settled row by row."""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concerto.conductor import reach
from concerto.conductor.retiring import retire
from concerto.faces.desk.roster import taking as roster_taking
from concerto.groundwork import clock
from concerto.groundwork.identity import read_identity
from concerto.groundwork.keyed import identity_hash
from concerto.journal.models import Entry
from concerto.places.models import RosterFlag, RosterImport, RosterMapping
from concerto.register.models import Household, Resident
from tests.cast import TOWNSHIP, VILLAGE_A
from tests.conductor.roster.rosters import HEADINGS, book, number

ROWS = (
    (12, "塞力克·哈孜", "户主", number(1), "10012340001", "", "是"),
    (12, "古丽扎·塞力克", "之女", "99999919990505", "", "", ""),
)


@pytest.fixture(autouse=True)
def _home(home):
    """Every test keeps its files in a home of its own."""


@pytest.fixture
def office(desk, wang):
    """The organizer's browser."""
    return Office(desk.of(wang))


class Office:
    """What an organizer does on the pages of rosters."""

    def __init__(self, client) -> None:
        self.client = client

    def get(self, name: str, *args, **extra):
        return self.client.get(reverse(f"desk:{name}", args=args), **extra)

    def post(self, name: str, *args, data=None):
        return self.client.post(reverse(f"desk:{name}", args=args), data or {})

    def send(self, data: bytes, called: str = "花名册.xlsx"):
        return self.post("roster", data={"book": SimpleUploadedFile(called, data)})

    def sent(self, data: bytes) -> str:
        answer = self.send(data)
        assert answer.status_code == 302, answer.content.decode()[:2000]
        return answer.url.strip("/").split("/")[-1]

    def looked_at(self, batch: str) -> str:
        answer = self.get("roster-look", batch)
        assert answer.status_code == 200
        return answer.content.decode()

    def take(self, data: bytes) -> str:
        batch = self.sent(data)
        assert self.post("roster-take", batch).url == reverse("desk:roster-done", args=[batch])
        return batch


def test_looking_shows_what_would_come_and_writes_nothing(office, home):
    before = Entry.objects.count()
    batch = office.sent(book(*ROWS, headings=(*HEADINGS[:-1], "帮扶户")))
    shown = office.looked_at(batch)

    assert "花名册.xlsx" in shown
    assert "上泉村" in shown
    assert "古丽扎·塞力克" in shown
    assert "身份证号位数不够" in shown
    assert "99999919990505" not in shown
    assert number(1) not in shown
    assert "导入 2 人" in shown
    assert Entry.objects.count() == before
    assert {path.stat().st_mode & 0o777 for path in (home / "uploads").glob(f"{batch}.*")} == {0o600}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_answers_in_both_languages(office, language):
    said = {"headers": {"accept-language": language}}
    batch = office.sent(book(*ROWS))
    assert office.get("roster", **said).status_code == 200
    assert office.get("roster-look", batch, **said).status_code == 200
    office.post("roster-take", batch)
    flag = RosterFlag.objects.get()
    for name, *args in (("roster-done", batch), ("roster-waiting",), ("roster-settle", flag.id), ("roster",)):
        answer = office.get(name, *args, **said)
        assert answer.status_code == 200, name
        assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in answer.content.decode()


def test_it_comes_in_as_the_organizers_own_entries_and_the_workbook_goes(office, wang, home):
    batch = office.take(book(*ROWS))

    assert Resident.objects.get(name="塞力克·哈孜").identity != ""
    assert set(Entry.objects.filter(kind="resident", author=wang.id).values_list("unit", flat=True)) == {VILLAGE_A}
    assert [path.name for path in (home / "uploads").iterdir()] == []
    done = office.get("roster-done", batch).content.decode()
    assert "新的 2 人" in done
    assert RosterImport.objects.get().tables[0]["added"] == 2
    assert office.get("roster-look", batch).url == reverse("desk:roster-done", args=[batch])


def test_sent_again_it_adds_nobody(office):
    office.take(book(*ROWS))
    batch = office.sent(book(*ROWS))

    assert "导入 2 人" not in office.looked_at(batch)
    office.post("roster-take", batch)
    assert Resident.objects.filter(name="塞力克·哈孜").count() == 1
    assert RosterFlag.objects.count() == 1


def test_a_long_roster_goes_on_step_by_step_and_after_a_server_that_stopped(office, monkeypatch):
    monkeypatch.setattr(roster_taking, "STEP", timedelta(0))
    rows = [
        (100 + n, f"牧民{sign}", "户主", number(100 + n), "", "", "") for n, sign in enumerate("甲乙丙丁戊己庚辛" * 4)
    ]
    batch = office.sent(book(*rows))

    steps = 0
    while not RosterImport.objects.get().done_at:
        answer = office.post("roster-take", batch)
        steps += 1
        assert steps < 20
        if "done" not in answer.url:
            shown = office.looked_at(batch)
            assert "data-goes-on" in shown
    assert steps > 1
    assert RosterImport.objects.get().tables[0]["added"] == len(rows)
    assert Household.objects.filter(number__in=[str(100 + n) for n in range(len(rows))]).count() == len(rows)


def test_a_heading_is_said_once_and_remembered(office):
    headings = (*HEADINGS, "称呼用字")
    data = book((*ROWS[0], "塞利克·哈孜"), headings=headings)
    batch = office.sent(data)
    shown = office.looked_at(batch)
    assert "称呼用字" in shown

    office.post("roster-look", batch, data={"heading-0": "alias"})
    office.post("roster-take", batch)
    assert "塞利克·哈孜" in Resident.objects.get(name="塞力克·哈孜").aliases

    assert RosterMapping.objects.filter(log=TOWNSHIP, field="alias").count() == 1
    again = office.sent(book((*ROWS[1], "古丽加·塞力克"), headings=headings))
    office.post("roster-take", again)
    assert "古丽加·塞力克" in Resident.objects.get(name="古丽扎·塞力克").aliases


def test_a_heading_can_be_said_to_be_nothing_to_keep(office):
    batch = office.sent(book((*ROWS[0], "蓝"), headings=(*HEADINGS, "档案袋颜色")))
    office.post("roster-look", batch, data={"heading-0": "not_kept"})

    assert "档案袋颜色" in office.looked_at(batch)
    office.post("roster-look", batch, data={"heading-0": "nonsense"})
    assert RosterMapping.objects.get().field == "not_kept"


def test_a_sheet_of_no_known_village_is_said_which_one_it_is_of(office, world):
    batch = office.sent(book(*ROWS, sheet="四队"))
    assert "没有一张表看得出是哪个村的名册" in office.looked_at(batch)

    office.post("roster-look", batch, data={"village-0": world.village_b.code})
    office.post("roster-take", batch)
    house = Household.objects.get(id=Resident.objects.get(name="塞力克·哈孜").household)
    assert house.village == world.village_b.id


def test_a_sheet_can_not_be_said_to_be_of_another_townships_village(office, world):
    batch = office.sent(book(*ROWS, sheet="四队"))
    office.post("roster-look", batch, data={"village-0": world.far_village.code})

    assert RosterImport.objects.get().given == {}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a letter", "这不是 Excel 表格"),
        (b"PK\x03\x04" + b"\0" * 40, "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40, "损坏"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words_and_kept_nowhere(office, home, data, words):
    answer = office.send(data)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not RosterImport.objects.exists()
    assert not list((home / "uploads").glob("*")) if (home / "uploads").exists() else True


def test_without_a_file_the_page_asks_for_one(office):
    answer = office.post("roster")
    assert answer.status_code == 422
    assert "请选择表格文件" in answer.content.decode()


def test_the_marked_file_is_the_persons_own_and_stays_nowhere(office, home):
    batch = office.sent(book(*ROWS))
    answer = office.get("roster-file", batch)

    marked = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert marked.cell(3, 4).comment is not None
    assert marked.cell(2, 4).value == number(1)
    assert "attachment" in answer["Content-Disposition"]
    assert sorted(path.name for path in (home / "uploads").iterdir()) == [f"{batch}.book", f"{batch}.name"]


def test_one_that_is_not_wanted_is_deleted(office, home):
    batch = office.sent(book(*ROWS))
    office.post("roster-drop", batch)

    assert list((home / "uploads").iterdir()) == []
    assert office.get("roster-look", batch).status_code == 404


def test_a_workbook_older_than_a_day_is_gone(office, home):
    batch = office.sent(book(*ROWS))
    retire(clock.today(), clock.now() + timedelta(days=2))

    assert list((home / "uploads").iterdir()) == []
    assert "文件已经不在了" in office.looked_at(batch)
    assert office.post("roster-take", batch).url == reverse("desk:roster-look", args=[batch])


def test_an_erasure_reaches_a_workbook_that_waits(office, home):
    office.sent(book(*ROWS))

    class Nobody:
        """Somebody whose name stands nowhere: what cannot be read as text goes in any case."""

        class sought:  # noqa: N801
            is_in = staticmethod(lambda text: False)

    assert reach.remove_files(Nobody()) == 1
    assert [path.suffix for path in (home / "uploads").iterdir()] == [".name"]


# ---------------------------------------------------------------- settling


def settle(office, flag: RosterFlag, **said):
    opened = office.get("roster-settle", flag.id).content.decode()
    draft = re.search(r'name="draft" value="([^"]+)"', opened).group(1)
    return office.post("roster-settle", flag.id, data={"draft": draft, **said})


def test_a_number_typed_anew_leaves_its_hash_alone(office, home):
    office.take(book(*ROWS))
    flag = RosterFlag.objects.get()
    listed = office.get("roster-waiting").content.decode()
    assert "古丽扎·塞力克" in listed
    assert "99999919990505" not in listed

    right = number(2, "19990505")
    assert settle(office, flag, identity=right).status_code == 302
    assert Resident.objects.get(name="古丽扎·塞力克").identity == identity_hash(read_identity(right), home)
    assert RosterFlag.objects.get().settled_on is not None
    assert "古丽扎·塞力克" not in office.get("roster-waiting").content.decode()
    office.post("roster-take", office.sent(book(*ROWS)))
    assert RosterFlag.objects.filter(settled_on__isnull=True).count() == 0


def test_a_number_of_somebody_else_is_not_taken(office):
    office.take(book(*ROWS))
    answer = settle(office, RosterFlag.objects.get(), identity=number(1))

    assert answer.status_code == 422
    assert "塞力克·哈孜" in answer.content.decode()
    assert number(1) not in "".join(Entry.objects.values_list("said", flat=True))


def test_a_number_that_is_none_is_asked_again_and_none_at_all_is_said_so(office):
    office.take(book(*ROWS))
    flag = RosterFlag.objects.get()
    assert settle(office, flag, identity="123").status_code == 422
    assert settle(office, flag).status_code == 422

    assert settle(office, flag, looked="1").status_code == 302
    assert RosterFlag.objects.get().settled_on is not None


# ---------------------------------------------------------------- who may


@pytest.mark.parametrize("name", ["lin", "sec", "med", "zhou", "gao", "adm", "pri"])
def test_nobody_but_the_organizer_comes_here(office, desk, world, name):
    office.take(book(*ROWS))
    batch, flag = RosterImport.objects.get().id, RosterFlag.objects.get().id
    visitor = Office(desk.of(world.accounts[name]))
    for page, *args in (
        ("roster",), ("roster-look", batch), ("roster-done", batch), ("roster-file", batch), ("roster-waiting",),
        ("roster-settle", flag),
    ):  # fmt: skip
        assert visitor.get(page, *args).status_code == 403, page
    for page in ("roster-take", "roster-drop"):
        assert visitor.post(page, batch).status_code == 403


def test_the_organizer_of_another_township_finds_none_of_it(office, desk, other):
    office.take(book(*ROWS))
    batch, flag = RosterImport.objects.get().id, RosterFlag.objects.get().id
    visitor = Office(desk.of(other))
    for page, *args in (
        ("roster-look", batch),
        ("roster-done", batch),
        ("roster-file", batch),
        ("roster-settle", flag),
    ):
        assert visitor.get(page, *args).status_code == 404, page
    for page in ("roster-take", "roster-drop"):
        assert visitor.post(page, batch).status_code == 404
    assert "古丽扎" not in visitor.get("roster-waiting").content.decode()
