"""What a day brings to an end: the words of leads that lapsed, uploads nobody imported, whom a past week left out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from concerto.groundwork import database
from concerto.journal.kinds.keeping import Erased
from concerto.journal.said import Item
from concerto.parts.disputes.posting import LEAD_DAYS
from concerto.places.leaving_out import forget_weeks_before

from . import attachments
from .erasing import MOST_THINGS, entry, forget_in_tail
from .receive import receive
from .seeking import Found, by_digest

UPLOAD_DAY = timedelta(days=1)
UPLOADS = ("uploads", "previews")


class Retired(NamedTuple):
    """How much came to its end today."""

    leads: int
    uploads: int


def retire(asof: date, at: datetime) -> Retired:
    """Erase the words of leads older than 30 days that no case grew from, and remove uploads older than a day.

    Whom somebody left out of the trips of a week that is over goes too.

    Done again, it does nothing.
    """
    forget_weeks_before(asof)
    parts = list(_lapsed(asof - timedelta(days=LEAD_DAYS)))
    for item in _items(parts, at):
        receive([item], brought_by=None, at=at)
    if parts:
        forget_in_tail([], {part.digest for part in parts})
    if parts or (settings.CONCERTO_HOME / database.UNCLEAN).exists():
        database.forget_deleted(settings.CONCERTO_HOME, [part.text for part in parts])
    return Retired(len(parts), _remove_uploads(at) + attachments.retire(at))


def _lapsed(before: date) -> Iterator[Found]:
    sql = (
        "SELECT s.digest FROM sealed s JOIN touch t ON t.log = s.log AND t.thing = s.about AND t.seq = s.seq "
        "JOIN entry e ON e.log = s.log AND e.seq = s.seq "
        "WHERE t.how = 3 AND t.what = 'lead' AND e.happened_on < %s AND NOT EXISTS ("
        "SELECT 1 FROM dispute_line d WHERE d.log = s.log AND d.id = s.about AND d.state = 'case') "
        "ORDER BY s.log, s.seq, s.n"
    )
    yield from by_digest([digest for (digest,) in database.fetch(sql, [before])])


def _items(parts: Sequence[Found], at: datetime) -> Iterator[Item]:
    by_log: defaultdict[UUID, list[Found]] = defaultdict(list)
    for part in parts:
        by_log[part.log].append(part)
    for log, some in by_log.items():
        for start in range(0, len(some), MOST_THINGS):
            piece = some[start : start + MOST_THINGS]
            things = [Erased(thing, "lead") for thing in dict.fromkeys(part.about for part in piece)]
            yield entry(log, things, [part.digest for part in piece], person=None, basis="", by=None, at=at)


def _remove_uploads(at: datetime) -> int:
    oldest = (at - UPLOAD_DAY).timestamp()
    folders = [settings.CONCERTO_HOME / name for name in UPLOADS]
    files = [path for folder in folders if folder.exists() for path in folder.rglob("*") if path.is_file()]
    old = [path for path in files if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
