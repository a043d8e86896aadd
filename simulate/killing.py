"""A server that dies at any point: before any statement, before or after the tail, between commit and answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from concerto.conductor import erasures, tail
from concerto.groundwork import appending, database


class Killed(BaseException):
    """The process is gone: whatever was open is rolled back, and no answer leaves."""


POINTS: tuple[tuple[Any, str], ...] = (
    (database, "fetch"),
    (database, "run"),
    (database, "run_many"),
    (tail, "keep"),
    (tail, "forget"),
    (erasures, "keep"),
    (appending, "see_on_disk"),
    (appending, "replace_whole"),
)


class Countdown:
    """How many things the server still does before it dies; None while it lives."""

    left: int | None = None
    died_at = ""

    @classmethod
    def step(cls, where: str) -> None:
        """Do one thing more, or die before it."""
        if cls.left is None:
            return
        if cls.left == 0:
            cls.left, cls.died_at = None, where
            raise Killed(where)
        cls.left -= 1


@contextmanager
def dies_after(steps: int) -> Iterator[None]:
    """Let the server die once it has done so many things; it may be done before."""
    Countdown.left, Countdown.died_at = steps, ""
    try:
        yield
    finally:
        Countdown.left = None


def watch() -> None:
    """Put a step before each thing that touches database or disk. Once for a process."""
    for module, name in POINTS:
        setattr(module, name, _stepping(getattr(module, name), name))
    connection.execute_wrappers.append(_orm)


def _stepping(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    def watched(*args: Any, **more: Any) -> Any:
        Countdown.step(name)
        return function(*args, **more)

    return watched


def _orm(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
    Countdown.step("orm")
    return execute(sql, params, many, context)
