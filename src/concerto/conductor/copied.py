"""That a backup has left the machine: up to its heads phones may let go of what they keep besides.

A phone keeps what was taken in for 30 days and until a copy off the machine holds it: that copy is named here, by
whoever carried it away, after it was looked through and found to be of this very history.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from concerto.groundwork import database
from concerto.groundwork.refusals import Refused
from concerto.journal.models import Head

from .backup import look_through
from .differences import Differs
from .heads import HeadKept, compare_heads


class Copied(NamedTuple):
    """A log, and up to where a copy off the machine holds it; `is_news` if that was not known before."""

    log: UUID
    epoch: int
    seq: int
    is_news: bool


def heads_in(file: Path, passphrase: str) -> tuple[str, list[HeadKept]]:
    """Look a backup through and give when it was made, and where its logs stood then."""
    looked = look_through(file, passphrase)
    heads = [HeadKept(UUID(log), *at, looked.digests[log]) for log, at in sorted(looked.heads.items())]
    return looked.content.made_at, heads


def note_copied(heads: Iterable[HeadKept]) -> list[Copied]:
    """Note that a copy of these heads has left the machine. All of them are of this history, or none is noted."""
    kept = [head for head in heads if head.seq]
    with database.writing(settings.CONCERTO_HOME):
        for head in kept:
            _check_contained(head)
        return [_note(head) for head in kept]


def _check_contained(head: HeadKept) -> None:
    try:
        lost = compare_heads([head])
    except Differs:
        raise Refused("backup_of_another_history", log=str(head.log), seq=head.seq) from None
    if lost:
        raise Refused("backup_of_another_history", log=str(head.log), seq=lost[0].after + 1)


def _note(head: HeadKept) -> Copied:
    """Set how far the copy goes. An older backup, carried away later, takes nothing back."""
    there = Head.objects.get(log=head.log)
    is_news = (head.epoch, head.seq) > (there.copied_epoch, there.copied_seq)
    if is_news:
        Head.objects.filter(log=head.log).update(copied_epoch=head.epoch, copied_seq=head.seq)
        return Copied(head.log, head.epoch, head.seq, is_news)
    return Copied(head.log, there.copied_epoch, there.copied_seq, is_news)
