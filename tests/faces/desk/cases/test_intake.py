"""A dispute is taken in: at most eight answers asked, fifteen names pasted are one case, nothing of who is afraid."""

import pytest
from django.urls import reverse

from concerto.journal.models import Entry, Sealed, Tray
from concerto.parts.disputes.models import Case, CaseParty
from concerto.places.models import Opening
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B

from .walking import DAY, draft

pytestmark = pytest.mark.django_db
TOLD = {
    "afraid": "no", "source": "asked", "sort": "pasture_boundary", "a": "杨春生", "b": "努尔兰·别克",
    "summary": "界桩没了", "level": "village", "channel": "people", "difficulty": "", "on": DAY,
}  # fmt: skip


def taken_in(client, **answers):
    shown = client.get(reverse("desk:case-new"))
    assert shown.status_code == 200
    return client.post(reverse("desk:case-new"), {"draft": draft(shown), **TOLD, **answers})


def test_a_dispute_is_taken_in_and_opens_as_a_case(desk, world):
    answer = taken_in(desk.of(world.med))
    row = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:case", args=[row.id]))
    assert (row.stage, row.unit, row.parties, row.number) == ("brought", VILLAGE_A, 2, "")


def test_fifteen_claimants_pasted_are_one_case_of_as_many_people(desk, world):
    names = "\n".join(f"工人{n}" for n in range(1, 15))
    assert (
        taken_in(
            desk.of(world.med), sort="migrant_wages", a_more=names, b="乡建筑队", b_sort="organisation"
        ).status_code
        == 302
    )
    assert Case.objects.get().parties == 16
    assert CaseParty.objects.filter(side="a", sort="person").count() == 15
    assert CaseParty.objects.get(side="b").sort == "organisation"


def test_the_centre_says_which_desk_has_it(desk, world):
    client = desk.of(world.zhou)
    assert taken_in(client).status_code == 422
    assert taken_in(client, unit=TOWNSHIP, level="township").status_code == 302
    assert taken_in(client, unit=VILLAGE_B).status_code == 302
    assert set(Case.objects.values_list("desk", flat=True)) == {TOWNSHIP, VILLAGE_B}


def test_what_is_between_two_villages_is_the_townships_whoever_takes_it_in(desk, world):
    client = desk.of(world.med)

    answer = taken_in(client, unit=TOWNSHIP, level="")

    row = Case.objects.get()
    assert (row.unit, row.desk, row.level, row.brought_by) == (TOWNSHIP, TOWNSHIP, "township", world.med.id)
    page = client.get(answer["Location"]).content.decode()
    assert "界桩没了" not in page  # whoever brought it sees that it goes on
    assert desk.of(world.zhou).get(answer["Location"]).status_code == 200


def test_what_may_be_the_same_is_shown_by_number_and_desk_and_no_name(desk, world):
    taken_in(desk.of(world.med))
    client = desk.of(world.lin)
    answer = taken_in(client, a="丁一", b="丁二", summary="也是界桩")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "杨春生" not in text
    assert "上泉村" in text
    assert Case.objects.count() == 1
    assert Opening.objects.get(what="cases_alike").rows == 1
    told = {"draft": draft(answer), **TOLD, "a": "丁一", "looked": "on"}
    assert client.post(reverse("desk:case-new"), told).status_code == 302
    assert Case.objects.count() == 2


def test_a_minor_has_somebody_who_speaks_and_a_hard_matter_its_reason(desk, world):
    client = desk.of(world.med)
    assert taken_in(client, a_minor="on").status_code == 422
    assert taken_in(client, difficulty="hard").status_code == 422
    assert taken_in(client, source="court").status_code == 422
    assert not Tray.objects.exists()
    answer = taken_in(
        client, a_minor="on", a_speaks="家长", difficulty="hard", difficulty_words="牵涉三家", source="court",
        procedure="simplified",
    )  # fmt: skip
    row = Case.objects.get()
    assert answer.status_code == 302
    assert (row.difficulty, row.procedure) == ("hard", "simplified")
    assert CaseParty.objects.get(side="a").minor


def test_two_intakes_are_open_at_once_and_each_is_its_own_case(desk, world):
    client = desk.of(world.med)
    first, second = (draft(client.get(reverse("desk:case-new"))) for _ in range(2))
    for one, sort in ((second, "debts"), (first, "neighbours")):
        assert client.post(reverse("desk:case-new"), {**TOLD, "draft": one, "sort": sort}).status_code == 302
    assert Case.objects.count() == 2


def test_at_most_eight_answers_are_required(desk, world):
    client = desk.of(world.zhou)
    shown = client.get(reverse("desk:case-new"))
    answer = client.post(reverse("desk:case-new"), {"draft": draft(shown)}).content.decode()
    assert 4 <= answer.split('<form class="form"', 1)[1].split("</ul>", 1)[0].count('href="#id_') <= 8


def test_of_somebody_afraid_nothing_is_kept(desk, world):
    before = Entry.objects.count(), Sealed.objects.count()
    answer = taken_in(desk.of(world.zhou), afraid="yes", unit=TOWNSHIP)
    assert answer.status_code == 200
    assert "杨春生" not in answer.content.decode()
    assert (Entry.objects.count(), Sealed.objects.count(), Tray.objects.count()) == (*before, 0)
