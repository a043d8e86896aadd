"""To whom cases open, and who reads their names: what the querysets say, written once for bare statements."""

from functools import lru_cache

from concerto.papers.bare import Where, written
from concerto.parts.disputes.models import CaseReader
from concerto.places.sight import Sight

READS = ("desk", "sent_to", "mediator", "taken_over")  # why names may be read; a desk that helps reads none
OPENED = "SELECT id FROM case_reader WHERE {readers} AND opens"
FOLLOWED = "SELECT id FROM case_reader WHERE {readers} GROUP BY id HAVING MAX(CASE WHEN opens THEN 1 ELSE 0 END) = 0"


@lru_cache(maxsize=64)  # a page asks for it four times, and to write it takes a millisecond
def readers_of(sight: Sight) -> Where | None:
    """Write which rows of `case_reader` name this reader today, whether a case opens by them or is only followed."""
    return written(CaseReader.objects.of(sight))


def opened_to(sight: Sight) -> Where | None:
    """Write which cases open to this reader and stand, for a statement over `dispute_case` alone."""
    return _cases_of(sight, OPENED)


def followed_by(sight: Sight) -> Where | None:
    """Write of which cases that stand this reader sees alone that they go on."""
    return _cases_of(sight, FOLLOWED)


def _cases_of(sight: Sight, which: str) -> Where | None:
    readers = readers_of(sight)
    if readers is None:
        return None
    return f"(log = %s AND NOT source_withdrawn AND id IN ({which.format(readers=readers[0])}))", [
        sight.log,
        *readers[1],
    ]
