"""What a phone is told comes in pages that can be cut anywhere, costs the same few statements, and is small."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concerto.faces.field import pulling
from concerto.groundwork import database
from concerto.journal.kinds.households import Home, Household1, HouseholdChange1
from concerto.journal.kinds.people import Resident1
from concerto.journal.kinds.study import Study1
from concerto.journal.kinds.talks import HeartTalk1, Talker
from concerto.journal.kinds.times import Took
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Head
from tests.cast import TODAY, TOWNSHIP, VILLAGE_A, VILLAGE_B

from .phone import ask, by, enrolled
from .pulls import Reading, post, record, take, visit, wording

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reading(world) -> Reading:
    return Reading(enrolled(world.lin))


def many_houses(world, count: int, village=VILLAGE_A):
    """Let households of one person each come in."""
    pen, houses = world.pen, []
    for n in range(count):
        house, person = pen.new_id(), pen.new_id()
        named = pen.seal(person, f"某某{n}")
        lives = Resident1(resident=person, name=named.digest, home=Home(house, "head"))
        opened = pen.item(Household1(household=house, village=village, number=f"1{n:03}", head=person), unit=village)
        take(world, opened, pen.item(lives, unit=village, sealed=[named]))
        houses.append(house)
    return houses


# ---------------------------------------------------------------- pages


def test_pages_are_full_at_a_number_of_cards_and_together_tell_everything_once(world, reading, monkeypatch):
    houses = many_houses(world, 12)
    monkeypatch.setattr(pulling, "MOST_CARDS", 5)
    pages = reading.catch_up()
    assert [len(page.cards) for page in pages] == [5, 5, 5]
    assert [page.more for page in pages] == [True, True, False]
    assert len(reading.cards) == 15
    assert set(houses) <= reading.cards.keys()


def test_pages_are_full_at_a_number_of_bytes_too_but_hold_one_card_at_least(world, reading, monkeypatch):
    many_houses(world, 4)
    monkeypatch.setattr(pulling, "MOST_BYTES", 1)
    assert [len(page.cards) for page in reading.catch_up()] == [1] * 7


def test_a_page_never_ends_inside_one_number(world, reading, monkeypatch):
    houses = many_houses(world, 8)
    body = Visit1(channel="gathering", households=houses, outcome="met")
    item = by(reading.phone, world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY))
    [receipt] = reading.phone.push(item).receipts
    monkeypatch.setattr(pulling, "MOST_CARDS", 5)
    monkeypatch.setattr(pulling, "MOST_BYTES", 1)
    pages = reading.catch_up()
    together = [page for page in pages if str(houses[0]).encode() in b"".join(map(bytes, page.cards))]
    assert len(together) == 1
    assert len(together[0].cards) == 8
    assert together[0].cursors[VILLAGE_A] >= receipt.seq


def test_while_there_is_more_a_cursor_is_the_last_number_told_and_never_the_head(world, reading, monkeypatch):
    many_houses(world, 6)
    monkeypatch.setattr(pulling, "MOST_CARDS", 2)
    page = reading.ask()
    told = max(card["seq"] for card in kept(reading, page))
    assert page.more
    assert page.cursors == {VILLAGE_A: told}
    assert told < Head.objects.get(log=TOWNSHIP).seq


def kept(reading: Reading, page):
    reading.keep(page)
    return reading.cards.values()


def test_what_changes_between_two_pages_is_told_with_the_later_one(world, reading, monkeypatch):
    houses = many_houses(world, 4)
    monkeypatch.setattr(pulling, "MOST_CARDS", 3)
    first = reading.ask()
    reading.keep(first)
    early = next(iter(reading.cards))
    saw = {f"{early}.number": wording(early, "number")}
    record(world, HouseholdChange1(household=early, number="77"), saw=saw)
    reading.catch_up()
    assert reading.cards[early]["number"] == "77"
    assert set(houses) <= reading.cards.keys()


def test_a_page_that_was_lost_on_the_way_is_told_again(world, reading, monkeypatch):
    many_houses(world, 4)
    monkeypatch.setattr(pulling, "MOST_CARDS", 3)
    first, again = reading.ask(), reading.ask()
    assert [bytes(card) for card in first.cards] == [bytes(card) for card in again.cards]
    assert first.cursors == again.cursors


def test_every_village_is_named_on_every_page_so_that_none_is_taken_for_ended(world, reading, monkeypatch):
    post(world, VILLAGE_B)
    monkeypatch.setattr(pulling, "MOST_CARDS", 2)
    for page in reading.catch_up():
        assert page.cursors.keys() == {VILLAGE_A, VILLAGE_B}


# ---------------------------------------------------------------- what it costs


IDLE, WITH_CARDS = 6, 10  # round trips of one answer, with those that begin and end its one view


@contextmanager
def counted(monkeypatch):
    """Count round trips, Django's and our own; statements sent together are one, as they are where they travel."""
    found: list[str] = []
    together = database.fetch_together

    def ask_and_count(*given):
        found.append(str(given[0])[:80])
        return fetch(*given)

    def ask_together(*queries):
        before = len(found)
        rows = together(*queries)
        found[before:] = [" + ".join(sql.strip()[:60] for sql, _, ids in queries if ids or "%in" not in sql)]
        return rows

    fetch = database.fetch
    with monkeypatch.context() as patched, CaptureQueriesContext(connection) as others:
        patched.setattr(database, "fetch", ask_and_count)
        patched.setattr(database, "fetch_together", ask_together)
        yield found
    found += [query["sql"][:80] for query in others.captured_queries]


