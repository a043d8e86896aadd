"""Gets a home ready to be served: its database, its demo world when nobody lives there, its static files.

`bin/run` calls it before the server. It prints the address and who can sign in.
"""

import hashlib
import os
import socket
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands

from concerto.conductor.catching_up import catch_up
from concerto.groundwork import clock
from concerto.groundwork.closed import is_closed

from .command import prepare_home
from .environment import env_number

BEGUN = "demo-begun"  # lies in the home while the demo world is being made
WHO_SIGNS_IN = "who-signs-in.txt"  # written into the home by the demo world: its people are invented


def open_house(port: int) -> None:
    """Prepare everything, then say where it will be and for whom."""
    _need_free(port)
    prepare_home()
    begun = settings.CONCERTO_HOME / BEGUN
    if begun.exists():
        sys.exit(
            f"run: the demo world in {settings.CONCERTO_HOME} was not finished, and nobody used it; "
            "delete that folder (and empty its PostgreSQL database, if it has one) and start again"
        )
    call_command("clearsessions")
    if not is_closed(settings.CONCERTO_HOME) and (missing := catch_up()):
        _say(f"the tail missed {missing} entries after a power cut; they lie in it now")
    is_empty = not get_user_model()._default_manager.exists() and not is_closed(settings.CONCERTO_HOME)
    if is_empty and "demo" in get_commands():
        _say("making the demo world; this happens once, and `bin/concerto admin NAME` in an empty home avoids it")
        begun.touch()
        call_command("demo", asof=clock.today(), stdout=sys.stderr)
        begun.unlink()
    collect_static()
    _say(f"the home is {settings.CONCERTO_HOME}")
    print(f"http://127.0.0.1:{port}/  {'(practice world)' if settings.PRACTICE else ''}".rstrip())
    people = settings.CONCERTO_HOME / WHO_SIGNS_IN
    print(people.read_text(encoding="utf-8").rstrip() if people.exists() else "Everybody signs in with their own name.")


def _need_free(port: int) -> None:
    """Stop where another server answers already: two would share the port without a word."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"run: port {port} is taken; try PORT={port + 1} bin/run")


def collect_static() -> None:
    """Collect static files when one of them has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    _say("collecting static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _say(text: str) -> None:
    sys.stderr.write(f"run: {text}\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerto.config.settings")
    django.setup()
    open_house(env_number("PORT", 8000, least=1, most=65535))
