"""Bytes that everybody writes alike, and their digests."""

import hashlib
from typing import Any

import orjson

MOST_BYTES = 64 * 1024


def digest(*texts: str) -> str:
    """Return the SHA-256 of texts joined by a line feed, in hex."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def write(value: Any) -> str:
    """Write a value as a phone's `JSON.stringify` would: compact, keys in the order given, nothing escaped."""
    return orjson.dumps(value).decode()


def reads_back(text: str) -> bool:
    """Tell whether this is JSON as a phone writes it: no floats, no NUL, no key twice, no spare space.

    Writing back what was read drops second keys and normalises numbers, so a difference shows either.
    """
    try:
        value = orjson.loads(text)
        written = orjson.dumps(value).decode()
    except (ValueError, TypeError):  # the second for what is folded into itself deeper than can be written
        return False
    has_nul = "\\u0000" in text or "\x00" in text
    return not has_nul and written == text and not has_float(value)


def has_float(value: Any) -> bool:
    """Tell whether a float hides anywhere in a value: two machines may write it differently."""
    if isinstance(value, dict):
        return any(has_float(inner) for inner in value.values())
    if isinstance(value, list):
        return any(has_float(inner) for inner in value)
    return isinstance(value, float)


def part_digest(*, about: str, audience: str, salt: str, text: str) -> str:
    """Return the digest of a sealed part: about and audience included, the keys in this order."""
    part = {"about": about, "audience": str(audience), "salt": salt, "text": text}
    return hashlib.sha256(orjson.dumps(part)).hexdigest()
