"""A home that is closed while a backup is brought back: nobody signs in, and no other command runs."""

from pathlib import Path

from concerto.groundwork.appending import append, sync_folder

MARK = "restoring"


def is_closed(home: Path) -> bool:
    """Tell whether a backup is being brought back, or was and did not come to its end."""
    return (home / MARK).exists()


def close(home: Path) -> None:
    """Close a home until `open_again`; a crash leaves it closed."""
    append(home / MARK, b"A backup is being brought back. If none is running: run restore again.")


def open_again(home: Path) -> None:
    """Open a home once everything is in its place."""
    (home / MARK).unlink(missing_ok=True)
    sync_folder(home)
