"""An edition as a duty's file tells it: the way back from what was read."""

from collections.abc import Mapping
from typing import Any

from .duty import Edition, Measure, Unit, Within


def told_of(edition: Edition) -> dict[str, Any]:
    """Tell an edition as its file does, leaving out what goes without saying.

    >>> from datetime import date
    >>> from .period import Every
    >>> once = Edition(since=date(2026, 1, 1), source="a", minutes={"": 30}, proven_by=("visit",), every=Every.MONTH)
    >>> told_of(once)["times"], told_of(once)["minutes"], told_of(once)["every"]
    (1, 30, 'MONTH')
    """
    told: dict[str, Any] = {"since": edition.since, "source": edition.source}
    if edition.repealed:
        return told | {"repealed": True}
    alone = set(edition.minutes) == {""}
    told |= {
        "minutes": edition.minutes[""] if alone else dict(edition.minutes),
        "proven_by": list(edition.proven_by),
        **_amount(edition),
    }
    for name in ("made_by", "after", "until", "extended_by"):
        if getattr(edition, name):
            told[name] = list(getattr(edition, name))
    if edition.extensions is not None:
        told["extensions"] = edition.extensions
    if edition.every:
        return told | {"every": edition.every.value, "grace": edition.grace}
    return told | {"until": list(edition.until)} | ({"within": _within(edition.within)} if edition.within else {})


def _amount(edition: Edition) -> Mapping[str, Any]:
    if edition.measure is Measure.TIMES:
        return {"times": edition.need} if edition.every else {}
    return {"amount": {edition.measure.value: edition.need}}


def _within(within: Within) -> Any:
    if within.unit in (Unit.SAME_DAY, Unit.WINDOW):
        return within.unit.value
    n: Any = within.n[""] if set(within.n) == {""} else dict(within.n)
    return {within.unit.value: n} | ({"legal": True} if within.legal else {})
