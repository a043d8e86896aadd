"""The sheet of a consent on a phone: one answer to one purpose, of the household or of one of its people."""

from .language import Ask, Check, If, One, Sheet, Thing, Tick
from .visiting import DAY_ASKED, DAY_CHECKS

CONSENT = Sheet(
    name="consent",
    kind="consent",
    about="household",
    happened="asked",
    fields={
        "household": Thing("household"),
        "purpose": One("purpose"),
        "answer": One("answer"),
        "resident": One("who"),
        "language": One("told_in"),
        "interpreted": One("interpreted", "nobody"),
        "read_aloud": Tick("read_aloud"),
    },
    silent={"interpreted": "nobody"},
    asks={
        **DAY_ASKED,
        "purpose": Ask(),
        "who": Ask(),
        "answer": Ask(),
        "told_in": Ask(),
        "interpreted": Ask(),
        "read_aloud": Ask(),
    },
    checks=(
        *DAY_CHECKS,
        Check("answer", "choose_one"),
        Check("told_in", "consent_without_notice", If("answer", ("agreed",))),
    ),
)
