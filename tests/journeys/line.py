"""The line between a phone and a server: it knows what was asked on it, and may be slow, and lose what it carries."""

import gzip
import json
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from http.client import parse_headers
from io import BytesIO
from typing import Any, BinaryIO

PUSH = "/field/push/"
PIECE = 1024
SQUEEZED = b"\x1f\x8b"


class Lost(StrEnum):
    """What becomes of a request on a bad line. A lost packet is none of these: TCP sends it again unasked."""

    REQUEST = "it never arrives"
    ANSWER = "the server acts, and nobody hears of it"
    HALF = "the connection dies in the middle of the answer"


@dataclass
class Asked:
    """One request as it came onto the line: to where, with what, and whether its answer came out of it whole."""

    path: str
    body: bytes
    lost: Lost | None = None
    is_answered: bool = False

    def brings(self) -> dict[str, dict[str, Any]]:
        """What a push brings, by the ids of the entries, open or in envelopes."""
        said = json.loads(gzip.decompress(self.body) if self.body[:2] == SQUEEZED else self.body)
        entries = {json.loads(one["item"]["said"])["id"]: one for one in said.get("entries", [])}
        return entries | {one["id"]: one for one in said.get("envelopes", [])}


class Line:
    """A line to a server. What `on_request` or `on_answer` is set to is done once: as a push goes, or comes back."""

    def __init__(self, port: int) -> None:
        self.server = port
        self.on_request: Callable[[], None] | None = None
        self.on_answer: Callable[[], None] | None = None
        self.asked: list[Asked] = []
        self.carried = 0
        self._pace: Pace | None = None
        self._loses: Callable[[str], random.Random | None] = lambda path: None
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def turns_bad(self, *, bits: int, share: float, seed: int) -> None:
        """Carry so many bits a second, and lose that share of what is asked: for one seed the same of each address."""
        times = Counter[str]()

        def loses(path: str) -> random.Random | None:
            times[path] += 1
            chance = random.Random(f"{seed} {path} {times[path]}")
            return chance if chance.random() < share else None

        self._pace, self._loses = Pace(bits / 8), loses

    def pushes(self) -> list[Asked]:
        """What the phone brought, each time it did."""
        return [one for one in self.asked if one.path == PUSH and one.brings()]

    def close(self) -> None:
        """Hang up."""
        self.listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                phone, _ = self.listening.accept()
                threading.Thread(target=self._carry, args=(phone,), daemon=True).start()

    def _carry(self, phone: socket.socket) -> None:
        server = None
        with suppress(OSError, EOFError):
            server = socket.create_connection(("127.0.0.1", self.server))
            asks, answers = phone.makefile("rb"), server.makefile("rb")
            while self._carries(phone, server, *message(asks), answers):
                pass
        for end in (phone, server):
            if end:
                hang_up(end)

    def _carries(
        self, phone: socket.socket, server: socket.socket, head: bytes, body: bytes, answers: BinaryIO
    ) -> bool:
        """Carry one request there and its answer back, and tell whether the line still stands."""
        asked = Asked(head.split(b" ", 2)[1].decode(), body)
        chance = self._loses(asked.path)
        asked.lost = chance.choice(list(Lost)) if chance else None
        self.asked.append(asked)
        self._passes(head + body)
        if asked.lost is Lost.REQUEST:
            return False
        server.sendall(head + body)
        is_push = asked.path == PUSH
        if is_push and self.on_request:
            then, self.on_request = self.on_request, None
            then()
        answer = b"".join(message(answers))
        if is_push and self.on_answer:
            then, self.on_answer = self.on_answer, None
            then()
            return False
        if asked.lost is Lost.ANSWER:
            return False
        if chance:
            answer = answer[: chance.randrange(1, len(answer))]
        self._passes(answer, to=phone)
        asked.is_answered = not chance
        return asked.is_answered

    def _passes(self, said: bytes, to: socket.socket | None = None) -> None:
        """Let something through, piece by piece, as fast as the line is."""
        for start in range(0, len(said), PIECE):
            piece = said[start : start + PIECE]
            if self._pace:
                self._pace.wait(len(piece))
            self.carried += len(piece)
            if to:
                to.sendall(piece)


class Pace:
    """One line for all that goes through it, there and back: so many bytes a second."""

    def __init__(self, rate: float) -> None:
        self._rate, self._free, self._one = rate, 0.0, threading.Lock()

    def wait(self, count: int) -> None:
        """Wait until so many more have gone through."""
        with self._one:
            self._free = max(self._free, time.monotonic()) + count / self._rate
            through = self._free
        time.sleep(max(0.0, through - time.monotonic()))


def message(said: BinaryIO) -> tuple[bytes, bytes]:
    """Read one request or answer whole: head and body. Where it ends before that, the line is dead."""
    lines = []
    while (line := said.readline()) not in (b"\r\n", b""):
        lines.append(line)
    if not line:
        raise EOFError
    head = b"".join([*lines, line])
    names = parse_headers(BytesIO(b"".join([*lines[1:], line])))
    if names.get("Transfer-Encoding") == "chunked":
        return head, chunks(said)
    status = lines[0].split(b" ", 2)[1]
    if (length := names.get("Content-Length")) is None:
        until_it_hangs_up = lines[0].startswith(b"HTTP/") and status not in (b"204", b"304")
        return head, said.read() if until_it_hangs_up else b""
    body = said.read(int(length)) if status != b"304" else b""
    if status != b"304" and len(body) < int(length):
        raise EOFError
    return head, body


def chunks(said: BinaryIO) -> bytes:
    """Read a body whose length is said piece by piece, as it stands."""
    read = []
    while size := said.readline():
        count = int(size, 16)
        read += [size, said.read(count + 2)]
        if count == 0:
            return b"".join(read)
    raise EOFError


def hang_up(line: socket.socket) -> None:
    """End a line on which somebody may still be listening."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
