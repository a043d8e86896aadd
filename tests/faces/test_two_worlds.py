"""Two worlds, with and without somebody who is hurt: every other reader gets the same bytes, heads of the log apart.

The world is looked at twice, by everybody and on every page; between the two a protected record is brought by the
instructor, and everything that may be done for somebody is done.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.protected import ProtectedCase1
from concerto.journal.models import Tray
from concerto.parts.disputes.models import Protected
from concerto.places import calendars
from concerto.places.models import UnitKind
from concerto.places.sight import Part
from concerto.places.units import add_unit
from tests.cases import AT, Matter
from tests.cast import TOWNSHIP, World
from tests.protected import HAPPENED, HOW, Kept

from .desk.sightings import PLACES, furnish
from .desk.test_who_sees import PAGES, PEOPLE, address, patterns
from .field.phone import enrolled
from .field.pulls import Reading

OWN = "protected"  # how the pages begin that are of it
LOTS = re.compile(
    rb'name="(?:csrfmiddlewaretoken|draft|[\w-]*-draft)" value="[^"]*"|value="[^"]*" name="csrfmiddlewaretoken"'
    rb'|csrf[\w-]*["\': =]+[\w]{32,}|nonce="[^"]*"|nonce-[\w+/=-]+|"csrf": ?"[^"]*"'
)
READERS = ("today", "home")  # on which whoever it opens to is told that something is to be done
FILES = {
    "ledger-file": {"purpose": "a test", "names": "with", "format": "csv"},
    "board-file": {"purpose": "a test", "format": "csv"},
    "four-ones-file": {"purpose": "a test", "format": "csv"},
    "needs-numbers-file": {"purpose": "a test", "format": "csv"},
    "my-held-file": {},
    "request-copy": {},
}


@contextmanager
def taken_back() -> Iterator[None]:
    """Let whatever a look writes (that somebody looked, a file that was noted) be as if it had not been."""
    there = transaction.savepoint()
    yield
    transaction.savepoint_rollback(there)


def looked_at(world: World, desk: Any, places: dict[str, Any]) -> dict[Any, Any]:
    """Look at every page of every role, take every file away, ask the command line and the calendar."""
    found: dict[Any, Any] = {}
    for role, who in PEOPLE.items():
        with taken_back():
            client = desk.of(getattr(world, who))
            for page, sort in PAGES.items():
                roles = getattr(patterns()[page].callback, "open_to", ())
                is_readers = page.startswith(OWN) or (role == "centre_desk" and page in READERS)
                if is_readers or sort == "door" or (roles and role not in roles):
                    continue
                for name in PLACES[:2]:
                    where = address(page, places[name])
                    if (role, where) not in found:
                        found[role, where] = answered(client.get(where))
                        if page in FILES:
                            found[role, where, "file"] = answered(client.post(where, FILES[page]))
    for part in Part:
        found["ledger", part] = told("ledger", part.value)
        found["ledger", part, "lin"] = told("ledger", part.value, "--as", "lin")
    for who in ("lin", "sec", "med", "wang"):
        found["standing", who] = told("standing", "--by", who)
    found["standing"] = told("standing")
    return found


def answered(answer: Any) -> Any:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, answer.headers.get("Location", ""), LOTS.sub(b"", body)


def told(*asked: str) -> str:
    out = StringIO()
    call_command(*asked, stdout=out)
    return out.getvalue()


@pytest.fixture
def kept_day(monkeypatch):
    """Let no minute pass between the two looks."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.mark.django_db
def test_every_other_reader_gets_the_same_bytes(world, desk, kept_day):
    places = furnish(world)
    county = add_unit(TOWNSHIP, UnitKind.COUNTY_DESK, "县妇联").id
    Matter(world)
    first = looked_at(world, desk, places)
    trays = Tray.objects.count()
    bring(world, county)
    assert Protected.objects.count() == 2
    assert Tray.objects.count() == trays
    then = looked_at(world, desk, places)
    assert differences(first, then) == []
    seen = b"".join(body for *_, body in filter(lambda one: isinstance(one, tuple), then.values()))
    assert not [words for words in (HAPPENED, HOW) if words.encode() in seen]
    assert sum(one[0] == 200 for one in then.values() if isinstance(one, tuple)) > 250, len(then)


