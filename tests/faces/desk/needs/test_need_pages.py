"""The board, a need's page and the form of each step."""

import html
import json
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from concerto.conductor.receive import receive
from concerto.groundwork import clock
from concerto.journal.kinds.consents import Consent1
from concerto.journal.kinds.households import HouseholdChange1
from concerto.journal.kinds.needs import NeedWord1
from concerto.journal.kinds.words import NEED_WORDS, word
from concerto.journal.models import Entry, Tray
from concerto.parts.assistance.models import Need, NeedStep
from concerto.places.models import Opening
from concerto.register.models import Household
from tests.cast import NOON, TOWNSHIP, VILLAGE_A, VILLAGE_B

from .walking import act, hidden

pytestmark = pytest.mark.django_db


def state(world):
    return Need.objects.get(id=world.need).state


def test_a_need_heard_on_a_visit_stands_on_the_board_and_has_its_page(desk, world):
    client = desk.of(world.lin)
    board = client.get(reverse("desk:needs")).content.decode()
    assert reverse("desk:need", args=[world.need]) in board
    page = client.get(reverse("desk:need", args=[world.need])).content.decode()
    assert "想修水渠" in page
    assert reverse("desk:need-step", args=[world.need, "own"]) in page


def test_a_need_goes_from_the_first_word_to_the_households_own(desk, world):
    client = desk.of(world.lin)
    assert act(client, world.need, "own", owner=world.lin.id, clock="request").status_code == 302
    assert act(client, world.need, "doing", words="找了施工队").status_code == 302
    assert act(client, world.need, "done", outcome="solved").status_code == 302
    assert act(client, world.need, "tell", told_of="done", way="phone_call").status_code == 302
    assert state(world) == "told"
    sec = desk.of(world.sec)
    answer = act(sec, world.need, "word", word="yes", through="phone_call")
    assert answer.status_code == 302
    assert state(world) == "confirmed"
    page = sec.get(reverse("desk:need", args=[world.need])).content.decode()
    assert page.count("<time") == 6
    board = sec.get(reverse("desk:needs"), {"list": "said"}).content.decode()
    assert reverse("desk:need", args=[world.need]) in board


def test_a_need_is_sent_to_the_townships_desk_comes_back_and_is_sent_again(desk, world):
    client = desk.of(world.lin)
    act(client, world.need, "own", owner=world.lin.id, clock="request", on="2026-06-22")
    send = client.get(reverse("desk:need-step", args=[world.need, "send"])).content.decode()
    assert f"desk:{TOWNSHIP}" in send
    assert (
        act(client, world.need, "send", where=f"desk:{TOWNSHIP}", words="请乡里看看", on="2026-06-22").status_code
        == 302
    )
    assert Need.objects.get(id=world.need).sent_to == TOWNSHIP
    zhou = desk.of(world.zhou)
    page = zhou.get(reverse("desk:need", args=[world.need])).content.decode()
    assert reverse("desk:need-step", args=[world.need, "accept"]) in page
    assert act(zhou, world.need, "return", words="").status_code == 422
    assert act(zhou, world.need, "return", words="请补材料", on="2026-06-23").status_code == 302
    row = Need.objects.get(id=world.need)
    assert (row.sent_to, row.holder, row.desk_state, row.owner) == (None, None, "returned", world.lin.id)
    client = desk.of(world.lin)
    assert act(client, world.need, "send", where=f"desk:{TOWNSHIP}", on="2026-06-24").status_code == 302
    zhou = desk.of(world.zhou)
    assert act(zhou, world.need, "accept", on="2026-06-25").status_code == 302
    assert Need.objects.get(id=world.need).holder == TOWNSHIP
    assert act(zhou, world.need, "desk-done").status_code == 302
    assert state(world) == "done"


def test_an_office_without_a_desk_gets_a_paper_and_its_answer_is_recorded(desk, world):
    client = desk.of(world.lin)
    assert act(client, world.need, "send", where="office:water").status_code == 302
    paper = client.get(reverse("desk:need-paper", args=[world.need])).content.decode()
    assert "水务" in paper
    assert act(client, world.need, "office-returned", words="不归我们").status_code == 302
    assert Need.objects.get(id=world.need).office == ""
    assert client.get(reverse("desk:need-paper", args=[world.need])).status_code == 404


