"""A server of its own that a journey can kill, and the line before it that knows when."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.conftest import CHECKOUT

SEED = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
from concerto.config.command import prepare_home
from concerto.config.opening import collect_static
from tests.cast import enter
prepare_home()
world = enter()
collect_static()
client = Client()
client.force_login(world.lin)
houses = [str(house.id) for house in (world.house_1, world.house_2, world.house_3)]
cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
print(json.dumps({"cookie": cookie, "houses": houses, "lin": str(world.lin.id)}))
"""
ASK = """
import json, sys, django
django.setup()
from concerto.journal.models import Entry
print(json.dumps([str(entry.id) for entry in Entry.objects.filter(author=sys.argv[1], happened_on__gte="2026-06-01")]))
"""


class Server:
    """The township's server as a process of its own, on a home of its own."""

    def __init__(self, home: Path) -> None:
        self.env = {**os.environ, "CONCERTO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "concerto.config.settings"}
        for name in ("DATABASE_URL", "ENGINE", "STATIC"):
            self.env.pop(name, None)
        self.port = free_port()
        self.process: Any = None
        self.facts = self.tell(SEED)

    def tell(self, code: str, *given: str) -> Any:
        """Run some lines beside the server and give what they print."""
        command = [sys.executable, "-c", code, *given]
        done = subprocess.run(command, cwd=CHECKOUT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def entries(self) -> list[str]:
        """What the journal holds of hers since June."""
        return self.tell(ASK, self.facts["lin"])

    def start(self) -> None:
        """Serve, as `bin/run` does."""
        command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", "1", "--blocking-threads", "4", "--no-ws"]
        command += ["--log-level", "warning", "concerto.config.wsgi:application"]
        self.process = subprocess.Popen(command, cwd=CHECKOUT, env=self.env, start_new_session=True)
        for _ in range(300):
            with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port}/accounts/login/", timeout=10):
                return
            time.sleep(0.1)
        raise AssertionError("the server did not come up")

    def kill(self) -> None:
        """Take it away in the middle of whatever it does."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Line:
    """A line to a server. What `on_request` or `on_answer` is set to is done once: as a push goes, or comes back."""

    def __init__(self, port: int) -> None:
        self.server = port
        self.on_request: Callable[[], None] | None = None
        self.on_answer: Callable[[], None] | None = None
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                phone, _ = self.listening.accept()
                threading.Thread(target=self._carry, args=(phone,), daemon=True).start()

    def _carry(self, phone: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self.server))
        except OSError:
            return phone.close()
        pushing = threading.Event()
        back = threading.Thread(target=self._back, args=(server, phone, pushing), daemon=True)
        back.start()
        with suppress(OSError):
            while said := phone.recv(65536):
                if b"POST /field/push/" in said:
                    pushing.set()
                server.sendall(said)
                if pushing.is_set() and self.on_request:
                    then, self.on_request = self.on_request, None
                    then()
        hang_up(server)

    def _back(self, server: socket.socket, phone: socket.socket, pushing: threading.Event) -> None:
        with suppress(OSError):
            while said := server.recv(65536):
                if pushing.is_set() and self.on_answer:
                    then, self.on_answer = self.on_answer, None
                    then()
                    break
                phone.sendall(said)
        hang_up(phone)

    def close(self) -> None:
        """Hang up."""
        self.listening.close()


def hang_up(line: socket.socket) -> None:
    """End a line on which somebody may still be listening."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]