def bring(world: World, county: Any, at: Any = AT) -> Kept:
    """Let somebody who is hurt be brought, and a child beside; let the centre do for them what may be done."""
    kept = Kept(world, by=world.lin, at=at)
    kept.county, kept.handler = county, world.ma
    kept.lives()
    child = Kept(world, by=world.med, who="child", safe=False, crime=True)
    assert child.step("reported", to="police") == "accepted"
    assert child.step("noted", by=world.lin, words="还有") == "not_its_handler"
    assert child.brought(by=world.gao) == "not_posted_there"
    return kept


def differences(one: dict[Any, Any], other: dict[Any, Any]) -> list[Any]:
    assert one.keys() == other.keys()
    return [(key, *first_that_differs(one[key], other[key])) for key in one if one[key] != other[key]]


def first_that_differs(one: Any, other: Any) -> Any:
    if isinstance(one, str) or one[:2] != other[:2]:
        return one[:2], other[:2]
    lines = zip(one[2].splitlines(), other[2].splitlines(), strict=False)
    return next(((a, b) for a, b in lines if a != b), (len(one[2]), len(other[2])))


@pytest.mark.django_db
def test_its_author_and_everybody_unnamed_find_no_page_of_it(world, desk, kept_day):
    furnish(world)
    county = add_unit(TOWNSHIP, UnitKind.COUNTY_DESK, "县妇联").id
    kept = bring(world, county)
    own = [name for name in patterns() if name.startswith(OWN) and ":case>" in str(patterns()[name].pattern)]
    assert len(own) >= 4
    for who in set(world.accounts) - {"zhou", "ma"}:
        client = desk.of(getattr(world, who))
        for name in own:
            things = {"case": kept.id, "act": "noted", "entry": kept.last}
            wanted = re.findall(r"<\w+:(\w+)>", str(patterns()[name].pattern))
            where = reverse(f"desk:{name}", kwargs={key: things[key] for key in wanted})
            assert client.get(where).status_code in (403, 404, 405), (who, name)
            assert client.post(where, {"why": "看看"}).status_code in (403, 404, 405), (who, name)
        assert client.get(reverse("desk:entry", args=[str(kept.last)])).status_code in (403, 404)


@pytest.mark.django_db
def test_the_series_of_numbers_goes_on_as_if_there_were_none(world):
    county = add_unit(TOWNSHIP, UnitKind.COUNTY_DESK, "县妇联").id
    one = Matter(world)
    assert one.step("accepted") == "accepted"
    bring(world, county)
    two = Matter(world)
    assert two.step("accepted") == "accepted"
    assert (one.row.number, two.row.number) == ("(2026)示人调字第1号", "(2026)示人调字第2号")


@pytest.mark.django_db(transaction=True)
def test_phones_are_told_nothing_and_calendars_read_the_same(world, client):
    county = add_unit(TOWNSHIP, UnitKind.COUNTY_DESK, "县妇联").id
    names = ("lin", "sec", "med", "ma", "zhou")
    readings = {name: Reading(enrolled(getattr(world, name), at=AT)) for name in names}
    secrets = {name: calendars.make(getattr(world, name), at=AT) for name in names}
    for reading in readings.values():
        reading.catch_up(at=AT)
    before = {name: (reading.cards, reading.about) for name, reading in readings.items()}
    feeds = {name: feed(client, secret) for name, secret in secrets.items()}
    bring(world, county)
    for name, reading in readings.items():
        pages = reading.catch_up(at=AT)
        assert [(page.cards, page.gone) for page in pages] == [([], [])], name
        fresh = Reading(reading.phone)
        fresh.catch_up(at=AT)
        assert (fresh.cards, fresh.about) == before[name], name
    assert {name: feed(client, secret) for name, secret in secrets.items()} == feeds


def feed(client: Any, secret: str) -> list[bytes]:
    answer = client.get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200
    return [line for line in answer.content.splitlines() if not line.startswith(b"DTSTAMP")]


def test_nothing_it_says_names_the_other_side():
    asked = set(ProtectedCase1.__struct_fields__)
    assert asked == {"case", "who", "contact", "summary", "crime", "how", "name", "phone"}
