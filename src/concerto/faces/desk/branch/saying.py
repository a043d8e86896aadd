"""From a form of the branch to what is said and back, by its sheet; what it will post."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

import msgspec
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.branch.forms import BranchForm
from concerto.faces.desk.entries.reading import Fact
from concerto.faces.desk.entries.sealed_words import readable
from concerto.faces.desk.visits.preview import count_words, plain_rule
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds import KINDS, asked
from concerto.journal.kinds.asked import SHEETS, Composed, Context, answers_of, compose
from concerto.journal.kinds.asked.branching import DECISION_SLOTS
from concerto.journal.kinds.asked.showing import Text
from concerto.journal.kinds.preview import Rule, posted
from concerto.journal.kinds.preview_branch import MEETING_RULES, STUDY_RULES, TALK_RULES
from concerto.journal.said import Body, SealedPart, Wording
from concerto.papers.columns import in_one
from concerto.places.sight import Part

BODIES: dict[str, type[Body]] = {kind.KIND: kind for kind in KINDS}
RULES: dict[str, Sequence[Rule]] = {"meeting": MEETING_RULES, "study": STUDY_RULES, "heart_talk": TALK_RULES}
# Where the form asks under another name what a body says.
ASKED_AS = {"decision": tuple(f"decision_{n}" for n in DECISION_SLOTS), "talkers": ("talker_1",)}


def before_of(fact: Fact) -> asked.Before:
    """Give what was said, with the words that its reader may read; others are carried along as they are."""
    may_read = readable(fact)
    read = {digest: part for digest, part in fact.last.sealed.items() if digest in may_read}
    return asked.Before(msgspec.to_builtins(fact.body), read)


def said(form: BranchForm, fact: Fact | None, more: Mapping[str, list[str]]) -> tuple[Body, list[SealedPart]]:
    """Write what a form says; `more` are answers that the page itself knows."""
    told = _composed(form, fact, more)
    try:
        return msgspec.convert(told.body, BODIES[told.kind]), told.sealed
    except msgspec.ValidationError as wrong:
        raise wrong.__cause__ if isinstance(wrong.__cause__, Refused) else Refused("not_understood") from None


def _composed(form: BranchForm, fact: Fact | None, more: Mapping[str, list[str]]) -> Composed:
    first = fact.told.first if fact else form.draft.id
    context = Context(
        {"first": first, "village": form.whom.village.id},
        form.today,
        form.draft.new_id,
        lambda name, about, audience, text: form.draft.seal(name, about=about, audience=audience, text=text),
        before_of(fact) if fact else None,
    )
    return compose(SHEETS[form.sheet], {**plain(form.cleaned_data), **more}, context)


def plain(told: Mapping[str, Any]) -> dict[str, list[str]]:
    """Give what a form took as plain answers."""
    given = {name: value if isinstance(value, list) else [value] for name, value in told.items()}
    texts = {name: [_text(one) for one in values if one not in (None, "")] for name, values in given.items()}
    return {name: values for name, values in texts.items() if values}


def _text(value: Any) -> str:
    return value.isoformat("minutes") if isinstance(value, time) else str(value)


def shown_again(sheet: str, fact: Fact) -> dict[str, Any]:
    """Fill a form with what was said, as far as its reader may read it."""
    return filled(sheet, before_of(fact), fact.last.said.happened_on, fact.sight.day)


def sent_back(sheet: str, words: Wording, today: date) -> dict[str, Any]:
    """Fill a form with what was written in an entry that was sent back: `words` hold what its reader may read."""
    return filled(sheet, asked.Before(msgspec.to_builtins(words.body), words.sealed), words.said.happened_on, today)


def filled(sheet: str, before: asked.Before, on: date, today: date) -> dict[str, Any]:
    """Fill a form with what was said before."""

    def texts(digest: str) -> Text | None:
        part = before.parts.get(digest)
        return Text(part.text, part.audience.value) if part else None

    found = answers_of(SHEETS[sheet], before.body, texts, happened_on=on, today=today)
    return {name: given if SHEETS[sheet].asks[name].read == "many" else given[0] for name, given in found.items()}


# ---------------------------------------------------------------- what it will post


def table(sheet: str) -> dict[str, Any]:
    """Give the rules as the browser reads them, in the reader's language."""
    rules = RULES.get(sheet, ())
    return {
        "rules": [plain_rule(rule, name) for rule in rules for name in ASKED_AS.get(rule.field, (rule.field,))],
        "nothing": gettext("nothing"),
        "between": pgettext("clauses", ", "),
        "counts": [count_words(n) for n in range(len(Part) + 1)],
    }


def shown(form: BranchForm) -> dict[Part, str]:
    """Say what a form as it stands will post."""
    rules = RULES.get(form.sheet, ())
    answers = {rule.field: _given(form, ASKED_AS.get(rule.field, (rule.field,))) for rule in rules}
    lines = posted({name: given for name, given in answers.items() if given}, helped=False, rules=rules)
    return {part: in_one(dict.fromkeys(words)) for part, words in lines.items()}


def _given(form: BranchForm, names: Sequence[str]) -> list[str]:
    values = [form[name].value() for name in names if name in form.fields]
    many = [one for value in values for one in (value if isinstance(value, list | tuple) else [value])]
    return [str(one) for one in many if one not in (None, "") and str(one).strip()]