def test_it_asks_as_often_for_many_cards_as_for_few(world, reading, monkeypatch):
    with counted(monkeypatch) as few:
        [page] = reading.catch_up()
    assert len(page.cards) == 3
    many_houses(world, 30)
    other = Reading(enrolled(world.lin))
    with counted(monkeypatch) as many:
        [page] = other.catch_up()
    assert len(page.cards) == 33
    assert len(many) == len(few), (few, many)
    assert len(few) <= WITH_CARDS, few


def test_nothing_new_reads_no_card_and_no_touch_of_a_village(world, reading, monkeypatch):
    reading.catch_up()
    with counted(monkeypatch) as idle:
        page = reading.ask()
    assert (page.cards, page.about, page.more) == ([], None, False)
    assert not [sql for sql in idle if "RECURSIVE" in sql or "membership" in sql or "_line" in sql]
    assert len(idle) <= IDLE, idle


def test_nothing_new_is_a_small_answer_with_all_its_headers(world, client, reading):
    reading.catch_up()
    client.force_login(world.lin)
    told = {"device": reading.phone.device.id, "ticket": reading.phone.ticket, "account": world.lin.id}
    told |= {"epoch": reading.epoch, "head": reading.head, "grants": reading.cursors, "about": reading.about.digest}
    answer = ask(client, "pull", told)
    headers = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
    assert answer.status_code == 200
    assert len(answer.content) + headers < 1000
    assert len(answer.content) < 300


def test_what_others_record_elsewhere_sends_no_card_again(world, reading):
    reading.catch_up()
    other = enrolled(world.ma)
    body = Visit1(channel="visit", households=[world.house_4.id], outcome="nobody_home")
    other.push(by(other, world.pen.item(body, unit=VILLAGE_B, by=world.ma, on=TODAY)))
    [page] = reading.catch_up()
    assert (page.cards, page.gone) == ([], [])
    visit(world, reading.phone, world.house_3)
    [page] = reading.catch_up()
    assert len(page.cards) == 1


def test_a_meeting_or_a_talk_of_members_sends_none_of_their_cards_again(world, reading):
    reading.catch_up()
    [one], [other] = world.house_1.members, world.house_2.members
    talk = HeartTalk1(talkers=[Talker(one, "member"), Talker(other, "member")])
    training = Study1(form="training", took=Took(minutes=45), members=[one, other])
    items = [world.pen.item(body, unit=world.branch_a.id, by=world.sec, on=TODAY) for body in (talk, training)]
    assert [receipt.outcome for receipt in world.receive(*items, by=world.sec)] == ["accepted", "accepted"]
    [page] = reading.catch_up()
    assert (page.cards, page.gone) == ([], [])
