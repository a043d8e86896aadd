"""Which kinds of entry give which proof: a declared table, so that a phone can say what is settled once sent.

It says no more than the folds do, and a test holds it to them. Nothing is judged by it: the server's standing decides,
as soon as the entry has come.
"""

from collections.abc import Iterator, Mapping

import msgspec

from concerto.rulebook.duty import Edition
from concerto.rulebook.terms import terms

Where = Mapping[str, tuple[str, ...]]
ANYTHING: Where = {}


class Gives(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry of this kind, answered so, counts about what it names there.

    `where` names fields of its body and the answers of which one must stand there; none asks that the field says
    something at all. `about` is the field that names what it counts about: "" its author, "entry" itself, "unit" the
    unit it was recorded in. With `most_there` it counts only where more than half of its base were present.
    """

    kind: str
    where: Where = ANYTHING
    about: str = ""
    most_there: bool = False


def _call(**where: tuple[str, ...]) -> Gives:
    return Gives("visit", where, "households")


def _meeting(about: str = "branch", **where: tuple[str, ...]) -> Gives:
    return Gives("meeting", where, about, most_there=True)


ANSWERED = ("met", "declined")  # but at the door, declining proves what meeting somebody does
STUDIED = ("pre_study", "meeting_study")
OF_A_NEED = ("accepted", "returned", "not_ours", "told", "yes", "partly", "no", "told_to_the_doer", "no_answer",
             "need_confirmed")  # fmt: skip
OF_A_CASE = ("not_accepted", "in_effect", "ended", "channel_changed", "result_returned", "told_to_each_side", "kept",
             "broken", "return_visit", "reported")  # fmt: skip
GIVES: Mapping[str, tuple[Gives, ...]] = {
    "visit": (_call(channel=("visit",), outcome=("met",)),),
    "phone_call": (_call(channel=("phone_call",), outcome=ANSWERED),),
    "gathering": (_call(channel=("gathering",), outcome=ANSWERED),),
    "declined": (_call(channel=("visit",), outcome=("declined",)),),
    "wish": (),  # said on the household's card, which no phone writes to
    "nothing_wanted": (_call(wants=("nothing",)),),
    "deed": (Gives("deed", ANYTHING, "households"),),
    "change": (_call(change=("changed",)),),
    "no_change": (
        _call(change=("no_change",)),
        _call(channel=("phone_call",), outcome=("declined",)),
    ),
    "home_lesson": (Gives("study", {"form": ("home_lesson",)}, "members"), Gives("visit", ANYTHING, "lesson_for")),
    "own_study": (Gives("own_study"),),
    "study_minutes": (
        Gives("study", ANYTHING, "members"),
        *(Gives("meeting", {field: (), "attendance.how": ("present",)}, "attendance.member") for field in STUDIED),
        Gives("visit", ANYTHING, "lesson_for"),
    ),
    "pre_study": (_meeting("entry", pre_study=()),),
    "meeting_study": (_meeting("entry", meeting_study=()),),
    "members_meeting": (_meeting(form=("members",)),),
    "committee_meeting": (_meeting(form=("committee",)),),
    "group_meeting": (_meeting("group", form=("group",)),),
    "party_lesson": (_meeting(contents=("lesson",)),),
    "theme_party_day": (_meeting(contents=("theme_day",)),),
    "org_life_meeting": (_meeting(contents=("organisational_life",)),),
    "democratic_appraisal": (_meeting(contents=("appraisal",)),),
    "rules_reviewed": (_meeting(contents=("rules_reviewed",)),),
    "heart_talk": (Gives("heart_talk", ANYTHING, "talkers.member"),),
    **dict.fromkeys((*OF_A_NEED, *OF_A_CASE), ()),  # a need's and a case's steps settle their clocks: no phone does
}


def settled_by(edition: Edition) -> list[Gives]:
    """List the kinds of entry that count for a duty, the one it is usually settled by first."""
    told: list[Gives] = []
    for gives in _of(edition):
        if gives not in told:
            told.append(gives)
    return told


def _of(edition: Edition) -> Iterator[Gives]:
    for kind in edition.proven_by:
        if not terms().proofs[kind].given:
            continue
        for gives in GIVES[kind]:
            if gives.kind == "heart_talk" and edition.made_by:  # a talk says itself as whom each of the two had it
                gives = msgspec.structs.replace(gives, where={"talkers.capacity": edition.made_by})
            yield gives
