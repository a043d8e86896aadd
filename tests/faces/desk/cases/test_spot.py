"""A quarrel settled where it arose: one form, one entry, and nothing of somebody afraid."""

import pytest
from django.urls import reverse

from concerto.journal.models import Entry, Sealed, Tray
from concerto.parts.disputes.models import Case
from tests.cases import panel_line
from tests.cast import VILLAGE_A

from .walking import draft, spot

pytestmark = pytest.mark.django_db


def test_a_goat_quarrel_is_one_form_and_resolved(desk, world):
    line = panel_line(world, world.med, VILLAGE_A)
    answer = spot(desk.of(world.lin), mediator=line)
    row = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:case", args=[row.id]))
    assert (row.stage, row.state, row.outcome, row.level, row.unit) == (
        "in_effect", "resolved", "oral", "village", VILLAGE_A,
    )  # fmt: skip
    assert (row.mediator, row.account) == (line, world.med.id)


def test_without_the_panel_they_settled_it_between_themselves(desk, world):
    assert spot(desk.of(world.lin), a_wanted=None).status_code == 302
    assert Case.objects.get().outcome == "between_themselves"


def test_what_is_to_be_done_by_a_day_says_which(desk, world):
    client = desk.of(world.med)
    assert spot(client, done="later").status_code == 422
    assert spot(client, done="later", until="2026-06-30").status_code == 422
    assert spot(client, done="later", until="2026-07-20").status_code == 302
    assert Case.objects.get().last_due.isoformat() == "2026-07-20"


def test_a_side_that_did_not_want_it_and_a_family_are_said_at_the_form(desk, world):
    line = panel_line(world, world.med, VILLAGE_A)
    client = desk.of(world.lin)
    unwanted = spot(client, mediator=line, b_wanted=None)
    family = spot(client, sort="inheritance")
    assert (unwanted.status_code, family.status_code) == (422, 422)
    assert "side_wanted_no_help" in unwanted.content.decode()
    assert "family_takes_the_long_path" in family.content.decode()
    assert not Case.objects.exists()
    assert not Tray.objects.exists()


def test_of_somebody_afraid_nothing_is_kept_and_nothing_shown_again(desk, world):
    before = Entry.objects.count(), Sealed.objects.count()
    answer = spot(desk.of(world.lin), afraid="yes")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "王建国" not in text
    assert "草料" not in text
    assert 'href="tel:110"' in text
    assert reverse("desk:routes") not in text.split("<main", 1)[1].split("</main>")[0]
    assert (Entry.objects.count(), Sealed.objects.count()) == before
    assert not Tray.objects.exists()


def test_the_same_form_sent_twice_is_one_case(desk, world):
    client = desk.of(world.med)
    shown = client.get(reverse("desk:spot"))
    told = {"draft": draft(shown), "afraid": "no", "sort": "debts", "a": "甲", "b": "乙", "agreed": "还清了",
            "done": "now", "mediator": "none", "on": "2026-07-01"}  # fmt: skip
    assert [client.post(reverse("desk:spot"), told).status_code for _ in range(2)] == [302, 302]
    assert Case.objects.count() == 1


def test_at_most_eight_answers_are_required(desk, world):
    client = desk.of(world.med)
    shown = client.get(reverse("desk:spot"))
    answer = client.post(reverse("desk:spot"), {"draft": draft(shown)}).content.decode()
    assert answer.split("<main", 1)[1].split("</ul>", 1)[0].count('href="#id_') <= 8


def test_who_recorded_it_follows_it_and_others_find_nothing(desk, world):
    spot(desk.of(world.lin))
    page = reverse("desk:case", args=[Case.objects.get().id])
    followed = desk.of(world.lin).get(page)
    assert followed.status_code == 200
    assert "王建国" not in followed.content.decode()
    assert "王建国" in desk.of(world.med).get(page).content.decode()
    assert [desk.of(one).get(page).status_code for one in (world.ma, world.wang, world.sec)] == [404, 404, 404]
