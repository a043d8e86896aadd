"""Today: what is owed by its reader and how it changes; what waits for them; nobody compared, nobody seen."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from concerto.faces.desk.register.members import branches_of
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.today.places import Settlement, by_place
from concerto.faces.desk.today.words import turn_words
from concerto.groundwork import clock
from concerto.journal.kinds.editions import Edition1
from concerto.journal.kinds.postings import Absence
from concerto.journal.kinds.visit import Visit1
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.journal.models import Tray
from concerto.places.accounts import close_account
from concerto.places.models import Seen, Unit
from concerto.register.access import sight_of
from concerto.rulebook.period import Period, named
from tests.asked import statements
from tests.cast import NOON, World
from tests.faces.desk.branching import told
from tests.papers.standing.test_counting import let_there_be_every_subject
from tests.papers.standing.test_from_the_books import bring, visit
from tests.papers.standing.test_workplace import change_posting

pytestmark = pytest.mark.django_db
TODAY = reverse("desk:today")


def page(desk, account, **asked: str) -> str:
    answer = desk.of(account).get(TODAY, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def page_at(desk, account, address: str) -> str:
    answer = desk.of(account).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def visited_today(world: World, **more):
    return visit(world, clock.today(), at=clock.now(), **more)


def form_of(world: World) -> str:
    return reverse("desk:visit-new", args=[world.house_1.id])


def open_rows(text: str) -> str:
    """What stands before the turns that were missed."""
    return text.split('id="makeable"', maxsplit=1)[0]


def test_whoever_is_posted_lands_on_today(desk, world):
    for name in ("lin", "sec", "med", "zhou", "wang", "gao"):
        assert desk.of(world.accounts[name]).get("/").url == TODAY
    assert desk.of(world.newcomer).get("/").url == reverse("desk:my-page")


def test_a_call_that_is_owed_is_one_tap_from_its_form_and_says_why(desk, world):
    text = page(desk, world.lin)
    assert f'href="{form_of(world)}"' in open_rows(text)
    month = clock.today().strftime("%Y-%m")
    why = reverse("desk:why", args=["four-ones-visit", world.village_a.id, world.house_1.id, month])
    assert why in text


def test_a_visit_takes_the_row_away_and_its_withdrawal_brings_it_back(desk, world):
    called = re.compile(rf'href="{form_of(world)}[^"]*">走访帮扶户')
    entry = visited_today(world)
    assert not called.search(open_rows(page(desk, world.lin)))
    saw = {f"{entry}.wording": entry}
    bring(world, None, by=world.lin, on=clock.today(), at=clock.now(), kind="visit", corrects=entry, saw=saw)
    assert called.search(open_rows(page(desk, world.lin)))


def test_the_same_row_is_seen_by_nobody_of_another_village(desk, world):
    assert form_of(world) not in page(desk, world.ma)
    for name in ("med", "zhou", "wang", "gao"):
        assert form_of(world) not in page(desk, world.accounts[name])


def test_the_meetings_of_one_month_stand_apart_by_their_form(desk, world):
    let_there_be_every_subject(world)
    form = reverse("desk:meeting-new", args=[world.branch_a.id])
    text = open_rows(page(desk, world.sec))
    held = re.findall(rf'href="{form}(?:\?([^"]*))?"', text)
    assert held.count("form=committee") == 1
    assert "" in held  # the theme day, or what else a meeting of all members settles
    assert ">支部党员大会</a>" in text  # what a meeting holds stands behind the name of the meeting
    assert ">民主评议党员</a>" not in text
    chosen = re.compile(r'name="form" value="(\w+)"[^>]*checked')
    assert chosen.findall(page_at(desk, world.sec, f"{form}?form=committee")) == ["committee"]
    assert chosen.findall(page_at(desk, world.sec, f"{form}?form=nobody")) == []


def test_a_meeting_just_recorded_says_which_it_was(desk, world):
    client, form = desk.of(world.sec), reverse("desk:meeting-new", args=[world.branch_a.id])
    for answers in ({"form": "members", "contents": ["lesson"]}, {"form": "none", "contents": ["theme_day"]}):
        assert told(client, form, nobody_marked="yes", **answers).status_code == 302
    just = page(desk, world.sec)
    just = re.sub(r"<[^>]+>", " ", just[just.index("刚记的") :])
    assert re.search(r"主题党日.*支部党员大会.*党课", just, re.S)
    assert "支部会议" not in just


def test_what_follows_an_event_is_said_by_its_day_alone():
    held = Period(date(2026, 9, 12), date(2026, 9, 12))
    assert turn_words(held) == "2026年9月12日那次"
    with override("en"):
        assert turn_words(held).startswith("that of ")


def test_own_study_stands_on_ones_own_page_alone(desk, world):
    own = reverse("desk:own-study-new")
    assert own in page(desk, world.lin)
    for name in ("sec", "wang", "zhou"):
        assert own not in page(desk, world.accounts[name])


def test_who_is_away_reads_until_when_and_by_whom(desk, world):
    today = clock.today()
    change_posting(world, "lin", absences=[Absence(since=today, until=today + timedelta(days=4), deputy=world.ma.id)])
    text = page(desk, world.lin)
    assert world.ma.called in text
    assert form_of(world) not in text
    assert form_of(world) in page(desk, world.ma)


def test_by_place_the_settlements_are_the_headings(desk, world):
    text = page(desk, world.lin, by="place")
    assert "上泉村" in re.search(r'id="place-1">.*?</h2>', text, re.S).group()
    assert form_of(world) in text


def test_a_quarter_is_written_as_an_office_writes_it():
    with override("zh-hans"):
        assert turn_words(named("2026-Q3")) == "2026年第三季度"


def test_units_are_told_in_the_order_of_their_codes(world):
    Unit.objects.filter(id=world.village_a.id).update(name="尾村")  # which comes after 中泉村 by its name
    Unit.objects.filter(id=world.branch_a.id).update(name="尾村党支部")
    sight = sight_of(world.wang, clock.today())
    assert list(Day(sight).units) == [world.township.id, world.village_a.id, world.branch_a.id,
                                      world.village_b.id, world.branch_b.id]  # fmt: skip
    assert [branch.name for branch in branches_of(sight)] == ["尾村党支部", "中泉党支部"]
    where = {"far": Settlement(world.village_b.id, ""), "near": Settlement(world.village_a.id, "")}
    rows = [SimpleNamespace(is_household=True, line=SimpleNamespace(about=about)) for about in where]
    told = by_place([], rows, where, Day(sight).units)
    assert [group.title for group in told] == ["尾村", "中泉村"]


def test_a_page_of_many_ends_and_goes_on(desk, world, monkeypatch):
    monkeypatch.setattr("concerto.faces.desk.today.today.MOST", 2)
    text = page(desk, world.lin)
    assert "?from=2" in text
    assert "?from=4" in page(desk, world.lin, **{"from": "2"})
    assert page(desk, world.lin, **{"from": "99999"})
    assert page(desk, world.lin, **{"from": "nonsense"})


def test_the_month_is_said_for_those_who_do_not_see_it(desk, world):
    visited_today(world)
    label = re.search(r'<svg class="staff month-wide"[^>]*aria-label="([^"]*)"', page(desk, world.lin)).group(1)
    assert "1" in label


def test_nothing_counts_in_red_compares_or_says_who_was_here(desk, world):
    for name in ("lin", "sec", "wang", "zhou", "gao"):
        text = page(desk, world.accounts[name])
        main = text[text.index("<main") : text.index("</main>")]
        assert "%" not in re.sub(r'(?:href|action|content)="[^"]*"', "", main)
        assert not re.search(r"count-mark|badge|last.?seen|rank", main)


def test_how_much_is_asked_does_not_grow_with_what_is_owed(desk, world):
    def asked() -> int:
        client = desk.of(world.lin)
        client.get(TODAY)
        with statements() as found:
            client.get(TODAY)
        return len(found)

    visited_today(world)
    few = asked()
    for days in range(1, 12):
        on = max(clock.today() - timedelta(days=days), date(clock.today().year, 1, 1))
        visit(world, on, at=clock.now(), house=world.house_2.id)
    assert asked() == few
    assert few <= 60


# ---------------------------------------------------------------- what waits for one


def refused(world: World):
    """An entry that the door sent back."""
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met")
    item = world.pen.item(body, unit=world.village_a.id, by=world.lin, on=date(2030, 1, 1), at=NOON)
    [receipt] = world.receive(item, by=world.lin)
    assert receipt.outcome == "refused"
    return receipt.id


def test_what_was_sent_back_waits_for_its_author_until_it_was_seen(desk, world):
    entry = refused(world)
    seen = reverse("desk:today-seen", args=[entry])
    assert seen in page(desk, world.lin)
    assert seen not in page(desk, world.sec)
    assert desk.of(world.sec).post(seen).status_code == 404
    assert desk.of(world.lin).post(seen).status_code == 302
    assert seen not in page(desk, world.lin)
    assert Tray.objects.filter(id=entry).exists()
    assert list(Seen.objects.values_list("account", "thing")) == [(world.lin.id, entry)]


def test_what_was_seen_is_a_row_of_that_person_without_a_time_and_goes_with_the_account(desk, world):
    desk.of(world.lin).post(reverse("desk:today-seen", args=[refused(world)]))
    assert {field.attname for field in Seen._meta.concrete_fields} == {"account", "thing"}
    close_account(world.lin, at=NOON)
    assert not Seen.objects.exists()


def test_whose_posting_ended_is_told_since_when_and_no_code(desk, world):
    last = clock.today() - timedelta(days=3)
    change_posting(world, "lin", until=last)
    answer = desk.of(world.lin).get(reverse("desk:today"))
    text = answer.content.decode()
    assert answer.status_code == 403
    with override("zh-hans"):
        assert f"您的派驻到 {date_format(last, 'DATE_FORMAT')} 为止" in text
    assert reverse("desk:my-page") in text.split("<main")[1]
    assert "not_for_this_role" not in text


def test_another_role_s_page_says_so_in_words_with_its_code(desk, world):
    answer = desk.of(world.lin).get(reverse("desk:days-new"))
    assert answer.status_code == 403
    assert "这一页是给别的岗位用的" in answer.content.decode()
    assert "编号 <code>not_for_this_role</code>" in answer.content.decode()


def test_who_takes_the_table_of_a_year_in_learns_that_it_is_missing_whatever_they_owe(desk, world, monkeypatch):
    monkeypatch.setattr(Day, "missing_year", 2090)
    taken_in = reverse("desk:days-new")
    owing_nothing = page(desk, world.wang)
    assert "2090" in owing_nothing
    assert taken_in in owing_nothing
    assert "2090" in page(desk, world.lin)
    assert taken_in not in page(desk, world.lin)
    assert "2090" not in page(desk, world.gao)


def test_a_waiver_waits_for_the_organizer_then_its_answer_for_who_asked(desk, world):
    today = clock.today()
    asked = Waiver1(
        waiver=world.pen.new_id(), duty="theme-day", owed_by=world.branch_a.id, period="2026-05", reason="road"
    )  # fmt: skip
    entry = bring(world, asked, by=world.lin, on=today, unit=world.branch_a.id, at=clock.now())
    waits = reverse("desk:today-seen", args=[asked.waiver])
    assert waits in page(desk, world.wang)
    assert waits not in page(desk, world.lin)
    assert "2026年5月" in page(desk, world.lin).split('class="aside"')[1]
    answer = WaiverAnswer1(waiver=asked.waiver, granted=True)
    saw = {f"{asked.waiver}.answer": entry}
    given = bring(world, answer, by=world.wang, on=today, unit=world.township.id, at=clock.now(), saw=saw)
    assert reverse("desk:today-seen", args=[given]) in page(desk, world.lin)
    assert waits not in page(desk, world.wang)


def test_the_county_finds_a_proposal_and_not_a_waiver_each_opening_its_own_page(desk, world):
    today = clock.today()
    waiver = Waiver1(
        waiver=world.pen.new_id(), duty="theme-day", owed_by=world.branch_a.id, period="2026-05", reason="road"
    )  # fmt: skip
    bring(world, waiver, by=world.lin, on=today, unit=world.branch_a.id, at=clock.now())
    edition = Edition1(
        edition=world.pen.new_id(), duty="theme-day", since=date(2090, 1, 1), source="9", repealed=True
    )  # fmt: skip
    bring(world, edition, by=world.wang, on=today, unit=world.township.id, at=clock.now())
    proposal, asked = reverse("desk:proposal", args=[edition.edition]), reverse("desk:waiver", args=[waiver.waiver])
    assert proposal in page(desk, world.gao)
    assert asked not in page(desk, world.gao)
    assert asked in page(desk, world.wang)
    assert reverse("desk:today-seen", args=[edition.edition]) not in page(desk, world.wang)  # nobody answers their own


def test_the_months_clefs_are_drawn_in_the_readers_language_whoever_looked_first(desk, world):
    visited_today(world)
    chinese = page(desk, world.lin)
    english = desk.of(world.lin).get(TODAY, headers={"accept-language": "en"}).content.decode()
    assert ">宣</text>" in chinese
    assert ">宣</text>" not in english
