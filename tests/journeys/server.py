"""A server of its own that a journey can kill, and set back to what its backup says."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from django.conf import settings

from tests.conftest import CHECKOUT

SEED = """
import json, django
django.setup()
from concerto.config.command import prepare_home
from tests.cast import enter
prepare_home()
world = enter()
houses = [str(house.id) for house in (world.house_1, world.house_2, world.house_3)]
print(json.dumps({"houses": houses, "lin": str(world.lin.id), "wang": str(world.wang.id)}))
"""
LET_IN = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import Client
from concerto.places.models import Account
client = Client()
client.force_login(Account.objects.get(id=sys.argv[1]))
name = settings.SESSION_COOKIE_NAME
print(json.dumps({"name": name, "value": client.cookies[name].value}))
"""
ASK = """
import json, sys, django
django.setup()
from concerto.journal.models import Entry, HeadAlarm, Tray
hers = Entry.objects.filter(author=sys.argv[1], happened_on__gte="2026-06-01")
alarms, tray = HeadAlarm.objects.values_list("code", flat=True), Tray.objects.filter(outcome="clash")
said = {"entries": hers, "clashes": tray}
print(json.dumps({"alarms": [*alarms]} | {name: [str(one.id) for one in all] for name, all in said.items()}))
"""
RENUMBER = """
import json, sys, django
django.setup()
from concerto.conductor.receive import receive
from concerto.groundwork import clock
from concerto.journal.kinds.households import HouseholdChange1
from concerto.places.models import Account
from concerto.register.models import Household
from tests.cast import TODAY, VILLAGE_A, Pen
by, called = Account.objects.get(id=sys.argv[1]), sys.argv[3]
house = Household.objects.get(id=sys.argv[2])
saw = {f"{house.id}.number": json.loads(house.wordings).get("number")}
pen = Pen(written=1_000_000 + int(called))
item = pen.item(HouseholdChange1(household=house.id, number=called), unit=VILLAGE_A, by=by, on=TODAY, saw=saw)
[receipt] = receive([item], brought_by=by, at=clock.now())
print(json.dumps([receipt.outcome, receipt.code]))
"""


class Server:
    """The township's server as a process of its own, on a home of its own."""

    def __init__(self, home: Path) -> None:
        self.env = {**os.environ, "CONCERTO_HOME": str(home), "COLLECTED": str(settings.STATIC_ROOT)}
        self.env["DJANGO_SETTINGS_MODULE"] = "tests.journeys.served"
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

    def holds(self) -> Any:
        """What it holds of hers since June, what lies there as a clash, what its administrator was told."""
        return self.tell(ASK, self.facts["lin"])

    def lets_in(self) -> Any:
        """Let her in, and give the cookie of her session."""
        return self.tell(LET_IN, self.facts["lin"])

    def renumbers(self, house: str, number: str) -> None:
        """Let the organizer give a household another number at the desk."""
        assert self.tell(RENUMBER, self.facts["wang"], house, number) == ["accepted", ""]

    def command(self, *words: str | Path) -> Any:
        """Run `concerto` as the administrator does, and give its answer."""
        command = [sys.executable, "-m", "concerto.config.command", *map(str, words)]
        env = {**self.env, "CONCERTO_PASSPHRASE": "kept by the township elsewhere"}
        done = subprocess.run(command, cwd=CHECKOUT, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def is_set_back(self, backup: Path, home: Path) -> Any:
        """Be stopped, put from a backup into an empty home by the command, and started again."""
        self.kill()
        home.mkdir()
        self.env["CONCERTO_HOME"] = str(home)
        said = self.command("restore", backup)
        self.start()
        return said

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


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]
