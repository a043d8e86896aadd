"""Backing a machine up, losing it, and bringing it back."""

import shutil
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command

from concerto.conductor.backup import write_backup
from concerto.conductor.restore import restore
from tests.cast import NOON

WORDS = "a passphrase of some length"
LATER = NOON + timedelta(days=1)


def silent(_: str) -> None:
    """Say nothing."""


def back_up(home: Path) -> Path:
    write_backup(home / "backup", WORDS, at=NOON, say=silent)
    return home / "backup"


def destroy(settings) -> None:
    """The machine is gone: every row and every file of the home."""
    call_command("flush", verbosity=0, interactive=False)
    shutil.rmtree(settings.CONCERTO_HOME)
    settings.CONCERTO_HOME.mkdir()


def bring_back(file: Path, *, erased: Path | None = None, tail: Path | None = None):
    return restore(file, WORDS, erased=erased, tail=tail, at=LATER, say=silent)