def test_a_yes_told_to_the_doer_is_said_in_advance_and_not_counted(desk, world):
    client = desk.of(world.lin)
    act(client, world.need, "own", owner=world.lin.id, clock="request")
    act(client, world.need, "done", outcome="solved")
    act(client, world.need, "tell", told_of="done", way="visit")
    form = client.get(reverse("desk:need-step", args=[world.need, "word"])).content.decode()
    assert "这件事您经过手" in form
    assert act(client, world.need, "word", word="yes", through="visit").status_code == 302
    assert state(world) == "told_to_the_doer"


def test_partly_opens_it_again_at_once(desk, world):
    client = desk.of(world.lin)
    act(client, world.need, "own", owner=world.lin.id, clock="request")
    act(client, world.need, "done", outcome="solved")
    act(client, world.need, "tell", told_of="done", way="visit")
    act(desk.of(world.sec), world.need, "word", word="partly", through="phone_call", words="还有一段没修")
    row = Need.objects.get(id=world.need)
    assert (row.state, row.owner, row.is_open) == ("reopened", world.lin.id, True)


def test_not_ours_names_the_right_way_and_is_told(desk, world):
    client = desk.of(world.lin)
    assert act(client, world.need, "not-ours", route="water").status_code == 302
    assert state(world) == "not_ours"
    form = client.get(reverse("desk:need-step", args=[world.need, "tell"])).content.decode()
    assert 'value="not_ours"' in form
    assert 'value="interim"' not in form
    assert act(client, world.need, "tell", told_of="not_ours", way="visit").status_code == 302
    assert act(client, world.need, "reopen").status_code == 302
    assert state(world) == "reopened"


def test_no_answer_too_early_is_refused_on_its_form_and_nothing_is_lost(desk, world):
    client = desk.of(world.lin)
    act(client, world.need, "own", owner=world.lin.id, clock="request")
    act(client, world.need, "tell", told_of="done", way="visit")
    act(client, world.need, "asked", way="phone_call", on="2026-06-30")
    early = act(client, world.need, "no-answer")
    assert early.status_code == 422
    assert state(world) == "told"


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("own", {"owner": "", "clock": "request"}),
        ("own", {"owner": "5d2b1c1e-0000-4000-8000-000000000000", "clock": "soon"}),
        ("done", {"outcome": "sold"}),
        ("tell", {"told_of": "interim", "way": "visit"}),
        ("tell", {"told_of": "interim", "way": "visit", "until": "2026-06-01"}),
        ("doing", {"on": "2031-01-01"}),
        ("not-ours", {"route": "nowhere"}),
        ("send", {"where": "desk:nowhere"}),
    ],
)
def test_bad_input_is_said_on_the_form_and_writes_nothing(desk, world, name, answers):
    before = Entry.objects.count()
    assert act(desk.of(world.lin), world.need, name, **answers).status_code == 422
    assert Entry.objects.count() == before


def test_a_step_is_corrected_from_the_path_by_whoever_recorded_it(desk, world):
    lin, need = desk.of(world.lin), world.need
    assert act(lin, need, "done", outcome="explained", words="说清楚了").status_code == 302
    page = lin.get(reverse("desk:need", args=[need])).content.decode()
    where = html.unescape(re.search(r'href="([^"]+/done/\?corrects=[^"]+)"', page)[1])
    assert "corrects=" not in desk.of(world.sec).get(reverse("desk:need", args=[need])).content.decode()
    assert desk.of(world.ma).get(where).status_code == 404
    lin = desk.of(world.lin)
    shown = lin.get(where)
    assert "说清楚了" in shown.content.decode()
    assert re.search(r'value="explained"[^>]*checked', shown.content.decode())
    said = {"draft": hidden(shown), "on": "2026-07-01", "outcome": "solved", "words": "修好了"}
    assert lin.post(where, said).status_code == 302
    steps = NeedStep.objects.filter(id=need, kind="done")
    assert [step.detail for step in steps] == ["solved"]
    assert "修好了" not in page
    assert lin.get(where.replace("/done/", "/doing/")).status_code == 404


