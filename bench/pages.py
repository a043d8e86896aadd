"""How long the first pages one opens take, whole, as a signed-in reader gets them; the floor is their main query."""

import random
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.test import Client

from concerto.faces.desk.timeline import MOST_LINES, _lines
from concerto.groundwork import clock, database
from concerto.papers.ledgers import Asked, Cursor, ledger
from concerto.places.sight import Part, Sight
from concerto.register.access import sight_of

from .copies import fill
from .result import Result, middle, p95, result
from .townships import BATCH, Township, enter, take, visits

REAL, VILLAGES, HOUSES = 1000, 12, 50
PAGE = 51
Ask = tuple[str, Callable[[], Any]]  # an address, and the bare query behind it


def measure(name: str, engine: str, *, quick: bool) -> list[Result]:
    """Measure one page at three sizes of the journal."""
    town = _township()
    client = Client(HTTP_HOST="localhost")
    client.force_login(town.by, backend="allauth.account.auth_backends.AuthenticationBackend")
    sight = sight_of(town.by, clock.today())
    chance, found = random.Random(1), []
    for size in (REAL, 20_000) if quick else (REAL, 100_000, 1_000_000):
        _more(town, size)
        asks = _ledger_asks(sight, chance) if name == "ledger-page" else _card_asks(town.log, sight, chance)
        ours, floor = _times(client, asks, 12 if quick else 100)
        for words, take_of in (("median", middle), ("p95", p95)):
            found.append(result(name, engine, f"{size:,} entries, {words}", take_of(ours), take_of(floor), "ms"))
    return found


_sizes = {"now": 0}


def _more(town: Township, size: int) -> None:
    """Let the journal grow to a size: the first thousand by the door, the others as copies."""
    if size > REAL:
        _forget_copies()
        fill(town.log, to=size)
    _sizes["now"] = size


def _forget_copies() -> None:
    """Copies are counted from the first thousand, so a greater size begins anew."""
    if _sizes["now"] <= REAL:
        return
    from .copies import KINDS, _is_original  # noqa: PLC0415

    for kind in KINDS:
        database.run(f'DELETE FROM "{kind.TABLE}" AS t WHERE NOT ({_is_original(kind, REAL)})')


def _township() -> Township:
    town = enter(1, villages=VILLAGES, houses=HOUSES)
    [(there,)] = database.fetch("SELECT seq FROM head WHERE log = %s", [town.log])
    items = visits(town, 0, REAL - there)
    for start in range(0, len(items), BATCH):
        take(items[start : start + BATCH], by=town.by)
    return town


def _times(client: Client, asks: list[Ask], times: int) -> tuple[list[float], list[float]]:
    """Ask each in turn, page and bare query by turns, after a few that warm up."""
    ours: list[float] = []
    floor: list[float] = []
    for n in range(-3, times):
        address, bare = asks[n % len(asks)]
        began = time.perf_counter()
        answer = client.get(address)
        between = time.perf_counter()
        bare()
        ended = time.perf_counter()
        if answer.status_code != 200:
            raise SystemExit(f"bench: {address} answered {answer.status_code}")
        if n >= 0:
            ours.append((between - began) * 1000)
            floor.append((ended - between) * 1000)
    return ours, floor


def _ledger_asks(sight: Sight, chance: random.Random) -> list[Ask]:
    """The newest page of all villages, a page further back, and the page of one village."""
    rows = ledger(Part.VISITS, sight).values_list("on", "id", "n", "unit")
    last = list(rows[:500])[-1]
    after = Cursor(*last[:3])
    asked = [Asked(), Asked(after=after), Asked(units=frozenset({last[3]}))]
    addresses = ["", f"?after={after}", f"?unit={last[3]}"]
    return [
        (f"/ledgers/visits/{words}", _bare(ledger(Part.VISITS, sight, one).values_list()[:PAGE]))
        for words, one in zip(addresses, asked, strict=True)
    ]


def _card_asks(log: UUID, sight: Sight, chance: random.Random) -> list[Ask]:
    """Thirty households of one township, taken by chance."""
    houses = [database.to_uuid(h) for (h,) in database.fetch("SELECT id FROM household WHERE log = %s", [log])]
    chosen = chance.sample(houses, min(30, len(houses)))
    return [(f"/households/{house}/", _bare(_lines(sight, Q(household__in=[house]))[:MOST_LINES])) for house in chosen]


def _bare(asked: Any) -> Callable[[], Any]:
    sql, values = asked.query.sql_with_params()
    return lambda: database.fetch(sql, values)
