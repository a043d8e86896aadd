"""A file that only a passphrase opens: scrypt for the key, AES-256-GCM in numbered pieces, the last one marked.

Pieces can't be changed, swapped, left out or added, and the file can't be cut short, without being found. Reading and
writing hold one piece at a time.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from concerto.groundwork.refusals import Refused, refuse

MAGIC = b"CONCERTO SAFE 1\n"
PIECE = 1 << 20
TAG = 16
COST = {"n": 1 << 15, "r": 8, "p": 1}  # 32 MiB and a tenth of a second for each guess
MOST_COST = 1 << 20
MOST_HEADER = 4096


class Closing:
    """Writes into a safe. Use as `with Closing(file, passphrase) as safe: safe.write(…)`."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt, prefix = os.urandom(16), os.urandom(7)
        header = orjson.dumps({**COST, "salt": salt.hex(), "nonce": prefix.hex()})
        self._head = MAGIC + struct.pack(">I", len(header)) + header
        self._file, self._prefix, self._kept, self._number = file, prefix, bytearray(), 0
        self._lock = AESGCM(_key(passphrase, salt, COST))
        file.write(self._head)

    def __enter__(self) -> "Closing":
        return self

    def __exit__(self, failed: Any, *_: Any) -> None:
        if failed is None:
            self._seal(bytes(self._kept), last=True)

    def write(self, more: bytes) -> None:
        """Take bytes; what is not yet a whole piece waits."""
        self._kept += more
        while len(self._kept) > PIECE:
            self._seal(bytes(self._kept[:PIECE]), last=False)
            del self._kept[:PIECE]

    def _seal(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._file.write(self._lock.encrypt(nonce, piece, self._head))
        self._number += 1


def opened(path: Path, passphrase: str) -> Iterator[bytes]:
    """Give what lies in a safe, piece by piece; refuse what is damaged, cut short or another's."""
    with path.open("rb") as file:
        head, given = _read_head(file)
        lock = AESGCM(_key(passphrase, bytes.fromhex(given["salt"]), given))
        prefix, number = bytes.fromhex(given["nonce"]), 0
        piece = file.read(PIECE + TAG)
        while True:
            following = file.read(PIECE + TAG)
            try:
                yield lock.decrypt(_nonce(prefix, number, last=not following), piece, head)
            except InvalidTag:
                raise Refused("safe_does_not_open" if number == 0 else "safe_damaged") from None
            if not following:
                return
            piece, number = following, number + 1


def _read_head(file: BinaryIO) -> tuple[bytes, dict[str, Any]]:
    start = file.read(len(MAGIC) + 4)
    refuse(not start.startswith(MAGIC) or len(start) < len(MAGIC) + 4, "not_a_backup")
    [length] = struct.unpack(">I", start[len(MAGIC) :])
    refuse(length > MOST_HEADER, "not_a_backup")
    header = file.read(length)
    try:
        given = orjson.loads(header)
        is_whole = len(bytes.fromhex(given["salt"])) == 16 and len(bytes.fromhex(given["nonce"])) == 7
        is_fair = 1 < given["n"] <= MOST_COST and given["n"].bit_count() == 1 and given["r"] == 8 and given["p"] == 1
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused("not_a_backup") from None
    refuse(not (is_whole and is_fair), "not_a_backup")
    return start + header, given


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


def _key(passphrase: str, salt: bytes, cost: dict[str, Any]) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost["n"], r=cost["r"], p=cost["p"]).derive(passphrase.encode())
