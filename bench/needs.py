"""How long household card, needs board and trip take at a county's size: 15 townships with 14 villages each, 50,000
households, of every second visit a need, most of which lived to the household's word. The floor is a page's main query.

They are held against a book of 1,000 entries with one village as large as each of the county's, some 240 households: a
page of fewer households would be quicker whatever lies around it.
"""

import json
import random
from datetime import timedelta
from itertools import count
from typing import NamedTuple
from unittest.mock import patch
from uuid import UUID

from django.test import Client

from concerto.conductor.receive import receive
from concerto.config.collecting import leave_out_what_is_loaded
from concerto.groundwork import database
from concerto.journal.kinds.needs import Handover1, NeedStep1, NeedWord1
from concerto.journal.kinds.postings import Posting1
from concerto.journal.said import Item, read_said
from concerto.parts.assistance.models import Need
from concerto.places.accounts import add_account
from concerto.places.models import Account, UnitKind
from concerto.places.units import add_unit
from tests.cast import Pen

from .copies import DAYS_OF, DAYS_OF_A_LIFE, fill
from .pages import Ask, times, with_query
from .result import Result, middle, p95, result
from .townships import FIRST_DAY, LAST_DAY, NOW, Township, enter, take, visits

REAL = 1000


class Shape(NamedTuple):
    """What the first thousand entries of a township tell of."""

    villages: int
    houses: int
    visits: int


COUNTY, ALONE = Shape(14, 50, 220), Shape(1, 240, 150)
LIMIT = 50.0  # milliseconds that one page of twenty may take
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ORGANIZERS = "needs board from above"


def measure(name: str, engine: str, *, quick: bool) -> list[Result]:
    """Measure in one village's book of 1,000 entries and at a county's million; quickly at 20,000."""
    alone, county = _township(2, ALONE), _township(1, COUNTY)
    found: list[Result] = []
    first: dict[str, float] = {}
    size = 20_000 if quick else 1_000_000
    for entries, at in ((REAL, alone), (size, county)):
        if entries == size:
            fill(county.town.log, since=REAL, to=size, dated=DAYS_OF | DAYS_OF_A_LIFE)
        for page, (ours, floor) in _pages(at, 9 if quick else 100).items():
            for words, take_of, limit in (("median", middle, None), ("p95", p95, LIMIT)):
                case = f"{page}, {words}, {entries:,} entries"
                found.append(result(name, engine, case, take_of(ours), take_of(floor), "ms", limit=limit))
            small = first.setdefault(page, middle(ours))
            if entries == size:
                case = f"{page}, median: times as long at {size:,} entries as at {REAL:,}"
                found.append(result(name, engine, case, middle(ours) / small, None, "times"))
    return found


def _pages(at: "Read", often: int) -> dict[str, tuple[list[float], list[float]]]:
    """Open each page in turn, on the day of the last records, with what is loaded left out of collections."""
    town, clients = at.town, {who: Client(HTTP_HOST="localhost") for who in ("instructor", "organizer")}
    clients["instructor"].force_login(at.instructor, backend=BACKEND)
    clients["organizer"].force_login(town.by, backend=BACKEND)
    own = town.villages[0]
    houses = [
        database.to_uuid(house)
        for (house,) in database.fetch("SELECT id FROM household WHERE log = %s AND village = %s", [town.log, own])
    ]
    cards = [f"/households/{house}/" for house in random.Random(1).sample(houses, min(30, len(houses)))]
    asked = {
        "household card": ("instructor", cards, "visit_line"),
        "needs board": ("instructor", ["/needs/", "/needs/?list=said", "/needs/?state=heard"], "need"),
        ORGANIZERS: ("organizer", ["/needs/", f"/needs/?village={own}", "/needs/?list=said"], "need"),
        "trip": ("instructor", ["/trips/"], "household"),
    }
    with patch("concerto.groundwork.clock.now", return_value=NOW):
        asks: dict[str, tuple[Client, list[Ask]]] = {
            page: (clients[who], [with_query(clients[who], address, table) for address in addresses])
            for page, (who, addresses, table) in asked.items()
        }
        leave_out_what_is_loaded()
        return {page: times(client, some, often) for page, (client, some) in asks.items()}


