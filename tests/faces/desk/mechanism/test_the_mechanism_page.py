"""The mechanism page says every duty in words, and what it all costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerto.faces.desk.mechanism.costs import costs_of, village_with
from concerto.groundwork import clock
from concerto.rulebook.burden import burden
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.terms import BEARERS

pytestmark = pytest.mark.django_db


def test_every_duty_stands_on_the_page_in_both_languages(desk, lin):
    client = desk.of(lin)
    chinese = client.get(reverse("desk:mechanism")).content.decode()
    english = client.get(reverse("desk:mechanism"), headers={"accept-language": "en"}).content.decode()
    for duty in mechanism().duties.values():
        assert duty.title["zh"] in chinese
        assert reverse("desk:duty", args=[duty.id]) in english
    assert "每月" in chinese


@pytest.mark.parametrize("who", ["lin", "sec", "med", "zhou", "wang", "gao", "adm"])
def test_what_is_asked_of_everybody_is_no_secret(desk, world, who):
    client = desk.of(getattr(world, who))
    assert client.get(reverse("desk:mechanism")).status_code == 200
    assert client.get(reverse("desk:duty", args=["theme-day"])).status_code == 200


def test_the_history_of_a_duty_says_where_it_comes_from(desk, lin):
    text = desk.of(lin).get(reverse("desk:duty", args=["four-ones-visit"])).content.decode()
    assert "2022年8月14日工作机制" in text
    assert "随程序提供" in text


def test_the_costs_are_those_of_mechanism_check():
    today = clock.today()
    found = burden(mechanism(), village_with(), on=today)
    table = costs_of(mechanism(), village_with(), today)
    for n, who in enumerate(BEARERS):
        assert table.sums[n] == f"{sum(cost.minutes for cost in found if cost.bearer == who):.0f}"


def test_what_must_be_typed_again_is_reckoned_on_the_page_alone(desk, lin):
    client = desk.of(lin)
    plain = client.get(reverse("desk:mechanism")).content.decode()
    asked = client.get(reverse("desk:mechanism"), {"visit": "5"}).content.decode()
    assert "在别处重录：走访" not in plain
    assert "在别处重录：走访" in asked
    assert client.get(reverse("desk:mechanism"), {"visit": "-5"}).status_code == 422


def test_the_page_asks_the_same_few_questions_however_much_there_is(desk, world):
    client = desk.of(world.wang)
    client.get(reverse("desk:mechanism"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("desk:mechanism"))
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]
