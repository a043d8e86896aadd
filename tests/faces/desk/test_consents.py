"""Notice and consent on the card: one household, one purpose, one answer at a time."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds import HOME_KINDS
from concerto.journal.kinds.consents import PURPOSES, Consent1
from concerto.journal.kinds.households import Merger1
from concerto.journal.models import Entry
from concerto.register.consents import Consent
from concerto.register.models import Resident
from tests.cast import VILLAGE_A

pytestmark = pytest.mark.django_db


def shown(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def draft(text: str) -> str:
    return re.search(r'name="draft" value="([^"]+)"', text)[1]


def card(desk, who, house) -> str:
    return shown(desk.of(who).get(reverse("desk:household", args=[house.id])))


def answered(desk, by, house, **told) -> Any:
    client, where = desk.of(by), reverse("desk:consent-new", args=[house.id])
    data = {"draft": draft(shown(client.get(where))), "on": clock.today().isoformat(), "purpose": "phone"}
    return client.post(where, {**data, **told})


def section(text: str) -> str:
    return text.partition('id="consent"')[2].partition("</section>")[0]


def test_nobody_was_asked_until_somebody_is(desk, world):
    text = section(card(desk, world.lin, world.house_1))
    assert text.count("还没有问") == len(PURPOSES)


def test_an_answer_stands_with_its_notice_and_taking_it_back_asks_less(desk, world):
    told = {"answer": "agreed", "told_in": "kazakh", "interpreted": "family", "read_aloud": "on"}
    assert answered(desk, world.lin, world.house_1, **told).status_code == 302
    text = section(card(desk, world.lin, world.house_1))
    assert all(words in text for words in ("用哈萨克语告知", "翻译：家里人", "念给本人听了", "收回"))
    assert text.count("还没有问") == len(PURPOSES) - 1
    where = reverse("desk:consent-new", args=[world.house_1.id])
    back = desk.of(world.lin).post(where, {"asked": "phone,,withdrawn"}, follow=True)
    assert 'name="told_in"' not in shown(back)
    assert answered(desk, world.lin, world.house_1, answer="withdrawn", told_in="kazakh").status_code == 302
    row = Consent.objects.get(answer="withdrawn")
    assert (row.language, row.read_aloud) == ("", False)
    assert "已收回" in section(card(desk, world.lin, world.house_1))


def test_who_takes_back_which_consent_stands_in_no_address(desk, world):
    head = str(world.house_1.head)
    assert answered(desk, world.lin, world.house_1, answer="agreed", told_in="chinese", who=head).status_code == 302
    client, where = desk.of(world.lin), reverse("desk:consent-new", args=[world.house_1.id])
    text = section(card(desk, world.lin, world.house_1))
    assert re.search(rf'<form method="post" action="{where}">', text)
    assert f'value="phone,{head},withdrawn"' in text
    assert f"{where}?" not in text
    assert client.post(where, {"asked": f"phone,{head},withdrawn"}).headers["Location"] == where
    form = client.get(where)
    assert form.context["form"].initial | {"on": None} == {
        "purpose": "phone", "who": head, "answer": "withdrawn", "on": None, "draft": form.context["form"].draft,
    }  # fmt: skip
    told = {"draft": draft(shown(form)), "purpose": "phone", "who": head, "answer": "withdrawn"}
    assert client.post(where, {**told, "on": clock.today().isoformat()}).status_code == 302
    assert Consent.objects.filter(answer="withdrawn", resident=head).exists()
    assert client.get(where).context["form"].initial.keys() == {"on", "draft"}, "what was chosen is done with"


def test_an_answer_that_was_written_down_wrongly_is_said_again_from_its_entry(desk, world):
    assert (
        answered(desk, world.lin, world.house_1, answer="agreed", told_in="kazakh", read_aloud="on").status_code == 302
    )
    entry = Consent.objects.get().id
    client, where = desk.of(world.lin), reverse("desk:consent-correct", args=[entry])
    assert where in shown(client.get(reverse("desk:entry", args=[entry])))
    form = client.get(where)
    assert form.context["form"].initial["told_in"] == "kazakh"
    told = {"draft": draft(shown(form)), "purpose": "phone", "answer": "declined", "interpreted": "nobody"}
    assert client.post(where, {**told, "on": clock.today().isoformat()}).status_code == 302
    row = Consent.objects.get()
    assert (row.id, row.answer, row.language) == (entry, "declined", "")
    assert desk.of(world.ma).get(where).status_code == 404


def test_one_of_the_people_answers_for_themselves(desk, world):
    told = {"answer": "declined", "who": str(world.house_1.head)}
    assert answered(desk, world.lin, world.house_1, **told).status_code == 302
    assert Consent.objects.get().resident == world.house_1.head
    text = section(card(desk, world.lin, world.house_1))
    assert "不同意" in text
    assert text.count("还没有问") == len(PURPOSES)
    stranger = answered(desk, world.lin, world.house_1, answer="agreed", told_in="chinese", who=str(world.house_4.head))
    assert stranger.status_code == 422


def test_who_stood_in_the_register_twice_goes_on_with_what_they_said(desk, world):
    people = {row.id: row for row in Resident.objects.filter(household=world.house_1.id)}
    stays, gone = world.house_1.head, next(key for key in people if key != world.house_1.head)
    assert answered(desk, world.lin, world.house_1, answer="declined", who=str(gone)).status_code == 302
    saw = {f"{key}.{name}": value for key in (gone, stays) for name, value in json.loads(people[key].wordings).items()}
    item = world.pen.item(Merger1(sort="resident", gone=gone, stays=stays), unit=VILLAGE_A, by=world.lin, saw=saw)
    assert world.receive(item, by=world.lin)[0].stands
    assert section(card(desk, world.lin, world.house_1)).count("不同意") == 1


def test_without_a_notice_nobody_agrees(desk, world):
    assert answered(desk, world.lin, world.house_1, answer="agreed").status_code == 422
    with pytest.raises(Refused, match="consent_without_notice"):
        Consent1(household=world.house_1.id, purpose="phone", answer="agreed")
    with pytest.raises(Refused, match="notice_for_nothing"):
        Consent1(household=world.house_1.id, purpose="phone", answer="withdrawn", language="chinese")
    assert not Consent.objects.exists()


def test_above_the_village_nobody_knows_of_it(desk, world):
    assert answered(desk, world.lin, world.house_1, answer="declined").status_code == 302
    entry = Entry.objects.get(kind="consent")
    assert 'id="consent"' not in card(desk, world.wang, world.house_1)
    assert desk.of(world.wang).get(reverse("desk:consent-new", args=[world.house_1.id])).status_code == 403
    for who in (world.wang, world.zhou):
        assert desk.of(who).get(reverse("desk:entry", args=[entry.id])).status_code == 404
    assert "不同意" in shown(desk.of(world.lin).get(reverse("desk:entry", args=[entry.id])))
    mine = world.pen.item(
        Consent1(household=world.house_1.id, purpose="card", answer="declined"),
        unit=VILLAGE_A, by=world.wang, on=clock.today(), at=clock.now(),
    )  # fmt: skip
    [receipt] = world.receive(mine, by=world.wang, at=clock.now())
    assert receipt.code == "not_posted_there"


def test_the_latest_day_says_how_it_stands_whenever_it_was_written_down(desk, world):
    for days, answer in ((0, "declined"), (30, "agreed")):
        on = (clock.today() - timedelta(days=days)).isoformat()
        assert answered(desk, world.lin, world.house_1, answer=answer, told_in="chinese", on=on).status_code == 302
    text = section(card(desk, world.lin, world.house_1))
    assert "不同意" in text
    assert "收回" not in text


def test_an_answer_is_of_one_household_and_no_home_or_import_gives_it():
    assert "consent" not in HOME_KINDS
    assert {name for name in Consent1.__struct_fields__ if name.endswith("s")} == set()  # no list of anything


def test_who_does_not_agree_to_be_called_is_not_offered_to_be(desk, world):
    assert 'href="tel:' in card(desk, world.lin, world.house_1)
    assert answered(desk, world.lin, world.house_1, answer="declined").status_code == 302
    text = card(desk, world.lin, world.house_1)
    assert 'href="tel:' not in text
    assert "不同意打电话" in text
    assert "不同意打电话" not in card(desk, world.wang, world.house_1)
    told = {"answer": "agreed", "told_in": "chinese", "who": str(world.house_1.head)}
    assert answered(desk, world.lin, world.house_1, **told).status_code == 302
    assert 'href="tel:' in card(desk, world.lin, world.house_1), "whoever answers for themselves may be called"


def test_what_nobody_agreed_to_is_not_taken_back(desk, world):
    answer = answered(desk, world.lin, world.house_1, answer="withdrawn")
    assert answer.status_code == 422
    assert "无从收回" in answer.content.decode()


def test_a_child_does_not_answer_for_itself(desk, world):
    young = str(clock.today().year - 9)
    who = next(row for row in Resident.objects.filter(household=world.house_1.id) if row.id != world.house_1.head)
    Resident.objects.filter(id=who.id).update(born=young)
    client, where = desk.of(world.lin), reverse("desk:consent-new", args=[world.house_1.id])
    assert str(who.id) not in shown(client.get(where))
    assert answered(desk, world.lin, world.house_1, answer="declined", who=str(who.id)).status_code == 422


def test_the_card_asks_once_for_all_answers(desk, world, django_assert_max_num_queries):
    client, where = desk.of(world.lin), reverse("desk:household", args=[world.house_1.id])
    client.get(where)
    with django_assert_max_num_queries(80) as few:
        client.get(where)
    for purpose in PURPOSES:
        told = {"answer": "agreed", "told_in": "chinese", "purpose": purpose}
        assert answered(desk, world.lin, world.house_1, **told).status_code == 302
    with django_assert_max_num_queries(80) as many:
        client.get(where)
    assert len(many) <= len(few) + 2  # the message that it is recorded may be read and cleared
