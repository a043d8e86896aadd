"""The server as it runs: one worker may die alone, and no worker outlives its server."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.conftest import CHECKOUT


@dataclass(frozen=True)
class Server:
    port: int
    process: "subprocess.Popen[bytes]"

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/accounts/login/", timeout=2) as answer:
                return answer.status == 200
        except (HTTPError, URLError, OSError):
            return False

    def workers(self) -> list[int]:
        """Its two workers, by what they run: the interpreter keeps a helper process beside them."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children if b"granian" in Path(f"/proc/{child}/cmdline").read_bytes()]


def is_gone(pid: int) -> bool:
    """True for a process that has ended, even where nobody has asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def until(condition: Callable[[], bool], *, seconds: float = 90) -> bool:
    for _ in range(int(seconds * 20)):
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def server() -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = next(line for line in (CHECKOUT / "bin" / "run").read_text().split("exec ")[1:]).replace("\\\n", " ")
    words = started.replace('"$checkout/.venv/bin/granian"', str(Path(sys.executable).with_name("granian")))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "CONCERTO_WORKERS_END": "1"}
    process = subprocess.Popen(
        words.replace('"$PORT"', str(port)).split(), cwd=CHECKOUT, env=environment, start_new_session=True
    )
    yield Server(port, process)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_the_death_of_one_worker_leaves_the_server_answering(server):
    assert until(server.answers)
    lost, kept = server.workers()
    os.kill(lost, signal.SIGKILL)

    assert until(lambda: len(server.workers()) == 2 and lost not in server.workers())
    assert kept in server.workers()
    assert until(server.answers)


def test_a_server_killed_outright_takes_its_workers_along(server):
    assert until(server.answers)
    assert until(lambda: len(server.workers()) == 2)
    workers = server.workers()
    server.process.kill()
    server.process.wait()

    assert until(lambda: all(is_gone(worker) for worker in workers), seconds=30)
    assert not server.answers()
