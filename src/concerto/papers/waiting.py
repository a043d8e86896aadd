"""Whether anything waits for somebody: on most days nothing does, and one statement says so."""

from typing import Any

from concerto.groundwork import database
from concerto.places.sight import Role, Sight

ASKED = (("waiver", "asked_by", "asked"), ("local_edition", "proposed_by", "proposed"))
ANSWERS = (Role.TOWNSHIP_ORGANIZER, Role.COUNTY_VIEWER)
TAKERS = (Role.CENTRE_DESK, Role.TOWNSHIP_ORGANIZER)  # few people, whose entries are found by their author
TAKEN = """SELECT 1 FROM posting JOIN entry ON entry.log = posting.log AND entry.author = posting.account
    WHERE posting.log = %s AND posting.role IN (%s, %s) AND entry.kind = 'taken_over'"""
# The conditions on touch are those of its index for what was denied.
DENIED = """SELECT 1 FROM touch JOIN entry ON entry.log = touch.log AND entry.id = touch.thing
    WHERE touch.log = %s AND touch.how = 2 AND touch.what IN ('visit', 'meeting', 'study') AND entry.author = %s"""


def anything_waits(sight: Sight) -> bool:
    """Tell whether there is a request, a proposal, an entry in the tray, or a word of others that may concern a reader.

    In doubt it says so: those who answer for a township are told of everything that lies there.
    """
    answers = sight.has(*ANSWERS)
    sql: list[str] = []
    values: list[Any] = []
    for table, whose, state in ASKED:
        sql.append(f"SELECT 1 FROM {table} WHERE log = %s AND ({whose} = %s{' OR state = %s' if answers else ''})")  # noqa: S608
        values += [sight.log, sight.account, *([state] if answers else [])]
    sql.append(f"SELECT 1 FROM tray WHERE log = %s{'' if answers else ' AND author = %s'}")  # noqa: S608
    values += [sight.log, *([] if answers else [sight.account])]
    sql += [TAKEN, DENIED]
    values += [sight.log, *TAKERS, sight.log, sight.account]
    exist = " OR ".join(f"EXISTS ({one})" for one in sql)
    return bool(database.fetch(f"SELECT 1 WHERE {exist}", values))
