"""The one store of attached files: photos and PDFs of papers, beside the sealed parts that describe them.

A file lies in the home under the digest of its part, `attachments/LOG/DIGEST`: whoever may read the part may read it,
whoever erases the part erases it, and nobody finds it by knowing the file. It comes in pieces, each answered by how
much is here, so that a cut line goes on where it stopped; it is looked through once, when it is whole. No entry waits
for its file: until that is here the part says what is still to come.

What came whole lies in the tail as well, sealed to the operator's key, before anybody is told that it is here.
"""

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from concerto.groundwork import appending, boxes, database
from concerto.groundwork.filetypes import MOST_BYTES, check_file
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.kinds.case_attachments import Described, described
from concerto.journal.models import Attachment, Head

from .envelopes import BOX_ADDS, open_box

FOLDER, COMING = "attachments", ".coming"
MOST_PIECE = 512 * 1024
MOST_COMING = 200 * 1024 * 1024  # of one account, begun and not whole
COMING_DAYS = timedelta(days=30)  # as long as an entry waits in the tray
WRITING = timedelta(days=1)  # no file is being written for longer
_PART = (
    "SELECT s.text, e.author FROM sealed s JOIN entry e ON e.log = s.log AND e.seq = s.seq "
    "WHERE s.log = %s AND s.digest = %s"
)


class Stands(NamedTuple):
    """How many bytes of a file are here, whether it is whole, and whether a copy off the machine holds it."""

    have: int
    whole: bool = False
    copied: bool = False


class Named(NamedTuple):
    """A part of the book that describes a file, and who recorded it."""

    file: Described
    author: UUID


# ---------------------------------------------------------------- coming


