"""What the phone says of its line, its session and its server, with the real one behind it."""

import json

import pytest
from django.test import Client

from concerto.journal.models import Entry, HeadAlarm

from .walker import PHONE

PIN = "246810"
SHELF = 'Object.values(globalThis[Symbol.for("concerto")]).find(({ enrolHere }) => enrolHere)'
LOST = "019f1bf0-e540-7254-8157-9fc487c46cd0"


@pytest.fixture
def phone(walker, client, lin):
    """A phone of lin's, with the cards of her village as the server gave them."""
    walker.is_signed_in(client, lin)
    walker.page.set_viewport_size(PHONE)
    walker.page.goto(f"{walker.home}/field/#enrol")
    walker.tick("private", "no")
    walker.fill(pin=PIN, again=PIN)
    walker.page.locator("main").get_by_role("button", name="Set up this phone").click()
    walker.page.get_by_role("heading", name="This phone is ready").wait_for()
    walker.page.evaluate("location.hash = '#list'")
    walker.page.locator(".house-row").first.wait_for()
    return walker


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


def test_a_server_set_back_without_a_word_is_told_with_the_cards_that_went_back(phone):
    state = {"head": {"epoch": 1, "seq": 900, "digest": "x"}}
    phone.page.evaluate(
        f"""async ([state, lost]) => {{
          const {{ find, people }} = {SHELF};
          const shelf = await find((await people())[0].account);
          await shelf.openFromOtherTab();
          await new Promise((done) => setTimeout(done, 1500));
          const [card] = (await shelf.cards()).values();
          await shelf.putPage((await shelf.state()).cursors, [{{ ...card, w: {{ ...card.w, "": lost }} }}]);
          await shelf.putState(state);
          shelf.leave();
        }}""",
        [state, LOST],
    )

    meets_the_server(phone)
    is_told(phone, "this phone has seen number 900")

    assert phone.page.locator("#notices ul a").count() == 1
    assert dict(HeadAlarm.objects.values_list("code", "count"))["wordings_lacking"] == 1
    phone.page.reload()
    phone.page.locator("#lock-pin").fill(PIN)
    phone.page.get_by_role("button", name="Open", exact=True).click()
    is_told(phone, "this phone has seen number 900")
    phone.page.get_by_role("button", name="I have read it").click()
    phone.page.locator("#notices").get_by_text("900").wait_for(state="detached")


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