# ---------------------------------------------------------------- a township whose needs live


class Read(NamedTuple):
    """A township and who reads it in its first village."""

    town: Township
    instructor: Account


def _township(number: int, shape: Shape) -> Read:
    """Open a township with helped households, where they usually are, and needs at every stage."""
    town = enter(number, villages=shape.villages, houses=shape.houses, season="summer")
    pen = Pen(written=(6 + number) * 10**8)
    instructor = add_account(f"bench-instructor{number}", "驻村的", at=NOW, log=town.log)
    branch = add_unit(town.log, UnitKind.BRANCH, "第1村党支部", village=town.villages[0], since=FIRST_DAY)
    post = Posting1(
        posting=pen.new_id(), account=instructor.id, unit=branch.id, role="instructor",
        parts=["study", "branch", "visits", "disputes", "assistance"], since=FIRST_DAY,
    )  # fmt: skip
    take([pen.item(post, unit=branch.id, log=town.log)], by=None)
    heard = visits(town, 2 * number, shape.visits)
    for start in range(0, len(heard), 50):
        take(heard[start : start + 50], by=town.by)
    left = REAL - _entries(town.log)
    numbers = count()
    for item in heard:
        for body in _life(item, next(numbers)) if read_said(item.said).number % 2 else ():
            if left:
                left -= 1
                _bring(pen, town, instructor, item, body)
    filler = visits(town, 2 * number + 1, left)
    for start in range(0, len(filler), 50):
        take(filler[start : start + 50], by=town.by)
    return Read(town, instructor)


def _life(item: Item, n: int) -> list[NeedStep1 | NeedWord1 | Handover1]:
    """Say what becomes of a need: of ten one is only heard, one under way, one at an office, the others have an end."""
    heard = json.loads(item.said)["body"]["needs"][0]
    need = {"need": UUID(heard["need"]), "household": UUID(heard["household"])}
    if n % 10 == 0:
        return []
    if n % 10 == 1:
        return [NeedStep1(**need, step="doing")]
    if n % 10 == 2:
        return [Handover1(matter=need["need"], what="need", step="sent", office="water")]
    return [
        NeedStep1(**need, step="doing"),
        NeedStep1(**need, step="done", outcome="solved"),
        NeedStep1(**need, step="told", told_of="done"),
        NeedWord1(**need, word="yes", through="slip"),
    ]


def _bring(pen: Pen, town: Township, instructor: Account, heard: Item, body: NeedStep1 | NeedWord1 | Handover1) -> None:
    """Let one step in, some days after the need was heard; a word comes by the household's slip."""
    said = read_said(heard.said)
    on = min(said.happened_on + timedelta(days=6), LAST_DAY)
    if isinstance(body, NeedWord1):
        item = pen.item(body, unit=said.unit, log=town.log, on=on)
        [receipt] = receive([item], brought_by=None, at=NOW, shown="slip")
        if receipt.outcome != "accepted":
            raise SystemExit(f"bench: a word was not accepted: {receipt.code}")
        return
    saw = {}
    if isinstance(body, Handover1):
        wordings = json.loads(Need.objects.get(log=town.log, id=body.matter).wordings)
        saw = {"saw": {f"{body.matter}.desk": wordings.get("desk")}}
    by = instructor if said.unit == town.villages[0] else town.by
    take([pen.item(body, unit=said.unit, by=by, log=town.log, on=on, **saw)], by=by)


def _entries(log: UUID) -> int:
    [(there,)] = database.fetch("SELECT seq FROM head WHERE log = %s", [log])
    return int(there)
