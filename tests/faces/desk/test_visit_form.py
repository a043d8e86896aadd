"""A visit is recorded in one form, stands in all five ledgers, and is sent twice as one."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.people import MemberChange1
from concerto.journal.kinds.postings import Absence
from concerto.journal.models import Entry, Proof, Sealed, Tray
from concerto.papers.ledgers import MODELS
from concerto.parts.assistance.models import AssistanceLine
from concerto.parts.disputes.models import Lead
from concerto.parts.study.models import Talk
from concerto.parts.visits.models import Visit
from concerto.places.sight import Part
from concerto.register.models import Member
from tests.papers.standing.test_workplace import change_posting

from .visiting import draft_of, entry_of, form_of, visited

EVERYTHING = {
    "change": "no_change",
    "topics": ["pension", "medical_insurance"],
    "need_sort_1": "water",
    "need_words_1": "水渠又塌了",
    "lead": "heard",
    "lead_sort": "livestock_damage",
    "lead_words": "羊进了地",
    "matter": "pledge",
    "words": "下次带老花镜",
}


def lines_of(entry: str) -> dict[Part, int]:
    return {part: n for part, model in MODELS.items() if (n := model.objects.filter(entry=entry).count())}


def test_one_visit_stands_in_all_five_ledgers(desk, lin, house_1):
    entry = entry_of(visited(desk.of(lin), house_1, **EVERYTHING))
    assert lines_of(entry) == {
        Part.STUDY: 1, Part.BRANCH: 1, Part.VISITS: 1, Part.DISPUTES: 1, Part.ASSISTANCE: 2,
    }  # fmt: skip


def test_three_answers_are_enough(desk, lin, house_2):
    entry = entry_of(visited(desk.of(lin), house_2))
    assert lines_of(entry) == {Part.VISITS: 1}


def test_at_most_eight_things_are_required(desk, lin, house_1):
    form = desk.of(lin).get(form_of(desk, house_1)).context["form"]
    assert [name for name, field in form.fields.items() if field.required] == ["day", "channel", "met", "draft"]


def test_a_double_click_is_the_same_entry(desk, lin, house_1):
    client = desk.of(lin)
    draft = draft_of(client.get(form_of(client, house_1)))
    first, second = (visited(client, house_1, draft=draft, **EVERYTHING) for _ in range(2))
    assert entry_of(first) == entry_of(second)
    assert Entry.objects.filter(author=lin.id).count() == 2  # the cast's visit, and this one


def test_declining_is_one_tap_without_a_reason(desk, lin, house_2):
    entry = entry_of(visited(desk.of(lin), house_2, met=["declined"]))
    assert Visit.objects.get(entry=entry).state == "declined"


def test_who_was_met_or_why_not_but_never_both(desk, lin, house_1):
    answer = visited(desk.of(lin), house_1, met=[str(house_1.head), "declined"])
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "told", [{"change": "no_change"}, {"topics": ["pension"]}, {"change": "changed", "change_words": "x"}]
)
def test_where_nobody_was_met_nothing_was_said(desk, lin, house_1, told):
    answer = visited(desk.of(lin), house_1, met=["nobody_home"], **told)
    assert answer.status_code == 422


def test_a_refused_form_keeps_everything_that_was_typed(desk, lin, house_1):
    answer = visited(desk.of(lin), house_1, met=[], words="下次带老花镜", topics=["pension"])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "下次带老花镜" in page
    assert 'value="pension" id="id_topics_3" checked' in page


@pytest.mark.parametrize("field", ["words", "need_words_1", "change_words", "lead_words", "matter_words"])
@pytest.mark.parametrize("text", ["他的身份证 62010219800101123X 在我这里", "这一家是维稳对象"])
def test_what_is_not_kept_here_stops_at_its_own_box(desk, lin, house_1, field, text):
    answer = visited(desk.of(lin), house_1, **{"change": "changed", "change_words": "新房", "lead": "heard",
                                               "lead_words": "x", "matter": "pledge", field: text})  # fmt: skip
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert text in answer.content.decode()
    assert not Tray.objects.exists()
    assert not Sealed.objects.filter(text=text).exists()


def test_what_the_door_refuses_stands_on_the_form_with_its_code(desk, lin, house_1, house_4):
    answer = visited(desk.of(lin), house_1, lead="heard", lead_sort="other", lead_words="马福来和他吵了一架")
    assert answer.status_code == 422
    assert "other_name_in_lead" in answer.content.decode()
    repaired = visited(
        desk.of(lin), house_1, lead="heard", lead_sort="other", lead_words="和邻居吵了一架", draft=draft_of(answer)
    )
    assert lines_of(entry_of(repaired))[Part.DISPUTES] == 1
    assert list(Tray.objects.values_list("outcome", flat=True)) == ["settled"]


def test_a_day_in_the_future_is_not_a_visit(desk, lin, house_1):
    tomorrow = clock.today() + timedelta(days=1)
    answer = visited(desk.of(lin), house_1, day="other", on=tomorrow.isoformat())
    assert answer.status_code == 422


def test_another_day_is_recorded_late_and_never_blocked(desk, lin, house_1):
    day = clock.today() - timedelta(days=9)
    entry = entry_of(visited(desk.of(lin), house_1, day="other", on=day.isoformat()))
    assert (Visit.objects.get(entry=entry).on, Visit.objects.get(entry=entry).late) == (day, 9)


def test_several_needs_are_several_lines(desk, lin, house_1):
    needs = {f"need_words_{n}": f"第 {n} 件" for n in (1, 2, 3)}
    entry = entry_of(visited(desk.of(lin), house_1, need_sort_2="road", **needs))
    sorts = AssistanceLine.objects.filter(entry=entry, kind="need").values_list("sort", flat=True)
    assert sorted(sorts) == ["other", "other", "road"]


def test_a_lesson_at_home_is_asked_only_for_exempt_members(desk, lin, house_1, house_2, world):
    client = desk.of(lin)
    assert 'name="lesson_for"' not in client.get(form_of(client, house_1)).content.decode()
    member = Member.objects.get(id=house_1.members[0])
    saw = {f"{member.id}.exempt": UUID(json.loads(member.wordings)["exempt"])}
    change = MemberChange1(member=member.id, exempt=True)
    [receipt] = world.receive(world.pen.item(change, unit=world.branch_a.id, saw=saw))
    assert receipt.stands, receipt
    assert 'name="lesson_for"' in client.get(form_of(client, house_1)).content.decode()
    entry = entry_of(visited(client, house_1, lesson_for=[str(member.id)], lesson_minutes="30"))
    assert list(Talk.objects.filter(entry=entry).values_list("kind", "minutes")) == [("home_lesson", 30)]


def test_the_foot_of_the_form_says_without_a_script_what_it_will_post(desk, lin, house_1):
    answer = visited(desk.of(lin), house_1, preview="1", **EVERYTHING)
    assert answer.status_code == 200
    assert set(answer.context["posted"]) == set(Part)
    assert Entry.objects.filter(author=lin.id).count() == 1


def test_a_change_stands_under_assistance_only_where_somebody_helps(desk, lin, house_1, house_2):
    helped = visited(desk.of(lin), house_1, preview="1", change="no_change").context["posted"]
    others = visited(desk.of(lin), house_2, preview="1", change="no_change").context["posted"]
    assert (Part.ASSISTANCE in helped, Part.ASSISTANCE in others) == (True, False)


def test_moved_asks_where_to_in_the_same_form_and_leads_to_its_usual_places(desk, lin, wang, house_2):
    answer = visited(desk.of(lin), house_2, met=["moved"], moved_to="县城三区")
    entry = entry_of(answer)
    line = Visit.objects.get(entry=entry)
    assert (line.state, Proof.objects.filter(entry=entry).count()) == ("moved", 0)
    assert reverse("desk:household-places", args=[house_2.id]) in desk.of(lin).get(answer["Location"]).content.decode()
    assert "县城三区" in desk.of(lin).get(reverse("desk:entry", args=[entry])).content.decode()
    assert "县城三区" not in desk.of(wang).get(reverse("desk:entry", args=[entry])).content.decode()
    refused = visited(desk.of(lin), house_2, met=["nobody_home"], moved_to="县城三区")
    assert refused.status_code == 422


def test_asked_and_nothing_wanted_is_one_tap_and_stands_in_the_ledger_of_a_helped_household(desk, lin, house_1):
    page = desk.of(lin).get(form_of(desk, house_1)).content.decode()
    assert 'name="wants" value="nothing"' in page
    entry = entry_of(visited(desk.of(lin), house_1, met=[str(house_1.head)], wants=["nothing"]))
    assert AssistanceLine.objects.filter(entry=entry, kind="nothing_wanted").count() == 1
    assert Proof.objects.filter(entry=entry, kind="nothing_wanted", about=house_1.id).count() == 1


def test_who_may_read_is_said_beside_every_box(desk, lin, house_1):
    page = desk.of(lin).get(form_of(desk, house_1)).content.decode()
    assert page.count("<textarea") == 7
    assert page.count('class="audience"') == 8  # and where the household lives now, in one line


def test_a_gathering_names_several_households_of_one_village(desk, lin, house_1, house_2, house_4, world):
    client = desk.of(lin)
    address = reverse("desk:gathering-new", args=[world.village_a.id])
    draft = draft_of(client.get(address))
    told = {"day": "today", "households": [str(house_1.id), str(house_2.id)], "topics": ["pension"], "draft": draft}
    assert client.post(address, told | {"households": [str(house_1.id)]}).status_code == 422
    assert client.post(address, told | {"households": [str(house_1.id), str(house_4.id)]}).status_code == 422
    entry = entry_of(client.post(address, told | {"need_words_1": "缺草", "need_house_1": str(house_2.id)}))
    assert lines_of(entry) == {Part.STUDY: 1, Part.VISITS: 2, Part.ASSISTANCE: 1}
    assert Talk.objects.get(entry=entry).households == 2


def test_who_made_it_together_is_said(desk, lin, sec, house_1, house_2):
    entry = entry_of(visited(desk.of(lin), house_1, made_with=[str(sec.id)]))
    page = desk.of(lin).get(reverse("desk:entry", args=[entry])).content.decode()
    assert sec.called in page


def test_who_stands_in_for_somebody_away_can_be_named_as_having_been_there(desk, world, house_1):
    def named() -> bool:
        address = reverse("desk:visit-new", args=[house_1.id])
        return f'name="made_with" value="{world.ma.id}"' in desk.of(world.sec).get(address).content.decode()

    assert not named()
    today = clock.today()
    change_posting(world, "lin", absences=[Absence(since=today, until=today, deputy=world.ma.id)])
    assert named()


def test_a_household_of_another_village_is_not_there(desk, lin, house_4, far_house, world):
    client = desk.of(lin)
    for house in (house_4, far_house):
        assert client.get(form_of(client, house)).status_code == 404
    assert client.get(reverse("desk:gathering-new", args=[world.village_b.id])).status_code == 404


@pytest.mark.parametrize("who", ["zhou", "gao", "adm", "pri", "newcomer"])
def test_who_does_not_record_has_no_form(desk, world, house_1, who):
    client = desk.of(getattr(world, who))
    assert client.get(form_of(client, house_1)).status_code in (403, 404)
    assert client.get(reverse("desk:record")).status_code in (403, 404)


def test_the_saved_page_says_number_and_lines_and_offers_to_undo(desk, lin, house_1):
    client = desk.of(lin)
    entry = entry_of(visited(client, house_1, **EVERYTHING))
    answer = client.get(reverse("desk:visit-saved", args=[entry]))
    page = answer.content.decode()
    number = Entry.objects.get(id=entry).seq
    assert f"{number:04d}" in page
    assert reverse("desk:entry-undo", args=[entry]) in page
    undone = client.post(reverse("desk:entry-undo", args=[entry]), {"draft": draft_of(answer)})
    assert undone.status_code == 302
    assert lines_of(entry) == {}
    assert not Lead.objects.filter(entry=entry).exists()
    again = client.post(reverse("desk:entry-undo", args=[entry]), {"draft": draft_of(answer)})
    assert again.status_code == 302
    assert Entry.objects.filter(first=entry).count() == 2


def test_after_ten_minutes_undo_asks_like_any_withdrawal(desk, lin, house_1, world):
    answer = desk.of(lin).get(reverse("desk:entry", args=[world.visit]))
    assert reverse("desk:entry-undo", args=[world.visit]) not in answer.content.decode()
    assert reverse("desk:entry-withdraw", args=[world.visit]) in answer.content.decode()


def test_nonsense_is_told_what_is_wrong_with_it(desk, lin, house_1):
    client = desk.of(lin)
    for bad in (
        {"draft": "nonsense"}, {"met": ["x"]}, {"met": [str(UUID(int=5))]}, {"channel": "gathering"}, {"day": "never"},
        {"topics": ["no such"]}, {"need_sort_1": "gold", "need_words_1": "x"}, {"lead": "heard"},
        {"on": "32", "day": "other"},
        {"lesson_minutes": "-4"}, {"words": "x" * 5000}, {"matter_words": "x"}, {"words": "a\x00b"},
        {"made_with": [str(UUID(int=1))]}, {"change": "changed"}, {"change_words": "x"},
    ):  # fmt: skip
        assert visited(client, house_1, **bad).status_code == 422, bad
    assert Entry.objects.filter(author=lin.id).count() == 1
