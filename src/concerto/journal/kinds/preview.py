"""What a visit will post, as data: field → line and words. Page and phone draw it; a test holds it to the folds."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from concerto.places.sight import Part

from .visit import OUTCOMES, Visit1

Answers = Mapping[str, Sequence[str]]
NOT_MET = tuple(outcome for outcome in OUTCOMES if outcome != "met")


class Rule(NamedTuple):
    """This field, so answered, stands on this line under these words.

    Without `values` any answer counts; `unless` names answers of other fields that bar it; `helped` asks that the
    household had a helper on that day.
    """

    line: Part
    field: str
    words: str | Promise
    values: tuple[str, ...] = ()
    unless: Mapping[str, tuple[str, ...]] = {}
    helped: bool = False


NOBODY = {"met": NOT_MET}
NO_HOME = {"channel": ("gathering",), "met": NOT_MET}
VISIT_RULES = (
    Rule(Part.STUDY, "topics", pgettext_lazy("posts", "talk on policy"), unless=NOBODY),
    Rule(Part.STUDY, "lesson_minutes", pgettext_lazy("posts", "lesson at home"), unless=NOBODY),
    Rule(Part.BRANCH, "matter", pgettext_lazy("posts", "pledge"), ("pledge",)),
    Rule(Part.BRANCH, "matter", pgettext_lazy("posts", "branch matter"), ("branch_matter",)),
    Rule(Part.VISITS, "channel", pgettext_lazy("posts", "visit"), ("visit",)),
    Rule(Part.VISITS, "channel", pgettext_lazy("posts", "phone call"), ("phone_call",)),
    Rule(Part.VISITS, "channel", pgettext_lazy("posts", "gathering"), ("gathering",)),
    Rule(Part.VISITS, "met", pgettext_lazy("posts", "somebody met"), unless=NOBODY),
    Rule(Part.VISITS, "met", pgettext_lazy("posts", "nobody in"), ("nobody_home",)),
    Rule(Part.VISITS, "met", pgettext_lazy("posts", "not now"), ("not_now",)),
    Rule(Part.VISITS, "met", pgettext_lazy("posts", "does not wish to"), ("declined",)),
    Rule(Part.VISITS, "met", pgettext_lazy("posts", "moved"), ("moved",)),
    Rule(Part.DISPUTES, "lead", pgettext_lazy("posts", "lead, for you and the desk alone")),
    Rule(
        Part.ASSISTANCE,
        "change",
        pgettext_lazy("posts", "no change"),
        ("no_change",),
        NO_HOME,
        helped=True,
    ),
    Rule(Part.ASSISTANCE, "met", pgettext_lazy("posts", "does not wish to"), ("declined",), helped=True),
    Rule(Part.ASSISTANCE, "wants", pgettext_lazy("posts", "nothing wanted"), ("nothing",), NO_HOME, helped=True),
    Rule(Part.ASSISTANCE, "change", pgettext_lazy("posts", "change"), ("changed",), NO_HOME, helped=True),
    Rule(Part.ASSISTANCE, "need", pgettext_lazy("posts", "need")),
)


def answers_of(visit: Visit1) -> dict[str, list[str]]:
    """Give what a visit says as the answers of the form it was written in."""
    found: dict[str, list[str]] = {
        "channel": [visit.channel],
        "met": [str(person) for person in visit.met] or [visit.outcome],
        "change": [visit.change],
        "wants": [visit.wants] if visit.wants != "not_asked" else [],
        "topics": list(visit.topics),
        "lesson_minutes": [str(visit.lesson_minutes)] if visit.lesson_minutes else [],
        "matter": [served.sort for served in visit.matters],
        "need": [heard.sort for heard in visit.needs],
        "lead": [lead.sort for lead in visit.leads],
    }
    return {field: answers for field, answers in found.items() if answers}


def posted(answers: Answers, *, helped: bool, rules: Sequence[Rule] = VISIT_RULES) -> dict[Part, list[str]]:
    """Say what answers will post: the words for each line that sounds, in the order of the rules."""
    lines: dict[Part, list[str]] = {}
    for rule in rules:
        if (helped or not rule.helped) and holds(rule, answers):
            lines.setdefault(rule.line, []).append(str(rule.words))
    return lines


def holds(rule: Rule, answers: Answers) -> bool:
    """Tell whether a rule speaks for these answers."""
    given = answers.get(rule.field, ())
    said = any(answer in rule.values for answer in given) if rule.values else bool(given)
    return said and not any(
        answer in barring for field, barring in rule.unless.items() for answer in answers.get(field, ())
    )
