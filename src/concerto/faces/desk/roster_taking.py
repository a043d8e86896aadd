"""One step of an import: some seconds of it. A server that is stopped between two steps loses nothing."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings

from concerto.conductor.roster import township, uploads
from concerto.conductor.roster.importing import Import, alone
from concerto.groundwork import clock, keyed
from concerto.papers.rosters import look
from concerto.places.models import Account, RosterImport

STEP = timedelta(seconds=5)
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
        finished = _run(run)
        _add_refused(sent, run)
        if finished:
            RosterImport.objects.filter(log=sent.log, id=sent.id).update(done_at=clock.now(), tables=sent.tables)
            uploads.drop(home, sent.id)
    return finished


def _begin(sent: RosterImport, report: dict[str, Any]) -> None:
    """Note what will come of it, in numbers: a later step finds the people of this one known already."""
    sent.tables = [
        {**{name: table[name] for name in COUNTED}, **{name: len(table[name]) for name in ("flagged", "refused")}}
        for table in report["tables"]
    ]
    sent.begun_at = clock.now()
    sent.given = {**sent.given, "todo": sum(table["added"] + table["changed"] for table in sent.tables)}
    RosterImport.objects.filter(log=sent.log, id=sent.id).update(
        begun_at=sent.begun_at, tables=sent.tables, given=sent.given
    )


def _run(run: Import) -> bool:
    until = clock.now() + STEP
    todo = len(run.plan.works)
    return all(done == todo or clock.now() < until for done in run.run())


def _add_refused(sent: RosterImport, run: Import) -> None:
    if not run.refused:
        return
    for table, counted in zip(run.plan.tables, sent.tables, strict=False):
        here = [refusal for refusal in run.refused if refusal.table is table]
        counted["refused"] += len(here)
        counted["added"] -= sum(refusal.opened for refusal in here)
    RosterImport.objects.filter(log=sent.log, id=sent.id).update(tables=sent.tables)
