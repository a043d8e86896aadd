"""Making the touches and every ledger of a log again from its texts: after a release that folds otherwise."""

from uuid import UUID

from django.conf import settings

from concerto.groundwork import database
from concerto.journal.reading import strongest, with_closed, wording
from concerto.journal.said import Touch

from .cues import LEDGER_VERSION
from .replay import TABLES, folded, stretches
from .rows import TouchRow


def logs_due() -> list[UUID]:
    """List the logs whose ledgers another release folded."""
    sql = "SELECT log FROM head WHERE ledger_version <> %s ORDER BY log"
    return [database.to_uuid(log) for (log,) in database.fetch(sql, [LEDGER_VERSION])]


def rebuild(log: UUID) -> int:
    """Make a log's touches and ledgers again, in one transaction, and return how many entries there are."""
    with database.writing(settings.CONCERTO_HOME):
        database.fetch(database.locking("SELECT seq FROM head WHERE log = %s"), [log])
        for table in (TouchRow, *TABLES):
            database.run(f'DELETE FROM "{table.TABLE}" WHERE log = %s', [log])  # noqa: S608  (names are ours)
        entries = _touches(log)
        for stretch in folded(log):
            for table, rows in stretch.rows.items():
                database.insert(table, rows)
        database.run("UPDATE head SET ledger_version = %s WHERE log = %s", [LEDGER_VERSION, log])
    database.refresh_statistics()
    return entries


def _touches(log: UUID) -> int:
    """Write what every entry touches; a restatement touches all that its earlier wordings touched."""
    restated = {
        database.to_uuid(first)
        for (first,) in database.fetch("SELECT DISTINCT first FROM entry WHERE log = %s AND first <> id", [log])
    }
    earlier: dict[UUID, tuple[Touch, ...]] = {}
    entries = 0
    for stretch in stretches(log, sealed=False, touches=False):
        rows: list[TouchRow] = []
        for row in stretch.entries:
            words = wording(row[10], row[11], (), ())
            own = words.body.things(words.said.first) if words.body else ()
            touches = strongest((*earlier.get(words.said.first, ()), *own))
            if words.said.first in restated:
                earlier[words.said.first] = touches
            rows += [TouchRow(log, t.thing, int(t.how), row[0], t.what) for t in with_closed(words.said, touches)]
        database.insert(TouchRow, rows)
        entries += len(stretch.entries)
    return entries
