"""How long the board of cases, their numbers and the one open list take at 100,000 cases of a county: 15 townships with
14 villages each, cases at every stage. The floor is a page's main query.

They are held against one township of 1,000 cases. A page is of one township: of the county's cases some 6,700 are its.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple
from unittest.mock import patch
from uuid import UUID

from django.test import Client

from concerto.config.collecting import leave_out_what_is_loaded
from concerto.groundwork import database
from concerto.journal.kinds.case_steps import AgreedItem, CaseAgreement1, CaseConsent1, CasePerformance1, CaseStep1
from concerto.journal.kinds.cases import Case1, Party
from concerto.journal.kinds.panel import PanelMember1
from concerto.journal.kinds.postings import Posting1
from concerto.journal.said import Audience, SealedPart
from concerto.parts.disputes.models import Case
from concerto.places.accounts import add_account
from concerto.places.models import Account
from tests.cast import Pen

from .copies import DAYS_OF, DAYS_OF_A_LIFE, LOGS, fill
from .pages import Ask, times, with_query
from .result import Result, middle, p95, result
from .townships import FIRST_DAY, LAST_DAY, NOW, Township, enter, take

REAL = 50  # cases that came in by the door; all others are copies of them
SMALL, VILLAGES = 1000, 14
LIMIT = 50.0  # milliseconds that one page of twenty may take
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SORTS = ("pasture_boundary", "livestock_damage", "water_turns", "debts", "neighbours", "land_lease", "migrant_wages")
SOURCES = ("asked", "asked", "own_initiative", "police", "petition")
DAYS_OF_A_CASE = DAYS_OF | DAYS_OF_A_LIFE | {"accepted_on", "effect_on", "last_due", "next_on", "asked_on"}


def measure(name: str, engine: str, *, quick: bool) -> list[Result]:
    """Measure in a township of 1,000 cases and at a county's 100,000; quickly at 5,000."""
    alone, county = _township(2), _township(1)
    found: list[Result] = []
    first: dict[str, float] = {}
    size = 5_000 if quick else 100_000
    for cases, at, logs in ((SMALL, alone, 1), (size, county, LOGS)):
        entries = _entries(at.town.log)
        fill(at.town.log, since=entries, to=entries * (cases // REAL), dated=DAYS_OF_A_CASE, logs=logs)
        for page, (ours, floor) in _pages(at, 9 if quick else 100).items():
            for words, take_of, limit in (("median", middle, None), ("p95", p95, LIMIT)):
                case = f"{page}, {words}, {cases:,} cases"
                found.append(result(name, engine, case, take_of(ours), take_of(floor), "ms", limit=limit))
            small = first.setdefault(page, middle(ours))
            if cases == size:
                case = f"{page}, median: times as long at {size:,} cases as at {SMALL:,}"
                found.append(result(name, engine, case, middle(ours) / small, None, "times"))
    return found


def _pages(at: "Read", often: int) -> dict[str, tuple[list[float], list[float]]]:
    """Open each page in turn, on the day of the last records, with what is loaded left out of collections."""
    clients = {who: Client(HTTP_HOST="localhost") for who in ("mediator", "centre")}
    clients["mediator"].force_login(at.mediator, backend=BACKEND)
    clients["centre"].force_login(at.centre, backend=BACKEND)
    lists = ["/cases/", "/cases/?category=damages", "/cases/?list=ended"]
    numbers = ["/cases/numbers/", f"/cases/numbers/?year={LAST_DAY.year - 1}"]
    asked = {
        "board of a mediator": ("mediator", lists),
        "board of the centre": ("centre", lists),
        "numbers for a mediator": ("mediator", numbers),
        "numbers for the centre": ("centre", numbers),
        "open list": ("mediator", ["/open/?what=case", "/open/?what=case&list=struck"]),
    }
    with patch("concerto.groundwork.clock.now", return_value=NOW):
        asks: dict[str, tuple[Client, list[Ask]]] = {
            page: (clients[who], [with_query(clients[who], address, "dispute_case") for address in addresses])
            for page, (who, addresses) in asked.items()
        }
        leave_out_what_is_loaded()
        return {page: times(client, some, often) for page, (client, some) in asks.items()}


# ---------------------------------------------------------------- a township with cases at every stage


class Read(NamedTuple):
    """A township, the mediator of its first village, and whoever sits at its centre."""

    town: Township
    mediator: Account
    centre: Account


def _township(number: int) -> Read:
    """Open a township whose villages and centre have cases; every fifth is the centre's."""
    town, pen = enter(number, villages=VILLAGES, houses=0), Pen(written=(8 + number) * 10**8)
    writer, mediator, centre, organizer = (
        add_account(f"bench-{name}{number}", called, at=NOW, log=town.log)
        for name, called in (
            ("writer", "各村的"),
            ("mediator", "驻村的"),
            ("centre", "中心的"),
            ("organizer", "组织委员"),
        )
    )
    posts = [
        *((writer, village, "mediator") for village in town.villages),
        (mediator, town.villages[0], "mediator"),
        (centre, town.log, "centre_desk"),
        (organizer, town.log, "township_organizer"),
    ]
    for account, unit, role in posts:
        post = Posting1(posting=pen.new_id(), account=account.id, unit=unit, role=role, since=FIRST_DAY)  # type: ignore[arg-type]
        take([pen.item(post, unit=unit, log=town.log)], by=None)
    lines = {account.id: pen.new_id() for account in (writer, centre)}
    for whose, line in lines.items():
        who = PanelMember1(panel_member=line, unit=town.log, how="engaged", since=FIRST_DAY, account=whose)
        take([pen.item(who, unit=town.log, by=organizer, log=town.log)], by=organizer)
    for n in range(REAL):
        at_centre = n % 5 == 4
        unit, by = (town.log, centre) if at_centre else (town.villages[n % VILLAGES], writer)
        _Telling(town, pen, unit, by, lines[by.id], n).all()
    return Read(town, mediator, centre)


class _Telling:
    """One case, told step by step by whoever handles it."""

    def __init__(self, town: Township, pen: Pen, unit: UUID, by: Account, line: UUID, n: int) -> None:
        self.town, self.pen, self.unit, self.by, self.line, self.n = town, pen, unit, by, line, n
        self.case, self.parties = pen.new_id(), (pen.new_id(), pen.new_id())
        self.on = max(FIRST_DAY, LAST_DAY - timedelta(days=20 + n * 7 % 150))

    def all(self) -> None:
        """Bring it in, and let it come as far as its number says: of ten five are in effect."""
        for field, body, parts in self._life():
            self._bring(body, parts, field)

    def _life(self) -> Iterator[tuple[str, Any, list[SealedPart]]]:
        names = [self.pen.seal(party, f"当事人{self.n}", Audience.CASE) for party in self.parties]
        about = self.pen.seal(self.case, "界桩被水冲走了", Audience.CASE)
        parties = [
            Party(party=party, side=side, name=name.digest)  # type: ignore[arg-type]
            for party, side, name in zip(self.parties, ("a", "b"), names, strict=True)
        ]
        sort, source = SORTS[self.n % len(SORTS)], SOURCES[self.n % len(SOURCES)]
        opened = Case1(case=self.case, sort=sort, source=source, afraid="no", parties=parties, summary=about.digest)  # type: ignore[arg-type]
        yield "", opened, [about, *names]
        stage = self.n // 5 % 10
        if stage == 0:
            return
        yield "state", CaseStep1(case=self.case, step="accepted"), []
        if stage == 1:
            return
        last = "refused" if stage == 2 else "agreed"
        for party, answer in zip(self.parties, ("agreed", last), strict=True):
            yield "", CaseConsent1(case=self.case, party=party, to="mediation", answer=answer), []  # type: ignore[arg-type]
        if stage == 2:
            yield "state", CaseStep1(case=self.case, step="ended", how="refused"), []
        elif stage == 3:
            ended = CaseStep1(case=self.case, step="ended", how="not_settled", routes=["court"])
            yield "state", ended, []
        elif stage > 4:
            yield "mediator", CaseStep1(case=self.case, step="mediator", mediator=self.line, account=self.by.id), []
            yield from self._agreed("written" if stage == 5 else "oral", is_kept=stage > 6)

    def _agreed(self, form: str, *, is_kept: bool) -> Iterator[tuple[str, Any, list[SealedPart]]]:
        what, item = self.pen.seal(self.case, "立三根界桩", Audience.CASE), self.pen.new_id()
        due = AgreedItem(item=item, what=what.digest, by=self.on + timedelta(days=15))
        agreement = CaseAgreement1(
            case=self.case,
            agreement=self.pen.new_id(),
            form=form,  # type: ignore[arg-type]
            parties=list(self.parties),
            items=[due],
        )
        yield "state", agreement, [what]
        if is_kept:
            yield "", CasePerformance1(case=self.case, item=item, how="kept"), []

    def _bring(self, body: Any, parts: list[SealedPart], field: str) -> None:
        saw: dict[str, Any] = {}
        if field:
            wordings = json.loads(Case.objects.get(log=self.town.log, id=self.case).wordings)
            saw = {"saw": {f"{self.case}.{field}": wordings.get(field)}}
        on: date = min(self.on + timedelta(days=16), LAST_DAY) if isinstance(body, CasePerformance1) else self.on
        take(
            [self.pen.item(body, unit=self.unit, by=self.by, log=self.town.log, on=on, sealed=parts, **saw)], by=self.by
        )


def _entries(log: UUID) -> int:
    [(there,)] = database.fetch("SELECT seq FROM head WHERE log = %s", [log])
    return int(there)
