"""The list of households and the card: what they show, to whom, and how often they ask the database."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.households import Helper1
from concerto.journal.kinds.keeping import Erased, Erasure1, Restriction1
from concerto.journal.kinds.visit import LeadHeard, Visit1
from concerto.journal.models import Entry, Sealed
from concerto.journal.said import Audience
from tests.cast import TODAY, VILLAGE_A

from .browsing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(desk):
    """Somebody's browser."""
    return lambda account: Browser(desk, account)


def visit(world, on=date(2026, 6, 1), by=None, outcome="met", **more):
    """Record a visit to house_1."""
    by = by or world.lin
    at = more.pop("at", datetime(2026, 7, 1, 5, tzinfo=UTC))
    body = Visit1(channel="visit", households=[world.house_1.id], outcome=outcome, **more.pop("body", {}))
    item = world.pen.item(body, unit=VILLAGE_A, by=by, on=on, at=at, **more)
    [receipt] = world.receive(item, by=by, at=at)
    assert receipt.stands, receipt.why
    return receipt.id


# ---------------------------------------------------------------- the list


def test_the_list_shows_who_is_head_how_many_they_are_and_who_is_helped(reader, lin, house_1):
    text = reader(lin).text("households")
    assert "阿依努尔·木拉提" in text
    assert reverse("desk:household", args=[house_1.id]) in text
    assert "马福来" not in text


def test_what_is_looked_for_stays_out_of_the_address_and_out_of_the_session(reader, lin, house_2):
    browser = reader(lin)
    answer = browser.client.post(reverse("desk:households"), {"words": "王建国", "group": "", "season": "town"})
    assert answer.status_code == 302
    assert answer.url == reverse("desk:households") + "?season=town"
    assert "words" not in str(dict(browser.client.session))
    card = reverse("desk:household", args=[house_2.id])
    assert card not in browser.text("households", at="?season=town")
    assert card in browser.text("households")
    assert "阿依努尔·木拉提" not in browser.text("households")
    browser.client.post(reverse("desk:households"), {"clear": "1", "words": "王建国"})
    assert "阿依努尔·木拉提" in browser.text("households")


def test_what_one_looked_for_is_nothing_to_the_next_in_the_same_browser(desk, lin, sec):
    browser = Browser(desk, lin)
    browser.client.post(reverse("desk:households"), {"words": "王建国"})
    kept = browser.client.cookies["concerto_search"].value
    desk.client.force_login(sec)
    desk.client.cookies["concerto_search"] = kept
    assert "阿依努尔·木拉提" in desk.client.get(reverse("desk:households")).content.decode()


@pytest.mark.parametrize("at", ["?village=nonsense", "?after=nonsense", "?season=x&helped=y", "?group=%00"])
def test_an_address_that_makes_no_sense_shows_the_list(reader, lin, at):
    assert "阿依努尔·木拉提" in reader(lin).text("households", at=at)


def test_an_empty_list_leads_on(reader, lin, world):
    browser = reader(lin)
    browser.client.post(reverse("desk:households"), {"words": "nobody"})
    assert 'name="clear"' in browser.text("households")
    assert reverse("desk:household-new") in browser.text("households")


def test_the_list_asks_as_often_for_many_as_for_few(reader, wang, world, django_assert_max_num_queries):
    browser = reader(wang)
    with django_assert_max_num_queries(20):
        browser.text("households")


# ---------------------------------------------------------------- the card


def test_a_card_shows_people_places_helper_what_is_open_and_what_was_recorded(reader, lin, house_1):
    text = reader(lin).text("household", house_1.id)
    for words in ("阿依努尔·木拉提", "木拉提·哈山", "县城三区 5 号", "林晓", "想修水渠", "tel:10020047715"):
        assert words in text
    assert 'class="chord"' in text


@pytest.mark.parametrize("name", ["house_4", "far_house"])
@pytest.mark.parametrize("page", ["household", "household-change", "household-left", "household-split", "resident-new"])
def test_a_household_of_another_place_is_not_there(reader, lin, world, name, page):
    assert reader(lin).open(page, getattr(world, name).id).status_code == 404


@pytest.mark.parametrize("name", ["zhou", "newcomer", "adm", "pri", "gao", "other"])
def test_who_opens_no_card_opens_none(reader, world, name, house_1):
    assert reader(getattr(world, name)).open("household", house_1.id).status_code in (403, 404)


def test_a_mediator_reads_the_card_and_changes_nothing(reader, med, house_1):
    browser = reader(med)
    assert reverse("desk:household-change", args=[house_1.id]) not in browser.text("household", house_1.id)
    assert browser.open("household-change", house_1.id).status_code == 403


def test_from_above_a_phone_is_masked_and_the_way_there_is_closed(reader, wang, house_1):
    text = reader(wang).text("household", house_1.id)
    assert "100****7715" in text
    for words in ("10020047715", "tel:", "县城三区 5 号", "想修水渠"):
        assert words not in text


