"""Whether anything waits for somebody: on most days nothing does, and one statement says so."""

from typing import Any

from concerto.groundwork import database
from concerto.places.sight import Role, Sight

ASKED = (("waiver", "asked_by", "asked"), ("local_edition", "proposed_by", "proposed"))
ANSWERS = (Role.TOWNSHIP_ORGANIZER, Role.COUNTY_VIEWER)


def anything_waits(sight: Sight) -> bool:
    """Tell whether there is a request, a proposal or an entry in the tray that may concern a reader.

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
    exist = " OR ".join(f"EXISTS ({one})" for one in sql)
    return bool(database.fetch(f"SELECT 1 WHERE {exist}", values))
