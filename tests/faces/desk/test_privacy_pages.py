"""The privacy officer's pages: a request first, then what is held of one person, part by part, each opening noted."""

import json
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from concerto.conductor.verify import verify
from concerto.groundwork import clock
from concerto.journal.kinds.people import ResidentChange1
from concerto.journal.models import Entry, Sealed
from concerto.places.models import DataRequest, Opening
from concerto.register.finding import people_named
from concerto.register.models import Resident
from tests.cast import NOON, TOWNSHIP, VILLAGE_A, VILLAGE_B

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
NAME, PHONE = "阿依努尔·木拉提", "10020047715"
ASKED = {
    "kind": "access",
    "asked_on": "2026-07-01",
    "how": "本人到窗口，验过证件",
    "village": f"{TOWNSHIP}:{VILLAGE_A}",
    "name": "阿依努尔 木拉提",
    "phone": "100 2004 7715",
}


@pytest.fixture
def officer(desk, pri):
    return desk.of(pri)


@pytest.fixture
def asked(world, pri) -> DataRequest:
    one = DataRequest(log=TOWNSHIP, about=world.house_1.head, kind="erasure", how="窗口", asked_on=date(2026, 7, 1),
                      recorded_at=clock.now(), recorded_by=pri.id)  # fmt: skip
    one.save(force_insert=True)
    return one


def address(name: str, one: DataRequest, *more) -> str:
    return reverse(f"desk:{name}", args=[one.log, one.id, *more])


def test_a_person_is_found_by_what_they_say_and_chosen_by_relation_and_year(officer, world):
    new = reverse("desk:request-new")
    assert officer.get(new).status_code == 200
    found = officer.post(new, ASKED, headers={"accept-language": "en"})
    text = found.content.decode()
    assert "1 person found" in text
    assert "Head, –" in text
    recorded = officer.post(new, {**ASKED, "who": str(world.house_1.head)})
    one = DataRequest.objects.get()
    assert recorded.url == address("request", one)
    assert (one.about, one.kind, one.log) == (world.house_1.head, "access", TOWNSHIP)


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "10031112222"},
        {"name": "阿依努尔"},
        {"village": f"{TOWNSHIP}:{VILLAGE_B}"},
    ],
)
def test_nobody_is_found_who_does_not_fit(officer, change):
    found = officer.post(reverse("desk:request-new"), {**ASKED, **change}, headers={"accept-language": "en"})
    assert "0 people found" in found.content.decode()
    assert NAME not in found.content.decode()


