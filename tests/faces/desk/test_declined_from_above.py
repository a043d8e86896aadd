"""The law of declining: two worlds that differ only in "does not wish to" for "met, no change" are one from above.

Every page and file of organizer, centre desk and county viewer is read in both, and what the home's own keeper may ask
at the command line; but for ids and digests the bytes are the same, at the door as by telephone.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.rounds import Round1
from concerto.places.sight import Part
from tests.cast import TOWNSHIP, VILLAGE_A

from .ledgering import many, told
from .sightings import furnish
from .test_who_sees import PAGES, address

pytestmark = pytest.mark.django_db
ABOVE = ("wang", "zhou", "gao")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DIGEST = re.compile(r"[0-9a-f]{64}|\b[0-9a-f]{12}\b|[0-9a-f]{4}(?: [0-9a-f]{4})+")
MINUTE = re.compile(r"\b\d\d:\d\d(?::\d\d[.\dZ]*)?\b")
MADE_ANEW = re.compile(r'(csrfmiddlewaretoken|name="(?:id|seed|at|number|[\w-]*draft[\w-]*)")[^>]*?value="[^"]*"')
NEVER_SAME = ("my-calendar", "act-slips")


@contextmanager
def undone(world) -> Iterator[None]:
    """Let a world be as it was before."""
    written, before = world.pen.written, transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)
        world.pen.written = written


def recorded(world, house, outcome: str, channel: str = "visit"):
    day = clock.today() - timedelta(days=1)
    fields = {"channel": channel, **({"change": "no_change"} if outcome == "met" else {})}
    [receipt] = world.receive(told(world, house, day, outcome=outcome, **fields), by=world.lin, at=clock.now())
    assert receipt.stands, receipt.why
    return receipt.id


def in_a_world(world, desk, house, places, outcome: str, channel: str) -> dict[str, str]:
    with undone(world):
        entry = recorded(world, house, outcome, channel)
        return dict(everything_above(world, desk, house, places, entry))


def everything_above(world, desk, house, places, entry) -> Iterator[tuple[str, str]]:
    for who in ABOVE:
        client = desk.of(world.accounts[who])
        for name, where in {**dict(pages(places)), **asked_of(world, house, entry)}.items():
            answer = client.get(where)
            shown = answer.content.decode(errors="replace") if answer.status_code == 200 else ""
            yield f"{who} {name}", f"{answer.status_code} {plain(shown)}"
        for part in Part:
            for form in ("csv", "xlsx"):
                where = reverse("desk:ledger-file", args=[part.value])
                answer = client.post(where, {"purpose": "a law", "names": "with", "format": form})
                yield f"{who} {where} {form}", file_of(answer, form)
    for lines in (["standing", "--format", "json"], *(["ledger", part.value, "--format", "json"] for part in Part)):
        out = io.StringIO()
        call_command(lines[0], *lines[1:], stdout=out)
        yield " ".join(lines), plain(out.getvalue())


def pages(places) -> Iterator[tuple[str, str]]:
    for page, sort in PAGES.items():
        if sort != "door" and page not in NEVER_SAME and "withdraw" not in page:
            yield page, address(page, places["a"])


def asked_of(world, house, entry) -> dict[str, str]:
    month = clock.today().strftime("%Y-%m")
    visits, assistance = (reverse("desk:ledger", args=[part]) for part in ("visits", "assistance"))
    return {
        "the entry": reverse("desk:entry", args=[entry]),
        "the card": reverse("desk:household", args=[house.id]),
        "why visit": reverse("desk:why", args=["four-ones-visit", VILLAGE_A, house.id, month]),
        "why change": reverse("desk:why", args=["four-ones-change", VILLAGE_A, house.id, month]),
        **{state: f"{visits}?state={state}" for state in ("met", "not_met", "declined", "nobody_home")},
        **{f"kind {kind}": f"{visits}?kind={kind}" for kind in ("visit", "declined")},
        **{f"faring {kind}": f"{assistance}?kind={kind}" for kind in ("no_change", "declined")},
    }


def file_of(answer, form: str) -> str:
    if answer.status_code != 200:
        return str(answer.status_code)
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if form == "csv":
        return plain(raw.decode("utf-8-sig"))
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        sheets = sorted(name for name in book.namelist() if "worksheets" in name or "sharedStrings" in name)
        return plain("".join(book.read(name).decode() for name in sheets))


def first_difference(one: str, other: str) -> tuple[str, str]:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[max(0, at - 80) : at + 80], other[max(0, at - 80) : at + 80]


def plain(text: str) -> str:
    """Leave out ids and digests, and what is made anew at every look."""
    return MINUTE.sub("…", DIGEST.sub("…", ID.sub("…", MADE_ANEW.sub("…", text))))


@pytest.fixture
def busy(world):
    """Some visits of every outcome beside it, and a round that runs."""
    many(world, 6, last=clock.today() - timedelta(days=2))
    day = clock.today() - timedelta(days=3)
    beside = [told(world, world.house_3, day, outcome=how) for how in ("declined", "not_now", "moved")]
    body = Round1(
        round=world.pen.new_id(),
        villages=[VILLAGE_A],
        since=clock.today() - timedelta(days=4),
        until=clock.today() + timedelta(days=20),
    )
    opened = world.pen.item(body, unit=TOWNSHIP, by=world.wang, on=clock.today())
    assert all(one.stands for one in world.receive(*beside, by=world.lin, at=clock.now()))
    assert world.receive(opened, by=world.wang, at=clock.now())[0].stands
    return world


@pytest.mark.parametrize("channel", ["visit", "phone_call"])
@pytest.mark.parametrize("which", ["house_1", "house_2"], ids=["helped", "not helped"])
def test_above_the_village_declined_and_met_without_change_are_the_same_bytes(busy, desk, which, channel):
    house, places = getattr(busy, which), furnish(busy)
    declined, met = (in_a_world(busy, desk, house, places, outcome, channel) for outcome in ("declined", "met"))
    assert declined.keys() == met.keys()
    assert len(declined) > 120
    different = [where for where in declined if declined[where] != met[where]]
    told = "\n".join(f"{where}: {first_difference(declined[where], met[where])}" for where in different)
    assert not told, told


def test_in_the_village_the_two_are_told_apart(busy, desk):
    def told_to_lin(outcome: str) -> str:
        with undone(busy):
            recorded(busy, busy.house_2, outcome)
            return plain(desk.of(busy.lin).get(reverse("desk:ledger", args=["visits"])).content.decode())

    assert told_to_lin("declined") != told_to_lin("met")
