"""The sheets of a good thing done (办实事) on a phone: for the household at whose card one is, or for several."""

from .language import Ask, Check, ListOf, Many, One, Sealed, Sheet, Thing
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
# Words of one household belong to it, those of several to what was done.
DEEDS = Sheet(
    name="deeds",
    kind="deed",
    about="village",
    happened="asked",
    fields={
        "words": Sealed("line", "first", name="words"),
        "households": Many("households"),
        "heading": One("heading"),
    },
    parts=("words",),
    asks={**DEED.asks, "households": Ask("many")},
    checks=(*DEED.checks, Check("households", "choose_two_households", least=2)),
)
