"""The township's year: states told apart by shape and words, a bar opened, who sees what, and nobody compared."""

import re
from datetime import date
from itertools import product
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse

from concerto.faces.desk.board.telling import Depth, Told, draw
from concerto.papers.board.year import Head, places_of, year_of
from concerto.places.models import Opening, Unit, UnitKind
from concerto.places.sight import Role, Sight
from concerto.places.units import add_unit
from concerto.register.access import sight_of
from tests.asked import statements
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B

from .boards import SEPTEMBER, a_year, autumn, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
BOARD = "desk:board"
__all__ = ["autumn"]


def shown(client, **asked) -> str:
    answer = client.get(reverse(BOARD), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def bracket(text: str, village: str) -> str:
    return next(body for body in re.findall(r"<tbody>.*?</tbody>", text, re.S) if f">{village}</th>" in body)


def bar(text: str, village: str, line: int, month: int) -> str:
    row = re.findall(r"<tr>.*?</tr>", bracket(text, village), re.S)[line]
    return re.findall(r"<td.*?</td>", row, re.S)[month - 1]


def heads(world, duty: str) -> dict[int, Head]:
    year = year_of(TOWNSHIP, 2026, SEPTEMBER, {world.branch_a.id, VILLAGE_A})
    return {head.due.month: head for head in year.heads if head.duty.id == duty}


def test_each_state_has_a_head_of_its_own_and_its_words(desk, world):
    a_year(world)
    assert [heads(world, "theme-day")[n].state for n in (5, 6, 7, 8, 9)] == ["waived", "met", "late", "missed", "open"]
    text = shown(desk.of(world.wang), part="branch")
    drawn = [bar(text, "上泉村", 0, n) for n in (5, 6, 7, 8, 9)]
    for cell, shape, said in zip(
        drawn,
        ("M-6 0H6V4.5H-6z", "m-fill", "m-thin", "m-cross", "m-open"),
        ("准免 1", "办了 1", "漏了，后来补上 1", "漏了", "要办，没到期"),
        strict=True,
    ):
        assert shape in cell
        assert said in cell


def test_the_table_says_the_same_in_words(desk, world):
    a_year(world)
    text = shown(desk.of(world.wang), **{"as": "table", "part": "branch"})
    row = next(row for row in re.findall(r"<tr>.*?</tr>", text, re.S) if "主题党日" in row and "上泉党支部" in row)
    cells = re.findall(r"<td>(.*?)</td>", row, re.S)[1:]
    said = [re.sub(r'<span class="piece".*?</span>|<.*?>', "", cell) for cell in cells]
    assert said[4:] == ["准免", "办了", "漏了，8月12日补上", "漏了", "要办，9月30日前", "–", "–", "–"]
    pieces = [re.findall(r'class="piece"[^>]*>(.*?)</span>', cell) for cell in cells]
    assert pieces[4:8] == [["准免"], ["办了"], ["漏了", "后来补上", "8月12日"], ["漏了"]]
    assert '<svg class="mark' not in row


def test_a_bar_opened_names_duty_source_due_day_and_record(desk, world):
    made = a_year(world)
    text = shown(desk.of(world.wang), place=VILLAGE_A, month=7, line="branch").split('id="bar"')[1]
    assert "上泉村 7月 支部生活" in text
    assert reverse("desk:entry", args=[made["july"]]) in text
    assert "8月12日，算7月的" in text
    assert "依据：" in text
    assert "期限7月31日" in text


def test_households_are_named_to_whoever_opens_their_cards_alone(desk, world):
    visit(world, date(2026, 8, 3), world.house_1.id)
    asked = {"place": VILLAGE_A, "month": 8, "line": "assistance"}
    name = next(iter(world.house_1.people))
    for who in (world.lin, world.sec):
        assert name in shown(desk.of(who), **asked)
    for who in (world.wang, world.zhou):
        assert name not in shown(desk.of(who), **asked)


def test_from_above_the_village_it_is_said_of_households_how_many_and_nothing_else(desk, world):
    entry = visit(world, date(2026, 8, 3), world.house_1.id)
    asked = {"place": VILLAGE_A, "month": 8, "line": "assistance"}
    assert reverse("desk:entry", args=[entry]) in shown(desk.of(world.lin), **asked)
    for who in (world.wang, world.zhou):
        opened = shown(desk.of(who), **asked).split('id="bar"')[1]
        assert "期限8月31日" in opened
        assert "<table" not in opened
        for hidden in ("8月3日", str(world.house_1.id), reverse("desk:entry", args=[entry])):
            assert hidden not in opened


def test_a_village_sees_itself_and_the_township_sees_all(desk, world):
    for who, villages in ((world.lin, [1, 0]), (world.ma, [0, 1]), (world.sec, [1, 0]), (world.wang, [1, 1])):
        text = shown(desk.of(who))
        assert [text.count(f'score-unit">{name}</th>') for name in ("上泉村", "中泉村")] == villages
    assert desk.of(world.lin).get(reverse(BOARD), {"place": VILLAGE_B, "month": 7}).status_code == 404
    assert desk.of(world.other).get(reverse(BOARD), {"place": VILLAGE_B, "month": 7}).status_code == 404


def test_the_county_reads_counts_and_nothing_else(desk, world):
    made = a_year(world)
    visit(world, date(2026, 8, 3), world.house_1.id)
    for part in ("branch", "assistance"):
        text = shown(desk.of(world.gao), place=VILLAGE_A, month=8, line=part)
        opened = text.split('id="bar"')[1]
        assert "<table" not in opened
        assert "/entries/" not in text
        assert "/households/" not in text
        assert "/branches/" not in text
        assert next(iter(world.house_1.people)) not in text
        assert str(made["july"]) not in text
    assert "不到 5 户，不单说" in opened


class Counted:
    """A head of which so many are done."""

    is_counted = True
    late_on, waived = None, 0
    due = date(2026, 8, 31)

    def __init__(self, state: str, have: int, need: int) -> None:
        self.state, self.have, self.need = state, have, need


def told(head: Counted, depth: Depth, today: date = SEPTEMBER) -> Told:
    return Told(head, depth, today)


@pytest.mark.parametrize(
    ("have", "need", "near", "county", "above"),
    [(1, 1, "1 个都办了", "共不到 5 个", "共不到 5 个"),
     (2, 20, "办了 2，共 20", "办了 <5，共 20", "办了 <5，共 20"),
     (18, 20, "办了 18，共 20", "20 个，没办的不到 5 个", "20 个，没办的不到 5 个"),
     (9, 20, "办了 9，共 20", "办了 9，共 20", "办了 5 个以上，共 20"),
     (20, 20, "20 个都办了", "20 个都办了", "20 个，没办的不到 5 个"),
     (0, 20, "办了 0，共 20", "办了 0，共 20", "办了 <5，共 20")],
)  # fmt: skip
def test_a_number_under_five_is_told_only_where_people_work(have, need, near, county, above):
    head = Counted("missed", have, need)
    for depth, said in ((Depth.WHOLE, near), (Depth.COUNTS, county), (Depth.ROUNDED, above)):
        assert told(head, depth).count == said


def test_from_above_a_village_s_households_stand_alike_whether_a_few_are_left_or_none():
    """Beside what the ledger tells of one household, "all done" or "the only one is done" would say how it was met."""
    heads = [Counted(state, have, 20) for state, have in (("met", 20), ("late", 20), ("missed", 19), ("missed", 16))]
    assert {told(head, Depth.ROUNDED).words(year=2026) for head in heads} == {"办了，没办的不到 5 户，共 20 户"}
    assert {told(head, Depth.ROUNDED).state for head in heads} == {"nearly"}
    assert draw("nearly", "assistance") == draw("met", "assistance")
    left = told(Counted("missed", 15, 20), Depth.ROUNDED)
    assert (left.state, left.count) == ("missed", "办了 15 个以上，共 20")

    small = [Counted(state, have, 4) for state, have in (("met", 4), ("late", 4), ("missed", 3), ("missed", 0))]
    assert {told(head, Depth.ROUNDED).words(year=2026) for head in small} == {"不到 5 户，不单说"}
    assert {told(head, Depth.ROUNDED).state for head in small} == {"few"}

    running = [Counted(state, have, 20) for state, have in (("met", 20), ("open", 19), ("open", 16))]
    day = date(2026, 8, 20)
    assert len({told(head, Depth.ROUNDED, day).words(year=2026) for head in running}) == 1
    assert {told(head, Depth.ROUNDED, day).state for head in running} == {"open"}


def test_the_figures_of_the_table_tell_no_more_than_the_words():
    """Whatever reads alike in words reads alike in figures, at every depth and however many are done."""
    for depth, need, today in product(Depth, range(1, 24), (SEPTEMBER, date(2026, 8, 20))):
        alike: dict[str, set[tuple[str, ...]]] = {}
        for have in range(need + 1):
            head = Counted("open" if today < SEPTEMBER else "met" if have == need else "missed", have, need)
            one = told(head, depth, today)
            alike.setdefault(one.words(year=2026), set()).add(tuple(one.short()))
        assert all(len(short) == 1 for short in alike.values()), (depth, need, alike)
    assert told(Counted("missed", 12, 20), Depth.ROUNDED).short() == ["漏了", "10+ / 20"]
    assert told(Counted("missed", 3, 20), Depth.ROUNDED).short() == ["漏了", "<5 / 20"]
    assert told(Counted("missed", 2, 4), Depth.WHOLE).short() == ["漏了", "2 / 4"]
    assert told(Counted("met", 20, 20), Depth.ROUNDED).short() == ["没办 <5", "共 20 户"]


def test_what_was_waived_or_is_not_owed_of_households_is_said_as_it_is():
    for state in ("waived", "not_owed"):
        assert told(Counted(state, 0, 0), Depth.ROUNDED).state == state


@pytest.mark.parametrize("who", ["wang", "zhou", "gao"])
def test_from_above_nothing_of_a_village_with_one_helped_household_moves_when_it_is_done(desk, world, who):
    def everything() -> list[str]:
        client = desk.of(getattr(world, who))
        where = reverse("desk:board-file") + "?year=2026"
        pages = [
            shown(client),
            shown(client, **{"as": "table"}),
            shown(client, part="assistance"),
            *(shown(client, place=VILLAGE_A, month=n, line="assistance") for n in (7, 8, 9)),
        ]
        texts = [re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page) for page in pages]
        return [*texts, client.post(where, {"purpose": "季度汇总", "format": "csv"}).content.decode("utf-8-sig")]

    before = everything()
    for page in before:
        assert "不到 5 户，不单说" in page or "要办" in page
    visit(world, date(2026, 8, 3), world.house_1.id)
    visit(world, date(2026, 9, 3), world.house_1.id)
    for page, earlier in zip(everything(), before, strict=True):
        assert page.split('id="main"')[-1] == earlier.split('id="main"')[-1]


