"""How people said they were treated: what a reader of the township's desk has not read yet."""

from typing import Any

from concerto.groundwork import database
from concerto.places.sight import Role, Sight
from concerto.register.search import log_of

READ_BY = (Role.CENTRE_DESK, Role.TOWNSHIP_ORGANIZER)
LOOKED_AT = 100  # so many of the last ones are looked at for what was not read
# The conditions on entry are those of its index for what was said so. Whom one is not for stands in it.
UNREAD = """SELECT told.happened_on FROM (
    SELECT entry.id, entry.happened_on, entry.author FROM entry WHERE entry.log = %s AND entry.kind = 'treated'
    AND (entry.author = %s OR entry.said NOT LIKE %s) ORDER BY entry.received_at DESC, entry.id DESC LIMIT {listed}
) told WHERE told.author <> %s AND NOT EXISTS (
    SELECT 1 FROM opening WHERE opening.log = %s AND opening.about = told.id AND opening."by" = %s
)"""


def unread(sight: Sight) -> tuple[str, list[Any]]:
    """Write how to find the days of those that a reader may read, did not write down and has not opened."""
    log, account = log_of(sight), sight.account
    return UNREAD.format(listed=LOOKED_AT), [log, account, f"%{account}%", account, log, account]


def how_many_unread(sight: Sight) -> int:
    """Count them."""
    return len(database.fetch(*unread(sight))) if sight.has(*READ_BY) else 0
