"""The columns of each ledger, the same on the page and in a file: heading, and what a line says there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy

from concerto.journal.kinds import words as said
from concerto.places.sight import Part

from .ledgers import SCREENED, Line
from .naming import Naming

Cell = str | int | date
Says = Callable[[Line, Naming], Cell]

KIND_WORDS: dict[Part, said.Words] = {
    Part.STUDY: {
        "talk": pgettext_lazy("line", "Talk on policy"),
        **said.STUDIED_WORDS,
    },
    Part.BRANCH: {
        **said.HELD_WORDS,
        "pledge": pgettext_lazy("line", "Pledge"),
        "branch_matter": pgettext_lazy("line", "Branch matter"),
    },
    Part.VISITS: said.CHANNEL_WORDS,
    Part.DISPUTES: {**said.LEAD_WORDS, "screening": pgettext_lazy("line", "Screening of a village")},
    Part.ASSISTANCE: {
        "need": pgettext_lazy("line", "Need"),
        "change": pgettext_lazy("line", "Change"),
        "no_change": pgettext_lazy("line", "No change"),
        "declined": pgettext_lazy("line", "Did not wish to"),
        "nothing_wanted": pgettext_lazy("line", "Asked, nothing wanted"),
        "deed": pgettext_lazy("line", "Good thing done"),
    },
}
SAME_STATE = ("opened", "recorded")  # these lines have no life of their own: they are as they were opened
STATE_WORDS: said.Words = {
    **said.OUTCOME_WORDS,
    "held": pgettext_lazy("state", "Held"),
    "took_place": pgettext_lazy("state", "Took place"),
    "secretary": pgettext_lazy("state", "With the secretary"),
    "committee_member": pgettext_lazy("state", "With somebody of the committee"),
    "member": pgettext_lazy("state", "With a member"),
    "half_absent": pgettext_lazy("state", "Held, half of those due absent"),
    "opened": pgettext_lazy("state", "Opened"),
    **said.NEED_STATE_WORDS,
    "recorded": pgettext_lazy("state", "Recorded"),
    "lead": pgettext_lazy("state", "Lead"),
    "lapsed": pgettext_lazy("state", "Lapsed"),
    "case": pgettext_lazy("state", "Became a case"),
    "screened": pgettext_lazy("state", "Screened"),
    "households": pgettext_lazy("state", "For the household"),
    "group": pgettext_lazy("state", "For a party group"),
    "village": pgettext_lazy("state", "For the village"),
}


@dataclass(frozen=True)
class Column:
    """One column: its heading and what a line says in it. Names are left out of a file without names."""

    key: str
    heading: str | Promise
    says: Says
    is_name: bool = False


def _kind(line: Line, _: Naming) -> str:
    return said.word(KIND_WORDS[line.part], line.kind)


def _state(line: Line, _: Naming) -> str:
    if line.state == SCREENED:
        return found_words(line.more["found"])
    return said.word(STATE_WORDS, line.state)


def _met(line: Line, _: Naming) -> str:
    people = line.more.get("met", 0)
    if line.state != "met" or not people:
        return said.word(STATE_WORDS, line.state)
    return ngettext("met {n} person", "met {n} people", people).format(n=people)


def _change(line: Line, _: Naming) -> str:
    change = line.more["change"]
    return "" if change == "not_asked" else said.word(said.CHANGE_WORDS, change)


def _household(line: Line, naming: Naming) -> str:
    count = line.more.get("households", 1)
    if line.household is None and line.part is Part.STUDY:
        if not count:  # nothing at a household: a meeting or a training
            return ""
        return ngettext("{n} household", "{n} households", count).format(n=count)
    return naming.household(line)


def _there(line: Line, _: Naming) -> str:
    """Say of a meeting how many should have been there and were; of anything else nothing."""
    if not line.more["base"]:
        return ""
    return gettext("due {base}, present {present}").format(base=line.more["base"], present=line.more["present"])


def _topics(line: Line, _: Naming) -> str:
    topics = [said.word(said.TOPIC_WORDS, topic) for topic in line.more["topics"].split(",") if topic]
    return pgettext("list", ", ").join(topics)


def in_one(clauses: Iterable[Any]) -> str:
    """Say clauses one after the other, leaving out the empty ones."""
    # Translators: what stands between the clauses of a line
    return pgettext("clauses", ", ").join(str(clause) for clause in clauses if clause)


def _remark(line: Line, _: Naming) -> str:
    remarks = []
    if line.late:
        remarks.append(ngettext("recorded {n} day later", "recorded {n} days later", line.late).format(n=line.late))
    if line.more.get("source_withdrawn"):
        remarks.append(gettext("what it came from was withdrawn"))
    if line.state == SCREENED:
        remarks += [said.word(said.SCREENING_WAY_WORDS, line.more["way"]), _asked_about(line)]
    if line.more.get("due"):
        remarks.append(gettext("due on {day}").format(day=date_format(line.more["due"], "DATE_FORMAT")))
    return in_one(remarks)


def found_words(found: int) -> str:
    """Say how many disputes were found; none is a full answer."""
    if not found:
        return gettext("found nothing")
    return ngettext("found {n} dispute", "found {n} disputes", found).format(n=found)


def _asked_about(line: Line) -> str:
    sorts = (said.word(said.LEAD_WORDS, sort) for sort in line.more["sorts"].split(",") if sort)
    return gettext("asked about: {sorts}").format(sorts=pgettext("list", ", ").join(sorts))


NUMBER = Column("number", pgettext_lazy("column", "No."), lambda line, n: n.numbers.get(line.entry, 0))
DAY = Column("on", pgettext_lazy("column", "Day"), lambda line, _: line.on)
UNIT = Column("unit", pgettext_lazy("column", "Unit"), lambda line, n: n.unit(line.unit))
HOUSEHOLD = Column("household", pgettext_lazy("column", "Household"), _household, is_name=True)
KIND = Column("kind", pgettext_lazy("column", "What"), _kind)
STATE = Column("state", pgettext_lazy("column", "State"), _state)
BY = Column("by", pgettext_lazy("column", "Recorded by"), lambda line, n: n.accounts.get(line.by, ""), is_name=True)
REMARK = Column("remark", pgettext_lazy("column", "Remark"), _remark)

OWN: dict[Part, tuple[Column, ...]] = {
    Part.STUDY: (
        KIND,
        HOUSEHOLD,
        Column("topics", pgettext_lazy("column", "Topics"), _topics),
        Column("minutes", pgettext_lazy("column", "Minutes"), lambda line, _: line.more["minutes"] or ""),
    ),
    Part.BRANCH: (
        KIND,
        Column("member", pgettext_lazy("column", "Member"), lambda line, n: n.members.get(line.more["member"], ""),
               is_name=True),
        HOUSEHOLD,
        Column("there", pgettext_lazy("column", "Attendance"), _there),
        STATE,
    ),
    Part.VISITS: (
        HOUSEHOLD,
        Column("kind", pgettext_lazy("column", "How"), _kind),
        Column("state", pgettext_lazy("column", "Met"), _met),
        Column("change", pgettext_lazy("column", "Change"), _change),
    ),
    Part.DISPUTES: (KIND, HOUSEHOLD, STATE),
    Part.ASSISTANCE: (
        KIND,
        HOUSEHOLD,
        Column("sort", pgettext_lazy("column", "About"), lambda line, _: _sort(line)),
        STATE,
    ),
}  # fmt: skip


def _sort(line: Line) -> str:
    words = said.HEADING_WORDS if line.kind == "deed" else said.NEED_WORDS
    return said.word(words, line.more["sort"]) if line.more["sort"] else ""


def columns(part: Part, *, with_names: bool = True) -> tuple[Column, ...]:
    """Give a ledger's columns in the order of the design: number, day, who and what, by whom, remark."""
    all_of_them = (NUMBER, DAY, UNIT, *OWN[part], BY, REMARK)
    return tuple(column for column in all_of_them if with_names or not column.is_name)


def words_on_line(line: Line, naming: Naming) -> str:
    """Say one line in a few words, as on the staff of its entry."""
    if line.part is Part.ASSISTANCE and line.kind == "need":
        return gettext("Need: {sort}").format(sort=_sort(line))
    if line.state == SCREENED:
        return gettext("Screening of the village: {found}").format(found=found_words(line.more["found"]))
    if line.part is Part.DISPUTES and line.kind:
        return gettext("Lead: {sort}").format(sort=said.word(said.LEAD_WORDS, line.kind))
    left_out = {"household", "member"} | ({"state"} if line.state in SAME_STATE else set())
    return in_one(column.says(line, naming) for column in OWN[line.part] if column.key not in left_out)
