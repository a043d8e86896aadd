"""What others said of what one has: that a matter was taken over, and that somebody named was not there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.entries.facts import MORE_KINDS
from concerto.faces.desk.entries.opened import opened_in
from concerto.faces.desk.today.items import LATELY, Item
from concerto.faces.desk.today.words import day_words
from concerto.groundwork import clock, database
from concerto.journal.kinds import words as said
from concerto.journal.models import Entry
from concerto.journal.said import read_said
from concerto.papers.naming import accounts_named
from concerto.papers.waiting import DENIED, taken_over
from concerto.parts.assistance.models import AssistanceLine
from concerto.places.sight import Sight
from concerto.register.search import log_of

MOST = 30  # the newest of each sort; what was said longer ago stands on its entry


@dataclass(frozen=True)
class Taken:
    """A matter its reader had, that somebody else took over: with which entry, and the words for it."""

    sort: str
    matter: UUID
    taken: UUID
    why: str
    title: str = ""
    entry: UUID | None = None


def taken_from(sight: Sight) -> list[Taken]:
    """List what others took over lately from its reader: a waiver from the organizers, a need from who has it in its
    unit by now."""
    matters: dict[int, tuple[str, UUID]] = {}
    for sort, (sql, values) in taken_over(sight).items():
        matters |= {seq: (sort, database.to_uuid(thing)) for thing, seq in database.fetch(sql, values)}
    rows = _standing(sight, Entry.objects.filter(seq__in=matters)) if matters else []
    called = accounts_named({row.author for row in rows}) if rows else {}
    found = []
    for row in rows:
        sort, matter = matters[row.seq]
        why = gettext("taken over by {who}, on {day}").format(who=called.get(row.author, ""), day=_day(sight, row))
        found.append(Taken(sort, matter, row.first, why))
    waivers = [one for one in found if one.sort == "waiver"]
    return [*waivers, *_needs(sight, [one for one in found if one.sort == "need"])]


def _needs(sight: Sight, taken: list[Taken]) -> Iterator[Taken]:
    """Give those of the needs that lie where its reader works."""
    if not taken:
        return
    of_log: QuerySet[Any] = AssistanceLine._default_manager.filter(log=log_of(sight), source_withdrawn=False)
    near = of_log.filter(kind="need", id__in=[one.matter for one in taken], unit__in=sight.near)
    sorts = dict(near.values_list("id", "sort"))
    entries = opened_in(log_of(sight), sorts)
    for one in taken:
        if one.matter in sorts and one.matter in entries:
            name = said.word(said.NEED_WORDS, sorts[one.matter])
            title = gettext("{what}: {name}").format(what=gettext("A need"), name=name)
            yield Taken(one.sort, one.matter, one.taken, one.why, title, entries[one.matter])


def denied(sight: Sight) -> Iterator[Item]:
    """Tell an author that somebody named in their entry was not there, until they say something of it themselves."""
    found = database.fetch(DENIED, [sight.log, sight.account])
    things = {seq: database.to_uuid(thing) for thing, seq in found}
    rows = _standing(sight, Entry.objects.filter(kind="not_there", seq__in=things)) if things else []
    if not rows:
        return
    own = Entry.objects.filter(log=log_of(sight), author=sight.account, first__in=set(things.values()))
    kinds = {entry: (kind, day) for entry, kind, day in own.values_list("id", "kind", "happened_on")}
    spoken = dict(own.values("first").annotate(last=Max("seq")).values_list("first", "last"))
    called = accounts_named({row.author for row in rows})
    for row in rows:
        entry = things[row.seq]
        if entry not in kinds or spoken[entry] > row.seq:
            continue
        kind, day = kinds[entry]
        title = gettext("{what}: {name}").format(what=MORE_KINDS[kind], name=day_words(day, sight.day))
        why = gettext("{who} says that they were not there").format(who=called.get(row.author, ""))
        yield Item("open", title, why, reverse("desk:entry", args=[entry]), _("Look at it"), row.first, "")


def _standing(sight: Sight, entries: QuerySet[Entry]) -> list[Entry]:
    """Read the newest entries of a sort that came lately and were not taken back."""
    since = (sight.day - LATELY).isoformat()  # instants begin with their day
    rows = (
        entries.filter(log=log_of(sight), received_at__gte=since).exclude(author=sight.account).order_by("-seq")[:MOST]
    )
    last = {row.first: row for row in reversed(rows)}
    return [row for row in last.values() if not read_said(row.said).is_null]


def _day(sight: Sight, row: Entry) -> str:
    return day_words(clock.day_of(datetime.fromisoformat(row.received_at)), sight.day)