def test_what_is_its_person_s_alone_is_on_no_board(desk, world):
    made = a_year(world)
    year = year_of(TOWNSHIP, 2026, SEPTEMBER, {world.branch_a.id, VILLAGE_A, TOWNSHIP})
    assert {line.duty for line in year.lines if line.private} == set()
    for who in (world.lin, world.wang):
        text = shown(desk.of(who), **{"as": "table"})
        assert "每周自学" not in text
        assert str(made["own"]) not in text


def test_places_keep_the_order_of_their_codes_whatever_stands_in_them(desk, world):
    a_year(world)
    sight = sight_of(world.wang, SEPTEMBER)
    assert [place.name for place in places_of(sight, 2026)] == ["上泉村", "中泉村"]
    text = shown(desk.of(world.wang))
    for hint in ("%</", "sort=", "order=", "林晓", "马兰"):
        assert hint not in text.replace("100%", "")


def test_a_branch_that_serves_no_village_has_a_bracket_of_its_own(world):
    add_unit(TOWNSHIP, UnitKind.BRANCH, "机关党支部")
    names = [place.name for place in places_of(sight_of(world.wang, SEPTEMBER), 2026)]
    assert names == ["上泉村", "中泉村", "机关党支部"]


def village(n: int) -> Unit:
    return Unit(log=TOWNSHIP, id=uuid4(), kind=UnitKind.VILLAGE, code=f"620999204{n}", name=f"村{n}")


