"""Files as people attach them: a photo, a scan, a PDF, and the same with what must not come along."""

import base64
import struct
import zlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from concerto.conductor.envelopes import CURVE


def segment(marker: int, body: bytes) -> bytes:
    """Give a segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


JFIF = segment(0xE0, b"JFIF\x00\x01\x02\x00\x00\x48\x00\x48\x00\x00")
EXIF = segment(0xE1, b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00")
XMP = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta/>")
IPTC = segment(0xED, b"Photoshop 3.0\x008BIM")
COMMENT = segment(0xFE, b"Huawei")


def jpeg(*more: bytes, drawn: bytes = b"\x12\xff\x00\x34\xff\xd0\x56", behind: bytes = b"", wide: int = 8) -> bytes:
    """Give a JPEG as a canvas writes it, with more segments before what is drawn, and whatever hangs behind."""
    frame = segment(0xC0, b"\x08" + struct.pack(">HH", 8, wide) + b"\x01\x01\x11\x00")
    tables = segment(0xDB, b"\x00" + bytes(64)) + frame + segment(0xC4, b"\x00" + bytes(16))
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + drawn
    return b"\xff\xd8" + JFIF + b"".join(more) + tables + scan + b"\xff\xd9" + behind


def chunk(name: bytes, body: bytes = b"") -> bytes:
    """Give a chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*more: bytes, behind: bytes = b"") -> bytes:
    """Give a PNG of one grey point, with more chunks."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(more)
        + chunk(b"IDAT", zlib.compress(b"\x00\x80"))
        + chunk(b"IEND")
        + behind
    )


def pdf(*more: bytes, squeezed: bytes = b"") -> bytes:
    """Give a PDF of one page, with more in its catalogue, and something squeezed inside."""
    stream = zlib.compress(squeezed)
    inside = (
        b"3 0 obj\n<</Type/ObjStm/Filter/FlateDecode/Length %d>>stream\n" % len(stream)
        + stream
        + b"\nendstream\nendobj\n"
    )
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog"
        + b"".join(more)
        + b">>\nendobj\n"
        + (inside if squeezed else b"")
        + b"trailer<<>>\n%%EOF\n"
    )


def boxed(data: bytes, to: str) -> bytes:
    """Seal a file to the server as a phone does: not squeezed, since a photo is that already."""
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64.b64decode(to))
    once = ec.generate_private_key(CURVE)
    point = once.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    key = HKDF(hashes.SHA256(), 32, salt=point, info=b"concerto envelope 1").derive(once.exchange(ec.ECDH(), public))
    return point + AESGCM(key).encrypt(bytes(12), b"\x00" + data, point)
