"""The centre's board: by where a case is and its clock, names only where it opens, small numbers not told."""

import re
from datetime import date

import pytest
from django.urls import reverse

from concerto.journal.kinds.case_steps import CaseStep1
from concerto.parts.disputes.models import Case
from tests.asked import statements
from tests.cases import Matter
from tests.cast import TOWNSHIP, VILLAGE_B

pytestmark = pytest.mark.django_db


def board_of(client, **asked) -> str:
    answer = client.get(reverse("desk:cases"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def body_of(text: str) -> str:
    return text.split("<main", 1)[1].split("</main>")[0]


def numbers_of(text: str) -> list[str]:
    figures = text.split('class="figures"', 1)[1].split("</dl>")[0]
    return re.findall(r"<dd>(?:<a [^>]*>)?([^<]*(?:&lt;5)?)(?:</a>)?</dd>", figures)


def test_what_opens_to_a_mediator_stands_by_where_it_is(desk, world, line):
    first, second = Matter(world, on="2026-08-20"), Matter(world)
    second.willing()
    text = board_of(desk.of(world.med))
    assert text.index(reverse("desk:case", args=[first.id])) < text.index(reverse("desk:case", args=[second.id]))
    assert "杨春生" in text
    assert second.row.number in text


def test_a_grade_that_has_run_out_is_none_and_its_page_says_to_weigh_it_again(desk, world, line):
    matter = Matter(world)
    assert matter.step("accepted", "2026-09-01") == "accepted"
    client, page = desk.of(world.med), reverse("desk:case", args=[matter.id])

    assert matter.step("weighed", "2026-09-02", difficulty="hard", until=date(2026, 9, 20)) == "accepted"
    assert page not in body_of(board_of(client, difficulty="hard"))
    assert page in body_of(board_of(client))
    assert "请重新评估" in client.get(page).content.decode()

    assert matter.step("weighed", "2026-09-03", difficulty="hard", until=date(2099, 9, 20)) == "accepted"
    assert page in body_of(board_of(client, difficulty="hard"))
    assert "请重新评估" not in client.get(page).content.decode()


def test_whom_no_case_opens_to_reads_numbers_and_no_names(desk, world, line):
    Matter(world).willing()
    for one in (world.zhou, world.wang, world.lin):
        text = board_of(desk.of(one))
        assert "杨春生" not in text
        assert "&lt;5" in text
        assert str(Case.objects.get().id) not in text


def test_who_brought_it_sees_where_it_is_and_not_what_about(desk, world, line):
    matter = Matter(world, author=world.lin)
    text = body_of(board_of(desk.of(world.lin)))
    assert reverse("desk:case", args=[matter.id]) in text
    assert "杨春生" not in text
    assert "草场边界" not in text.split('class="links"', 1)[1].split("<form", 1)[0]


def test_it_is_narrowed_by_village_sort_and_how_hard_it_is(desk, world, line):
    near, far = Matter(world), Matter(world, unit=VILLAGE_B, by=world.zhou)
    client = desk.of(world.med)
    assert reverse("desk:case", args=[near.id]) in board_of(client, category="hills_and_land")
    assert reverse("desk:case", args=[near.id]) not in board_of(client, category="contracts")
    assert reverse("desk:case", args=[near.id]) not in board_of(client, difficulty="hard")
    assert reverse("desk:case", args=[far.id]) not in board_of(client)


def test_a_long_list_goes_on_behind_its_last(desk, world, line, monkeypatch):
    from concerto.faces.desk.cases import board

    monkeypatch.setattr(board, "PAGE", 2)
    every = [Matter(world, on=f"2026-09-0{day}") for day in (1, 2, 3)]
    client = desk.of(world.med)
    text = board_of(client)
    assert reverse("desk:case", args=[every[2].id]) not in text
    older = re.search(r'href="([^"]+)" rel="next"', text)[1].replace("&amp;", "&")
    behind = client.get(older).content.decode()
    assert "下一页" in text
    assert "更早的" not in text + behind  # it begins with the oldest
    assert "这里是您能打开的案件" in text
    assert reverse("desk:case", args=[every[2].id]) in behind
    assert reverse("desk:case", args=[every[0].id]) not in behind


def test_more_cases_ask_the_database_no_more_often(desk, world, line):
    Matter(world).willing()
    client = desk.of(world.med)
    board_of(client)
    with statements() as few:
        board_of(client)
    for day in range(1, 7):
        Matter(world, on=f"2026-08-0{day}").willing()
    with statements() as many:
        board_of(client)
    assert len(many) == len(few) <= 20


def test_the_numbers_of_whom_every_case_opens_to_are_whole(desk, world, line):
    one, other = Matter(world, on="2026-01-05"), Matter(world, on="2026-01-06")
    day = date(2026, 1, 7).isoformat()
    for matter in (one, other):
        body = CaseStep1(case=matter.id, step="accepted")
        assert matter.bring(body, on=day, **matter.seen("state")) == "accepted"
    Matter(world, by=world.lin, brings=False).settled_on_the_spot(mediator=line, account=world.med, on=day)
    text = board_of(desk.of(world.med))
    assert numbers_of(text)[:4] == ["3", "1", "0", "1"]
    assert "&lt;5" not in text


def test_a_number_beside_a_small_one_is_not_told_where_the_sum_would_tell(desk, world, line):
    for n in range(6):
        quarrel = Matter(world, by=world.lin, brings=False)
        assert quarrel.settled_on_the_spot(mediator=line, account=world.med, on="2026-01-07") == "accepted", n
    Matter(world, on="2026-01-05").willing()
    told = numbers_of(board_of(desk.of(world.zhou)))
    assert "&lt;5" in told
    assert not {"6", "7"} <= set(told)  # seven in all and six agreed by word would tell of one that is open
    assert Case.objects.filter(log=TOWNSHIP).count() == 7


def numbers_page(client, **asked) -> str:
    answer = client.get(reverse("desk:cases-numbers"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_tables_count_what_opens_to_the_reader_and_nothing_else(desk, world, line):
    Matter(world).willing()
    near = numbers_page(desk.of(world.med))
    assert "山林土地" in near
    assert 'class="case-flow"' in near
    far = body_of(numbers_page(desk.of(world.zhou)))
    assert "山林土地" not in far
    assert "&lt;5" in far


def test_of_cases_that_do_not_open_beside_ones_own_no_small_number_is_told(desk, world, line):
    Matter(world).willing()
    Matter(world, unit=VILLAGE_B, by=world.lin, brings=False).settled_on_the_spot(on="2026-01-07")
    own = Matter(world, unit=TOWNSHIP, by=world.zhou)
    assert own.step("accepted", "2026-09-01", by=world.zhou) == "accepted"
    told = numbers_of(board_of(desk.of(world.zhou)))
    assert told[0] == "1 + &lt;5"


def test_open_cases_are_counted_by_how_long_they_have_been(desk, world, line):
    Matter(world).willing()
    ages = numbers_page(desk.of(world.med)).split("case-ages", 1)[1]
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="num">(\d+)</td>', ages)
    assert sum(int(n) for _words, n in rows) == 1
    assert len(rows) == 5


def test_the_number_resolved_opens_to_a_list_that_counts_the_same(desk, world, line):
    first, second = Matter(world, brings=False), Matter(world, brings=False)
    for matter in (first, second):
        assert matter.settled_on_the_spot(mediator=line, account=world.med, on="2026-01-07") == "accepted"
    Matter(world, on="2026-01-05").willing()
    client = desk.of(world.med)
    text = numbers_page(client)
    assert numbers_of_links(text)[1] == ("2", f"{reverse('desk:cases')}?list=year&year=2026&came=settled")
    listed = body_of(board_of(client, list="year", year="2026", came="settled"))
    assert listed.count('class="s-lead"') == 2
    assert reverse("desk:case", args=[first.id]) in listed
    assert "2件" in listed


def numbers_of_links(text: str) -> list[tuple[str, str]]:
    figures = text.split('class="figures"', 1)[1].split("</dl>")[0]
    return [(n, url.replace("&amp;", "&")) for url, n in re.findall(r'<dd><a href="([^"]+)">([^<]+)</a></dd>', figures)]


def test_a_number_of_cases_of_others_opens_to_no_list(desk, world, line):
    for _ in range(6):
        quarrel = Matter(world, by=world.lin, brings=False)
        assert quarrel.settled_on_the_spot(mediator=line, account=world.med, on="2026-01-07") == "accepted"
    text = numbers_page(desk.of(world.wang))
    assert "list=year" not in text
    assert "全部案件" in text
    asked = body_of(board_of(desk.of(world.wang), list="year", year="2026", came="settled"))
    assert asked.count('class="s-lead"') == 0


def test_nonsense_for_a_year_shows_the_board(desk, world, line):
    for asked in (
        {"year": "x", "came": "settled"},
        {"year": "2026", "came": "nonsense"},
        {"year": "9999", "came": "open"},
    ):
        assert board_of(desk.of(world.med), list="year", **asked)


def test_who_counts_for_the_county_reads_the_numbers_and_no_list(desk, world, line):
    Matter(world).willing()
    text = numbers_page(desk.of(world.gao))
    assert "杨春生" not in text
    assert reverse("desk:cases") + '"' not in text
