"""How long it takes to say how everything stands: a month's board and a duty's year, of a township and of a county;
and somebody's Today. The floor of a board is the same count by one statement, written by hand.
"""

import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.test import Client

from concerto.config.collecting import leave_out_what_is_loaded
from concerto.groundwork import database
from concerto.journal.kinds.meeting import Attended, Meeting1
from concerto.journal.kinds.people import Member1
from concerto.journal.kinds.postings import Posting1
from concerto.papers.standing.asking import Township as Standing
from concerto.papers.standing.counting import Case, Due, count
from concerto.places.accounts import add_account
from concerto.places.models import Account, Log, UnitKind
from concerto.places.units import add_unit
from concerto.rulebook.mechanism import mechanism
from tests.cast import Pen

from .again import apart
from .copies import fill
from .result import Result, middle, p95, result
from .townships import BATCH, FIRST_DAY, LAST_DAY, NOW, House, Township, enter, take, visits

OWN = 10  # visits of a thousand entries that are whose Today is opened
REAL, VILLAGES, HOUSES, MEMBERS = 1000, 14, 50, 5  # in a county of 50,000 households some 5,000 members
MONTH: Due = (date(LAST_DAY.year, LAST_DAY.month, 1), LAST_DAY)
YEAR: Due = (date(LAST_DAY.year, 1, 1), date(LAST_DAY.year, 12, 31))
ONE_DUTY = "four-ones-visit"
LIMIT = 2.0  # seconds that a county's board may take, on PostgreSQL


def measure(name: str, engine: str, *, quick: bool) -> list[Result]:
    """Measure at a tenth of the county and at the whole."""
    town, instructor = _township()
    found: list[Result] = []
    sizes = (REAL, 20_000) if quick else (100_000, 1_000_000)
    took: dict[str, list[float]] = {}
    there = REAL
    for size in sizes:
        fill(town.log, since=there, to=size)
        there = size
        for words, ours, floor in _boards(town.log):
            rows = _turns(ours, floor, 3 if quick else 5)
            took.setdefault(words, []).append(rows[0])
            limit = None if words.startswith("a township") else LIMIT
            found.append(result(name, engine, f"{words}, {size:,} entries", *rows, "s", limit=limit))
        today = _today(instructor, 9 if quick else 100)
        for words, taken in (("median", middle(today)), ("p95", p95(today))):
            found.append(result(name, engine, f"Today, {words}, {size:,} entries", taken, None, "ms", limit=50))
    for words, (few, many) in took.items():
        case = f"{words}: times as long for {sizes[1] // sizes[0]} times as much"
        found.append(result(name, engine, case, many / few, None, "times"))
    for words, duties, due in (("month", None, MONTH), ("year of a duty", {ONE_DUTY}, YEAR)):
        spent = apart(lambda _, duties=duties, due=due: _county(due, duties), town.log)  # type: ignore[misc]
        found.append(result(name, engine, f"county's {words}, memory at most", spent.peak, None, "MB"))
    return found


Board = tuple[str, Callable[[], Any], Callable[[], Any]]


def _boards(log: UUID) -> list[Board]:
    logs = list(Log.objects.values_list("id", flat=True))
    helped = tuple(sorted(d.id for d in mechanism().duties.values() if d.about == "helped_household" and d.editions))
    return [
        ("a township's month, all duties", lambda: count(Standing(log, LAST_DAY), MONTH), _floor([log], helped, MONTH)),
        ("a county's month, all duties", lambda: _county(MONTH, None), _floor(logs, helped, MONTH)),
        ("a county's year, one duty", lambda: _county(YEAR, {ONE_DUTY}), _floor(logs, (ONE_DUTY,), YEAR)),
    ]


def _county(due: Due, duties: set[str] | None) -> Counter[Case]:
    found: Counter[Case] = Counter()
    for log in Log.objects.values_list("id", flat=True):
        found.update(count(Standing(log, LAST_DAY), due, duties=duties))
    return found


FLOOR = """
    SELECT h.village, d.month, COUNT(p.about), COUNT(*)
    FROM household h
    JOIN helper_link l ON l.log = h.log AND l.household = h.id
    CROSS JOIN (%(months)s) d
    LEFT JOIN (
        SELECT DISTINCT about, %(month_of)s AS month
        FROM proof WHERE log IN (%(logs)s) AND kind IN (%(kinds)s) AND "on" BETWEEN %%s AND %%s
    ) p ON p.about = h.id AND p.month = d.month
    WHERE h.log IN (%(logs)s) AND h.left_on IS NULL AND h.called IS NULL AND l.until IS NULL
    GROUP BY h.village, d.month
"""


