"""The sheet of a screening on a phone: one line of one village, which names nobody."""

from ..screening import MOST_FOUND
from .language import Ask, Check, Many, One, Sheet, Thing, Whole
from .visiting import DAY_ASKED, DAY_CHECKS

SCREENING = Sheet(
    name="screening",
    kind="screening",
    about="village",
    happened="asked",
    fields={
        "village": Thing("village"),
        "way": One("way"),
        "sorts": Many("sorts"),
        "found": Whole("found", nought=True),
    },
    asks={**DAY_ASKED, "way": Ask(), "sorts": Ask("many"), "found": Ask("whole", MOST_FOUND)},
    checks=(
        *DAY_CHECKS,
        Check("way", "choose_one"),
        Check("sorts", "choose_one"),
        Check("found", "still_missing"),
    ),
)
