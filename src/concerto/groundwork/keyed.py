"""The keyed hash by which the same identity number, or the code of a slip, is found again: worthless without its key.

The key is a file of the home, outside the database, and no backup holds it. What a backup does hold is the key's
fingerprint: after a restore it tells whether the hashes in the book were made with the key that is here.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from concerto.groundwork.appending import sync_folder
from concerto.groundwork.identity import IdentityNumber

KEY = "keys/identity.key"
FINGERPRINT = "keys/identity.fingerprint"


def identity_hash(number: IdentityNumber, home: Path) -> str:
    """Return the hash of a number under this home's key, which is made the first time."""
    return number.keyed_hash(identity_key(home))


def code_hash(code: str, home: Path) -> str:
    """Return the hash by which the code of a matter slip is found, under a key drawn from this home's."""
    return hmac.new(_drawn("slip code", home), code.encode(), hashlib.sha256).hexdigest()


def drawn_numbers(seed: str, home: Path, *, below: int) -> Iterator[int]:
    """Draw numbers evenly from a seed that nobody keeps, under this home's key: the same seed draws the same again."""
    key, block = _drawn("slip draw", home), 0
    most = 256 - 256 % below  # what lies above would make some numbers likelier than others
    while True:
        drawn = hmac.new(key, f"{seed} {block}".encode(), hashlib.sha256).digest()
        yield from (byte % below for byte in drawn if byte < most)
        block += 1


def address_hash(address: str, day: str, home: Path) -> str:
    """Return a name for an address of the network that tells it from others on that day alone."""
    return hmac.new(_drawn("address", home), f"{day} {address}".encode(), hashlib.sha256).hexdigest()


def _drawn(purpose: str, home: Path) -> bytes:
    return hmac.new(identity_key(home), f"concerto {purpose}".encode(), hashlib.sha256).digest()


def identity_key(home: Path) -> bytes:
    """Read the key, making it with its fingerprint the first time (mode 600)."""
    file = home / KEY
    if not file.exists():
        _write_once(file, secrets.token_bytes(32))
    key = file.read_bytes()
    if not (home / FINGERPRINT).exists():
        _write_once(home / FINGERPRINT, _fingerprint(key))
    return key


def finds_older(home: Path) -> bool:
    """Tell whether the hashes in the book can be found again; without their key people match by name and birth date.

    True in a home that never had a key: it has no hashes either.
    """
    file, known = home / KEY, home / FINGERPRINT
    if not known.exists():
        return True
    return file.exists() and _fingerprint(file.read_bytes()) == known.read_bytes()


def _fingerprint(key: bytes) -> bytes:
    return hashlib.sha256(b"concerto identity key\n" + key).hexdigest().encode()


def _write_once(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    try:
        os.link(fresh, file)  # whole or not at all; whoever comes second keeps the first one's
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    sync_folder(file.parent)
