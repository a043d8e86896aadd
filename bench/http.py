"""The same through HTTP: the server as it runs in service, and clients that are signed in and send its own form."""

import html
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings as django_settings
from django.test import Client

from concerto.groundwork import database
from concerto.places.models import Account

from .clients import Phase
from .floor import Floor, Writes, same_rows
from .townships import TOPICS, House, Township

FORM = re.compile(r'<form class="form" id="visit".*?</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PATIENCE = 60
Sent = tuple[int, str, str]  # which township, the address, what the form says


@contextmanager
def serving(settings: str = "bench.settings") -> Iterator[int]:
    """Serve this home as `bin/run` does, on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    granian = Path(sys.executable).with_name("granian")
    words = [
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
    ]
    command = [granian, *words, "--port", str(port), "concerto.config.wsgi:application"]
    here = {**os.environ, "CONCERTO_WORKERS_END": "1", "DJANGO_SETTINGS_MODULE": settings}
    server = subprocess.Popen(command, stdout=sys.stderr, env=here)
    try:
        _wait_for(port)
        yield port
    finally:
        server.kill()  # its workers end with it
        server.wait(PATIENCE)


def _wait_for(port: int) -> None:
    for _ in range(PATIENCE * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("bench: the server did not start")


def signed_in(people: Sequence[Account]) -> list[str]:
    """Sign each of them in and give the session."""
    sessions = []
    for one in people:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(one, backend="allauth.account.auth_backends.AuthenticationBackend")
        sessions.append(client.cookies[django_settings.SESSION_COOKIE_NAME].value)
    return sessions


class Senders:
    """Clients that open the form of a visit (untimed) and send it (timed)."""

    def __init__(self, towns: Sequence[Township], port: int, times: int) -> None:
        self.towns, self.port, self.times = towns, port, times
        self.sessions = signed_in([town.by for town in towns])

    def phases(self, number: int) -> list[Phase]:
        """Give what one client does in a round: ours, then the floor."""
        floor, filed, browser = Floor(), list[tuple[UUID, UUID]](), _Browser(self.port, self.sessions)

        def open_forms(turn: int) -> list[Sent]:
            filed.clear()
            return [self._form(browser, number, turn * self.times + n) for n in range(self.times)]

        def send(forms: list[Sent]) -> None:
            for which, address, words in forms:
                filed.append((self.towns[which].log, browser.send(which, address, words)))

        def again(n: int, _: int) -> list[Writes]:
            return [same_rows(log, _number_of(log, entry), n) for log, entry in filed]

        def write(given: list[Writes]) -> None:
            for writes in given:
                floor.write(writes, tail=False)

        return [Phase("ours", open_forms, send), Phase("floor", partial(again, 1), write)]

    def _form(self, browser: "_Browser", number: int, at: int) -> Sent:
        which = (at * 8 + number) % len(self.towns)
        houses = self.towns[which].houses
        house = houses[(at + number) % len(houses)]
        address = f"/visits/new/{house.id}/"
        return which, address, urlencode([*browser.hidden(which, address), *_filled(house, at)])


def _filled(house: House, at: int) -> list[tuple[str, str]]:
    """Fill the form as an ordinary visit is: as `townships.visits` says it to the door."""
    said = [("day", "today"), ("channel", "visit"), ("met", str(house.head)), ("change", "no_change")]
    said += [("topics", TOPICS[at % len(TOPICS)]), ("words", "牲畜都好，老人去县城看过病，药还剩半个月的。")]
    said += [("words_for", "place"), ("told_by", "household")]
    return [*said, ("need_words_1", "想修草场边的水渠"), ("need_sort_1", "water")] if at % 2 else said


def _number_of(log: UUID, entry: UUID) -> list[int]:
    return [seq for (seq,) in database.fetch("SELECT seq FROM entry WHERE log = %s AND id = %s", [log, entry])]


class _Browser:
    """One connection, and the cookies of each township's instructor."""

    def __init__(self, port: int, sessions: Sequence[str]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies = [{django_settings.SESSION_COOKIE_NAME: session} for session in sessions]

    def _ask(self, which: int, method: str, address: str, words: str | None = None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies[which].items())}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if words else {}
        self.connection.request(method, address, words, headers)
        answer = self.connection.getresponse()
        for line in answer.msg.get_all("Set-Cookie") or ():
            self.cookies[which] |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def hidden(self, which: int, address: str) -> list[tuple[str, str]]:
        """Open a form and give what it carries unseen."""
        status, _, page = self._ask(which, "GET", address)
        form = FORM.search(page)
        if status != 200 or form is None:
            raise SystemExit(f"bench: {address} answered {status}")
        return [(name, html.unescape(value)) for name, value in HIDDEN.findall(form[0])]

    def send(self, which: int, address: str, words: str) -> UUID:
        """Send a form and give the entry it became."""
        status, place, _ = self._ask(which, "POST", address, words)
        if status != 302 or not place.endswith("/recorded/"):
            raise SystemExit(f"bench: a form sent to {address} answered {status} {place}")
        return UUID(place.split("/")[2])
