"""What an entry about a case says, as terms and words, where two people decided it differently; its own words stand
sealed."""

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.cases import words
from concerto.faces.desk.cases.attachments import SHOWS
from concerto.journal.kinds.case_attachments import CaseAttachment1
from concerto.journal.kinds.case_slips import CaseCall1, CaseSlip1
from concerto.journal.kinds.case_steps import (
    CaseAgreement1,
    CaseConsent1,
    CaseHandover1,
    CaseHelp1,
    CasePerformance1,
    CaseReturnVisit1,
    CaseSession1,
    CaseSignature1,
    CaseStep1,
)
from concerto.journal.kinds.case_words import DIFFICULTY_WORDS
from concerto.journal.kinds.cases import Case1, CaseParty1, SpotSettlement1
from concerto.journal.kinds.words import word

CASE_BODIES = (
    Case1, SpotSettlement1, CaseParty1, CaseConsent1, CaseStep1, CaseSession1, CaseAgreement1, CaseSignature1,
    CasePerformance1, CaseReturnVisit1, CaseHandover1, CaseHelp1, CaseSlip1, CaseCall1,
    CaseAttachment1,
)  # fmt: skip
Pair = tuple[str | Promise, str]
# What of a step is said by the kind of its entry alone.
STEPS = {
    Case1: "opened", SpotSettlement1: "opened", CaseParty1: "party", CaseConsent1: "consent", CaseSession1: "session",
    CaseAgreement1: "agreement", CaseSignature1: "signature", CasePerformance1: "performance",
    CaseReturnVisit1: "return_visit",
}  # fmt: skip
# What is no step of its path.
BESIDE: Mapping[type, Promise] = {
    CaseSlip1: pgettext_lazy("case step", "A party was given a slip"),
    CaseCall1: pgettext_lazy("case step", "A party asked to be called"),
    CaseAttachment1: pgettext_lazy("case step", "Papers were attached"),
}


def case_title(body: object) -> str:
    """Say in a few words what an entry about a case wants, and nothing of what the case is about."""
    step = _said(body) if isinstance(body, CASE_BODIES) else ""
    return gettext("A case: {step}").format(step=step) if step else gettext("A step of a case")


def case_facts(body: object, called: Callable[[UUID], str]) -> Iterator[Pair]:
    """Say what an entry about a case says, without what it leaves unsaid; `called` names accounts and units."""
    told: tuple[Pair, ...] = ((pgettext_lazy("case", "Step"), _said(body)),)
    match body:
        case CaseStep1():
            told += (
                (pgettext_lazy("case", "Mediator"), called(body.account) if body.account else ""),
                (_("The matter is"), word(DIFFICULTY_WORDS, body.difficulty or "")),
            )
        case CaseHandover1():
            to = called(body.to) if body.to else words.route_name(body.office) if body.office else ""
            told += ((_("Where it goes"), to),)
        case CaseAgreement1():
            told += ((_("How they agreed"), word(words.AGREED_HOW, body.form)),)
        case CaseConsent1():
            told += (
                (_("Asked about"), word(words.CONSENTS, body.to)),
                (_("What they said"), word(words.ANSWERS, body.answer)),
            )
        case CaseAttachment1():
            told += (
                (_("What it shows"), word(SHOWS, body.shows)),
                (pgettext_lazy("case step", "How many files"), str(len(body.files))),
            )
    yield from (pair for pair in told if pair[1])


def _said(body: object) -> str:
    """Say what it is: a step of the path, or what stands beside it."""
    beside = BESIDE.get(type(body))
    return str(beside) if beside is not None else word(words.STEPS, _step(body))


def _step(body: object) -> str:
    """Name which step of a case it is, as its path does."""
    match body:
        case CaseStep1():
            return body.how or body.step
        case CaseHandover1():
            return {"accepted": "received", "done": "done_there"}.get(body.step, body.step)
        case CaseHelp1():
            return f"help_{body.step}"
    return STEPS[type(body)]  # type: ignore[index]  # one of the kinds of cases