def test_a_word_is_corrected_too(desk, world):
    sec, need = desk.of(world.sec), world.need
    assert act(desk.of(world.lin), need, "done", outcome="solved").status_code == 302
    assert act(sec, need, "word", word="yes", through="visit").status_code == 302
    page = sec.get(reverse("desk:need", args=[need])).content.decode()
    where = html.unescape(re.search(r'href="([^"]+/word/\?corrects=[^"]+)"', page)[1])
    said = {"draft": hidden(sec.get(where)), "on": "2026-07-01", "word": "partly", "through": "visit"}
    assert sec.post(where, said).status_code == 302
    assert Need.objects.get(id=need).state == "reopened"


def test_a_need_stays_with_the_village_that_heard_it_when_its_household_moves(desk, world):
    row = Need.objects.get(id=world.need)
    lin, where = desk.of(world.lin), reverse("desk:need", args=[world.need])
    assert "已经搬到别的村" not in lin.get(where).content.decode()
    seen = json.loads(Household.objects.get(log=TOWNSHIP, id=row.household).wordings).get("village")
    body = HouseholdChange1(household=row.household, village=VILLAGE_B)
    saw = {f"{row.household}.village": seen}
    moved = world.pen.item(body, unit=row.unit, by=world.lin, on=date(2026, 7, 1), saw=saw)
    assert world.receive(moved, by=world.lin)[0].stands
    assert "已经搬到别的村" in lin.get(where).content.decode()
    assert desk.of(world.ma).get(where).status_code == 404
    from_above = desk.of(world.zhou).get(where)
    assert from_above.status_code == 200
    assert "已经搬到别的村" not in from_above.content.decode()
    assert act(desk.of(world.lin), world.need, "doing").status_code == 302
    assert Need.objects.get(id=world.need).unit == row.unit


def test_today_calls_a_need_by_what_it_is_about_and_by_its_household(desk, world):
    client = desk.of(world.lin)
    today = client.get(reverse("desk:today")).content.decode()
    row = next(row for row in re.findall(r"<li><span.*?</li>", today, re.S) if f"/{world.need}/" in row)
    house = client.get(reverse("desk:needs")).context["rows"][0].whom
    assert word(NEED_WORDS, Need.objects.get(id=world.need).sort) in row
    assert house in row
    why = re.search(r'class="why" href="([^"]+)"', row)
    assert why
    assert house in client.get(why[1]).content.decode()


def test_no_step_is_dated_before_the_need_was_told(desk, world):
    told = Need.objects.get(id=world.need).opened_on
    answer = act(desk.of(world.lin), world.need, "doing", words="找人", on=(told - timedelta(days=1)).isoformat())
    assert answer.status_code == 422
    assert answer.context["form"].errors["on"]
    assert state(world) == "heard"


def test_a_need_of_another_year_has_its_year_on_the_board(desk, world):
    Need.objects.filter(id=world.need).update(opened_on=date(2025, 11, 29))
    assert "2025" in desk.of(world.lin).get(reverse("desk:needs")).context["rows"][0].since


def test_where_nobody_could_be_asked_is_no_success_and_what_a_desk_did_is_one(desk, world):
    def solved() -> str:
        tables = desk.of(world.lin).get(reverse("desk:needs-numbers")).context["tables"]
        return str(tables[0][2][0][1][1])

    for state, outcome, n in (("no_answer", "solved", "0"), ("told", "done_there", "1"), ("done", "could_not", "0")):
        Need.objects.filter(id=world.need).update(state=state, outcome=outcome)
        assert solved() == n