def test_many_places_are_shown_a_page_at_a_time(desk, world, django_assert_max_num_queries):
    Unit.objects.bulk_create(
        Unit(log=TOWNSHIP, id=uuid4(), kind=UnitKind.VILLAGE, code=f"620999204{n}", name=f"村{n}")
        for n in range(300, 500)
    )
    client = desk.of(world.wang)
    with django_assert_max_num_queries(40):
        first = shown(client)
    assert first.count("<tbody>") == 12
    assert "共 202 处，按代码顺序，第 1 到第 12" in first
    assert len(first.encode()) < 400_000
    last = shown(client, first=192)
    assert last.count("<tbody>") == 10
    one = shown(client, part="branch")
    assert one.count("<tbody>") == 40
    assert shown(client, first=5000).count("<tbody>") == 12


def test_more_places_ask_no_more_of_the_database(desk, world):
    a_year(world)
    client = desk.of(world.wang)
    with statements() as few:
        shown(client)
    for n in range(300, 308):
        Unit(log=TOWNSHIP, id=uuid4(), kind=UnitKind.VILLAGE, code=f"620999204{n}", name=f"村{n}").save(
            force_insert=True
        )
    with statements() as more:
        shown(client)
    assert len(more) == len(few)


def test_a_year_is_chosen_and_nonsense_asks_for_nothing(desk, world):
    client = desk.of(world.wang)
    assert "2026年，到2026年9月18日" in shown(client, year="2031")
    nonsense = {"year": "x", "part": "all", "first": "-1", "place": "x", "month": "13", "line": "9", "behind": "²"}
    assert "2026年，到2026年9月18日" in shown(client, **nonsense)


