"""The world in which every history begins: the cast of the tests, with four phones; built once, and copied."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple
from uuid import UUID

from django.core.management import call_command

from concerto.groundwork import database
from tests import cast

from . import copies, killing, tables
from .machine import Machine, Release
from .phone import Enrolled, Phone, enrol

OWNERS = {"lin1": "lin", "lin2": "lin", "sec1": "sec", "ma1": "ma"}


class World(NamedTuple):
    """A township as it stands at the beginning, and a machine on which nothing was ever done."""

    begin: copies.Copy
    empty: copies.Copy
    people: dict[str, UUID]
    enrolled: list[Enrolled]


def build(folder: Path) -> World:
    """Migrate an empty database and let the cast enter; what follows copies it."""
    copies.settle_in(folder)
    call_command("migrate", verbosity=0)
    empty = copies.take()
    if database.is_sqlite():
        tables.watch()
    there = cast.enter()
    people = {name: account.id for name, account in there.accounts.items()}
    enrolled = [enrol(name, there.accounts[owner], cast.NOON) for name, owner in OWNERS.items()]
    killing.watch()
    Release.watch()
    return World(copies.take(), empty, people, [_pulled(one, empty) for one in enrolled])


def _pulled(one: Enrolled, empty: copies.Copy) -> Enrolled:
    """Let a phone pull once, before all histories."""
    phone = Phone(one, Machine(Random(0), cast.NOON, Counter(), empty), Random(0), Counter())
    phone.pull()
    return replace(one, given=phone.has())
