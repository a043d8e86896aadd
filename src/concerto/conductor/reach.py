"""What an erasure reaches besides the book: the tray, sessions, notes of the office, and files of the home.

Whatever keeps words for a while and is no table of the journal lies in one of the FOLDERS of the home, so that it
is reached here: uploads, previews of an import, drafts, feedback. A text file is removed when it holds a name or a
phone of the person; a file whose insides cannot be read as text (a workbook) is removed in any case.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.contrib.sessions.models import Session

from concerto.groundwork import database
from concerto.places.models import AdministratorAct, Opening, RosterFlag

from .drafts import read, read_item, touches_of
from .seeking import Held

FOLDERS = ("uploads", "previews", "drafts", "feedback")
Row = tuple[Any, Any]


def tray_rows(held: Held) -> Iterator[tuple[Row, list[str]]]:
    """Find what lies in the tray and speaks of them: the row's key, and the digests of the words in it."""
    ids = {name for who in held.who for name in who.ids}
    for log, key, facts, text in database.fetch("SELECT log, id, facts, item FROM tray WHERE item <> ''"):
        item = read_item(text)
        speaks = any(part.about in ids or held.sought.is_in(part.text) for part in item.sealed)
        if speaks or held.sought.is_in(facts) or not ids.isdisjoint(t.thing for t in touches_of(read(item))):
            yield (log, key), [part.digest for part in item.sealed]


def empty_tray(rows: list[Row]) -> None:
    """Take the words out of rows of the tray; what they were answered stays."""
    answer = "item = '', facts = '{}', outcome = 'refused', code = 'erased_thing'"
    sql = f"UPDATE tray SET {answer} WHERE log = %s AND id = %s"  # noqa: S608  (the words are ours)
    with database.writing(settings.CONCERTO_HOME):
        database.run_many(sql, rows)


def end_sessions(held: Held) -> int:
    """End the sessions that still hold words about them: a message that was never shown."""
    ended = [s.session_key for s in Session.objects.iterator() if _mentions(held, s.get_decoded())]
    Session.objects.filter(session_key__in=ended).delete()
    return len(ended)


def clear_notes(held: Held) -> int:
    """Clear what staff wrote beside an opening or an act, where it names them."""
    openings = [o.pk for o in Opening.objects.exclude(purpose="").iterator() if held.sought.is_in(o.purpose)]
    for key in openings:
        Opening.objects.filter(pk=key).update(purpose="")
    acts = [a.pk for a in AdministratorAct.objects.iterator() if _mentions(held, a.facts)]
    AdministratorAct.objects.filter(pk__in=acts).update(facts={})
    return len(openings) + len(acts)


def drop_flags(held: Held) -> int:
    """Drop what waits of a roster's rows about them."""
    ids = [name for who in held.who for name in who.ids]
    return RosterFlag.objects.filter(log__in=held.logs, resident__in=ids).delete()[0]


def remove_files(held: Held) -> int:
    """Remove files of the home that hold words about them, or might."""
    found = [file for name in FOLDERS for file in _files(settings.CONCERTO_HOME / name) if _may_hold(held, file)]
    for file in found:
        file.unlink(missing_ok=True)
    return len(found)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file()) if folder.exists() else iter(())


def _may_hold(held: Held, file: Path) -> bool:
    try:
        return held.sought.is_in(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, FileNotFoundError):
        return file.exists()


def _mentions(held: Held, told: Any) -> bool:
    return held.sought.is_in(msgspec.json.encode(told, enc_hook=str).decode())


REACHES: tuple[tuple[str, Callable[[Held], int]], ...] = (
    ("sessions", end_sessions),
    ("notes", clear_notes),
    ("roster_rows", drop_flags),
    ("files", remove_files),
)

# What no erasure can reach, by a word that a page has a sentence for.
BEYOND = ("old_backups", "paper", "downloads", "phones")
