"""A phone for tests: it is enrolled, seals and signs as `docs/sync.md` says, and speaks to the server in JSON."""

import base64
import gzip
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from concerto.conductor.drafts import write_item
from concerto.conductor.envelopes import CURVE, public_key, seal_envelope, signed_bytes
from concerto.faces.field import pushing, wire
from concerto.journal.said import Item, read_said
from concerto.places import devices
from concerto.places.models import Account, Device
from tests.cast import NOON


@dataclass
class Phone:
    """One phone of one person."""

    owner: Account
    device: Device
    ticket: str
    key: ec.EllipticCurvePrivateKey

    def envelope(self, item: Item, *, signed: bool = True, **more: Any) -> wire.Envelope:
        """Seal one item to the server, and sign it."""
        entry = read_said(item.said).id
        box = seal_envelope(write_item(item).encode(), public_key(settings.CONCERTO_HOME).raw)
        return wire.Envelope(entry, box, self.sign(entry, box) if signed else "", **more)

    def sign(self, entry: UUID, box: str) -> str:
        """Sign an entry's id and its box."""
        der = self.key.sign(signed_bytes(entry, base64.b64decode(box)), ec.ECDSA(hashes.SHA256()))
        r, s = decode_dss_signature(der)
        return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()

    def push(self, *items: Item, at: datetime = NOON, session: Account | None = None, **more: Any) -> wire.Pushed:
        """Send items in the session of the phone's own person, or of who is named."""
        told = wire.Push(self.device.id, self.ticket, self.owner.id, [wire.Open(item) for item in items], **more)
        return pushing.push(told, account=session or self.owner, at=at)

    def send(self, *envelopes: wire.Envelope, at: datetime = NOON) -> wire.Pushed:
        """Send envelopes, without any session."""
        return pushing.push(wire.Push(self.device.id, self.ticket, envelopes=list(envelopes)), account=None, at=at)


def enrolled(owner: Account, at: datetime = NOON) -> Phone:
    """Enrol a phone of somebody."""
    key = ec.generate_private_key(CURVE)
    device = devices.enrol(owner, name="手机", key=point_of(key), at=at)
    return Phone(owner, device, devices.ticket_of(device), key)


def point_of(key: ec.EllipticCurvePrivateKey) -> str:
    """Write the public half of a key as a phone gives it."""
    form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    return base64.b64encode(key.public_key().public_bytes(*form)).decode()


def by(phone: Phone, item: Item) -> Item:
    """Write an item of the pen as if this phone had: its device stands in it."""
    said = json.loads(item.said) | {"device": str(phone.device.id)}
    return Item(json.dumps(said, ensure_ascii=False, separators=(",", ":")), item.sealed)


def ask(client: Any, path: str, told: Any, *, squeezed: bool = False, **headers: str) -> Any:
    """Say something to the server as a phone's page does."""
    body = told if isinstance(told, bytes) else msgspec.json.encode(told)
    headers = {"X-Concerto": "1", **headers}
    if squeezed:
        body, headers = gzip.compress(body), {**headers, "Content-Encoding": "gzip"}
    return client.post(f"/field/{path}/", body, content_type="application/json", headers=headers)