@pytest.mark.parametrize(("act_", "then"), [("doing", "doing"), ("done", "done"), ("own", "owned")])
def test_what_is_recorded_on_the_day_of_a_partly_by_slip_comes_behind_it(desk, world, act_, then):
    client = desk.of(world.lin)
    act(client, world.need, "own", owner=world.lin.id, clock="request")
    act(client, world.need, "done", outcome="solved")
    act(client, world.need, "tell", told_of="done", way="phone_call")
    row = Need.objects.get(id=world.need)
    day = NeedStep.objects.filter(id=world.need).order_by("n").last().on
    body = NeedWord1(need=row.id, household=row.household, word="partly", through="slip")
    item = world.pen.item(body, unit=row.unit, on=day, at=NOON)
    [receipt] = receive([item], brought_by=None, at=NOON, shown="slip")
    assert receipt.stands, receipt
    assert state(world) == "reopened"
    more = {
        "own": {"owner": world.lin.id, "clock": "request"},
        "done": {"outcome": "solved"},
        "doing": {"words": "再修"},
    }
    assert act(client, world.need, act_, on=day.isoformat(), **more[act_]).status_code == 302
    assert state(world) == then
    assert NeedStep.objects.filter(id=world.need).order_by("n").last().kind == then


def test_a_double_click_is_one_entry(desk, world):
    client = desk.of(world.lin)
    url = reverse("desk:need-step", args=[world.need, "doing"])
    told = {"draft": hidden(client.get(url)), "on": "2026-07-01", "words": "找了施工队"}
    before = Entry.objects.count()
    assert client.post(url, told).status_code == 302
    assert client.post(url, told).status_code == 302
    assert Entry.objects.count() == before + 1


def test_a_need_told_by_telephone_is_written_from_the_card(desk, world):
    client = desk.of(world.lin)
    url = reverse("desk:need-new", args=[world.house_2.id])
    told = {"draft": hidden(client.get(url)), "sort": "skill", "way": "phone_call", "clock": "request",
            "on": "2026-07-01", "words": "想学电焊"}  # fmt: skip
    assert client.post(url, {**told, "words": ""}).status_code == 422
    answer = client.post(url, told)
    assert answer.status_code == 302
    row = Need.objects.get(household=world.house_2.id)
    assert answer["Location"] == reverse("desk:need", args=[row.id])
    form = client.get(reverse("desk:need-step", args=[row.id, "done"])).content.decode()
    assert 'value="trained"' in form
    assert 'value="solved"' not in form


def test_two_needs_of_a_village_go_on_as_one_and_both_households_are_asked(desk, world):
    client = desk.of(world.lin)
    url = reverse("desk:need-new", args=[world.house_2.id])
    told = {"draft": hidden(client.get(url)), "sort": "water", "way": "office", "clock": "request",
            "on": "2026-07-01", "words": "水渠"}  # fmt: skip
    client.post(url, told)
    other = Need.objects.get(household=world.house_2.id)
    found = client.get(reverse("desk:need-merge", args=[other.id])).content.decode()
    both = reverse("desk:need-merge-with", args=[other.id, world.need])
    assert both in found
    shown = client.get(both)
    answer = client.post(both, {"draft": hidden(shown), "stays": world.need})
    assert answer.status_code == 302
    assert Need.objects.get(id=other.id).called == world.need
    kept = Need.objects.get(id=world.need)
    assert kept.askers == 2
    page = client.get(reverse("desk:need", args=[world.need])).content.decode()
    assert page.count('class="name"') >= 2
    form = client.get(reverse("desk:need-step", args=[world.need, "tell"])).content.decode()
    assert f'value="{other.id}"' in form
    gone = client.get(reverse("desk:need", args=[other.id])).content.decode()
    assert reverse("desk:need", args=[world.need]) in gone


def test_a_need_of_another_village_is_not_there_and_its_steps_are_not(desk, world):
    client = desk.of(world.ma)
    assert client.get(reverse("desk:need", args=[world.need])).status_code == 404
    assert client.get(reverse("desk:need-step", args=[world.need, "doing"])).status_code == 404


def test_numbers_count_askers_and_needs_and_tell_no_few_above_the_village(desk, world):
    near = desk.of(world.lin).get(reverse("desk:needs-numbers")).content.decode()
    assert '<td class="num">1</td>' in near
    client = desk.of(world.wang)
    above = client.get(reverse("desk:needs-numbers")).content.decode()
    assert "&lt;5" in above
    answer = client.post(reverse("desk:needs-numbers-file"), {"purpose": "季度汇总", "format": "csv"})
    assert answer.status_code == 200
    assert "<5" in answer.content.decode()


