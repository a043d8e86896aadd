"""The register's ledger of mediators: who may mediate for which committee on a day. A posting makes nobody one."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, ClassVar, NamedTuple, Self
from uuid import UUID

from django.db import models

from concerto.journal.kinds.panel import POSTS
from concerto.places.models import Account
from concerto.places.sight import Sight

from .seats import DatedQuerySet

MOST = 200  # mediators that are read of one township at once


class PanelQuerySet(DatedQuerySet):
    """Words to ask for mediators."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of the units this reader works in, and of their township; who sees no unit sees nobody."""
        if sight.log is None or not sight.units:
            return self.none()
        return self.filter(log=sight.log, unit__in={*sight.units, sight.log}, source_withdrawn=False)


class PanelMember(models.Model):
    """A mediator of a committee as the line stands now. `name` is a copy of a sealed part; an account has its own."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    unit = models.UUIDField()
    account = models.UUIDField(null=True)
    name = models.CharField(max_length=120)
    how = models.CharField(max_length=12)
    post = models.CharField(max_length=12)
    languages = models.CharField(max_length=60)
    holds_seal = models.BooleanField()
    sits_on = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = PanelQuerySet.as_manager()

    class Meta:
        db_table = "panel_member"
        indexes: ClassVar = [models.Index(fields=["log", "unit"], name="panel_member_of_unit")]


class Mediator(NamedTuple):
    """One line of the panel with the name of whoever it is; empty where the name was erased."""

    id: UUID
    unit: UUID
    account: UUID | None
    name: str
    how: str
    post: str
    languages: tuple[str, ...]
    holds_seal: bool
    sits_on: tuple[int, ...]
    since: date
    until: date | None
    wordings: str

    def runs(self, day: date) -> bool:
        """Tell whether they mediate on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def panel_of(log: UUID, unit: UUID, day: date) -> list[Mediator]:
    """Name who may mediate for a village on a day: those of its committee, then the township's."""
    rows = PanelMember.objects.on(day).filter(log=log, unit__in={unit, log})
    return sorted(named(rows.order_by("since", "id")[:MOST]), key=lambda one: one.unit != unit)


def on_panel(log: UUID, lines: Collection[UUID], day: date) -> set[UUID]:
    """Tell which of these lines stand on a day, wherever in the township."""
    found = PanelMember.objects.on(day).filter(log=log, id__in=lines) if lines else PanelMember.objects.none()
    return set(found.values_list("id", flat=True))


def lines_of(log: UUID, account: UUID, day: date) -> set[UUID]:
    """Name the lines by which somebody who signs in is a mediator on a day; none by being posted."""
    return set(PanelMember.objects.on(day).filter(log=log, account=account).values_list("id", flat=True))


def named(rows: Iterable[Any]) -> list[Mediator]:
    """Give lines with the names of who signs in, the head of a committee first, in two statements."""
    found = list(rows)
    accounts = {row.account for row in found if row.account}
    called = dict(Account.objects.filter(id__in=accounts).values_list("id", "called")) if accounts else {}
    lines = [_line(row, called.get(row.account, "") if row.account else row.name) for row in found]
    return sorted(lines, key=lambda one: (POSTS.index(one.post), one.since, str(one.id)))


def _line(row: Any, name: str) -> Mediator:
    languages = tuple(row.languages.split(",")) if row.languages else ()
    days = tuple(int(day) for day in row.sits_on.split(",")) if row.sits_on else ()
    return Mediator(
        row.id, row.unit, row.account, name, row.how, row.post, languages, row.holds_seal, days, row.since, row.until,
        row.wordings,
    )  # fmt: skip