def test_declining_is_said_in_the_village_alone(reader, lin, wang, world, house_1):
    visit(world, outcome="declined")
    link = world.pen.new_id()
    body = Helper1(link=link, household=world.house_2.id, helper=lin.id, agreement="declined")
    assert world.receive(world.pen.item(body, unit=VILLAGE_A))[0].stands
    near, above = reader(lin).text("household", house_1.id), reader(wang).text("household", house_1.id)
    assert "does not wish to" in near.lower() or "不愿谈" in near
    assert "does not wish to" not in above.lower()
    assert "不愿谈" not in above
    assert str(link) in reader(lin).text("household", world.house_2.id)
    assert str(link) not in reader(wang).text("household", world.house_2.id)
    assert reader(wang).open("helper-change", link).status_code == 404


def lead_heard(world, on):
    lead = world.pen.new_id()
    words = world.pen.seal(lead, "说羊进了地", Audience.DESK)
    heard = LeadHeard(lead=lead, sort="livestock_damage", words=words.digest, household=world.house_1.id)
    return visit(world, on=on, at=clock.now(), body={"leads": [heard]}, sealed=[words])


def test_a_lapsed_lead_stands_on_no_timeline(reader, lin, world, house_1):
    lead_heard(world, clock.today() - timedelta(days=31))
    assert "on-disputes mark-g" not in reader(lin).text("household", house_1.id)


def test_a_lead_stands_on_the_timeline_of_its_author_alone(reader, lin, sec, world, house_1):
    entry = lead_heard(world, clock.today())
    mine, theirs = reader(lin).text("household", house_1.id), reader(sec).text("household", house_1.id)
    assert str(entry) in mine
    assert str(entry) in theirs
    assert mine.count("on-disputes mark-g") > theirs.count("on-disputes mark-g") == 0
    assert "说羊进了地" not in mine


def test_a_withdrawn_visit_stands_in_brackets(reader, lin, world, house_1):
    entry = visit(world)
    before = reader(lin).text("household", house_1.id)
    taken = world.pen.item(
        None, kind="visit", unit=VILLAGE_A, by=lin, on=TODAY, corrects=entry, saw={f"{entry}.wording": entry}
    )
    assert world.receive(taken, by=lin)[0].stands
    after = reader(lin).text("household", house_1.id)
    assert str(entry) in after
    assert "is-struck" in after
    assert "is-struck" not in before


def test_the_timeline_goes_on_page_after_page_and_shows_every_entry_once(reader, lin, world, house_1):
    entries = {visit(world, on=date(2026, 1, 2) + timedelta(days=n // 2)) for n in range(40)} | {world.visit}
    browser, seen, at = reader(lin), [], ""
    for _ in range(9):
        text = browser.text("household", house_1.id, at=at)
        part = text[text.index('id="timeline"') : text.index("</ol>", text.index('id="timeline"'))]
        seen += re.findall(r'/([0-9a-f-]{36})/">', part)
        older = re.search(r"\?before=[^#\"]+", text)
        if older is None:
            break
        at = older.group()
    assert len(seen) == len(set(seen)) == len(entries)
    assert set(seen) == {str(entry) for entry in entries}


def test_a_card_asks_as_often_after_a_year_as_on_the_first_day(reader, lin, world, house_1):
    browser = reader(lin)
    browser.text("household", house_1.id)
    with CaptureQueriesContext(connection) as first:
        browser.text("household", house_1.id)
    for n in range(30):
        visit(world, on=date(2026, 2, 1) + timedelta(days=n))
    with CaptureQueriesContext(connection) as later:
        browser.text("household", house_1.id)
    assert len(later) <= len(first) <= 32


def test_who_is_locked_or_erased_is_named_nowhere(reader, lin, world, house_1):
    second = house_1.people["木拉提·哈山"]
    lock = world.pen.item(
        Restriction1(resident=house_1.head, restricted=True),
        unit=world.township.id,
        by=world.pri,
        on=TODAY,
        saw={f"{house_1.head}.restricted": None},
    )
    assert world.receive(lock, by=world.pri)[0].stands
    digests = list(Sealed.objects.filter(about=second).values_list("digest", flat=True))
    gone = Erasure1(things_erased=[Erased(thing=second, what="resident")], digests=digests, person=second)
    item = world.pen.item(gone, unit=world.township.id, by=world.pri, on=TODAY, saw={f"{second}.erased": None})
    assert world.receive(item, by=world.pri)[0].stands
    browser = reader(lin)
    for text in (browser.text("household", house_1.id), browser.text("households")):
        assert "阿依努尔" not in text
        assert "木拉提" not in text
        assert "7715" not in text
    assert browser.open("resident-change", house_1.head).status_code == 302
    browser.client.post(reverse("desk:households"), {"words": "阿依努尔"})
    assert str(house_1.id) not in browser.text("households")


def test_the_entry_that_named_somebody_erased_says_that_its_words_are(reader, lin, world, house_1):
    second = house_1.people["木拉提·哈山"]
    entry = next(one.id for one in Entry.objects.filter(kind="resident") if str(second) in one.said)
    browser = reader(lin)
    assert "已删除" not in browser.text("entry", entry)
    digests = list(Sealed.objects.filter(about=second).values_list("digest", flat=True))
    gone = Erasure1(things_erased=[Erased(thing=second, what="resident")], digests=digests, person=second)
    item = world.pen.item(gone, unit=world.township.id, by=world.pri, on=TODAY, saw={f"{second}.erased": None})
    assert world.receive(item, by=world.pri)[0].stands
    text = browser.text("entry", entry)
    assert re.search(r"名称</dt>\s*<dd[^>]*>\s*已删除", text)
    assert "哈山" not in text
