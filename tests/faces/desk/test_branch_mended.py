"""What a branch recorded and was sent back stands in its own form again, and is recorded instead of it."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.meeting import Attended, Meeting1
from concerto.journal.kinds.study import OwnStudy1, Study1
from concerto.journal.kinds.talks import HeartTalk1, Talker
from concerto.journal.kinds.times import Took
from concerto.journal.models import Entry, Tray
from concerto.journal.said import Audience
from concerto.register.models import Member

from .browsing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(desk, world, sec):
    """The secretary of branch A at a desk."""
    return Browser(desk, sec)


@pytest.fixture
def members(world):
    """The members of branch A who may be named."""
    full = Member.objects.filter(branch=world.branch_a.id, standing="full").order_by("id")
    return list(full.values_list("id", flat=True))


def sent_back(world, body, sealed=(), corrects=None, saw=None, entry=None):
    """Bring something of a day that has not come, as the secretary's."""
    soon = clock.today() + timedelta(days=366)
    more = {"corrects": corrects, "saw": saw or {}}
    item = world.pen.item(body, unit=world.branch_a.id, by=world.sec, on=soon, sealed=sealed, id=entry, **more)
    [receipt] = world.receive(item, by=world.sec, at=clock.now())
    assert (receipt.outcome, receipt.code) == ("refused", "day_not_come"), receipt
    return receipt.id


def last() -> dict:
    said: dict = json.loads(Entry.objects.order_by("-seq").first().said)
    return said


def test_a_meeting_that_was_sent_back_stands_in_its_form_again(at_desk, world, members):
    there = [Attended(one, "present") for one in members]
    body = Meeting1(branch=world.branch_a.id, form="members", base=members, attendance=there, took=Took(minutes=40))
    entry = sent_back(world, body)
    mend = f"?instead_of={entry}"
    assert reverse("desk:meeting-new", args=[world.branch_a.id]) + mend in at_desk.text("tray")
    data = at_desk.filled("meeting-new", world.branch_a.id, at=mend, day="today")
    assert data["minutes"] == ["40"]
    assert [given for name, given in data.items() if name.startswith("how_")] == [["present"]] * len(members)
    assert at_desk.post("meeting-new", world.branch_a.id, data=data).status_code == 302
    assert last()["instead_of"] == [str(entry)]
    assert Tray.objects.get().outcome == "settled"


def test_a_correction_of_a_meeting_that_was_sent_back_is_mended_as_a_correction(at_desk, world, members):
    told = {"form": "none", "contents": ["lesson"], "nobody_marked": "yes"}
    held = at_desk.send("meeting-new", world.branch_a.id, day="today", **told)
    assert held.status_code == 302
    first = last()["id"]
    body = Meeting1(branch=world.branch_a.id, form="none", contents=["theme_day"])
    entry = sent_back(world, body, corrects=first, saw={f"{first}.wording": first})
    data = at_desk.filled("meeting-correct", first, at=f"?instead_of={entry}", day="today")
    assert data["contents"] == ["theme_day"]
    assert at_desk.post("meeting-correct", first, data=data | {"nobody_marked": "yes"}).status_code == 302
    assert (last()["corrects"], last()["instead_of"]) == (first, [str(entry)])


def test_study_and_talks_that_were_sent_back_are_mended(at_desk, world, members):
    one = members[0]
    other = (
        Member.objects.filter(branch=world.branch_a.id).exclude(id=one).order_by("id").values_list("id", flat=True)[0]
    )
    learnt = sent_back(world, Study1(form="training", took=Took(minutes=45), members=[one]))
    data = at_desk.filled("study-new", world.branch_a.id, at=f"?instead_of={learnt}", day="today")
    assert (data["minutes"], data["members"]) == (["45"], [str(one)])
    assert at_desk.post("study-new", world.branch_a.id, data=data).status_code == 302
    talked = sent_back(world, HeartTalk1(talkers=[Talker(one, "secretary"), Talker(other, "member")]))
    data = at_desk.filled("talk-new", world.branch_a.id, at=f"?instead_of={talked}", day="today")
    assert (data["talker_1"], data["talker_2"]) == ([str(one)], [str(other)])
    assert at_desk.post("talk-new", world.branch_a.id, data=data).status_code == 302
    assert set(Tray.objects.values_list("outcome", flat=True)) == {"settled"}


def test_own_study_that_was_sent_back_is_mended_by_nobody_else(desk, at_desk, world):
    entry = world.pen.new_id()
    words = world.pen.seal(entry, "读了草原法第二章", Audience.AUTHOR)
    assert sent_back(world, OwnStudy1(words=words.digest), [words], entry=entry) == entry
    mend = f"?instead_of={entry}"
    assert reverse("desk:own-study-new") + mend in at_desk.text("tray")
    assert "读了草原法第二章" in at_desk.text("own-study-new", at=mend)
    for other in (world.zhou, world.med):
        assert Browser(desk, other).open("own-study-new", at=mend).status_code == 404


def test_what_was_sent_back_opens_no_form_of_another_kind(at_desk, world, members):
    entry = sent_back(world, Study1(form="training", took=Took(minutes=45), members=members[:1]))
    assert at_desk.open("talk-new", world.branch_a.id, at=f"?instead_of={entry}").status_code == 404
