"""What backup and restore ask, and how they say how far they are."""

import getpass
import os
import sys
from collections.abc import Callable
from typing import Any

from concerto.groundwork.refusals import refuse

FEW_SIGNS = 12


def passphrase(*, twice: bool = False) -> str:
    """Take the passphrase from CONCERTO_PASSPHRASE, else ask for it on the terminal."""
    given = os.environ.get("CONCERTO_PASSPHRASE", "")
    if not given and sys.stdin.isatty():
        given = getpass.getpass("passphrase: ")
        refuse(twice and getpass.getpass("once more: ") != given, "passphrases_differ")
    refuse(not given, "passphrase_missing")
    if twice and len(given) < FEW_SIGNS:
        sys.stderr.write("concerto: the passphrase is short; whoever finds the file can try many a second\n")
    return given


def speaker(out: Any) -> Callable[[str], None]:
    """Say on stderr how far it is."""
    return lambda words: out.write(f"concerto: {words}")
