"""One step of an import: some seconds of it. A server that is stopped between two steps loses nothing."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings

from concerto.conductor.roster import township, uploads
from concerto.conductor.roster.importing import Import, alone
from concerto.groundwork import clock, keyed
from concerto.papers.rosters import look
from concerto.places.models import Account, RosterImport

STEP = timedelta(seconds=8)
COUNTED = ("sheet", "unit", "households", "people", "members", "probationary", "helped", "added", "known", "changed")


def take_a_step(sent: RosterImport, data: bytes, *, by: Account, day: date) -> bool:
    """Take in what a step has time for and tell whether that was all; then the workbook is deleted."""
    home = settings.CONCERTO_HOME
    keyed.identity_key(home)
    with alone(sent.log):
        town = township.of_log(sent.log, day)
        looked = look(data, town, home=home, day=day, units=sent.given.get("villages", {}))
        run = Import(looked.plan, by, sent.id, clock.now)
        run.check()
        if sent.begun_at is None:
            _begin(sent, looked.report())
        finished = _run(run, sent)
        _add_refused(sent, run)
        sent.done_at = clock.now() if finished else None
        sent.save(force_update=True)
    if finished:
        uploads.drop(home, sent.id)
    return finished


def _begin(sent: RosterImport, report: dict[str, Any]) -> None:
    """Note what will come of it, in numbers: a later step finds the people of this one known already."""
    sent.tables = [
        {**{name: table[name] for name in COUNTED}, **{name: len(table[name]) for name in ("flagged", "refused")}}
        for table in report["tables"]
    ]
    sent.begun_at = clock.now()
    todo = sum(table["households"] for table in sent.tables)
    sent.given = {**sent.given, "todo": todo, "left": todo}
    sent.save(force_update=True)


def _run(run: Import, sent: RosterImport) -> bool:
    """Run until the step is over; how many households are left stands on the page until the next."""
    until, todo, come = clock.now() + STEP, len(run.plan.works), 0
    for come in run.run():
        if clock.now() >= until and come < todo:
            break
    sent.given = {**sent.given, "left": todo - come}
    return come == todo


def _add_refused(sent: RosterImport, run: Import) -> None:
    for table, counted in zip(run.plan.tables, sent.tables, strict=False):
        here = [refusal for refusal in run.refused if refusal.table is table]
        counted["refused"] += len(here)
        counted["added"] -= sum(refusal.opened for refusal in here)
