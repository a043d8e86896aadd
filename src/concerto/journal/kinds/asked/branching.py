"""The sheets of a branch: one's own study, a lesson or training, a talk of two, a meeting. `village` is its unit."""

from ..times import MOST_MINUTES
from .language import Ask, Check, Clock, If, Many, New, Nth, One, Record, Sealed, Sheet, Slots, Thing, Value, Whole
from .visiting import DAY_ASKED, DAY_CHECKS, NOTE, WORDS

TALKERS = ("1", "2")
MOST_ON_ROLL = 80
ROLL_SLOTS = tuple(str(n) for n in range(MOST_ON_ROLL))
ITEM_SLOTS = ("1", "2", "3", "4")
DECISION_SLOTS = ("1", "2", "3")
OUT_SLOTS = ("1", "2", "3", "4", "5")
SORTS = ("talk", "vote", "ballot")
FIGURES = ("yes", "no", "abstain", "not_cast")
LENGTH = Ask("whole", MOST_MINUTES, 1)
FIGURE = Ask("whole", 200)
ONE_LINE = Ask("plain", 200, free=True)

OWN_STUDY = Sheet(
    name="own_study",
    kind="own_study",
    about="village",
    happened="asked",
    fields={"words": Sealed("line", "first", to="author", name="words")},
    parts=("words",),
    asks={**DAY_ASKED, "line": ONE_LINE},
    checks=(*DAY_CHECKS, Check("line", "still_missing")),
)
STUDY = Sheet(
    name="study",
    kind="study",
    about="village",
    happened="asked",
    fields={
        "form": One("form"),
        "took": Record({"begins": Clock("begins"), "ends": Clock("ends"), "minutes": Whole("minutes")}),
        "members": Many("members"),
        "topics": Many("topics"),
        "made_with": Many("made_with"),
        "words": Sealed("words", "first", to="author", chosen="words_for", carried=True),
    },
    parts=("words",),
    asks={
        **DAY_ASKED,
        "form": Ask(),
        "begins": Ask("time"),
        "ends": Ask("time"),
        "minutes": LENGTH,
        "members": Ask("many"),
        "topics": Ask("many"),
        "made_with": Ask("many"),
        **NOTE,
    },
    checks=(
        *DAY_CHECKS,
        Check("form", "choose_one"),
        Check("minutes", "from_to_or_a_length", unless=If("begins")),
        Check("begins", "still_missing", If("ends")),
        Check("ends", "still_missing", If("begins")),
        Check("members", "choose_one"),
    ),
)
HEART_TALK = Sheet(
    name="heart_talk",
    kind="heart_talk",
    about="village",
    happened="asked",
    fields={
        "talkers": Slots(
            TALKERS,
            If("talker_{n}"),
            {"member": One("talker_{n}"), "capacity": One("talker_as_{n}", "member")},
        )
    },
    asks={**DAY_ASKED, **{f"talker_{what}{n}": Ask() for n in TALKERS for what in ("", "as_")}},
    checks=(*DAY_CHECKS, *(Check(f"talker_{n}", "choose_one") for n in TALKERS)),
)

MEETING_FIELDS: dict[str, Value] = {
    "branch": Thing("village"),
    "form": One("form"),
    "contents": Many("contents"),
    "group": One("group"),
    "base": Many("base"),
    "left_out": Slots(
        OUT_SLOTS,
        If("out_{n}"),
        {
            "member": One("out_{n}"),
            "approved_on": One("out_on_{n}"),
            "adopted_by": Nth("out_item_{n}", ITEM_SLOTS, If("item_{n}", SORTS)),
        },
    ),
    "attendance": Slots(ROLL_SLOTS, If("how_{n}"), {"member": One("who_{n}"), "how": One("how_{n}")}),
    "took": Record({"minutes": Whole("minutes")}),
    "chair": One("chair"),
    "recorder": One("recorder"),
    "pre_study": Record({"minutes": Whole("pre_study")}),
    "meeting_study": Record({"minutes": Whole("meeting_study")}),
    "items": Slots(
        ITEM_SLOTS,
        If("item_{n}", SORTS),
        {
            "sort": One("item_{n}"),
            "words": Sealed("item_words_{n}", "first"),
            "away": Many("away_{n}"),
            "votes": Record({figure: Whole(f"{figure}_{{n}}") for figure in FIGURES}),
        },
    ),
    "decisions": Slots(
        DECISION_SLOTS,
        If("decision_{n}"),
        {
            "resolution": New("decision {n}"),
            "words": Sealed("decision_{n}", "opened"),
            "owner": One("owner_{n}"),
            "due": One("due_{n}"),
        },
        opens="resolution",
        words="words",
    ),
    "made_with": Many("made_with"),
    "words": Sealed("words", "first", carried=True),
}
MEETING = Sheet(
    name="meeting",
    kind="meeting",
    about="village",
    happened="asked",
    fields=MEETING_FIELDS,
    parts=("items", "decisions", "words"),
    asks={
        **DAY_ASKED,
        "form": Ask(),
        "contents": Ask("many"),
        "group": Ask(),
        "base": Ask("many"),
        **{f"{what}_{n}": Ask() for n in ROLL_SLOTS for what in ("who", "how")},
        "minutes": LENGTH,
        "chair": Ask(),
        "recorder": Ask(),
        "pre_study": LENGTH,
        "meeting_study": LENGTH,
        **{f"item_{n}": Ask() for n in ITEM_SLOTS},
        **{f"item_words_{n}": WORDS for n in ITEM_SLOTS},
        **{f"away_{n}": Ask("many") for n in ITEM_SLOTS},
        **{f"{figure}_{n}": FIGURE for n in ITEM_SLOTS for figure in FIGURES},
        **{f"out_{n}": Ask() for n in OUT_SLOTS},
        **{f"out_on_{n}": Ask("day") for n in OUT_SLOTS},
        **{f"out_item_{n}": Ask() for n in OUT_SLOTS},
        **{f"decision_{n}": WORDS for n in DECISION_SLOTS},
        **{f"owner_{n}": Ask() for n in DECISION_SLOTS},
        **{f"due_{n}": Ask("ahead") for n in DECISION_SLOTS},
        "made_with": Ask("many"),
        "words": WORDS,
    },
    checks=(
        *DAY_CHECKS,
        Check("form", "choose_one"),
        Check("contents", "choose_one", If("form", ("none",))),
        Check("group", "choose_one", If("form", ("group",))),
        *(Check(f"out_on_{n}", "still_missing", If(f"out_{n}")) for n in OUT_SLOTS),
        *(Check(f"out_item_{n}", "choose_one", If(f"out_{n}")) for n in OUT_SLOTS),
    ),
)