def _floor(logs: list[UUID], duties: tuple[str, ...], due: Due) -> Callable[[], Any]:
    """Count who was called on, by village and month, with nothing that makes it right: one statement for each duty."""
    last = min(due[1], LAST_DAY)
    sql = FLOOR % {
        "months": " UNION ALL ".join(f"SELECT {m} AS month" for m in range(due[0].month, last.month + 1)),
        "month_of": "CAST(strftime('%%m', \"on\") AS INTEGER)" if database.is_sqlite() else 'EXTRACT(MONTH FROM "on")',
        "logs": ", ".join(["%s"] * len(logs)),
        "kinds": "%(kinds)s",
    }
    asked = []
    for duty in duties:
        kinds = mechanism().duties[duty].editions[-1].proven_by
        text = sql.replace("%(kinds)s", ", ".join(["%s"] * len(kinds))).replace("%%m", "%m")
        asked.append((text, [*logs, *kinds, due[0], last, *logs]))
    return lambda: [database.fetch(*one) for one in asked]


def _turns(ours: Callable[[], Any], floor: Callable[[], Any], times: int) -> tuple[float, float]:
    """Take turns, after one that warms up, and give the medians."""
    spent: tuple[list[float], list[float]] = ([], [])
    for n in range(-1, times):
        for work, kept in zip((ours, floor), spent, strict=True):
            began = time.perf_counter()
            work()
            if n >= 0:
                kept.append(time.perf_counter() - began)
    return middle(spent[0]), middle(spent[1])


def _today(instructor: Account, times: int) -> list[float]:
    """Open Today as an instructor does, in milliseconds. The day is that of the last records.

    What is loaded is left out of collections, as in a worker of the server.
    """
    client = Client(HTTP_HOST="localhost")
    client.force_login(instructor, backend="allauth.account.auth_backends.AuthenticationBackend")
    spent = []
    with patch("concerto.groundwork.clock.now", return_value=NOW):
        for n in range(-3, times):
            if n == 0:
                leave_out_what_is_loaded()
            began = time.perf_counter()
            answer = client.get("/today/")
            if answer.status_code != 200:
                raise SystemExit(f"bench: Today answered {answer.status_code}")
            if n >= 0:
                spent.append((time.perf_counter() - began) * 1000)
    return spent


# ---------------------------------------------------------------- a township with branches


def _township() -> tuple[Township, Account]:
    town = enter(1, villages=VILLAGES, houses=HOUSES)
    pen = Pen(written=7 * 10**8)
    instructor = add_account("bench-instructor", "驻村的", at=NOW, log=town.log)
    for n, village in enumerate(town.villages):
        branch = add_unit(town.log, UnitKind.BRANCH, f"第{n + 1}村党支部", village=village, since=FIRST_DAY)
        if n == 0:
            post = Posting1(
                posting=pen.new_id(), account=instructor.id, unit=branch.id, role="instructor",
                parts=["study", "branch", "visits", "disputes", "assistance"], since=FIRST_DAY,
            )  # fmt: skip
            take([pen.item(post, unit=branch.id, log=town.log)], by=None)
        heads = [h for h in town.houses[:: len(town.houses) // MEMBERS] if h.village == village]
        _branch_life(pen, town, branch.id, heads, month=1 + n % LAST_DAY.month)
    take(visits(town, 1, OWN, by=instructor, village=town.villages[0]), by=instructor)
    items = visits(town, 0, REAL - _entries(town.log))
    for start in range(0, len(items), BATCH):
        take(items[start : start + BATCH], by=town.by)
    return town, instructor


def _branch_life(pen: Pen, town: Township, branch: UUID, houses: list[House], *, month: int) -> None:
    """The heads of some households are members, and meet: with the copies of it some three times a month."""
    if not houses:
        return
    members = [pen.new_id() for _ in houses]
    told = [
        Member1(member=member, resident=house.head, branch=branch, standing="full", since=FIRST_DAY)
        for member, house in zip(members, houses, strict=True)
    ]
    take([pen.item(one, unit=branch, log=town.log) for one in told], by=None)
    body = Meeting1(
        branch=branch, form="members", base=members, attendance=[Attended(one, "present") for one in members],
        contents=["theme_day"],
    )  # fmt: skip
    take([pen.item(body, unit=branch, log=town.log, by=town.by, on=date(LAST_DAY.year, month, 12))], by=town.by)


def _entries(log: UUID) -> int:
    [(there,)] = database.fetch("SELECT seq FROM head WHERE log = %s", [log])
    return int(there)