def test_all_months_can_be_asked_for_where_a_screen_has_room_for_three(desk, world):
    client = desk.of(world.wang)
    few, every = shown(client, part="branch"), shown(client, part="branch", months="all")
    assert "score-whole" not in few
    assert "score-whole" in every
    assert "?year=2026&amp;months=all&amp;part=branch" in few
    bars = re.findall(r'href="([^"]*month=\d+[^"]*)"', every)
    assert bars
    assert all("months=all" in address for address in bars)


def test_last_year_is_judged_by_what_came_in_since(world):
    year = year_of(TOWNSHIP, 2025, SEPTEMBER, {VILLAGE_A, world.branch_a.id})
    assert {head.due.year for head in year.heads} <= {2025}
    assert year.asof == SEPTEMBER


def test_somebody_without_a_place_reads_so(desk, world):
    assert desk.of(world.newcomer).get(reverse(BOARD)).status_code == 403
    sight = Sight(world.lin.id, TOWNSHIP, SEPTEMBER, roles=frozenset({Role.INSTRUCTOR}))
    assert places_of(sight, 2026) == []


def test_the_file_holds_own_places_no_name_and_is_noted(desk, world, tmp_path):
    a_year(world)
    visit(world, date(2026, 8, 3), world.house_1.id)
    client = desk.of(world.lin)
    where = reverse("desk:board-file") + "?year=2026"
    assert client.post(where, {"format": "csv"}).status_code == 422
    text = client.post(where, {"purpose": "季度汇总", "format": "csv"}).content.decode("utf-8-sig")
    assert "上泉村" in text
    assert "中泉村" not in text
    assert "漏了，后来补上" in text
    for word in (*world.house_1.people, "林晓", "每周自学"):
        assert word not in text
    note = Opening.objects.get()
    assert (note.by, note.what, note.purpose, note.rows) == (
        world.lin.id,
        "board_file",
        "季度汇总",
        text.count("\r\n") - 1,
    )
    book = tmp_path / "board.xlsx"
    book.write_bytes(client.post(where, {"purpose": "季度汇总", "format": "xlsx"}).content)
    sheet = openpyxl.load_workbook(book).active
    assert [cell.value for cell in sheet[1]][:4] == ["地方", "单位", "条线", "规定要办的"]


def test_the_county_s_file_holds_no_number_under_five(desk, world):
    visit(world, date(2026, 8, 3), world.house_1.id)
    where = reverse("desk:board-file") + "?year=2026"
    text = desk.of(world.gao).post(where, {"purpose": "季度汇总", "format": "csv"}).content.decode("utf-8-sig")
    assert "上泉村" in text
    assert "共不到 5 个" in text
    assert "都办了" not in text


def test_from_above_the_village_no_number_under_five_and_no_late_day_is_told_of_households(desk, world):
    a_year(world)
    visit(world, date(2026, 9, 3), world.house_1.id, counts_for="2026-08")
    where = reverse("desk:board-file") + "?year=2026"

    def file_row(who) -> str:
        text = desk.of(who).post(where, {"purpose": "季度汇总", "format": "csv"}).content.decode("utf-8-sig")
        return next(row for row in text.splitlines() if "走访帮扶户" in row and "2026-08-31" in row)

    asked = {"place": VILLAGE_A, "month": 8, "line": "assistance"}
    for text in (shown(desk.of(world.lin), **{"as": "table"}), shown(desk.of(world.lin), **asked)):
        assert "漏了，9月3日补上，1 个都办了" in text
    assert "1 个都办了,2026-09-03" in file_row(world.lin)
    for who in (world.wang, world.zhou):
        for text in (shown(desk.of(who), **{"as": "table"}), shown(desk.of(who), **asked)):
            assert "不到 5 户，不单说" in text
            assert "后来补上，共" not in text
            assert "9月3日" not in text
        assert "不到 5 户，不单说,共不到 5 个,," in file_row(who)
        assert "1 个都办了" not in file_row(who)
