"""A process of its own that receives visits until it is killed, and prints the id of each that was answered."""

import os
import sys
import threading
from uuid import UUID

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "concerto.config.settings"
django.setup()

from django.db import connections  # noqa: E402

if file := os.environ.get("CONCERTO_TEST_SQLITE"):  # a test's file lies beside the one that settings name
    connections.settings["default"]["NAME"] = file

from concerto.conductor.receive import receive  # noqa: E402
from concerto.groundwork import clock  # noqa: E402
from concerto.groundwork.ids import uuid7  # noqa: E402
from concerto.journal.kinds.visit import NeedHeard, Visit1  # noqa: E402
from concerto.journal.said import Audience, Item, SealedPart  # noqa: E402
from concerto.places.models import Account  # noqa: E402
from tests.cast import TODAY, TOWNSHIP, VILLAGE_A, Pen  # noqa: E402


def visit(by: Account, house: UUID, device: UUID, number: int) -> Item:
    """Write a visit that hears a need: a line in three ledgers."""
    need = uuid7(clock.now())
    words = SealedPart(about=need, audience=Audience.PLACE, salt=os.urandom(16).hex(), text="想修水渠")
    body = Visit1(
        channel="visit",
        households=[house],
        outcome="met",
        change="no_change",
        topics=["pension"],
        needs=[NeedHeard(need=need, sort="water", words=words.digest, household=house)],
    )
    entry = uuid7(clock.now())
    more = {"device": device, "number": number}
    return Pen().item(body, unit=VILLAGE_A, by=by, log=TOWNSHIP, on=TODAY, sealed=[words], id=entry, **more)


def go_on(name: str, house: UUID, batch: int, most: int) -> None:
    """Receive batch after batch and say what was answered."""
    by, device = Account.objects.get(name=name), uuid7(clock.now())
    for n in range(most):
        items = [visit(by, house, device, n * batch + k + 1) for k in range(batch)]
        receipts = receive(items, brought_by=by, at=clock.now())
        answered = "".join(f"{receipt.outcome} {receipt.id}\n" for receipt in receipts)
        with _printing:
            sys.stdout.write(answered)
            sys.stdout.flush()


_printing = threading.Lock()


if __name__ == "__main__":
    who, where, size, times, threads = sys.argv[1], UUID(sys.argv[2]), *map(int, sys.argv[3:])
    started = [threading.Thread(target=go_on, args=(who, where, size, times)) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
