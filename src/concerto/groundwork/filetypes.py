"""What a file is by its own bytes, and whether it tells more than its page: a photo or a PDF of a paper, nothing else.

A photo may say where and when it was taken, by which phone, and of whom; a PDF may run a program or carry other files.
Whoever sends one strips it before its digest is taken; here it is looked at and refused, never altered.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from .refusals import refuse

MOST_BYTES = 5 * 1024 * 1024
MOST_POINTS = 60_000_000  # of a picture: larger ones are no photo of a paper, and fill the memory of who opens them
MOST_INSIDE = 48 * 1024 * 1024  # of a PDF, once what is squeezed in it is let out
MOST_STREAMS = 1000  # in a PDF: a scan has one or two a page
MEDIA = {"jpeg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
_BEGINS = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}

# What of a JPEG draws it: frames, tables, the size in print (JFIF), the colours (ICC, Adobe).
_JFIF, _ICC, _ADOBE, _COMMENT = 0xE0, 0xE2, 0xEE, 0xFE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_DRAWS_JPEG = _FRAMES | {0xC4, 0xCC, 0xDA, 0xDB, 0xDD}
_DRAWS_PNG = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD",
     b"pHYs", b"sPLT")
)  # fmt: skip
# What makes a PDF do something, or bring something along. Each is long enough to stand in no picture by chance.
_RUNS = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|Movie|Sound|Rendition|Encrypt)"
    rb"(?![A-Za-z0-9])|/XFA[\s\[]"
)
# Who wrote it, and what a phone put into a photo of it. On which day, and by which program, may stay.
_TELLS = re.compile(
    rb"/Author\s*(?:\((?!\s*\))|<(?![<>]))|Exif\x00\x00|<exif:|exif:GPS|<dc:creator|<photoshop:|Photoshop 3\.0\x00"
)
_STREAM = re.compile(rb"stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def sort_of(data: bytes) -> str:
    """Name what a file is by its first bytes, or refuse what is none of the three."""
    found = next((sort for sort, begins in _BEGINS.items() if data.startswith(begins)), "")
    refuse(not found, "file_of_no_such_sort")
    return found


def check_file(data: bytes) -> str:
    """Look a file through and name its sort; refuse what is too large, damaged, tells more than its page, or runs."""
    refuse(len(data) > MOST_BYTES, "file_too_large", most=MOST_BYTES // 1024 // 1024)
    sort = sort_of(data)
    {"jpeg": _check_jpeg, "png": _check_png, "pdf": _check_pdf}[sort](data)
    return sort


# ---------------------------------------------------------------- JPEG


def _check_jpeg(data: bytes) -> None:
    at, drawn = 2, False
    while True:
        refuse(at + 2 > len(data) or data[at] != 0xFF, "file_damaged")
        marker = data[at + 1]
        if marker == 0xFF:  # filled up
            at += 1
            continue
        if marker == 0xD9:
            break
        refuse(at + 4 > len(data), "file_damaged")
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + length]
        refuse(length < 2 or len(body) != length - 2, "file_damaged")
        _check_segment(marker, body)
        at += 2 + length
        if marker == 0xDA:
            at, drawn = _behind_the_scan(data, at), True
    refuse(not drawn, "file_damaged")
    refuse(at + 2 != len(data), "file_tells_more")  # a film, a second picture, whatever a phone hangs behind


def _check_segment(marker: int, body: bytes) -> None:
    if marker in _DRAWS_JPEG:
        if marker in _FRAMES:
            refuse(len(body) < 5, "file_damaged")
            _check_points(*struct.unpack(">HH", body[1:5]))
        return
    plain = (
        (marker == _JFIF and body.startswith(b"JFIF\x00") and body[12:14] == b"\x00\x00")
        or (marker == _ICC and body.startswith(b"ICC_PROFILE\x00"))
        or (marker == _ADOBE and body.startswith(b"Adobe") and len(body) == 12)
    )
    refuse(not plain, "file_tells_more" if 0xE0 <= marker <= 0xEF or marker == _COMMENT else "file_damaged")


def _behind_the_scan(data: bytes, at: int) -> int:
    """Find the next marker behind what is drawn: neither a byte that was filled up nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        refuse(at < 0 or at + 1 >= len(data), "file_damaged")
        if data[at + 1] == 0x00 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _check_points(height: int, width: int) -> None:
    refuse(height * width > MOST_POINTS, "file_too_large", most=MOST_BYTES // 1024 // 1024)


# ---------------------------------------------------------------- PNG


def _check_png(data: bytes) -> None:
    at, chunk, is_first = 8, b"", True
    while chunk != b"IEND":
        refuse(at + 12 > len(data), "file_damaged")
        length, chunk = struct.unpack(">I4s", data[at : at + 8])
        body, crc = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        refuse(len(crc) != 4 or zlib.crc32(chunk + body) != int.from_bytes(crc, "big"), "file_damaged")
        refuse(chunk not in _DRAWS_PNG, "file_tells_more")
        if is_first:
            refuse(chunk != b"IHDR" or length != 13, "file_damaged")
            _check_points(*struct.unpack(">II", body[:8]))
        at, is_first = at + 12 + length, False
    refuse(at != len(data), "file_tells_more")


# ---------------------------------------------------------------- PDF


def _check_pdf(data: bytes) -> None:
    refuse(b"%%EOF" not in data[-1024:], "file_damaged")
    for text in _insides(data):
        plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)
        refuse(_RUNS.search(plain) is not None, "file_runs")
        refuse(_TELLS.search(plain) is not None, "file_tells_more")


def _insides(data: bytes) -> Iterator[bytes]:
    """Give a PDF as it lies, and whatever of it is squeezed, let out; what fills the memory is refused."""
    yield data
    left, whole = MOST_INSIDE, memoryview(data)
    for n, found in enumerate(_STREAM.finditer(data)):
        refuse(n >= MOST_STREAMS, "file_too_large", most=MOST_BYTES // 1024 // 1024)
        unpress = zlib.decompressobj()
        try:
            text = unpress.decompress(whole[found.end() :], left)
        except zlib.error:
            continue
        left -= len(text)
        refuse(left <= 0, "file_too_large", most=MOST_BYTES // 1024 // 1024)
        yield text
