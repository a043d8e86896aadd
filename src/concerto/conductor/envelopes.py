"""Envelopes: entries that a phone sealed to this server and signed, so that they need neither session nor PIN to come.

A box is the point of a key used once, then AES-256-GCM of one byte (0 as it is, 1 deflated) and the item as it travels.
Sealing proves no sender: the device's signature does, over the entry's id and the box.
"""

import base64
import binascii
import os
import zlib
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from concerto.groundwork import appending
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.said import Item, read_said
from concerto.places.models import Device

from .drafts import read_item

CURVE = ec.SECP256R1()
POINT = 65
MOST_BYTES = 256 * 1024
BOX_ADDS = POINT + 1 + 16  # what sealing adds to bytes that are not squeezed: point, mark, tag
_INFO = b"concerto envelope 1"
_NONCE = bytes(12)  # each box has a key of its own, used once


class Opened(NamedTuple):
    """What was in an envelope, or why it could not be opened; and whether its device signed it."""

    id: UUID
    item: Item | None
    signed: bool
    refusal: Refused | None = None


class PublicKey(NamedTuple):
    """The key envelopes are sealed to: its name and its point, as the phone is given them."""

    id: str
    raw: str


def open_envelope(id: UUID, box: str, sig: str, device: Device | None, home: Path) -> Opened:
    """Open one envelope. Whatever is wrong with it stands in the answer: one bad envelope stops no other."""
    try:
        sealed = base64.b64decode(box, validate=True)
    except (binascii.Error, ValueError):
        return Opened(id, None, signed=False, refusal=Refused("envelope_not_opened"))
    signed = _is_signed(id, sealed, sig, device)
    try:
        item = read_item(_unseal(sealed, _key(home)))
        refuse(read_said(item.said).id != id, "envelope_not_opened")
    except Refused as wrong:
        return Opened(id, None, signed, wrong)
    return Opened(id, item, signed)


def seal_envelope(item: bytes, to: str) -> str:
    """Seal an item as a phone does: for tests, and for whoever writes another client."""
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64.b64decode(to))
    once = ec.generate_private_key(CURVE)
    point = once.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    squeeze = zlib.compressobj(9, wbits=-15)
    text = b"\x01" + squeeze.compress(item) + squeeze.flush()
    locked = AESGCM(_box_key(once.exchange(ec.ECDH(), public), point)).encrypt(_NONCE, text, point)
    return base64.b64encode(point + locked).decode()


def open_box(sealed: bytes, home: Path) -> bytes:
    """Open bytes that were sealed to this server as an envelope is, and are no entry."""
    return _unseal(sealed, _key(home))


def signed_bytes(id: UUID, sealed: bytes) -> bytes:
    """Give what a device signs of an envelope."""
    return str(id).encode() + sealed


def check_signing_key(raw: str) -> None:
    """Refuse what is no P-256 point."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64.b64decode(raw, validate=True))
    except (ValueError, binascii.Error):
        raise Refused("not_a_signing_key") from None


def public_key(home: Path) -> PublicKey:
    """Give the key that phones seal to."""
    point = (
        _key(home).public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return PublicKey(sha256(point).hexdigest()[:16], base64.b64encode(point).decode())


# ---------------------------------------------------------------- opening and proving


def _unseal(sealed: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    point, locked = sealed[:POINT], sealed[POINT:]
    try:
        once = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        text = AESGCM(_box_key(key.exchange(ec.ECDH(), once), point)).decrypt(_NONCE, locked, point)
        return _inflated(text)
    except (ValueError, InvalidTag, zlib.error):
        raise Refused("envelope_not_opened") from None


def _inflated(text: bytes) -> bytes:
    how, body = text[:1], text[1:]
    if how == b"\x00":
        return body
    refuse(how != b"\x01", "envelope_not_opened")
    inflate = zlib.decompressobj(wbits=-15)
    out = inflate.decompress(body, MOST_BYTES)
    refuse(bool(inflate.unconsumed_tail) or not inflate.eof, "envelope_not_opened")
    return out


def _box_key(secret: bytes, point: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=point, info=_INFO).derive(secret)


def _is_signed(id: UUID, sealed: bytes, sig: str, device: Device | None) -> bool:
    if device is None or not device.signing_key or not sig:
        return False
    try:
        both = base64.b64decode(sig, validate=True)
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64.b64decode(device.signing_key))
        r, s = int.from_bytes(both[:32], "big"), int.from_bytes(both[32:], "big")
        key.verify(encode_dss_signature(r, s), signed_bytes(id, sealed), ec.ECDSA(hashes.SHA256()))
    except (ValueError, binascii.Error, InvalidSignature):
        return False
    return True


# ---------------------------------------------------------------- the home's key


def _key(home: Path) -> ec.EllipticCurvePrivateKey:
    path = home / "keys" / "envelope.key"
    return _read_key(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _read_key(path: Path, changed_at: int) -> ec.EllipticCurvePrivateKey:
    """Read the key of a home, making it the first time (mode 600); a restore that brings another is seen at once."""
    if not path.exists():
        _make_key(path)
    return ec.derive_private_key(int.from_bytes(path.read_bytes(), "big"), CURVE)


def _make_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    written = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(written, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(number.to_bytes(32, "big"))
        os.fsync(file.fileno())
    try:
        os.link(written, path)  # whole or not at all: another process may read it at this very moment
    except FileExistsError:  # another process made it just now
        pass
    finally:
        written.unlink()
    appending.sync_folder(path.parent)