def take_piece(
    log: UUID, digest: str, *, by: UUID, begins: int, piece: bytes, at: datetime, is_boxed: bool = False
) -> Stands:
    """Take one piece of a file in and say how far it has come; an empty one only asks.

    A piece that begins elsewhere than where the file ends here is left, and the answer says where to go on. `is_boxed`
    is a file sealed to this server, as a phone keeps it. Only the author of the entry brings its file.
    """
    refuse(len(piece) > MOST_PIECE, "too_much_at_once", most=MOST_PIECE)
    named = named_by(log, digest)
    if named is None or named.author != by:
        raise Refused("file_not_named")
    if there := _whole(log, digest, named.file):
        return there
    refuse(named.file.size > MOST_BYTES, "file_too_large", most=MOST_BYTES // 1024 // 1024)
    half = _half(log, by, digest, is_boxed=is_boxed)
    expected = named.file.size + (BOX_ADDS if is_boxed else 0)
    with _alone_with(half) as handle:
        have = os.fstat(handle).st_size
        if piece and begins == have:
            refuse(_coming_of(log, by) + len(piece) > MOST_COMING, "too_much_at_once", most=MOST_COMING)
            if have + len(piece) > expected:
                half.unlink()
                raise Refused("file_differs")
            os.pwrite(handle, piece, have)
            os.fsync(handle)
            have += len(piece)
        if have < expected:
            return Stands(have)
        _end(log, digest, half, named, at=at, is_boxed=is_boxed)
    return _whole(log, digest, named.file) or Stands(0)


def lay_down(log: UUID, digest: str, data: bytes, *, by: UUID) -> None:
    """Lay a file down that a page brings with its entry, before the entry is at the door; `end_coming` ends it."""
    refuse(_coming_of(log, by) + len(data) > MOST_COMING, "too_much_at_once", most=MOST_COMING)
    with _alone_with(_half(log, by, digest)) as handle:
        os.ftruncate(handle, 0)
        os.pwrite(handle, data, 0)
        os.fsync(handle)


def take_up(log: UUID, digests: Collection[str], *, by: UUID) -> None:
    """Take up again what a page laid down, where the door did not take its entry; what an entry names stays."""
    for digest in digests:
        if named_by(log, digest) is None:
            _half(log, by, digest).unlink(missing_ok=True)


def end_coming(log: UUID, digest: str, *, at: datetime, is_boxed: bool = False) -> bool:
    """Put a file in its place that was laid down and whose entry is in the book; tell whether it is there."""
    named = named_by(log, digest)
    if named is None:
        return False
    half = _half(log, named.author, digest, is_boxed=is_boxed)
    if _whole(log, digest, named.file):
        half.unlink(missing_ok=True)  # it was laid down twice, or the server stopped before this line
        return True
    if not half.exists():
        return False
    with _alone_with(half) as handle:
        if os.fstat(handle).st_size != named.file.size + (BOX_ADDS if is_boxed else 0):
            return False
        _end(log, digest, half, named, at=at, is_boxed=is_boxed)
    return True


def _end(log: UUID, digest: str, half: Path, named: Named, *, at: datetime, is_boxed: bool = False) -> None:
    """Look a whole file through and put it in its place; what it is not is not kept."""
    data = half.read_bytes()
    try:
        data = open_box(data, settings.CONCERTO_HOME) if is_boxed else data
        check_described(data, named.file)
    except Refused:
        half.unlink(missing_ok=True)
        raise
    _put(log, digest, data, by=named.author, at=at)
    half.unlink(missing_ok=True)


def check_described(data: bytes, file: Described) -> None:
    """Refuse another file than the one described, and one that may not be kept."""
    refuse(sha256(data).hexdigest() != file.sha256 or len(data) != file.size, "file_differs")
    refuse(check_file(data) != file.sort, "file_differs")


def describe(data: bytes) -> Described:
    """Look a file through and say what its part says of it."""
    return Described(check_file(data), len(data), sha256(data).hexdigest())


def _put(log: UUID, digest: str, data: bytes, *, by: UUID, at: datetime) -> None:
    """Put a file in its place and into the tail, then note that it came: unless its part was erased meanwhile."""
    _write(_box(settings.CONCERTO_TAIL, log, digest), boxes.seal(data, boxes.operator_public(settings.CONCERTO_HOME)))
    _write(place(log, digest), data)
    with database.writing(settings.CONCERTO_HOME):
        sql = database.locking("SELECT epoch, seq FROM head WHERE log = %s")
        [(epoch, seq)] = database.fetch(sql, [log])
        is_named = bool(database.fetch(_PART, [log, digest]))
        if is_named:
            row = Attachment(log=log, digest=digest, account=by, came_at=at, epoch=epoch, seq=seq)
            Attachment.objects.bulk_create([row], ignore_conflicts=True)
    if not is_named:
        forget(log, {digest})
        raise Refused("file_not_named")


def _write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all, and see it onto the disk."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    appending.sync_folder(file.parent)


@contextmanager
def _alone_with(half: Path) -> Iterator[int]:
    """Let one at a time write to a half file; one that was put in its place meanwhile is begun anew."""
    half.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        handle = os.open(half, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if _number_of(half) == os.fstat(handle).st_ino:
                yield handle
                return
        finally:
            os.close(handle)


def _number_of(file: Path) -> int:
    try:
        return file.stat().st_ino
    except FileNotFoundError:
        return 0


# ---------------------------------------------------------------- there


def named_by(log: UUID, digest: str) -> Named | None:
    """Give what the book says of a file; None where no entry names it, or its part was erased."""
    for text, author in database.fetch(_PART, [log, digest]):
        file = described(text)
        if file is not None:
            return Named(file, database.to_uuid(author))
    return None


def place(log: UUID, digest: str) -> Path:
    """Give where a file lies once it is whole."""
    return Path(settings.CONCERTO_HOME) / FOLDER / str(log) / digest


def read(log: UUID, digest: str, *, at: datetime) -> bytes | None:
    """Give a file that is here whole; one that was laid down when the server stopped is put in its place first."""
    here = Attachment.objects.filter(log=log, digest=digest).exists() or end_coming(log, digest, at=at)
    file = place(log, digest)
    return file.read_bytes() if here and file.exists() else None


def here(log: UUID, digests: Collection[str]) -> set[str]:
    """Name those of some files that came whole."""
    return set(Attachment.objects.filter(log=log, digest__in=digests).values_list("digest", flat=True))


def _whole(log: UUID, digest: str, file: Described) -> Stands | None:
    row = Attachment.objects.filter(log=log, digest=digest).first()
    if row is None or not place(log, digest).exists():  # what was lost may come again
        return None
    head = Head.objects.get(log=log)
    return Stands(file.size, whole=True, copied=(head.copied_epoch, head.copied_seq) > (row.epoch, row.seq))


def check(log: UUID) -> Iterator[tuple[str, str]]:
    """Compare the files of a log with what its parts say: the code of each difference, and of which file it is."""
    rows = set(Attachment.objects.filter(log=log).values_list("digest", flat=True))
    lying = set(_lying(log))
    for digest in sorted(rows | lying):
        named = named_by(log, digest)
        if named is None:
            yield "file_unnamed", digest
        elif digest not in lying:
            yield "file_gone", digest
        elif sha256(place(log, digest).read_bytes()).hexdigest() != named.file.sha256:
            yield "file_changed", digest


def _lying(log: UUID) -> Iterator[str]:
    """Name the files in their places; one that is being written has not come to its own yet."""
    for file in _folder(log).iterdir() if _folder(log).exists() else ():
        if file.is_file() and not file.name.startswith("."):
            yield file.name


# ---------------------------------------------------------------- going


def forget(log: UUID, digests: Collection[str]) -> int:
    """Remove files whose parts are erased, from the home, from what is coming and from the tail."""
    gone = 0
    for folder in (_folder(log), _box(settings.CONCERTO_TAIL, log, "").parent):
        for file in folder.rglob("*") if folder.exists() else ():
            if file.is_file() and file.name.removesuffix(".box").lstrip(".").partition(".")[0] in digests:
                file.unlink(missing_ok=True)
                gone += 1
    Attachment.objects.filter(log=log, digest__in=digests).delete()
    return gone


def retire(at: datetime) -> int:
    """End what was cut short by a stop of the server, and remove what nobody went on with for thirty days.

    A phone brings a file behind its entry alone: where none names it any more its part was erased, and it goes at once.
    """
    oldest, gone = (at - COMING_DAYS).timestamp(), 0
    root = Path(settings.CONCERTO_HOME) / FOLDER
    for half in sorted(root.glob(f"*/{COMING}/*/*")):
        log, digest, is_boxed = UUID(half.parts[-4]), half.name.removesuffix(".box"), half.suffix == ".box"
        try:
            if end_coming(log, digest, at=at, is_boxed=is_boxed):
                continue
            if half.stat().st_mtime < oldest or (is_boxed and named_by(log, digest) is None):
                half.unlink(missing_ok=True)
                gone += 1
        except (Refused, FileNotFoundError):  # refused it is gone, as where another process ended it meanwhile
            continue
    return gone + _remove_half_written((at - WRITING).timestamp())


def _remove_half_written(before: float) -> int:
    """Remove what a stop of the server left of a file that was being written to its place or to the tail."""
    home, tail, gone = Path(settings.CONCERTO_HOME), Path(settings.CONCERTO_TAIL), 0
    for file in [*home.glob(f"{FOLDER}/*/.*.new"), *tail.glob(f"*/{FOLDER}/.*.new")]:
        try:
            if file.stat().st_mtime < before:
                file.unlink()
                gone += 1
        except FileNotFoundError:  # it was put in its place meanwhile
            continue
    return gone


# ---------------------------------------------------------------- coming back


def note_those_that_lie(at: datetime) -> int:
    """After a restore: note the files that came while the backup was written. They lie in their places unnoted."""
    noted = 0
    for folder in sorted((Path(settings.CONCERTO_HOME) / FOLDER).glob("*")):
        log = UUID(folder.name)
        lying = set(_lying(log))
        for digest in sorted(lying - here(log, lying)):
            named, data = named_by(log, digest), place(log, digest).read_bytes()
            try:
                if named is not None:
                    check_described(data, named.file)
                    _put(log, digest, data, by=named.author, at=at)
                    noted += 1
            except Refused:
                continue
    return noted


def bring_back(tail: Path, key: X25519PrivateKey, *, at: datetime) -> list[str]:
    """After a restore: take from a tail the files that came after the backup and whose parts are in the book.

    Name those that can't be read any more: of them the pages say that they are still to come, and nobody else brings
    them.
    """
    unread = []
    for box in sorted(tail.glob(f"*/{FOLDER}/*.box")):
        log, digest = UUID(box.parts[-3]), box.stem
        named = named_by(log, digest)
        if named is None or place(log, digest).exists():
            continue
        try:
            data = boxes.unseal(box.read_bytes(), key)
            check_described(data, named.file)
        except (InvalidTag, ValueError, Refused, OSError):
            unread.append(f"{log}/{digest}")
            continue
        _put(log, digest, data, by=named.author, at=at)
    return unread


def _folder(log: UUID) -> Path:
    return Path(settings.CONCERTO_HOME) / FOLDER / str(log)


def _half(log: UUID, by: UUID, digest: str, *, is_boxed: bool = False) -> Path:
    return _folder(log) / COMING / str(by) / (f"{digest}.box" if is_boxed else digest)


def _box(tail: Path, log: UUID, digest: str) -> Path:
    return Path(tail) / str(log) / FOLDER / f"{digest}.box"


def _coming_of(log: UUID, by: UUID) -> int:
    folder = _folder(log) / COMING / str(by)
    return sum(_size_of(file) for file in folder.iterdir()) if folder.exists() else 0


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # it was put in its place meanwhile
        return 0