def test_what_is_not_ours_and_what_went_into_another_need_have_their_columns(desk, world):
    client = desk.of(world.lin)
    act(client, world.need, "not-ours", route="water")
    page = client.get(reverse("desk:needs-numbers"))
    row = dict(zip(map(str, page.context["headings"]), page.context["tables"][0][2][0][1], strict=True))
    assert (row["提出"], row["不归我们"], row["并到别件"], row["正在办"]) == ("1", "1", "0", "0")
    other = Need.objects.get(id=world.need)
    Need.objects.filter(id=world.need).update(called=other.id, state="merged")
    page = client.get(reverse("desk:needs-numbers"))
    row = dict(zip(map(str, page.context["headings"]), page.context["tables"][0][2][0][1], strict=True))
    assert (row["提出"], row["不归我们"], row["并到别件"]) == ("0", "0", "1")


def test_the_board_asks_as_many_statements_for_one_need_as_for_many(desk, world, django_assert_max_num_queries):
    client = desk.of(world.lin)
    for words in ("一", "二", "三", "四"):
        url = reverse("desk:need-new", args=[world.house_2.id])
        client.post(url, {"draft": hidden(client.get(url)), "sort": "road", "way": "office", "clock": "request",
                          "on": "2026-07-01", "words": words})  # fmt: skip
    with django_assert_max_num_queries(30):
        page = client.get(reverse("desk:needs"))
    assert page.content.decode().count('class="life"') == 5
    narrowed = client.get(reverse("desk:needs"), {"sort": "water", "state": "heard"}).content.decode()
    assert narrowed.count('class="life"') == 1


def test_a_page_of_the_board_goes_on_behind_its_last_need(desk, world, monkeypatch):
    monkeypatch.setattr("concerto.faces.desk.needs.board.PAGE", 1)
    client = desk.of(world.lin)
    url = reverse("desk:need-new", args=[world.house_2.id])
    client.post(url, {"draft": hidden(client.get(url)), "sort": "road", "way": "office", "clock": "request",
                      "on": "2026-07-01", "words": "路"})  # fmt: skip
    first = client.get(reverse("desk:needs")).content.decode()
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(older).content.decode()
    assert "下一页" in first
    assert "更早的" not in first + second  # those told first stand first
    assert first.count('class="life"') == second.count('class="life"') == 1
    assert reverse("desk:need", args=[world.need]) in first
    assert reverse("desk:need", args=[world.need]) not in second


def today(client):
    return client.get(reverse("desk:today")).content.decode()


def test_today_tells_a_desk_of_what_was_sent_to_it_and_the_village_of_what_came_back(desk, world):
    page = reverse("desk:need", args=[world.need])
    lin = desk.of(world.lin)
    act(lin, world.need, "own", owner=world.lin.id, clock="request", on="2026-06-22")
    assert page not in today(desk.of(world.zhou))
    act(desk.of(world.lin), world.need, "send", where=f"desk:{TOWNSHIP}", on="2026-06-22")
    assert page in today(desk.of(world.zhou))
    act(desk.of(world.zhou), world.need, "return", words="请补材料", on="2026-06-23")
    assert page not in today(desk.of(world.zhou))
    assert page in today(desk.of(world.lin))


def test_today_tells_the_owner_that_a_household_says_no(desk, world):
    lin = desk.of(world.lin)
    act(lin, world.need, "own", owner=world.lin.id, clock="request")
    act(lin, world.need, "done", outcome="solved")
    act(lin, world.need, "tell", told_of="done", way="visit")
    assert "或只办了一部分" not in today(desk.of(world.lin))
    act(desk.of(world.sec), world.need, "word", word="no", through="phone_call")
    assert "或只办了一部分" in today(desk.of(world.lin))


def test_once_somebody_sees_to_a_need_it_is_no_longer_offered_to_be_taken_on(desk, world):
    client = desk.of(world.lin)
    own, page = (reverse(name, args=args) for name, args in
                 (("desk:need-step", [world.need, "own"]), ("desk:need", [world.need])))  # fmt: skip
    assert "接下来办" in client.get(page).content.decode()
    act(client, world.need, "own", owner=world.lin.id, clock="request")
    assert "接下来办" not in client.get(page).content.decode()
    assert "接下来办" not in client.get(own).content.decode()
    assert f'href="{own}">谁来办' in client.get(page).content.decode()


