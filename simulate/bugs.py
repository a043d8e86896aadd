"""Bugs put in on purpose, at the simulator's edge: each of them must be found, or the simulator is worth nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any, NamedTuple


class Bug(NamedTuple):
    """What is wrong, in a few words, and how it is put in: pairs of where, and what stands there instead."""

    words: str
    put_in: Callable[[], list[tuple[Any, str, Any]]]


BUGS: dict[str, Bug] = {}


@contextmanager
def put_in(bug: Bug | None) -> Iterator[None]:
    """Let a bug be there for a while."""
    if bug is None:
        yield
        return
    changed = [(where, name, getattr(where, name), other) for where, name, other in bug.put_in()]
    try:
        for where, name, _, other in changed:
            setattr(where, name, other)
        yield
    finally:
        for where, name, before, _ in reversed(changed):
            setattr(where, name, before)


__all__ = ["BUGS", "Bug", "ExitStack", "nullcontext", "put_in"]
