"""Leads that live, on their page; and the screening of a village, which names nobody."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.cases import Case1, Party
from concerto.journal.kinds.visit import LeadHeard, Visit1
from concerto.journal.models import Entry
from concerto.journal.said import Audience
from concerto.papers import ledgers
from concerto.papers.ledgers import Asked
from concerto.parts.disputes.models import Case, Lead
from concerto.places.models import Opening
from concerto.places.sight import Part
from concerto.register.access import sight_of
from tests.cast import VILLAGE_A, VILLAGE_B

pytestmark = pytest.mark.django_db
HEARD = "两家为水口吵过一架"


def shown(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def draft(text: str) -> str:
    return re.search(r'name="draft" value="([^"]+)"', text)[1]


def heard(world, *, by=None, on: date | None = None, words: str = HEARD):
    """Somebody hears of a quarrel on a visit."""
    lead, by = world.pen.new_id(), by or world.lin
    part = world.pen.seal(lead, words, Audience.DESK)
    told = [LeadHeard(lead=lead, sort="neighbours", words=part.digest, household=world.house_1.id)]
    visit = Visit1(channel="visit", households=[world.house_1.id], outcome="met", leads=told)
    on = on or clock.today()
    item = world.pen.item(visit, unit=VILLAGE_A, by=by, on=on, sealed=[part], at=clock.now())
    [receipt] = world.receive(item, by=by, at=clock.now())
    assert receipt.stands, receipt
    return lead


def screened(client, **told: Any):
    where = reverse("desk:screening-new")
    data = {
        "draft": draft(shown(client.get(where))), "village": str(VILLAGE_A), "on": clock.today().isoformat(),
        "way": "door_to_door", "sorts": ["neighbours", "wages"], "found": "0",
    }  # fmt: skip
    return client.post(where, {**data, **told})


def test_whoever_heard_a_lead_reads_it_with_the_day_on_which_it_lapses_and_nobody_else_in_the_village(desk, world):
    heard(world)
    text = shown(desk.of(world.lin).get(reverse("desk:leads")))
    assert HEARD in text
    last = clock.today() + timedelta(days=31)
    assert f"{last.month}月{last.day}日" in text
    for name in ("sec", "med", "wang"):
        assert "没有苗头" in shown(desk.of(getattr(world, name)).get(reverse("desk:leads"))), name
    assert desk.of(world.gao).get(reverse("desk:leads")).status_code == 403


def test_the_desk_opens_what_others_heard_and_each_opening_is_noted(desk, world):
    heard(world)
    client, where = desk.of(world.zhou), reverse("desk:leads")
    assert HEARD not in shown(client.get(where))
    assert not Opening.objects.exists()
    assert HEARD in shown(client.post(where))
    [note] = Opening.objects.all()
    assert (note.what, note.about, note.by) == ("words", world.house_1.id, world.zhou.id)


def test_on_its_thirty_first_day_a_lead_is_not_listed_any_more(desk, world):
    heard(world, on=clock.today() - timedelta(days=30), words="还有一天")
    heard(world, on=clock.today() - timedelta(days=31), words="过了")
    text = shown(desk.of(world.lin).get(reverse("desk:leads")))
    assert "还有一天" in text
    assert "过了</td>" not in text
    assert text.count('<th scope="row"') == 1


def test_leads_are_listed_page_by_page_with_as_many_questions_for_many_as_for_few(
    desk, world, django_assert_max_num_queries
):
    for _n in range(31):
        heard(world)
    client = desk.of(world.lin)
    with django_assert_max_num_queries(12):
        text = shown(client.get(reverse("desk:leads")))
    assert text.count('<th scope="row"') == 30
    older = re.search(r'href="([^"]*after=[^"]*)"', text)[1]
    assert shown(client.get(older)).count('<th scope="row"') == 1


def test_finding_nothing_is_a_full_answer_and_stands_in_the_dispute_ledger(desk, world):
    assert screened(desk.of(world.lin)).status_code == 302
    row = Lead.objects.get(state="screened")
    assert (row.unit, row.found, row.way, row.sorts, row.household) == (
        VILLAGE_A, 0, "door_to_door", "neighbours,wages", None
    )  # fmt: skip
    for name in ("lin", "sec", "med", "zhou", "wang"):
        text = shown(desk.of(getattr(world, name)).get(reverse("desk:ledger", args=["disputes"])))
        assert "没有查出" in text, name
        assert "问了：" in text
    assert "没有查出" not in shown(desk.of(world.ma).get(reverse("desk:ledger", args=["disputes"])))


def test_one_of_the_same_village_and_day_is_shown_before_a_second_is_written_down(desk, world):
    client = desk.of(world.lin)
    screened(client, found="2")
    first = Entry.objects.get(kind="screening")

    answer = screened(client, way="gathering")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert reverse("desk:entry", args=[first.id]) in text
    assert "挨家挨户" in text
    assert "查出 2 件" in text
    assert Lead.objects.filter(state="screened").count() == 1
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert screened(client, on=yesterday).status_code == 302
    again = {
        "draft": draft(text), "village": str(VILLAGE_A), "on": clock.today().isoformat(), "way": "gathering",
        "sorts": ["wages"], "found": "0", "looked": re.search(r'name="looked" value="([^"]+)"', text)[1],
    }  # fmt: skip
    for _twice in range(2):
        assert client.post(reverse("desk:screening-new"), again).status_code == 302
    assert Lead.objects.filter(state="screened", on=clock.today()).count() == 2


def test_a_screening_that_is_sent_twice_is_no_second_one(desk, world):
    client, where = desk.of(world.lin), reverse("desk:screening-new")
    told = {
        "draft": draft(shown(client.get(where))), "village": str(VILLAGE_A), "on": clock.today().isoformat(),
        "way": "door_to_door", "sorts": ["wages"], "found": "0",
    }  # fmt: skip
    assert [client.post(where, told).status_code for _twice in range(2)] == [302, 302]
    assert Lead.objects.filter(state="screened").count() == 1


def test_a_screening_asks_five_things_and_none_of_them_for_words(desk, world):
    text = shown(desk.of(world.lin).get(reverse("desk:screening-new")))
    form = text[text.index('<form class="form"') :]
    names = set(re.findall(r'name="(\w+)"', form[: form.index("</form>")]))
    assert names - {"csrfmiddlewaretoken", "draft"} == {"village", "on", "way", "sorts", "found"}
    assert "<textarea" not in form
    assert 'type="text"' not in form


def test_what_is_missing_or_not_a_number_is_said_and_nothing_is_recorded(desk, world):
    client = desk.of(world.lin)
    assert screened(client, sorts=[]).status_code == 422
    assert screened(client, found="").status_code == 422
    assert screened(client, found="-1").status_code == 422
    assert screened(client, village=str(VILLAGE_B)).status_code == 422
    assert not Entry.objects.filter(kind="screening").exists()


def test_a_screening_does_not_lapse_and_its_entry_says_what_was_asked(desk, world):
    client = desk.of(world.lin)
    screened(client, found="2", on=(clock.today() - timedelta(days=90)).isoformat())
    [line] = ledgers.gather(Part.DISPUTES, sight_of(world.lin, clock.today()), Asked())
    assert (line.state, line.kind, line.more["found"]) == ("screened", "screening", 2)
    entry = Entry.objects.get(kind="screening")
    text = shown(client.get(reverse("desk:entry", args=[entry.id])))
    assert "挨家挨户" in text
    assert "查出 2 件" in text
    for state, found in (("screened", 1), ("lead", 0), ("lapsed", 0)):
        asked = Asked(state=state)
        assert ledgers.counted(Part.DISPUTES, sight_of(world.lin, clock.today()), asked) == found


def test_a_screening_that_was_withdrawn_leaves_no_line(desk, world):
    client = desk.of(world.lin)
    screened(client)
    entry = Entry.objects.get(kind="screening")
    where = reverse("desk:entry-withdraw", args=[entry.id])
    answer = client.post(where, {"draft": draft(shown(client.get(where)))})
    assert answer.status_code == 302, answer.status_code
    assert not Lead.objects.filter(state="screened").exists()


def test_a_lead_that_a_case_grew_from_does_not_lapse_on_the_page_of_its_visit(desk, world):
    on = clock.today() - timedelta(days=40)
    lead = heard(world, on=on)
    entry = Entry.objects.get(kind="visit", author=world.lin.id, happened_on=on)
    client, where = desk.of(world.lin), reverse("desk:entry", args=[entry.id])
    assert HEARD not in shown(client.get(where))
    words, party = world.pen.seal(world.pen.new_id(), "水口", Audience.CASE), world.pen.new_id()
    name = world.pen.seal(party, "哈力克", Audience.CASE)
    body = Case1(
        case=words.about, sort="neighbours", source="own_initiative", afraid="no", summary=words.digest, lead=lead,
        parties=[Party(party=party, side="a", name=name.digest)],
    )  # fmt: skip
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=on, sealed=[words, name], at=clock.now())
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    assert receipt.stands, receipt
    assert HEARD in shown(client.get(where))
    assert "立了案" in shown(client.get(reverse("desk:ledger", args=["disputes"])))
    assert "没有苗头" in shown(client.get(reverse("desk:leads")))


def taken_in(client, lead, **more: Any):
    where = f"{reverse('desk:case-new')}?lead={lead}"
    text = shown(client.get(where))
    told = {
        "draft": draft(text), "lead": str(lead), "afraid": "no", "source": "own_initiative", "sort": "neighbours",
        "a": "哈力克", "a_sort": "person", "summary": "为水口吵", "channel": "people", "on": clock.today().isoformat(),
    }  # fmt: skip
    return text, client.post(reverse("desk:case-new"), {**told, **more})


def test_whoever_heard_a_lead_takes_it_in_as_a_case_with_its_words_and_it_is_a_lead_no_more(desk, world):
    lead = heard(world)
    client = desk.of(world.lin)
    assert f"{reverse('desk:case-new')}?lead={lead}" in shown(client.get(reverse("desk:leads")))

    text, answer = taken_in(client, lead)

    assert HEARD in text
    assert answer.status_code == 302, answer.content.decode()
    case = Case.objects.get()
    assert (case.lead, case.unit, case.brought_by) == (lead, VILLAGE_A, world.lin.id)
    assert Lead.objects.get(id=lead).state == "case"
    assert HEARD not in shown(client.get(reverse("desk:leads")))


def test_the_desk_takes_in_what_another_heard_without_reading_it_and_who_heard_it_sees_that_it_goes_on(desk, world):
    lead = heard(world)

    text, answer = taken_in(desk.of(world.zhou), lead, unit=str(VILLAGE_A))

    assert HEARD not in text
    assert answer.status_code == 302, answer.content.decode()
    assert Case.objects.get().brought_by == world.lin.id


def test_from_a_lead_that_is_not_theirs_nobody_takes_in_a_case(desk, world):
    lead = heard(world)
    client = desk.of(world.med)

    text, answer = taken_in(client, lead)

    assert HEARD not in text
    assert answer.status_code == 422
    assert "lead_not_yours" in answer.content.decode()
    assert not Case.objects.exists()
    assert Lead.objects.get(id=lead).state == "lead"


def test_a_lead_is_nobodys_duty_and_stands_on_no_today(desk, world):
    heard(world)
    for name in ("lin", "zhou", "wang", "med"):
        text = shown(desk.of(getattr(world, name)).get(reverse("desk:today")))
        assert "苗头" not in text[text.index("<main") : text.index("</main>")], name


def test_a_number_that_was_mistyped_is_corrected_in_its_place(desk, world):
    client = desk.of(world.lin)
    screened(client, found="20")
    entry = Entry.objects.get(kind="screening")
    where = reverse("desk:screening-correct", args=[entry.id])
    assert where in shown(client.get(reverse("desk:entry", args=[entry.id])))
    text = shown(client.get(where))
    assert 'value="20"' in text
    told = {
        "village": str(VILLAGE_A),
        "on": clock.today().isoformat(),
        "way": "records",
        "sorts": ["wages"],
        "found": "2",
    }
    assert client.post(where, {"draft": draft(text), **told}).status_code == 302
    row = Lead.objects.get(state="screened")
    assert (row.id, row.found, row.way, row.sorts) == (entry.id, 2, "records", "wages")
    assert desk.of(world.med).get(where).status_code == 404