def both_at_once(desk, world, name, first, second):
    """Two browsers open the form of a step before either sends it; give the second one's answer."""
    url = reverse("desk:need-step", args=[world.need, name])
    drafts = {who: hidden(desk.of(who).get(url)) for who in (world.lin, world.sec)}
    told = {"on": "2026-07-01"}
    assert desk.of(world.lin).post(url, {"draft": drafts[world.lin], **told, **first}).status_code == 302
    return desk.of(world.sec).post(url, {"draft": drafts[world.sec], **told, **second}, follow=True)


def test_of_two_who_name_somebody_at_once_both_sides_are_read_in_words(desk, world):
    first, second = {"owner": world.lin.id, "clock": "request"}, {"owner": world.sec.id, "clock": "hard"}
    page = both_at_once(desk, world, "own", first, second)
    mine, [theirs] = page.context["sides"]
    assert {str(words) for _, words in mine.facts} >= {world.sec.called, "难办的事"}
    assert {str(words) for _, words in theirs.facts} >= {world.lin.called, "求助"}
    assert "owner" not in page.content.decode()
    entry = page.request["PATH_INFO"]
    client = desk.of(world.sec)
    answer = client.post(entry, {"draft": hidden(client.get(entry)), "keep-all": "mine"})
    assert answer.status_code == 302
    row = Need.objects.get(id=world.need)
    assert (row.owner, row.clock, row.state) == (world.sec.id, "hard", "owned")


def test_of_two_corrections_of_one_step_both_are_read_in_words(desk, world):
    client = desk.of(world.lin)
    act(client, world.need, "not-ours", route="other", words="问一问")
    entry = NeedStep.objects.get(id=world.need, kind="not_ours").entry
    form = f"{reverse('desk:need-step', args=[world.need, 'not-ours'])}?corrects={entry}"
    first, second = (hidden(client.get(form)) for _ in range(2))
    told = {"on": "2026-07-01", "words": "问一问"}
    assert client.post(form, {"draft": first, **told, "route": "water"}).status_code == 302
    page = client.post(form, {"draft": second, **told, "words": "找法院", "route": "court"}, follow=True)
    mine, [theirs] = page.context["sides"]
    assert ("法院" in str(mine.facts), mine.words) == (True, "找法院")
    assert ("水务" in str(theirs.facts), theirs.words) == (True, "")
    where = page.request["PATH_INFO"]
    assert client.post(where, {"draft": hidden(client.get(where)), "keep-all": "mine"}).status_code == 302
    assert NeedStep.objects.get(id=world.need, kind="not_ours").detail == "court"
    said = client.get(reverse("desk:entry", args=[entry])).context["facts"]
    assert [str(words) for _, words in said][-2:] == ["不归我们", "法院"]


def test_what_the_form_of_a_step_refuses_lies_nowhere_else(desk, world):
    client = desk.of(world.lin)
    act(client, world.need, "done", outcome="solved")
    act(client, world.need, "tell", told_of="done", way="phone_call")
    act(client, world.need, "asked", way="phone_call")
    answer = act(client, world.need, "no-answer")
    assert answer.status_code == 422
    assert "asked_too_little" in answer.content.decode()
    assert not Tray.objects.exists()


def corrected(client, page, **answers):
    """Follow the way to correct that a page offers, and send the form with these answers in place of what was said."""
    [form] = [url for url in re.findall(r'href="([^"]+)"', page.content.decode()) if "corrects=" in url]
    shown = client.get(html.unescape(form))
    assert shown.status_code == 200
    return shown, client.post(html.unescape(form), {"draft": hidden(shown), **answers})


