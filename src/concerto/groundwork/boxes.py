"""Boxes that only one key opens: for the tail, and later for phones. X25519, HKDF-SHA256, AES-256-GCM."""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = bytes(12)  # each box has a key of its own, used once


def seal(text: bytes, to: X25519PublicKey) -> bytes:
    """Seal bytes so that only the owner of `to` reads them."""
    once = X25519PrivateKey.generate()
    shown = once.public_key().public_bytes_raw()
    return shown + AESGCM(_key(once.exchange(to), shown)).encrypt(_NONCE, text, shown)


def unseal(box: bytes, key: X25519PrivateKey) -> bytes:
    """Open a box; `cryptography.exceptions.InvalidTag` when it is another's or was changed."""
    shown, locked = box[:32], box[32:]
    return AESGCM(_key(key.exchange(X25519PublicKey.from_public_bytes(shown)), shown)).decrypt(_NONCE, locked, shown)


def _key(secret: bytes, shown: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=shown, info=b"concerto box 1").derive(secret)


def operator_key(home: Path) -> X25519PrivateKey:
    """Read the operator's key of a home, making it the first time (mode 600)."""
    path = home / "keys" / "operator.key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        text = X25519PrivateKey.generate().private_bytes(
            serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
        )
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(text)
        except FileExistsError:  # another process made it just now
            return operator_key(home)
    return X25519PrivateKey.from_private_bytes(path.read_bytes())


def operator_public(home: Path) -> X25519PublicKey:
    """Give the key that boxes are sealed to; a restore that brings another is seen at once, by every process."""
    path = home / "keys" / "operator.key"
    return _public(home, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _public(home: Path, changed_at: int) -> X25519PublicKey:
    return operator_key(home).public_key()
