"""Every recording form that a phone has too, as data: those of the register here, others beside."""

from .branching import HEART_TALK, MEETING, OWN_STUDY, STUDY
from .consenting import CONSENT
from .doing import DEED, DEEDS
from .language import (
    Ask,
    Check,
    If,
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
from .needing import NEED_STEP, NEED_WORD
from .screening import SCREENING
from .visiting import GATHERING, VISIT

MOST_ROWS = 12
MOST_PLACES = 8
PLACE_SLOTS = tuple(str(n) for n in range(MOST_PLACES))

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
# Where it is known from, for who says so; no field of the thing.
TOLD_BY: dict[str, Value] = {"told_by": One("told_by")}
TOLD_BY_ASKED = {"told_by": Ask()}
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
        **TOLD_BY,
    },
    asks={**SHORT, "head": Ask(), "reached_by": Ask("many"), "best_months": Ask("many"), **TOLD_BY_ASKED},
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
        **TOLD_BY,
    },
    parts=("places",),
    asks={
        f"w{n}-{what}": ask
        for n in PLACE_SLOTS
        for what, ask in (
            ("season", Ask()),
            ("since", Ask("whole", 12, 1)),
            ("until", Ask("whole", 12, 1)),
            ("words", Ask("plain", 200, free=True)),
        )
    }
    | TOLD_BY_ASKED,
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
        **TOLD_BY,
    },
    parts=PERSON_PARTS,
    asks={**PERSON_ASKED, "since": Ask("day"), **TOLD_BY_ASKED},
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
        **TOLD_BY,
    },
    parts=PERSON_PARTS,
    asks={**PERSON_ASKED, **TOLD_BY_ASKED},
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
        OWN_STUDY,
        STUDY,
        HEART_TALK,
        MEETING,
        NEED_STEP,
        NEED_WORD,
        DEED,
        DEEDS,
        CONSENT,
        SCREENING,
    )
}
