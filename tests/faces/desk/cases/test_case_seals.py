"""The seal of a committee is recorded by who holds it, who learns a number and a day and nothing of the matter."""

import pytest
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.models import Tray
from concerto.papers.cases import seals
from concerto.papers.cases.seals import waiting_for_seal, waits_for_seal
from concerto.register.access import sight_of
from tests.cases import AT, Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B

from .walking import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(world):
    return panel_line(world, world.med, VILLAGE_A)


@pytest.fixture
def agreed(world, line):
    """An agreement that all but the seal have signed; who handles it does not hold the seal."""
    matter = Matter(world)
    matter.willing()
    assert matter.agree("2026-09-04") == "accepted"
    for party in (matter.a, matter.b):
        assert matter.sign("party", of=party) == "accepted"
    assert matter.sign("mediator", of=line) == "accepted"
    return matter


def the_list(client):
    return client.get(reverse("desk:case-seals"))


def sealed_by(client, matter, **answers):
    where = reverse("desk:case-seal", args=[matter.id])
    shown = client.get(where)
    assert shown.status_code == 200, shown.status_code
    return client.post(where, {"draft": draft(shown), "on": "2026-09-08", **answers})


def test_who_holds_the_townships_seal_records_it_and_learns_nothing_of_the_matter(desk, world, agreed):
    panel_line(world, world.zhou, TOWNSHIP, holds_seal=True)
    client = desk.of(world.zhou)
    assert client.get(reverse("desk:case", args=[agreed.id])).status_code == 404
    assert reverse("desk:case-seals") in client.get(reverse("desk:cases")).content.decode()
    text = the_list(client).content.decode()
    assert agreed.row.number in text
    for secret in ("杨春生", "努尔兰·别克", "草场", "界桩"):
        assert secret not in text
        assert secret not in client.get(reverse("desk:case-seal", args=[agreed.id])).content.decode()
    assert sealed_by(client, agreed).status_code == 302
    assert agreed.stands == ("in_effect", "resolved", "written")
    assert agreed.row.effect_on.isoformat() == "2026-09-08"
    assert client.get(reverse("desk:case", args=[agreed.id])).status_code == 404
    assert not Tray.objects.exists()


def test_older_agreements_that_wait_for_a_party_hide_none_that_waits_for_the_seal(desk, world, line, monkeypatch):
    monkeypatch.setattr(seals, "MOST", 1)
    panel_line(world, world.zhou, TOWNSHIP, holds_seal=True)
    reader = sight_of(world.zhou, AT.date())
    matters = []
    for n in range(2):
        one = Matter(world)
        one.willing()
        assert one.agree("2026-09-04") == "accepted"
        matters.append(one)
        if not n:
            client = desk.of(world.zhou)
            assert sealed_by(client, one).status_code == 302
            assert not waits_for_seal(reader)
            assert waiting_for_seal(reader) == []
    assert [one.case for one in waiting_for_seal(reader)] == [matters[1].id]
    assert waiting_for_seal(reader, matters[0].id) == []
    assert [one.case for one in waiting_for_seal(reader, matters[1].id)] == [matters[1].id]


def test_an_agreement_that_takes_the_place_of_a_sealed_one_waits_for_the_seal_anew(desk, world, line):
    panel_line(world, world.zhou, TOWNSHIP, holds_seal=True)
    reader = sight_of(world.zhou, AT.date())
    one = Matter(world)
    one.willing()
    assert one.agree("2026-09-04") == "accepted"
    assert sealed_by(desk.of(world.zhou), one).status_code == 302
    assert not waits_for_seal(reader)
    assert one.agree("2026-09-10") == "accepted"
    [waiting] = waiting_for_seal(reader)
    assert waiting.agreement == one.agreement


def test_of_another_village_nobody_seals_it(desk, world, agreed):
    panel_line(world, world.zhou, VILLAGE_B, holds_seal=True)
    client = desk.of(world.zhou)
    assert the_list(client).status_code == 404
    assert client.get(reverse("desk:case-seal", args=[agreed.id])).status_code == 404


def test_who_holds_no_seal_finds_no_such_page(desk, world, agreed):
    for one in (world.zhou, world.wang, world.lin):
        assert the_list(desk.of(one)).status_code == 404
        assert not waits_for_seal(sight_of(one, AT.date()))


def test_the_seal_of_its_own_committee_is_recorded_by_somebody_posted_there(desk, world, agreed):
    panel_line(world, world.lin, VILLAGE_A, holds_seal=True)
    assert sealed_by(desk.of(world.lin), agreed).status_code == 302
    assert agreed.row.stage == "in_effect"


def test_no_seal_stands_before_its_agreement(desk, world, agreed):
    panel_line(world, world.zhou, TOWNSHIP, holds_seal=True)
    answer = sealed_by(desk.of(world.zhou), agreed, on="2026-09-01")
    assert answer.status_code == 422
    assert "signed_before_it_was_made" in answer.content.decode()
    assert not Tray.objects.exists()


def test_a_seal_recorded_wrongly_is_taken_back_by_who_set_it(desk, world, agreed):
    panel_line(world, world.zhou, TOWNSHIP, holds_seal=True)
    client = desk.of(world.zhou)
    today = clock.today().isoformat()
    sealed_by(client, agreed, on=today)
    text = the_list(client).content.decode()
    back = text.split("/back/", 1)[0].rsplit('href="', 1)[1] + "/back/"
    assert desk.of(world.med).get(back).status_code == 404
    client = desk.of(world.zhou)
    assert client.post(back, {"draft": draft(client.get(back))}).status_code == 302
    assert agreed.row.stage == "agreed"
    assert sealed_by(client, agreed, on="2026-09-09").status_code == 302
    assert agreed.row.effect_on.isoformat() == "2026-09-09"
    assert client.get(back).status_code == 404
