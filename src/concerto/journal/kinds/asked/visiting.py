"""The sheets of a visit and of a gathering."""

from ..preview import NOT_MET
from ..visit import MOST_MINUTES
from .language import (
    Among,
    Ask,
    Check,
    Fixed,
    If,
    Kept,
    ListOf,
    Many,
    New,
    One,
    Sealed,
    Sheet,
    Slots,
    Thing,
    Whole,
)

NEED_SLOTS = ("1", "2", "3")
NOBODY_NAMED = "met"  # somebody of the household whom the register does not name
MOST_WORDS = 4000

DAY_ASKED = {"day": Ask(), "on": Ask("day")}
DAY_CHECKS = (Check("day", "choose_one"), Check("on", "say_the_day", If("day", ("other",))))
WORDS = Ask("words", MOST_WORDS, free=True)
NOTE = {"words": WORDS, "words_for": Ask()}
SLIPS = "need_slip_{n}"
SLIPS_ASKED = {SLIPS.replace("{n}", n): Ask("serial") for n in NEED_SLOTS}
NEEDS_ASKED = {
    f"need_{what}_{n}": WORDS if what == "words" else Ask() for n in NEED_SLOTS for what in ("words", "sort")
}


def needs(house: Thing | One) -> Slots:
    """Say the needs that were written down; `house` says of which household."""
    return Slots(
        NEED_SLOTS,
        If("need_words_{n}"),
        {
            "need": New("need {n}"),
            "sort": One("need_sort_{n}", "other"),
            "words": Sealed("need_words_{n}", "opened"),
            "household": house,
        },
        opens="need",
        words="words",
    )


VISIT = Sheet(
    name="visit",
    kind="visit",
    about="household",
    happened="asked",
    fields={
        "channel": One("channel"),
        "households": ListOf((Thing("household"),)),
        "outcome": Among("met", NOT_MET, "met", NOBODY_NAMED),
        "met": Many("met", (*NOT_MET, NOBODY_NAMED)),
        "made_with": Many("made_with"),
        "told_by": One("told_by", "household"),
        "change": One("change", "not_asked", blank=True),
        "change_words": Sealed("change_words", "household"),
        "wants": One("wants", "not_asked", blank=True),
        "moved_to": Sealed("moved_to", "household", carried=True),
        "topics": Many("topics"),
        "lesson_minutes": Whole("lesson_minutes"),
        "lesson_for": Many("lesson_for"),
        "needs": needs(Thing("household")),
        "leads": Slots(
            ("",),
            If("lead", ("heard",)),
            {
                "lead": New("lead"),
                "sort": One("lead_sort", "other"),
                "words": Sealed("lead_words", "opened", to="desk"),
                "household": Thing("household"),
            },
            opens="lead",
            words="words",
        ),
        "matters": Slots(
            ("",),
            If("matter"),
            {
                "matter": New("matter"),
                "sort": One("matter"),
                "member": One("matter_member"),
                "words": Sealed("matter_words", "opened"),
            },
            opens="matter",
            words="words",
        ),
        "words": Sealed("words", "household", to="author", chosen="words_for", carried=True),
    },
    silent={"told_by": "household", "change": "not_asked", "wants": "not_asked"},
    parts=("change_words", "moved_to", "words", "needs", "leads", "matters"),
    asks={
        **DAY_ASKED,
        "channel": Ask(),
        "met": Ask("many"),
        "moved_to": Ask("plain", 200, free=True),
        "wants": Ask("many"),
        "made_with": Ask("many"),
        "told_by": Ask(),
        "change": Ask(),
        "change_words": WORDS,
        "topics": Ask("many"),
        "lesson_minutes": Ask("whole", MOST_MINUTES, 1),
        "lesson_for": Ask("many"),
        **NEEDS_ASKED,
        **SLIPS_ASKED,
        "lead": Ask(),
        "lead_sort": Ask(),
        "lead_words": WORDS,
        "matter": Ask(),
        "matter_member": Ask(),
        "matter_words": WORDS,
        **NOTE,
    },
    checks=(
        *DAY_CHECKS,
        Check("channel", "choose_one"),
        Check("met", "say_who_was_met"),
        Check("change_words", "write_a_few_words", If("change", ("changed",))),
        Check("change", "say_that_it_changed", If("change_words"), values=("changed",)),
        Check("lesson_minutes", "lesson_for_whom_and_how_long", If("lesson_for")),
        Check("lesson_for", "lesson_for_whom_and_how_long", If("lesson_minutes")),
        Check("lead_words", "write_a_few_words", If("lead", ("heard",))),
        Check("matter", "say_which_it_was", If("matter_words")),
        *(Check(f"need_words_{n}", "write_a_few_words", If(f"need_slip_{n}")) for n in NEED_SLOTS),
    ),
    slips=SLIPS,
)

GATHERING = Sheet(
    name="gathering",
    kind="visit",
    about="village",
    happened="asked",
    fields={
        "channel": Fixed("gathering"),
        "households": Many("households"),
        "outcome": Fixed("met"),
        "met": Kept(),
        "made_with": Many("made_with"),
        "told_by": One("told_by", "household"),
        "topics": Many("topics"),
        "lesson_minutes": Kept(),
        "lesson_for": Kept(),
        "needs": needs(One("need_house_{n}")),
        "leads": Kept(),
        "matters": Kept(),
        "words": Sealed("words", "first", to="author", chosen="words_for", carried=True),
    },
    silent={"told_by": "household"},
    parts=("words", "needs", "leads", "matters"),
    asks={
        **DAY_ASKED,
        "households": Ask("many"),
        "topics": Ask("many"),
        **NEEDS_ASKED,
        **{f"need_house_{n}": Ask() for n in NEED_SLOTS},
        "made_with": Ask("many"),
        "told_by": Ask(),
        **NOTE,
    },
    checks=(
        *DAY_CHECKS,
        Check("households", "choose_two_households", least=2),
        *(
            Check(f"need_house_{n}", "choose_one_of_the_households", If(f"need_words_{n}"), among="households")
            for n in NEED_SLOTS
        ),
    ),
)
