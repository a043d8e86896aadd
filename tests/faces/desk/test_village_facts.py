"""The sheet of a village: its facts, recorded, confirmed, and read by who may."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from concerto.conductor.verify import verify_log
from concerto.faces.desk.village.sheet import OLDER, months_between
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.village_facts import FactConfirmed1, VillageFact1
from concerto.journal.models import Entry
from concerto.parts.visits.models import VillageFact
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B

pytestmark = pytest.mark.django_db
SHEET = "desk:fact-sheet"


def shown(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def draft(text: str) -> str:
    return re.search(r'name="draft" value="([^"]+)"', text)[1]


def fact(**more: Any) -> VillageFact1:
    told: dict[str, Any] = {"village": VILLAGE_A, "what": "households", "source": "counted", "as_of": clock.today()}
    return VillageFact1(**{**told, "number": 118, "unit": "households", **more})


def recorded(world, body, *, by=None, sealed=(), saw=None, on=None, id=None, **more):
    more |= {"saw": saw} if saw else {}
    item = world.pen.item(
        body, unit=VILLAGE_A, by=by or world.lin, on=on or clock.today(), sealed=sealed, at=clock.now(), id=id, **more
    )
    [receipt] = world.receive(item, by=by or world.lin, at=clock.now())
    return receipt


def years_ago(n: int) -> date:
    return clock.today() - timedelta(days=366 * n)


def filled(client, **told) -> Any:
    where = reverse("desk:fact-new", args=[VILLAGE_A])
    data = {
        "draft": draft(shown(client.get(where))), "what": "pasture", "number": "52000", "source": "paper",
        "paper": "2025年草原补奖公示表", "as_of": clock.today().isoformat(),
    }  # fmt: skip
    return client.post(where, {**data, **told})


def test_a_fact_is_recorded_with_its_day_and_source_and_its_words_stay_out_of_the_book(desk, world):
    client = desk.of(world.lin)
    assert filled(client).status_code == 302
    row = VillageFact.objects.get()
    assert (row.what, row.number, row.unit, row.source) == ("pasture", 52000, "mu", "paper")
    assert "草原补奖" not in Entry.objects.get(id=row.id).said
    page = shown(client.get(reverse(SHEET, args=[VILLAGE_A])))
    assert "52,000 亩" in page
    assert "2025年草原补奖公示表" in page


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"number": ""}, "number"),
        ({"line": "很多"}, "line"),
        ({"unit": "people"}, "unit"),
        ({"what": "tap_water", "number": "101"}, "number"),
        ({"what": "other", "unit": "people"}, "name"),
        ({"paper": ""}, "paper"),
        ({"source": "told"}, "told_as"),
        ({"as_of": "2999-01-01"}, "as_of"),
    ],
)
def test_what_does_not_go_together_is_said_at_its_field_and_nothing_is_recorded(desk, world, told, field):
    answer = filled(desk.of(world.lin), **told)
    assert answer.status_code == 422
    assert f'id="id_{field}' in answer.content.decode()
    assert not VillageFact.objects.exists()


def test_what_was_typed_for_another_choice_is_left(desk, world):
    answer = filled(desk.of(world.lin), source="told", told_as="accountant")
    assert answer.status_code == 302
    row = VillageFact.objects.get()
    assert (row.told_as, row.paper) == ("accountant", "")


def test_a_newer_value_stands_above_and_the_old_one_stays(desk, world):
    assert recorded(world, fact(number=121)).stands
    assert recorded(world, fact(number=109, as_of=years_ago(2))).stands
    page = shown(desk.of(world.lin).get(reverse(SHEET, args=[VILLAGE_A])))
    assert page.index("121 户") < page.index("以前的 1 次") < page.index("109 户")
    assert "仍然如此</" not in page.replace("<span", "</")


def test_a_fact_that_was_written_down_wrongly_is_said_again_from_its_entry(desk, world):
    client = desk.of(world.lin)
    assert filled(client).status_code == 302
    entry = VillageFact.objects.get().id
    where = reverse("desk:fact-correct", args=[entry])
    assert where in shown(client.get(reverse("desk:entry", args=[entry])))
    form = client.get(where)
    assert form.context["form"].initial["paper"] == "2025年草原补奖公示表"
    told = {"what": "pasture", "number": "5200", "source": "told", "told_as": "accountant", "paper": "x"}
    answer = client.post(where, {"draft": draft(shown(form)), **told, "as_of": clock.today().isoformat()})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse(SHEET, args=[VILLAGE_A]))
    row = VillageFact.objects.get()
    assert (row.id, row.number, row.source, row.paper) == (entry, 5200, "told", "")
    assert client.post(where, {"draft": draft(shown(client.get(where))), **told, "number": ""}).status_code == 422
    for who, status in ((world.ma, 404), (world.gao, 403), (world.sec, 404)):
        assert desk.of(who).get(where).status_code == status, "only its author, while posted there"


def test_one_tap_says_that_an_old_fact_is_still_so(desk, world):
    known = recorded(world, fact(as_of=years_ago(2)))
    client, where = desk.of(world.lin), reverse(SHEET, args=[VILLAGE_A])
    page = shown(client.get(where))
    assert 'name="still"' in page
    tap = {"draft": draft(page), "still": str(known.id)}
    assert client.post(where, tap).status_code == 302
    assert VillageFact.objects.get().confirmed_on == clock.today()
    assert 'name="still"' not in shown(client.get(where))
    assert client.post(where, tap).status_code == 302  # a second tap finds nothing left to say
    assert Entry.objects.filter(kind="fact_confirmed").count() == 1
    assert "刚才已经有人看过" in shown(client.get(where)), "and says so"
    assert client.post(where, {**tap, "still": "nothing"}).status_code == 404


def test_a_confirmation_of_what_was_corrected_meanwhile_meets_it(world):
    known = recorded(world, fact(as_of=years_ago(2)))
    better = fact(number=120, as_of=years_ago(2))
    again = world.pen.item(
        better, unit=VILLAGE_A, by=world.lin, on=clock.today(), at=clock.now(), corrects=str(known.id),
        saw={f"{known.id}.wording": str(known.id)},
    )  # fmt: skip
    [receipt] = world.receive(again, by=world.lin, at=clock.now())
    assert receipt.stands
    tap = recorded(world, FactConfirmed1(fact=known.id), saw={f"{known.id}.still_so": str(known.id)})
    assert tap.outcome == "clash"
    assert VillageFact.objects.get().number == 120


def test_what_was_confirmed_and_then_corrected_is_not_still_so_and_an_older_page_confirms_nothing(world):
    known = recorded(world, fact(as_of=years_ago(2)))
    tap = recorded(world, FactConfirmed1(fact=known.id), saw={f"{known.id}.still_so": str(known.id)})
    again = recorded(world, FactConfirmed1(fact=known.id), saw={f"{known.id}.still_so": str(tap.id)})
    assert (again.stands, VillageFact.objects.get().confirmed_on) == (True, clock.today())
    better = recorded(
        world, fact(number=120, as_of=years_ago(2)), corrects=str(known.id), saw={f"{known.id}.wording": str(known.id)}
    )
    row = VillageFact.objects.get()
    assert (better.stands, row.number, row.confirmed_on, row.wording) == (True, 120, None, better.id)
    older = recorded(world, FactConfirmed1(fact=known.id), saw={f"{known.id}.still_so": str(again.id)})
    assert older.outcome == "clash"
    newer = recorded(world, FactConfirmed1(fact=known.id), saw={f"{known.id}.still_so": str(row.wording)})
    row = VillageFact.objects.get()
    assert (newer.stands, row.confirmed_on, row.wording) == (True, clock.today(), newer.id)
    assert verify_log(TOWNSHIP) is None


def test_a_confirmation_stands_on_the_value_and_not_on_the_one_before_it_that_was_taken_back(world):
    known = recorded(world, fact(as_of=years_ago(2)))
    tap = recorded(world, FactConfirmed1(fact=known.id), saw={f"{known.id}.still_so": str(known.id)})
    again = recorded(world, FactConfirmed1(fact=known.id), saw={f"{known.id}.still_so": str(tap.id)})
    back = world.pen.item(
        None, unit=VILLAGE_A, by=world.lin, on=clock.today(), at=clock.now(), kind="fact_confirmed",
        corrects=str(tap.id), saw={f"{tap.id}.wording": str(tap.id)},
    )  # fmt: skip
    [receipt] = world.receive(back, by=world.lin, at=clock.now())
    row = VillageFact.objects.get()
    assert (receipt.stands, row.confirmed_on, row.wording) == (True, clock.today(), again.id)


def test_a_confirmation_that_is_taken_back_makes_the_fact_old_again_and_a_fact_taken_back_is_gone(world):
    known = recorded(world, fact(as_of=years_ago(2)))
    tap = recorded(world, FactConfirmed1(fact=known.id), saw={f"{known.id}.still_so": str(known.id)})
    assert VillageFact.objects.get().confirmed_on == clock.today()
    for entry, kind in ((tap.id, "fact_confirmed"), (known.id, "village_fact")):
        back = world.pen.item(
            None, unit=VILLAGE_A, by=world.lin, on=clock.today(), at=clock.now(), kind=kind, corrects=str(entry),
            saw={f"{entry}.wording": str(entry)},
        )  # fmt: skip
        [receipt] = world.receive(back, by=world.lin, at=clock.now())
        assert receipt.stands, receipt
        if kind == "fact_confirmed":
            assert VillageFact.objects.get().confirmed_on is None
    assert not VillageFact.objects.exists()
    late = recorded(world, FactConfirmed1(fact=known.id), saw={f"{known.id}.still_so": str(known.id)})
    assert late.code == "fact_taken_back"


def test_the_door_takes_no_fact_of_a_day_to_come_or_confirmed_before_it_was(world):
    ahead = recorded(world, fact(as_of=clock.today() + timedelta(days=1)))
    assert ahead.code == "day_not_come"
    known = recorded(world, fact())
    early = recorded(
        world,
        FactConfirmed1(fact=known.id),
        saw={f"{known.id}.still_so": str(known.id)},
        on=clock.today() - timedelta(days=1),
    )
    assert early.code == "confirmed_before_it_was"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"number": None, "unit": None}, "fact_says_nothing"),
        ({"words": "0" * 64}, "fact_says_two_things"),
        ({"unit": None}, "unit_missing"),
        ({"unit": "mu"}, "unit_does_not_fit"),
        ({"what": "network", "unit": "percent"}, "more_than_all"),
        ({"what": "other"}, "fact_without_name"),
        ({"source": "paper"}, "paper_without_name"),
        ({"source": "told"}, "told_by_nobody"),
    ],
)
def test_a_fact_says_one_thing_and_where_it_is_from(more, code):
    with pytest.raises(Refused) as wrong:
        fact(**more)
    assert wrong.value.code == code


def test_nobody_records_for_a_village_they_do_not_work_in(world, desk):
    there = fact(village=VILLAGE_B)
    assert recorded(world, there).code == "not_in_this_unit"
    assert desk.of(world.zhou).get(reverse("desk:fact-new", args=[VILLAGE_A])).status_code == 403
    assert desk.of(world.ma).get(reverse("desk:fact-new", args=[VILLAGE_A])).status_code == 404
    assert recorded(world, fact(), by=world.wang).stands


def test_who_counts_reads_numbers_and_no_word_of_the_sheet(desk, world):
    first = world.pen.new_id()
    name, line = world.pen.seal(first, "敬老餐桌"), world.pen.seal(first, "每周三次")
    other = fact(what="other", name=name.digest, words=line.digest, number=None, unit=None)
    assert recorded(world, other, sealed=[name, line], id=first).stands
    second = world.pen.new_id()
    words = world.pen.seal(second, "一条沥青路")
    road = fact(what="hard_road", words=words.digest, number=None, unit=None)
    assert recorded(world, road, sealed=[words], id=second).stands
    assert recorded(world, fact()).stands
    where = reverse(SHEET, args=[VILLAGE_A])
    for who in (world.lin, world.wang, world.zhou):
        page = shown(desk.of(who).get(where))
        assert all(text in page for text in ("敬老餐桌", "每周三次", "一条沥青路", "118 户"))
    page = shown(desk.of(world.gao).get(where))
    assert "118 户" in page
    assert not any(text in page for text in ("敬老餐桌", "每周三次", "一条沥青路"))
    assert 'name="still"' not in page
    assert desk.of(world.gao).post(where, {"still": "x"}).status_code == 404


def test_a_sheet_costs_the_same_however_many_facts_it_has(desk, world, django_assert_max_num_queries):
    client, where = desk.of(world.wang), reverse(SHEET, args=[VILLAGE_A])
    recorded(world, fact())
    with django_assert_max_num_queries(60) as few:
        shown(client.get(where))
    for n, what in enumerate(("people", "cadres", "party_members", "away")):
        for year in (0, 2, 3):
            first = world.pen.new_id()
            paper = world.pen.seal(first, f"年报{n}{year}")
            told = fact(what=what, unit="people", as_of=years_ago(year), source="paper", paper=paper.digest)
            assert recorded(world, told, sealed=[paper], id=first).stands
    with django_assert_max_num_queries(len(few) + 1) as many:  # one more: the names of papers
        shown(client.get(where))
    assert len(many) <= len(few) + 1
    listed = reverse("desk:facts")
    with django_assert_max_num_queries(30):
        assert "5 项" in shown(client.get(listed))


def test_the_same_number_of_the_same_day_and_source_is_written_down_once(desk, world):
    client = desk.of(world.lin)
    assert filled(client).status_code == 302
    again = filled(client)
    assert (again.status_code, VillageFact.objects.count()) == (422, 1)
    assert "已经记过了" in again.content.decode()
    assert filled(client, number="52001").status_code == 302


def test_a_line_leads_to_a_newer_value_of_itself_and_its_name_stands_in_no_address(desk, world):
    first = world.pen.new_id()
    name = world.pen.seal(first, "日间照料点")
    told = fact(what="other", name=name.digest, number=2, unit="places")
    assert recorded(world, told, sealed=[name], id=first).stands
    client = desk.of(world.lin)
    link = f"{reverse('desk:fact-new', args=[VILLAGE_A])}?like={first}"
    assert link in shown(client.get(reverse(SHEET, args=[VILLAGE_A])))
    initial = client.get(link).context["form"].initial
    assert (initial["what"], initial["name"], initial["unit"]) == ("other", "日间照料点", "places")
    assert client.get(link.replace(str(first), "x")).context["form"].initial["what"] == "households"


def test_however_often_one_fact_is_told_no_other_falls_off_the_sheet(desk, world):
    assert recorded(world, fact(what="school", unit="places", number=1, as_of=years_ago(9))).stands
    for n in range(OLDER + 3):
        assert recorded(world, fact(number=100 + n, as_of=clock.today() - timedelta(days=n))).stands
    client, where = desk.of(world.lin), reverse(SHEET, args=[VILLAGE_A])
    page = client.get(where)
    lines = {line.what: line for line in page.context["known"]}
    assert set(lines) == {"households", "school"}
    assert (lines["households"].now.says, len(lines["households"].older), lines["households"].count) == ("100 户", 5, 7)
    assert "school" not in {code for code, _ in page.context["missing"]}
    assert f"{where}?what=households" in shown(page)
    alone = client.get(where, {"what": "households"})
    assert [len(line.older) for line in alone.context["known"]] == [7]
    assert f"{where}?what=" not in shown(alone)


def test_of_facts_under_names_of_their_own_it_is_said_that_there_are_more(desk, world, monkeypatch):
    monkeypatch.setattr("concerto.faces.desk.village.sheet.OTHERS", 2)
    for n in range(3):
        first = world.pen.new_id()
        name = world.pen.seal(first, f"第{n}口井")
        told = fact(what="other", name=name.digest, number=n, unit="places")
        assert recorded(world, told, sealed=[name], id=first).stands
    client, where = desk.of(world.lin), reverse(SHEET, args=[VILLAGE_A])
    page = client.get(where)
    assert len(page.context["known"]) == 2
    assert f"{where}?what=other" in shown(page)
    assert len(client.get(where, {"what": "other"}).context["known"]) == 3


def test_who_works_in_one_village_comes_to_its_sheet_at_once(desk, world):
    answer = desk.of(world.lin).get(reverse("desk:facts"))
    assert answer.headers["Location"] == reverse(SHEET, args=[VILLAGE_A])


def test_months_are_counted_whole():
    assert months_between(date(2025, 11, 27), date(2026, 11, 26)) == 11
    assert months_between(date(2025, 11, 27), date(2026, 11, 27)) == 12


def test_a_fact_that_comes_twice_is_the_same_fact(world):
    item = world.pen.item(fact(), unit=VILLAGE_A, by=world.lin, on=clock.today(), at=clock.now())
    answers = [world.receive(item, by=world.lin, at=clock.now())[0] for _ in range(2)]
    assert [one.outcome for one in answers] == ["accepted", "known"]
    assert not answers[1].posted


def test_what_is_asked_after_an_answer_is_there_from_the_first_paint_only_where_that_answer_stands(desk, world):
    fresh = desk.of(world.lin).get(reverse("desk:fact-new", args=[VILLAGE_A])).content.decode()
    assert fresh.count("data-shows=") == 3
    assert "data-shown" not in fresh  # hidden by the style sheet: nothing jumps when the script comes
    told = desk.of(world.lin).post(reverse("desk:fact-new", args=[VILLAGE_A]), {"what": "other", "source": "paper"})
    assert told.content.decode().count(" data-shown>") == 2
