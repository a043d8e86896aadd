"""What the phone says of its line, its session and its server, with the real one behind it."""

import json

import pytest
from django.test import Client

from concerto.journal.models import Entry

from .handset import ASKING


@pytest.fixture
def phone(set_up):
    """A phone of lin's, with the cards of her village as the server gave them."""
    set_up.page.evaluate("location.hash = '#list'")
    set_up.page.locator(".house-row").first.wait_for()
    return set_up


def meets_the_server(phone) -> None:
    phone.page.evaluate("dispatchEvent(new Event('online'))")


def is_told(phone, words: str) -> None:
    phone.page.locator("#notices").get_by_text(words).first.wait_for()
    phone.look()


def records_a_visit(phone, house) -> None:
    page = phone.page
    page.evaluate(f"location.hash = '#visit/{house}'")
    page.get_by_role("heading", name="Record a visit", level=1).wait_for()
    phone.tick("met", "nobody_home")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()


def arrives(phone, count: int) -> None:
    assert any(Entry.objects.count() == count or phone.page.wait_for_timeout(100) for _ in range(50))


def test_a_visit_recorded_in_signal_arrives_by_itself(phone, world):
    before = Entry.objects.count()

    records_a_visit(phone, world.house_1.id)

    arrives(phone, before + 1)
    is_told(phone, "1 entry has arrived.")


def test_the_list_says_the_last_contact_also_where_it_brought_nothing_new(phone):
    work = "(shelf) => shelf.putState({ lastContact: '2020-02-03T04:05:00Z' })"

    phone.page.evaluate(ASKING.replace("WORK", work), [])

    phone.page.locator("#sub").get_by_text("as of 3 Feb 2020 12:05").wait_for()


def test_no_answer_while_the_phone_thinks_it_is_online_may_be_the_certificate(phone):
    phone.page.route("**/field/p*/", lambda route: route.abort())
    for _ in range(2):
        meets_the_server(phone)
        phone.page.locator("#state").get_by_text("No signal").wait_for()
        phone.page.wait_for_timeout(300)

    is_told(phone, "The server does not answer, though there seems to be signal.")

    phone.page.unroute("**/field/p*/")
    meets_the_server(phone)
    phone.page.locator("#notices").get_by_text("The server does not answer").wait_for(state="detached")


def test_whoever_else_is_signed_in_what_was_recorded_arrives_as_its_writers(phone, world):
    before = Entry.objects.count()
    phone.is_signed_in(Client(), world.ma)
    records_a_visit(phone, world.house_1.id)
    arrives(phone, before + 1)
    is_told(phone, "Somebody else is signed in in this browser.")

    phone.page.context.clear_cookies()
    records_a_visit(phone, world.house_1.id)
    arrives(phone, before + 2)
    is_told(phone, "You are not signed in here any more.")

    said = [json.loads(text) for text in Entry.objects.order_by("seq").values_list("said", flat=True)][-2:]
    assert {one["author"] for one in said} == {str(world.lin.id)}
