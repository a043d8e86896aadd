"""A page is a device: the same POST is the same entry, whoever sends it and however often."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.http import QueryDict

from concerto.conductor.drafts import read
from concerto.conductor.receive import Receipt
from concerto.faces.desk.writing import Draft, DraftForm, fresh, said_from, seen
from concerto.journal.kinds.households import Household1, UsualPlace
from concerto.journal.said import Audience, read_said
from concerto.places.devices import desk_of
from concerto.places.models import Account, Device

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 7, 1, 4, 30, tzinfo=UTC)
LOG, VILLAGE = UUID(int=1), UUID(int=2)


@pytest.fixture
def writer():
    return Account.objects.create(name="lin", called="林晓", made_at=NOON)


def household(draft: Draft, writer: Account):
    house = draft.new_id("household")
    words = draft.seal("town", about=house, audience=Audience.PLACE, text="县城三区")
    body = Household1(
        household=house,
        village=VILLAGE,
        places=[UsualPlace(season="town", from_month=1, to_month=3, words=words.digest)],
    )
    return said_from(draft, body, account=writer, log=LOG, unit=VILLAGE, happened_on=date(2026, 7, 1), sealed=[words])


def sent(form: DraftForm, **fields: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"draft": form["draft"].value(), **fields})
    return data


def test_the_same_post_twice_is_the_same_bytes(writer):
    post = sent(DraftForm(account=writer, at=NOON))
    forms = [DraftForm(post.copy(), account=writer, at=NOON) for _ in range(2)]
    assert all(form.is_valid() for form in forms)
    once, again = (household(form.draft, writer) for form in forms)
    assert once == again
    assert once.sealed[0].salt == again.sealed[0].salt


def test_two_pages_are_two_entries_with_numbers_of_their_own(writer):
    first, second = (household(fresh(writer, NOON), writer) for _ in range(2))
    said = [read_said(item.said) for item in (first, second)]
    assert said[0].id != said[1].id
    assert [one.number for one in said] == [1, 2]
    assert first.sealed[0].salt != second.sealed[0].salt


def test_what_a_page_writes_is_read_at_the_door(writer):
    draft = read(household(fresh(writer, NOON), writer))
    assert draft.refusal is None
    assert draft.said is not None
    assert draft.said.device == desk_of(writer)
    assert draft.said.recorded_at == "2026-07-01T04:30:00.000Z"


def test_a_draft_serves_only_whom_it_was_made_for(writer):
    other = Account.objects.create(name="ma", called="马兰", made_at=NOON)
    post = sent(DraftForm(account=writer, at=NOON))
    assert not DraftForm(post, account=other, at=NOON).is_valid()


@pytest.mark.parametrize("text", ["", "nonsense", "a:b:c"])
def test_a_page_without_its_draft_is_told_to_open_again(writer, text):
    form = DraftForm(QueryDict(f"x=1&draft={text}"), account=writer, at=NOON)
    assert not form.is_valid()
    assert "draft" in form.errors


def test_what_was_seen_comes_back_with_the_post(writer):
    wording = UUID(int=7)
    saw = seen(VILLAGE, f'{{"number":"{wording}"}}', ["number", "group"])
    form = DraftForm(account=writer, at=NOON, saw=saw)
    back = DraftForm(sent(form), account=writer, at=NOON)
    assert back.is_valid()
    assert back.draft.saw == {f"{VILLAGE}.number": str(wording), f"{VILLAGE}.group": None}


def test_a_repair_has_a_new_id_and_says_what_it_stands_for(writer):
    before = fresh(writer, NOON, saw={"a": None})
    again = before.again(writer, NOON)
    assert again.id != before.id
    assert again.instead_of == (before.id,)
    assert again.saw == before.saw


def test_all_browsers_of_an_account_are_one_desk(writer):
    for _ in range(3):
        fresh(writer, NOON)
    assert list(Device.objects.values_list("account", "is_desk", "last_number")) == [(writer.id, True, 3)]


def test_what_was_sent_back_says_why_and_can_be_sent_again(writer):
    form = DraftForm(sent(DraftForm(account=writer, at=NOON), words="…"), account=writer, at=NOON)
    assert form.is_valid()
    form.sent_back(Receipt(form.draft.id, "refused", "day_not_come"), at=NOON)
    assert "day_not_come" in form.non_field_errors()[0]
    repaired = DraftForm(form.data, account=writer, at=NOON)
    assert repaired.is_valid()
    assert repaired.draft.instead_of == (form.draft.id,)
    assert repaired.data["words"] == "…"
