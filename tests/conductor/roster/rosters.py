"""Small rosters for the cast's villages, and the ways to take one in."""

import io
import json
from uuid import uuid4

import openpyxl
from django.conf import settings

from concerto.conductor.roster import township
from concerto.conductor.roster.importing import Import, alone
from concerto.groundwork import keyed
from concerto.groundwork.identity import check_digit
from concerto.papers.rosters import Looked, look
from concerto.register.models import Resident
from tests.cast import NOON, TODAY, TOWNSHIP

HEADINGS = ("户编号", "姓名", "与户主关系", "身份证号", "联系电话", "政治面貌", "帮扶户")


def number(n: int, born: str = "19700101") -> str:
    """Make the nth whole identity number of a birthday; the region is one that does not exist."""
    digits = f"999999{born}{n:03}"
    return digits + check_digit(digits)


def book(*rows, sheet="上泉村", headings=HEADINGS, more=()) -> bytes:
    """Write a workbook of one village, or of more."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, some in ((sheet, rows), *more):
        page = made.create_sheet(title)
        for row in (headings, *some):
            page.append(list(row))
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def looked(data: bytes, **given) -> Looked:
    """Look at a roster of the cast's township; nothing is written."""
    keyed.identity_key(settings.CONCERTO_HOME)
    town = township.of_log(TOWNSHIP, TODAY)
    return look(data, town, home=settings.CONCERTO_HOME, day=TODAY, **given)


def take(data: bytes, *, by=None, at=NOON, **given) -> dict:
    """Take a roster in, and give the one line of its report that counts: new, known and changed of all tables."""
    with alone(TOWNSHIP):
        seen = looked(data, **given)
        run = Import(seen.plan, by, uuid4(), lambda: at)
        run.check()
        for _ in run.run():
            pass
    return seen.report(run.refused)


def counted(report: dict) -> tuple[int, int, int]:
    """Give how many people are new, known and changed."""
    return tuple(sum(table[name] for table in report["tables"]) for name in ("added", "known", "changed"))


def person(name: str) -> Resident:
    """Find somebody by name."""
    return Resident.objects.get(log=TOWNSHIP, name=name)


def phones(name: str) -> list[str]:
    """Give somebody's telephone numbers."""
    return json.loads(person(name).phones)
