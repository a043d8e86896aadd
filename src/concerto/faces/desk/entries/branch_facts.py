"""What an entry of a branch says, as terms and words: a meeting with its votes, a lesson or training, a talk of two.

Nobody is named but who was left out of the count and who sees to a decision, to those who may know: who was there
stands in the minutes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.branch.forms import CAPACITY_WORDS
from concerto.faces.desk.branch.meeting_form import CONTENT_CHOICES, FORM_CHOICES, HOW, SORT_CHOICES
from concerto.faces.desk.register import words as register
from concerto.journal.kinds import words as said
from concerto.journal.kinds.meeting import AgendaItem, Decided, LeftOut, Meeting1
from concerto.journal.kinds.study import Study1
from concerto.journal.kinds.talks import HeartTalk1
from concerto.journal.kinds.times import Took
from concerto.journal.kinds.voting import line_of_vote
from concerto.journal.said import Body
from concerto.papers.columns import in_one
from concerto.rulebook.mechanism import mechanism

Pair = tuple[str | Promise, str]


def branch_facts(body: Body | None, on: date, names: Mapping[UUID, str]) -> Iterator[Pair]:
    """Say what a body of a branch says; of any other nothing. `names` are those this reader may read."""
    if isinstance(body, Meeting1):
        yield from _meeting(body, on, names)
    if isinstance(body, Study1):
        yield pgettext_lazy("study", "What it was"), said.word(said.STUDIED_WORDS, body.form)
        yield _("How long"), length_words(body.took, on)
        n = len(body.members)
        yield _("Who learnt"), ngettext("{n} member", "{n} members", n).format(n=n)
        yield _("What it was about"), register.listed(said.word(said.TOPIC_WORDS, topic) for topic in body.topics)
    if isinstance(body, HeartTalk1):
        yield _("Who talked"), register.listed(str(CAPACITY_WORDS[one.capacity]) for one in body.talkers)


def meeting_words(body: Body | None) -> str:
    """Say which meeting it was: by its form, or where it has none by what it held; nothing of anything else."""
    if not isinstance(body, Meeting1):
        return ""
    if body.form != "none":
        return str(dict(FORM_CHOICES)[body.form])
    contents = dict(CONTENT_CHOICES)
    return register.listed(str(contents[one]) for one in body.contents)


def length_words(took: Took | None, on: date) -> str:
    """Say how long something took: from when to when, in minutes, and in the class hours of that day."""
    if took is None:
        return ""
    hours = Fraction(took.length, mechanism().value("class_hour", on))
    n = f"{float(hours):.1f}".removesuffix(".0")
    return in_one(
        [minutes_words(took), ngettext("{n} class hour", "{n} class hours", 1 if hours == 1 else 2).format(n=n)]
    )


def minutes_words(took: Took | None) -> str:
    """Say from when to when something took, as far as that was told, and how many minutes."""
    if took is None:
        return ""
    told = [ngettext("{n} minute", "{n} minutes", took.length).format(n=took.length)]
    if took.begins is not None and took.ends is not None:
        first, last = (f"{one // 60:02}:{one % 60:02}" for one in (took.begins, took.ends))
        told.insert(0, gettext("{first} to {last}").format(first=first, last=last))
    return in_one(told)


def _meeting(body: Meeting1, on: date, names: Mapping[UUID, str]) -> Iterator[Pair]:
    forms, contents = dict(FORM_CHOICES), dict(CONTENT_CHOICES)
    if body.form != "none":
        yield pgettext_lazy("meeting", "Which meeting"), str(forms[body.form])
    yield _("What it held"), register.listed(str(contents[one]) for one in body.contents)
    yield _("How long"), length_words(body.took, on)
    yield _("Who was there"), in_one(_there(body))
    yield _("Not counted"), register.listed(_left_out(one, names) for one in body.left_out)
    for n, item in enumerate(body.items, 1):
        yield gettext("Item %(n)s of the agenda") % {"n": n}, _item(body, item)
    for n, decided in enumerate(body.decisions, 1):
        yield gettext("Decision %(n)s") % {"n": n}, _decided(decided, names)
    yield said.STUDIED_WORDS["pre_study"], length_words(body.pre_study, on)
    yield said.STUDIED_WORDS["meeting_study"], length_words(body.meeting_study, on)


def _there(body: Meeting1) -> Iterable[str]:
    """First those who should be there, so that it adds up; then who else was."""
    base = set(body.base)
    if base:
        words = pgettext("meeting", "due {base}, present {present}")
        yield words.format(base=len(body.base), present=len(body.there))
    yield from _stood(body, lambda member: member in base or not base, "excused", "floating", "absent")
    unmarked = len(base - {one.member for one in body.attendance})
    if unmarked:
        yield pgettext("attended", "not marked {n}").format(n=unmarked)
    others = len(set(body.present) - base)
    if others:
        yield gettext("without a vote {n}").format(n=others)
    yield from _stood(body, lambda _member: True, "observer")
    if body.proves_nothing:
        yield gettext("half of those due were not there: it proves nothing")


def _stood(body: Meeting1, counts: Callable[[UUID], bool], *hows: str) -> Iterator[str]:
    for how in hows:
        n = sum(one.how == how and counts(one.member) for one in body.attendance)
        if n:
            yield pgettext("attended", "{how} {n}").format(how=str(HOW[how]).lower(), n=n)


def _left_out(one: LeftOut, names: Mapping[UUID, str]) -> str:
    name, how = names.get(one.member, ""), left_out_words(one)
    return gettext("{name} ({how})").format(name=name, how=how) if name else how


def left_out_words(one: LeftOut) -> str:
    """Say by what somebody with a vote is not counted: who approved it when, and which vote adopted it."""
    day = date_format(one.approved_on, "DATE_FORMAT")
    words = gettext("approved above on {day}, adopted by the vote on item {n}")
    return words.format(day=day, n=one.adopted_by + 1)


def _decided(decided: Decided, names: Mapping[UUID, str]) -> str:
    """Say who sees to a decision and by when, as far as that was told; what was decided is sealed."""
    owner = names.get(decided.owner, "") if decided.owner else ""
    day = date_format(decided.due, "DATE_FORMAT") if decided.due else ""
    due = pgettext("decision", "by {day}").format(day=day) if day else ""
    return in_one(one for one in (owner, due) if one) or gettext("nobody and no day named for it")


def _item(body: Meeting1, item: AgendaItem) -> str:
    if item.sort == "vote":
        return line_of_vote(body.tally(item))
    return str(dict(SORT_CHOICES)[item.sort])
