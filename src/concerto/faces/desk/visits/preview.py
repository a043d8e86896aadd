"""The foot of the form: the table from which the browser draws the live chord, and the same judged on the server."""

from typing import Any

from django.utils.translation import gettext, ngettext, pgettext

from concerto.faces.desk.visits.form import SLOTS, ContactForm, GatheringForm
from concerto.faces.desk.visits.whom import Whom
from concerto.journal.kinds.preview import VISIT_RULES, Rule, posted
from concerto.papers.columns import in_one
from concerto.places.sight import Part

# Where the form asks what a body says under another name: words are what makes a need or a lead.
ASKED_AS = {"need": tuple(f"need_words_{slot}" for slot in SLOTS), "lead": ("lead_words",)}
MET_BY_NATURE = {"channel": ["gathering"], "met": ["met"]}  # a gathering does not ask


def table(whom: Whom) -> dict[str, Any]:
    """Give the rules as the browser reads them, in the reader's language."""
    rules = [rule for rule in VISIT_RULES if whom.helped or not rule.helped]
    return {
        "rules": [plain_rule(rule, name) for rule in rules for name in ASKED_AS.get(rule.field, (rule.field,))],
        "nothing": gettext("nothing"),
        "between": pgettext("clauses", ", "),
        "counts": [count_words(n) for n in range(len(Part) + 1)],
    }


def plain_rule(rule: Rule, name: str) -> dict[str, Any]:
    """Write one rule as the browser reads it, of the field as the form names it."""
    plain: dict[str, Any] = {"line": rule.line.value, "field": name, "words": str(rule.words)}
    if rule.values:
        plain["is"] = list(rule.values)
    if rule.unless:
        plain["unless"] = {field: list(values) for field, values in rule.unless.items()}
    if rule.helped:
        plain["helped"] = True
    return plain


def count_words(count: int) -> str:
    """Say in how many ledgers an entry will stand."""
    if not count:
        return gettext("Stands in no ledger yet")
    return ngettext("Stands in {n} ledger", "Stands in {n} ledgers", count).format(n=count)


def shown(form: ContactForm) -> dict[Part, str]:
    """Say what a form as it stands will post: for the page as it is sent, and where no script runs."""
    answers = dict(_answers(form))
    if isinstance(form, GatheringForm):
        answers |= MET_BY_NATURE
    lines = posted(answers, helped=form.whom.helped)
    return {part: in_one(dict.fromkeys(words)) for part, words in lines.items()}


def _answers(form: ContactForm) -> Any:
    for field in {rule.field for rule in VISIT_RULES}:
        given = [text for name in ASKED_AS.get(field, (field,)) for text in _given(form, name)]
        if given:
            yield field, given


def _given(form: ContactForm, name: str) -> list[str]:
    """Read what a field holds now: what was sent, or what it starts with."""
    if name not in form.fields:
        return []
    value = form[name].value()
    many = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in many if one not in (None, "") and str(one).strip()]
