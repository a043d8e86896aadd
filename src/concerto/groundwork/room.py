"""A disk without room, however the file system and the two engines say so."""

import errno
import sqlite3

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
POSTGRESQL_DISK_FULL = "53100"


def disk_is_full(error: BaseException | None) -> bool:
    """Tell whether an error, or one that led to it, is about a disk without room."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        if getattr(error, "sqlstate", None) == POSTGRESQL_DISK_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False
