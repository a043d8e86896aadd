"""The sheet of a good thing done (办实事) on a phone: for the household at whose card one is."""

from .language import Ask, Check, ListOf, One, Sealed, Sheet, Thing
from .visiting import DAY_ASKED, DAY_CHECKS

DEED = Sheet(
    name="deed",
    kind="deed",
    about="household",
    happened="asked",
    fields={
        "words": Sealed("line", "household", name="words"),
        "households": ListOf((Thing("household"),)),
        "heading": One("heading"),
    },
    parts=("words",),
    asks={**DAY_ASKED, "line": Ask("plain", 400, free=True), "heading": Ask()},
    checks=(*DAY_CHECKS, Check("line", "still_missing")),
)