def test_a_name_alone_is_not_enough(officer, world):
    answer = officer.post(reverse("desk:request-new"), {**ASKED, "phone": ""}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "a name alone is not enough" in answer.content.decode()
    assert people_named(TOWNSHIP, VILLAGE_A, NAME, born=None, phone="") == []


def test_a_birth_date_that_contradicts_finds_nobody(world):
    who, part = world.house_1.head, world.pen.seal(world.house_1.head, "1980-03-04")
    row = Resident.objects.get(log=TOWNSHIP, id=who)
    item = world.pen.item(
        ResidentChange1(resident=who, born=part.digest),
        unit=VILLAGE_A,
        sealed=[part],
        saw={f"{who}.born": json.loads(row.wordings)["born"]},
    )
    assert world.receive(item)[0].outcome == "accepted"
    found = people_named(TOWNSHIP, VILLAGE_A, NAME, born=date(1980, 3, 4), phone="")
    assert [one.id for one in found] == [who]
    assert people_named(TOWNSHIP, VILLAGE_A, NAME, born=date(1980, 3, 5), phone="") == []


def test_the_way_it_came_does_not_name_the_person(officer, world):
    given = {**ASKED, "how": f"{NAME}本人来的", "who": str(world.house_1.head)}
    assert officer.post(reverse("desk:request-new"), given).status_code == 422
    assert not DataRequest.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_answers_and_shows_no_word_by_itself(officer, asked, language):
    pages = [reverse("desk:requests"), reverse("desk:request-new"), reverse("desk:erasures")]
    pages += [address(name, asked) for name in ("request", "request-copy", "request-erase")]
    for page in pages:
        answer = officer.get(page, headers={"accept-language": language})
        assert answer.status_code == 200, page
        assert NAME not in answer.content.decode()
        assert "水渠" not in answer.content.decode()


def test_a_part_is_opened_by_itself_and_the_opening_is_noted(officer, asked, pri):
    digest = Sealed.objects.get(text=NAME).digest
    answer = officer.post(address("request-part", asked, digest))
    assert NAME in answer.content.decode()
    [noted] = Opening.objects.values_list("by", "about", "part", "request")
    assert noted == (pri.id, asked.about, digest, asked.id)


def test_a_part_of_somebody_else_is_not_there(officer, asked):
    other = Sealed.objects.get(text="王建国").digest
    assert officer.post(address("request-part", asked, other)).status_code == 404
    assert not Opening.objects.exists()


def test_an_answered_request_lets_nothing_be_seen(officer, asked):
    digest = Sealed.objects.get(text=NAME).digest
    assert officer.post(address("request-answer", asked), {"answer": "done"}).status_code == 302
    assert officer.get(address("request", asked)).status_code == 200
    assert officer.post(address("request-part", asked, digest)).status_code == 404
    for name in ("request-copy", "request-erase"):
        assert officer.get(address(name, asked)).status_code == 404


def test_the_copy_holds_what_is_theirs_and_what_was_ticked(officer, asked):
    note = Sealed.objects.get(text="草场边的水渠塌了一段").digest
    plain = officer.post(address("request-copy", asked), {"x": "1"}).content.decode()
    assert NAME in plain
    assert PHONE in plain
    assert "水渠塌了" not in plain
    assert "水渠塌了" in officer.post(address("request-copy", asked), {"also": [note]}).content.decode()
    assert Opening.objects.filter(what="copy", request=asked.id).count() == 5


def test_the_copy_says_when_words_about_their_household_were_opened(officer, asked, world):
    Opening.objects.create(log=asked.log, at=NOON, by=world.sec.id, what="words", about=world.house_1.id)
    Opening.objects.create(log=asked.log, at=NOON, by=world.sec.id, what="words", about=world.house_2.id)

    copy = officer.post(address("request-copy", asked), {"x": "1"})

    assert copy.context["openings"] == [NOON]


def test_a_person_is_locked_and_unlocked_by_an_entry_of_the_officer(officer, asked, pri):
    for locked in (True, False):
        shown = officer.get(address("request", asked)).content.decode()
        draft = re.search(r'name="draft" value="([^"]+)"', shown).group(1)
        assert officer.post(address("request-lock", asked), {"draft": draft}).status_code == 302
        assert Resident.objects.get(log=TOWNSHIP, id=asked.about).restricted is locked
    assert set(Entry.objects.filter(kind="restriction").values_list("author", flat=True)) == {pri.id}


def test_erasing_asks_for_every_listed_part(officer, asked):
    listed = re.findall(r'data-field="([0-9a-f]{64})"', officer.get(address("request-erase", asked)).content.decode())
    assert len(listed) == 3
    undecided = {"basis": "本人要求", **dict.fromkeys(listed[:2], "keep")}
    assert officer.post(address("request-erase", asked), undecided).status_code == 422
    assert Sealed.objects.filter(text=NAME).exists()
    decided = {"basis": "本人要求", **dict.fromkeys(listed, "keep"), listed[0]: "erase"}
    answer = officer.post(address("request-erase", asked), decided, headers={"accept-language": "en"})
    text = answer.content.decode()
    assert "3 parts are gone" in text
    assert "2 parts were kept" in text
    assert "Backups made before today" in text
    assert not Sealed.objects.filter(text=NAME).exists()
    assert verify().difference is None
    assert officer.get(address("request", asked)).status_code == 200
    assert officer.get(reverse("desk:erasures")).status_code == 200


def test_a_reason_that_names_the_person_is_sent_back(officer, asked):
    listed = re.findall(r'data-field="([0-9a-f]{64})"', officer.get(address("request-erase", asked)).content.decode())
    given = {"basis": f"{NAME} 要求", **dict.fromkeys(listed, "keep")}
    answer = officer.post(address("request-erase", asked), given)
    assert answer.status_code == 422
    assert "basis_names_the_person" in answer.content.decode()
    assert Sealed.objects.filter(text=NAME).exists()


def test_nobody_else_comes_in_and_another_townships_request_is_not_there(desk, asked, world, other, pri):
    for account in (world.adm, world.lin, world.wang, world.zhou):
        assert desk.of(account).get(reverse("desk:requests")).status_code == 403
        assert desk.of(account).get(address("request", asked)).status_code == 403
    pri.log = other.log
    pri.save()
    assert desk.of(pri).get(address("request", asked)).status_code == 404


def test_asked_tomorrow_is_not_taken(officer, world):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert officer.post(reverse("desk:request-new"), {**ASKED, "asked_on": tomorrow}).status_code == 422
