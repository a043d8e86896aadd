"""What the phone's own code seals, signs and names, the server opens, believes and finds again."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from concerto.conductor.envelopes import open_envelope, public_key
from concerto.groundwork import canonical
from concerto.journal.said import Item, SealedPart
from concerto.places.models import Device

CHECKOUT = Path(__file__).resolve().parents[3]
ENTRY = UUID("01990000-0000-7000-8000-000000000007")
WORDS = [
    "母羊三只，要草料。",
    "",
    'a "quoted" \\ line\nand another',
    "阿依努尔 \u200f\u0001 🐑 Айнұр",
    "\u2028</script>",
]


@pytest.fixture
def phone(tmp_path):
    def made(items: list[Item], parts: list[SealedPart], *, plain: bool = False) -> Any:
        told = {"raw": public_key(tmp_path).raw, "items": items, "parts": parts, "plain": plain}
        node = Path(sys.executable).with_name("node")
        script = [node, CHECKOUT / "tests/js/shelf-envelope.js"]
        answer = subprocess.run(script, input=msgspec.json.encode(told), capture_output=True, check=True)
        return json.loads(answer.stdout)

    return made


def part(text: str) -> SealedPart:
    return SealedPart(about=ENTRY, audience="place", salt="0f" * 16, text=text)


def item(*parts: SealedPart) -> Item:
    said = {
        "id": str(ENTRY), "kind": "visit", "version": 1, "log": str(ENTRY), "unit": str(ENTRY), "author": str(ENTRY),
        "device": str(ENTRY), "number": 1, "happened_on": "2026-09-16", "recorded_at": "2026-09-16T04:00:00.000Z",
        "body": {"words": "x" * 300}, "sealed": [one.digest for one in parts],
    }  # fmt: skip
    return Item(canonical.write(said), parts)


@pytest.mark.parametrize("plain", [False, True])
def test_an_envelope_of_the_phone_is_opened_and_believed(phone, tmp_path, plain):
    sent = item(*map(part, WORDS))
    told = phone([sent], [], plain=plain)
    device = Device(signing_key=told["key"])
    [envelope] = told["envelopes"]
    opened = open_envelope(ENTRY, envelope["box"], envelope["sig"], device, tmp_path)
    assert opened.refusal is None
    assert opened.item == sent
    assert opened.signed


def test_a_changed_envelope_of_the_phone_is_neither(phone, tmp_path):
    told = phone([item()], [])
    [envelope] = told["envelopes"]
    bytes_ = bytearray(base64.b64decode(envelope["box"]))
    bytes_[-1] ^= 1
    box = base64.b64encode(bytes_).decode()
    opened = open_envelope(ENTRY, box, envelope["sig"], Device(signing_key=told["key"]), tmp_path)
    assert opened.item is None
    assert not opened.signed


def test_phone_and_server_name_words_alike(phone):
    parts = [part(text) for text in WORDS]
    assert phone([], parts)["digests"] == [one.digest for one in parts]
