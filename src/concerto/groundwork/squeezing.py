"""What is sent over a thin line is squeezed first, in the way that whoever asked can read."""

import zlib
from functools import lru_cache

import brotli

WORTH_IT = 300  # bytes: below that the squeezed text is hardly smaller
_AT_ONCE, _ONCE_FOR_ALL = 6, 11


def squeezed(body: bytes, accepted: str) -> tuple[bytes, str]:
    """Give a text as it will be sent and the name of its coding, for one reader; empty when it stays as it is."""
    return _squeezed(body, _coding(body, accepted), _AT_ONCE)


def squeezed_for_all(body: bytes, accepted: str) -> tuple[bytes, str]:
    """Give a text that is the same for everybody: squeezed as far as can be, once. It must hold no secret."""
    return _kept(body, _coding(body, accepted))


def _coding(body: bytes, accepted: str) -> str:
    if len(body) < WORTH_IT:
        return ""
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


@lru_cache(maxsize=64)  # two pieces of the phone's page and its blanks, in two languages and two codings
def _kept(body: bytes, coding: str) -> tuple[bytes, str]:
    return _squeezed(body, coding, _ONCE_FOR_ALL)


def _squeezed(body: bytes, coding: str, quality: int) -> tuple[bytes, str]:
    if coding == "br":
        return brotli.compress(body, quality=quality), coding  # type: ignore[no-untyped-call]  # it has no types
    if coding == "gzip":
        squeeze = zlib.compressobj(9, wbits=31)
        return squeeze.compress(body) + squeeze.flush(), coding
    return body, coding
