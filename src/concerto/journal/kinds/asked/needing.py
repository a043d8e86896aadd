"""The sheets of a need on a phone: a step that was taken, and the household's word. `need` is what they are about."""

from .language import Ask, Check, If, One, Sealed, Sheet, Thing, Value
from .visiting import DAY_ASKED, DAY_CHECKS

MOST_LETTERS = 2000
WORDS = {"words": Ask("words", MOST_LETTERS, free=True)}
OF_WHAT: dict[str, Value] = {"need": Thing("need"), "household": Thing("household")}

NEED_STEP = Sheet(
    name="need_step",
    kind="need_step",
    about="need",
    happened="asked",
    fields={
        **OF_WHAT,
        "step": One("step"),
        "owner": One("owner"),
        "outcome": One("outcome"),
        "told_of": One("told_of"),
        "way": One("way"),
        "until": One("until"),
        "route": One("route"),
        "words": Sealed("words", "need"),
    },
    parts=("words",),
    asks={
        **DAY_ASKED,
        "step": Ask(),
        "owner": Ask(),
        "outcome": Ask(),
        "told_of": Ask(),
        "until": Ask("ahead"),
        "way": Ask(),
        "route": Ask(),
        **WORDS,
    },
    checks=(
        *DAY_CHECKS,
        Check("owner", "choose_one", If("step", ("owned",))),
        Check("outcome", "choose_one", If("step", ("done",))),
        Check("told_of", "choose_one", If("step", ("told",))),
        Check("until", "still_missing", If("told_of", ("interim",))),
        Check("way", "choose_one", If("step", ("told", "asked"))),
        Check("route", "choose_one", If("step", ("not_ours",))),
    ),
)
NEED_WORD = Sheet(
    name="need_word",
    kind="need_word",
    about="need",
    happened="asked",
    fields={**OF_WHAT, "word": One("word"), "through": One("through"), "words": Sealed("words", "need")},
    parts=("words",),
    asks={**DAY_ASKED, "word": Ask(), "through": Ask(), **WORDS},
    checks=(*DAY_CHECKS, Check("word", "choose_one"), Check("through", "choose_one")),
)
