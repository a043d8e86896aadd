"""Every recording form that a phone has too, as data."""

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
    People,
    Record,
    Sealed,
    SealedEach,
    Sheet,
    Slots,
    Thing,
    Value,
    Whole,
)

NEED_SLOTS = ("1", "2", "3")
NOBODY_NAMED = "met"  # somebody of the household whom the register does not name
MOST_WORDS = 4000
MOST_ROWS = 12
MOST_PLACES = 8
PLACE_SLOTS = tuple(str(n) for n in range(MOST_PLACES))

DAY_ASKED = {"day": Ask(), "on": Ask("day")}
DAY_CHECKS = (Check("day", "choose_one"), Check("on", "say_the_day", If("day", ("other",))))
WORDS = Ask("words", MOST_WORDS)
NOTE = {"words": WORDS, "words_for": Ask()}
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
    silent={"told_by": "household", "change": "not_asked"},
    parts=("change_words", "words", "needs", "leads", "matters"),
    asks={
        **DAY_ASKED,
        "channel": Ask(),
        "met": Ask("many"),
        "made_with": Ask("many"),
        "told_by": Ask(),
        "change": Ask(),
        "change_words": WORDS,
        "topics": Ask("many"),
        "lesson_minutes": Ask("whole", MOST_MINUTES, 1),
        "lesson_for": Ask("many"),
        **NEEDS_ASKED,
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
    ),
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

PERSON_FIELDS: dict[str, Value] = {
    "name": Sealed("name", "resident"),
    "home": Record({"household": Thing("household"), "relation": One("relation")}),
    "aliases": SealedEach("aliases", "resident"),
    "phones": SealedEach("phones", "resident"),
    "born": Sealed("born", "resident"),
}
PERSON_PARTS = ("name", "born", "aliases", "phones")
PERSON_ASKED = {
    "name": Ask("name", 60),
    "relation": Ask(),
    "phones": Ask("phones", 6),
    "born": Ask("born"),
    "aliases": Ask("names", 60),
}
PERSON_CHECKS = (Check("name", "still_missing"), Check("relation", "choose_one"))

PERSON_OF_NEW = Sheet(
    name="person",
    kind="resident",
    about="household",
    fields={"resident": New("resident"), **{name: PERSON_FIELDS[name] for name in ("name", "home", "phones", "born")}},
    parts=PERSON_PARTS,
    asks={name: PERSON_ASKED[name] for name in ("name", "relation", "phones", "born")},
    checks=PERSON_CHECKS,
)
SHORT = {"number": Ask("plain", 20), "group": Ask("plain", 20)}
HOUSEHOLD = Sheet(
    name="household",
    kind="household",
    about="",
    unit=One("village"),
    fields={
        "household": New("household"),
        "village": One("village"),
        "number": One("number"),
        "group": One("group"),
        "head": Thing("head"),
    },
    asks={"village": Ask(), **SHORT},
    checks=(Check("village", "choose_one"),),
    people=People("person", "p{n}-", MOST_ROWS, "name", If("relation", ("head",)), "head"),
)
HOUSEHOLD_CHANGE = Sheet(
    name="household_change",
    kind="household_change",
    about="household",
    changes="household",
    fields={
        "household": Thing("household"),
        "number": One("number", ""),
        "group": One("group", ""),
        "reached_by": Many("reached_by"),
        "best_months": Many("best_months", whole=True),
        "head": One("head"),
    },
    asks={**SHORT, "head": Ask(), "reached_by": Ask("many"), "best_months": Ask("many")},
)
HOUSEHOLD_PLACES = Sheet(
    name="household_places",
    kind="household_change",
    about="household",
    changes="household",
    fields={
        "household": Thing("household"),
        "places": Slots(
            PLACE_SLOTS,
            If("w{n}-words"),
            {
                "season": One("w{n}-season"),
                "from_month": Whole("w{n}-since"),
                "to_month": Whole("w{n}-until"),
                "words": Sealed("w{n}-words", "household", name="place.{k}"),
            },
        ),
    },
    parts=("places",),
    asks={
        f"w{n}-{what}": ask
        for n in PLACE_SLOTS
        for what, ask in (
            ("season", Ask()),
            ("since", Ask("whole", 12, 1)),
            ("until", Ask("whole", 12, 1)),
            ("words", Ask("plain", 200)),
        )
    },
    checks=tuple(
        Check(f"w{n}-{what}", "choose_one", If(f"w{n}-words"))
        for n in PLACE_SLOTS
        for what in ("season", "since", "until")
    ),
)
DAY_OF_LEAVING = {"day": Ask("day")}
HOUSEHOLD_LEFT = Sheet(
    name="household_left",
    kind="household_change",
    about="household",
    changes="household",
    always=True,
    fields={"household": Thing("household"), "left_on": One("day")},
    asks=DAY_OF_LEAVING,
    checks=(Check("day", "still_missing"),),
)
RESIDENT = Sheet(
    name="resident",
    kind="resident",
    about="household",
    fields={
        "resident": New("resident"),
        **PERSON_FIELDS,
        "home": Record({"household": Thing("household"), "relation": One("relation"), "since": One("since")}),
    },
    parts=PERSON_PARTS,
    asks={**PERSON_ASKED, "since": Ask("day")},
    checks=PERSON_CHECKS,
)
RESIDENT_CHANGE = Sheet(
    name="resident_change",
    kind="resident_change",
    about="resident",
    changes="resident",
    fields={
        "resident": Thing("resident"),
        "name": PERSON_FIELDS["name"],
        "aliases": PERSON_FIELDS["aliases"],
        "phones": PERSON_FIELDS["phones"],
        "born": PERSON_FIELDS["born"],
        "home": Record({"household": Thing("household"), "relation": One("relation"), "since": Thing("today")}),
    },
    parts=PERSON_PARTS,
    asks=PERSON_ASKED,
    checks=PERSON_CHECKS,
)
RESIDENT_LEFT = Sheet(
    name="resident_left",
    kind="resident_change",
    about="resident",
    changes="resident",
    always=True,
    fields={"resident": Thing("resident"), "left_on": One("day")},
    asks=DAY_OF_LEAVING,
    checks=(Check("day", "still_missing"),),
)

SHEETS = {
    sheet.name: sheet
    for sheet in (
        VISIT,
        GATHERING,
        HOUSEHOLD,
        PERSON_OF_NEW,
        HOUSEHOLD_CHANGE,
        HOUSEHOLD_PLACES,
        HOUSEHOLD_LEFT,
        RESIDENT,
        RESIDENT_CHANGE,
        RESIDENT_LEFT,
    )
}