def test_a_sending_is_corrected_by_its_own_form_and_goes_where_it_was_meant_to(desk, world):
    client = desk.of(world.lin)
    page = reverse("desk:need", args=[world.need])
    act(client, world.need, "send", where="office:water", words="请看")
    shown, answer = corrected(client, client.get(page), on="2026-07-01", where=f"desk:{TOWNSHIP}", words="请乡里看")
    assert shown.context["form"].initial["where"] == "office:water"
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert Need.objects.get(id=world.need).sent_to == TOWNSHIP
    zhou = desk.of(world.zhou)
    act(zhou, world.need, "accept")
    shown, answer = corrected(zhou, zhou.get(page), on="2026-07-01", words="明天去看")
    assert answer.status_code == 302
    assert Need.objects.get(id=world.need).holder == TOWNSHIP
    client = desk.of(world.lin)
    shown, answer = corrected(client, client.get(page), on="2026-07-01", words="请尽快看")
    assert "where" not in shown.context["form"].fields, "it was answered: where it went stays"
    assert answer.status_code == 302
    assert Need.objects.get(id=world.need).holder == TOWNSHIP


def test_a_need_told_outside_a_visit_is_told_again_by_its_own_form(desk, world):
    client = desk.of(world.lin)
    new = reverse("desk:need-new", args=[world.house_1.id])
    told = {"sort": "road", "way": "phone_call", "clock": "request", "on": "2026-07-01", "words": "路坏了"}
    where = client.post(new, {"draft": hidden(client.get(new)), **told}).headers["Location"]
    [form] = re.findall(rf'href="({where}correct/)"', client.get(where).content.decode())
    shown = client.get(form)
    assert shown.context["form"].initial["words"] == "路坏了"
    answer = client.post(
        form, {"draft": hidden(shown), **told, "sort": "water", "words": "水渠坏了", "on": "2026-06-30"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, where)
    page = client.get(where)
    assert (page.context["row"].sort, page.context["words"]) == ("water", "水渠坏了")
    assert page.context["row"].opened_on == date(2026, 6, 30)
    assert desk.of(world.ma).get(form).status_code == 404


def test_a_need_heard_on_a_visit_is_corrected_in_that_visit(desk, world):
    answer = desk.of(world.lin).get(reverse("desk:need-correct", args=[world.need]))
    assert answer.headers["Location"] == reverse("desk:entry-correct", args=[world.visit])


def consented(world, answer):
    more = {"language": "chinese"} if answer == "agreed" else {}
    body = Consent1(household=Need.objects.get(id=world.need).household, purpose="pass_on", answer=answer, **more)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=clock.today(), at=clock.now())
    assert world.receive(item, by=world.lin, at=clock.now())[0].stands


def test_what_is_asked_of_an_office_stands_on_its_paper_where_the_household_agreed(desk, world):
    client = desk.of(world.lin)
    send, paper = reverse("desk:need-step", args=[world.need, "send"]), reverse("desk:need-paper", args=[world.need])
    assert "手写" in client.get(send).content.decode(), "it says beforehand that the paper stays blank"
    act(client, world.need, "send", where="office:water", words="请看看水渠")
    assert "请看看水渠" not in client.post(paper).content.decode()
    consented(world, "agreed")
    assert "请看看水渠" not in client.get(paper).content.decode()
    opened = Opening.objects.count()
    assert "请看看水渠" in client.post(paper).content.decode()
    assert Opening.objects.count() == opened + 1


def test_who_does_not_agree_that_it_is_passed_on_is_named_on_the_form_that_sends_it(desk, world):
    consented(world, "declined")
    send = reverse("desk:need-step", args=[world.need, "send"])
    assert "不同意把反映的事转给部门办" in desk.of(world.lin).get(send).content.decode()
    assert "不同意" not in desk.of(world.wang).get(reverse("desk:need", args=[world.need])).content.decode()


def test_an_answer_that_is_overdue_has_its_cross_on_the_needs_own_page_as_on_the_board(desk, world):
    client = desk.of(world.lin)
    line = re.compile(r'<svg class="life".*?</svg>', re.DOTALL)
    board = client.get(reverse("desk:needs")).content.decode()
    page = client.get(reverse("desk:need", args=[world.need])).content.decode()
    assert re.search(r"过 \d+ 天", page)
    assert line.search(page)[0] == line.search(board)[0]
