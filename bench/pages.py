"""How long the first pages one opens take, whole, as a signed-in reader gets them; the floor is their main query."""

import random
import re
import time
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.db import connection
from django.test import Client

from concerto.groundwork import clock, database
from concerto.papers.ledgers import Cursor, ledger
from concerto.places.sight import Part, Sight
from concerto.register.access import sight_of

from .copies import fill
from .result import Result, middle, p95, result
from .townships import BATCH, Township, enter, take, visits

REAL, VILLAGES, HOUSES = 1000, 12, 50
Ask = tuple[str, str, Any]  # an address, and the bare query behind it


def measure(name: str, engine: str, *, quick: bool) -> list[Result]:
    """Measure one page at three sizes of the journal."""
    town = _township()
    client = Client(HTTP_HOST="localhost")
    client.force_login(town.by, backend="allauth.account.auth_backends.AuthenticationBackend")
    sight = sight_of(town.by, clock.today())
    found, there = [], REAL
    for size in (REAL, 20_000) if quick else (REAL, 100_000, 1_000_000):
        fill(town.log, since=there, to=size)
        there = size
        pages = _ledger_pages(sight) if name == "ledger-page" else _cards(town.log)
        asks = [with_query(client, address) for address in pages]
        ours, floor = times(client, asks, 9 if quick else 100)
        for words, take_of in (("median", middle), ("p95", p95)):
            found.append(result(name, engine, f"{size:,} entries, {words}", take_of(ours), take_of(floor), "ms"))
    return found


def _township() -> Township:
    town = enter(1, villages=VILLAGES, houses=HOUSES)
    [(there,)] = database.fetch("SELECT seq FROM head WHERE log = %s", [town.log])
    items = visits(town, 0, REAL - there)
    for start in range(0, len(items), BATCH):
        take(items[start : start + BATCH], by=town.by)
    return town


def times(client: Client, asks: list[Ask], often: int) -> tuple[list[float], list[float]]:
    """Ask each in turn, page and bare query by turns, after a few that warm up."""
    ours: list[float] = []
    floor: list[float] = []
    for n in range(-3, often):
        address, sql, values = asks[n % len(asks)]
        began = time.perf_counter()
        answer = client.get(address)
        between = time.perf_counter()
        database.fetch(sql, values)
        ended = time.perf_counter()
        if answer.status_code != 200:
            raise SystemExit(f"bench: {address} answered {answer.status_code}")
        if n >= 0:
            ours.append((between - began) * 1000)
            floor.append((ended - between) * 1000)
    return ours, floor


def _ledger_pages(sight: Sight) -> list[str]:
    """The newest page of all villages, a page further back, and the page of one village."""
    rows = list(ledger(Part.VISITS, sight).values_list("on", "id", "n", "unit")[:500])
    *place, unit = rows[-1]
    return [f"/ledgers/visits/{more}" for more in ("", f"?after={Cursor(*place)}", f"?unit={unit}")]


def _cards(log: UUID) -> list[str]:
    """Thirty households of one township, taken by chance."""
    houses = [database.to_uuid(h) for (h,) in database.fetch("SELECT id FROM household WHERE log = %s", [log])]
    return [f"/households/{house}/" for house in random.Random(1).sample(houses, min(30, len(houses)))]


def with_query(client: Client, address: str, table: str = "visit_line") -> Ask:
    """Find the query a page rests on: the first that reads a table, the visit ledger's unless it says another."""
    found: list[tuple[str, Any]] = []
    reads, fetch, fetch_together = re.compile(f'FROM "?{table}\\b'), database.fetch, database.fetch_together

    def note(sql: str, values: Any) -> None:
        if reads.search(sql) and "%in" not in sql:
            found.append((sql, values))

    def listen(execute: Any, sql: str, values: Any, *rest: Any) -> Any:
        note(sql, values)
        return execute(sql, values, *rest)

    def bare(sql: str, values: Any = ()) -> Any:
        note(sql, values)
        return fetch(sql, values)

    def together(*queries: database.Query) -> Any:
        for sql, values, _ids in queries:
            note(sql, values)
        return fetch_together(*queries)

    with (
        connection.execute_wrapper(listen),
        patch.object(database, "fetch", bare),
        patch.object(database, "fetch_together", together),
    ):
        client.get(address)
    return address, *found[0]
