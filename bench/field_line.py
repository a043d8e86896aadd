"""What goes over the line, in bytes as they travel: the page, a visit, a village, and nothing new."""

import gzip
import http.client
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from django.conf import settings

from concerto.conductor.carrying import Envelope
from concerto.conductor.envelopes import public_key
from concerto.faces.field import wire
from concerto.journal.kinds.visit import Visit1
from concerto.journal.said import Item
from concerto.places.models import Account
from tests.cast import Pen
from tests.faces.field.phone import Phone, by, enrolled

from .field_village import Village, moment, text
from .http import PATIENCE, signed_in
from .townships import TOPICS

CHECKOUT = Path(__file__).resolve().parents[1]
WORTH_IT = 600  # the phone's wire squeezes what is longer
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
KEPT = re.compile(r"PAGES?\b.*?= (\{.*?\});")
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36",
    "Accept": "*/*",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Content-Type": "application/json",
    "X-Concerto": "1",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
    "Connection": "keep-alive",
}  # fmt: skip
LETTERS = "".join(map(chr, range(0x4E00, 0x9FA0)))


class Answer(NamedTuple):
    """What came, and how many bytes went and came: bodies, then heads."""

    body: bytes
    bodies: int
    heads: int


class Line:
    """One connection to the server, as a browser speaks over it, in the session of somebody or of nobody."""

    def __init__(self, port: int, account: Account | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.own = {**BROWSER, "Origin": f"http://127.0.0.1:{port}"}
        if account is not None:
            self.own |= {"Cookie": f"{settings.SESSION_COOKIE_NAME}={signed_in([account])[0]}"}

    def ask(self, method: str, path: str, told: bytes = b"") -> Answer:
        """Ask once; the answer is read as it came, still squeezed."""
        headers = {**self.own, **({"Content-Encoding": "gzip"} if told[:2] == b"\x1f\x8b" else {})}
        self.connection.request(method, path, told, headers)
        came = self.connection.getresponse()
        body = came.read()
        if came.status != 200:
            raise SystemExit(f"bench: {path} answered {came.status}: {body[:300]!r}")
        sent = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n" + _head(list(headers.items()))
        got = f"HTTP/1.1 {came.status} {came.reason}\r\n" + _head(came.getheaders())
        return Answer(_plain(body, came.getheader("Content-Encoding")), len(told) + len(body), len(sent) + len(got))

    def say(self, what: str, told: Any) -> Answer:
        """Say something to the server as the phone's page does."""
        return self.ask("POST", f"/field/{what}/", squeezed(told))


def squeezed(told: Any) -> bytes:
    """Write what a phone says as it travels."""
    words = told if isinstance(told, bytes) else msgspec.json.encode(told)
    return gzip.compress(words, 6, mtime=0) if len(words) > WORTH_IT else words


def _head(headers: Sequence[tuple[str, str]]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n"


def _plain(body: bytes, coding: str | None) -> bytes:
    if coding == "br":
        import brotli  # noqa: PLC0415

        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if coding == "gzip" else body


# ---------------------------------------------------------------- the page


def collect() -> None:
    """Collect the static files as an installation does."""
    here = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.served"}
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, env=here, check=True, stdout=sys.stderr)


def page_bytes(port: int) -> tuple[int, int]:
    """Count what a first form needs (page, what it links, worker, form of a visit), and all that the worker keeps."""
    line = Line(port)
    shell, worker = line.ask("GET", "/field/"), line.ask("GET", "/field/sw.js")
    linked = sorted(set(LINKED.findall(shell.body.decode())))
    found = KEPT.search(worker.body.decode())
    if found is None:
        raise SystemExit("bench: the worker does not say what it keeps")
    told = json.loads(found[1])
    sizes = {place: line.ask("GET", place).bodies for place in {*linked, *told["files"], *told["pages"]}}
    for place, size in sorted(sizes.items(), key=lambda one: -one[1]):
        print(f"bench: {size:7,} {place}", file=sys.stderr)
    first = sum(sizes[place] for place in {*linked, "/field/", "/forms/visit/"}) + worker.bodies
    return first, sum(sizes.values()) + worker.bodies


# ---------------------------------------------------------------- a visit


def visit_bytes(village: Village) -> dict[str, int]:
    """Count requests that bring a visit of 40 characters, and thirty of 30: open, and in the phone's own envelopes."""
    phone, counts = enrolled(village.workers[0]), dict[str, int]()
    for many, letters in ((1, 40), (30, 30)):
        items = [_visit(village, phone, letters, n) for n in range(many)]
        asked = wire.Push(phone.device.id, "", phone.owner.id, [wire.Open(item) for item in items])
        sealed = wire.Push(phone.device.id, "", envelopes=sealed_by_phone(items))
        what = "one of 40 characters" if many == 1 else "30 of 30 characters"
        counts |= {f"{what}, open": len(squeezed(asked)), f"{what}, in envelopes": len(squeezed(sealed))}
    return counts


def _visit(village: Village, phone: Phone, letters: int, n: int) -> Item:
    pen, chance, house = Pen(written=10**9 + n * 100), random.Random(n), village.town.houses[n]
    at = moment(chance, 1)
    words = pen.seal(house.id, text(chance, LETTERS, letters))
    words = msgspec.structs.replace(words, salt=chance.randbytes(16).hex())
    body = Visit1(
        channel="visit", households=[house.id], outcome="met", met=[house.head], change="no_change",
        topics=[TOPICS[n % len(TOPICS)]], words=words.digest,
    )  # fmt: skip
    more: dict[str, Any] = {"id": pen.new_id(at), "at": at, "on": at.date(), "by": phone.owner, "log": village.town.log}
    return by(phone, pen.item(body, unit=house.village, sealed=[words], **more))


def sealed_by_phone(items: Sequence[Item]) -> list[Envelope]:
    """Let the phone's own code seal and sign."""
    told = {"raw": public_key(settings.CONCERTO_HOME).raw, "items": items, "parts": [], "plain": False}
    script = [Path(sys.executable).with_name("node"), CHECKOUT / "tests/js/shelf-envelope.js"]
    answer = subprocess.run(script, input=msgspec.json.encode(told), capture_output=True, check=True)
    made = json.loads(answer.stdout)["envelopes"]
    return [msgspec.convert(one, Envelope) for one in made]


# ---------------------------------------------------------------- a village, and nothing new


def village_bytes(village: Village, port: int) -> tuple[int, int, int, Answer]:
    """Fetch a village page by page: bytes, pages and lines; then ask again where there is nothing new."""
    owner = village.workers[0]
    phone, line = enrolled(owner), Line(port, owner)
    asked = wire.Pull(phone.device.id, phone.ticket, owner.id, standing="")
    size = pages = lines = 0
    while True:
        came = line.say("pull", asked)
        page = msgspec.json.decode(came.body, type=wire.Pulled)
        size, pages = size + came.bodies, pages + 1
        lines += sum(len(msgspec.json.decode(bytes(card)).get("lines", ())) for card in page.cards)
        about = page.about.digest if page.about else asked.about
        owed = page.standing.digest if page.standing else asked.standing
        told = {"epoch": page.epoch, "head": page.head, "grants": page.cursors, "about": about, "standing": owed}
        asked = msgspec.structs.replace(asked, **told)
        if not page.more:
            return size, pages, lines, line.say("pull", msgspec.structs.replace(asked, ticket=""))
