"""Whether anything waits for somebody: on most days nothing does, and one statement says so."""

from typing import Any

from concerto.groundwork import database
from concerto.places.sight import Role, Sight
from concerto.register.holding import FOR_A_NEED
from concerto.register.search import log_of

from .slips import calls, treated

ASKED = (("waiver", "asked_by", "asked"), ("local_edition", "proposed_by", "proposed"))
DESKS = (Role.CENTRE_DESK, Role.TOWNSHIP_ORGANIZER, Role.COUNTY_DESK)
# As literals, so that either engine sees that its small index holds what anything was told of
BACK = """SELECT 1 FROM need WHERE need.log = %s AND need.steps > 1 AND need.is_open AND {near}
    AND (need.state = 'reopened' OR need.desk_state = 'returned') AND (need.owner IS NULL OR need.owner = %s)"""
AT_DESK = """SELECT 1 FROM posting JOIN need ON need.log = posting.log AND need.steps > 1 AND need.is_open
    AND (need.sent_to = posting.unit OR need.holder = posting.unit) WHERE posting.log = %s AND {held}"""
SUGGESTED = "SELECT 1 FROM suggestion WHERE log = %s AND state = 'heard' AND NOT source_withdrawn"
# The conditions on a link are those of its index for which household is still to be asked
TO_ASK = """SELECT 1 FROM helper_link link WHERE link.log = %s AND link.helper = %s
    AND NOT link.helps AND link.agreement = 'not_asked' AND NOT link.source_withdrawn
    AND (link.until IS NULL OR link.until >= %s)"""
# A case that opens to somebody; and an agreement that may want the seal they hold.
OPEN_TO_ME = "SELECT 1 FROM case_reader reader WHERE reader.log = %s AND reader.opens AND {whose}"
TO_SEAL = """SELECT 1 FROM panel_member line JOIN dispute_case one ON one.log = line.log AND one.state = 'open'
    AND one.stage = 'agreed' WHERE line.log = %s AND line.account = %s AND line.holds_seal"""
# Somebody hurt or afraid, of whom this reader reads: nothing was done yet, or the report of the same day is due
AFRAID = """SELECT 1 FROM protected_reader reader JOIN protected_case kept ON kept.log = reader.log
    AND kept.id = reader.id WHERE reader.log = %s AND (reader.account = %s OR {desks}) AND kept.stage = 'open'
    AND (kept.who <> 'adult' AND kept.reported_on IS NULL OR NOT EXISTS (SELECT 1 FROM protected_step step
    WHERE step.log = kept.log AND step.id = kept.id AND step.n = 1))"""
ANSWERS = (Role.TOWNSHIP_ORGANIZER, Role.COUNTY_VIEWER)
# From matters that can be taken over to their entries: CROSS JOIN keeps SQLite from beginning at a million entries.
TAKEN = """SELECT touch.thing, touch.seq FROM {table} matter CROSS JOIN touch CROSS JOIN entry
    WHERE matter.log = %s AND {which} AND touch.log = matter.log AND touch.thing = matter.id AND touch.how = 2
    AND entry.log = touch.log AND entry.seq = touch.seq AND entry.kind = 'taken_over' AND entry.author <> %s"""
# The conditions on touch are those of its index for what was denied.
DENIED = """SELECT touch.thing, touch.seq FROM touch CROSS JOIN entry
    WHERE entry.log = touch.log AND entry.id = touch.thing AND touch.log = %s
    AND touch.how = 2 AND touch.what IN ('visit', 'meeting', 'study') AND entry.author = %s"""


def taken_over(sight: Sight) -> dict[str, tuple[str, list[Any]]]:
    """Write how to find what others took over of the matters a reader has, by their sort: each with its number."""
    found = {}
    if sight.has(Role.TOWNSHIP_ORGANIZER):
        sql = TAKEN.format(table="waiver", which="1 = 1")
        found["waiver"] = sql, [sight.log, sight.account]
    if sight.has(*FOR_A_NEED):
        near, units = database.among("matter.unit", sight.near)
        sql = TAKEN.format(table="need", which=f"matter.steps > 1 AND {near}")
        found["need"] = sql, [sight.log, *units, sight.account]
    return found


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
    found = [*taken_over(sight).values(), (DENIED, [sight.log, sight.account])]
    found.append((TO_ASK, [sight.log, sight.account, sight.day]))
    found += _cases(sight)
    desks, served = database.among("reader.desk", sight.desks)
    found.append((AFRAID.format(desks=desks), [sight.log, sight.account, *served]))
    if sight.has(*treated.READ_BY):
        found += [treated.unread(sight), (SUGGESTED, [sight.log])]
    if sight.near:
        near, units = database.among("need.unit", sight.near)
        found.append((BACK.format(near=near), [sight.log, *units, sight.account]))
    if sight.near or sight.has(Role.TOWNSHIP_ORGANIZER):  # who may stand in for any village
        found.append(calls.waiting_in(log_of(sight), None if sight.has(Role.TOWNSHIP_ORGANIZER) else sight.near))
    for one, told in found:
        sql.append(one)
        values += told
    if sight.has(*DESKS):
        held, postings = database.among("posting.id", sight.postings)
        sql.append(AT_DESK.format(held=held))
        values += [sight.log, *postings]
    exist = " OR ".join(f"EXISTS ({one})" for one in sql)
    return bool(database.fetch(f"SELECT 1 WHERE {exist}", values))


def _cases(sight: Sight) -> list[tuple[str, list[Any]]]:
    """Write how to find a case that opens to a reader, by their name or their desk, and an agreement to be sealed."""
    found = [
        (OPEN_TO_ME.format(whose="reader.account = %s"), [sight.log, sight.account]),
        (TO_SEAL, [sight.log, sight.account]),
    ]
    if sight.desks:
        desks, values = database.among("reader.desk", sight.desks)
        found.append((OPEN_TO_ME.format(whose=desks), [sight.log, *values]))
    return found
