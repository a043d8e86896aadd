"""What an entry about a need says, as terms and words; its own words stand sealed beside it."""

from collections.abc import Callable, Iterator
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.needs import words
from concerto.journal.kinds.needs import Handover1, Need1, NeedMerger1, NeedStep1, NeedWord1
from concerto.journal.kinds.words import NEED_WORDS, word

NEED_BODIES = (Need1, NeedStep1, NeedWord1, Handover1, NeedMerger1)
Pair = tuple[str | Promise, str]


def need_facts(body: object, called: Callable[[UUID], str]) -> Iterator[Pair]:
    """Say what an entry about a need says, without what it leaves unsaid; `called` names accounts and units."""
    told: tuple[Pair, ...] = ()
    match body:
        case Need1():
            told = (
                (_("What it is about"), word(NEED_WORDS, body.sort)),
                (_("How it was told"), word(words.WAYS, body.way)),
                (_("What it is"), word(words.CLOCKS, body.clock)),
            )
        case NeedStep1():
            told = tuple(_of_step(body, called))
        case NeedWord1():
            told = (
                (_("Is it done, in their own words"), word(words.SAYS, body.word)),
                (_("How it was heard"), word(words.WAYS, body.through)),
            )
        case Handover1():
            step = "done_there" if body.step == "done" else body.step
            told = (
                (pgettext_lazy("need", "Step"), word(words.STEPS, step)),
                (_("Where it goes"), called(body.to) if body.to else word(words.ROUTES, body.office or "")),
            )
        case NeedMerger1():
            told = ((pgettext_lazy("need", "Step"), word(words.STEPS, "merged")),)
    yield from (pair for pair in told if pair[1])


def _of_step(body: NeedStep1, called: Callable[[UUID], str]) -> Iterator[Pair]:
    step = "interim_note" if body.told_of == "interim" else body.step
    yield pgettext_lazy("need", "Step"), word(words.STEPS, step)
    yield _("Who sees to it"), called(body.owner) if body.owner else ""
    yield _("What it is"), word(words.CLOCKS, body.clock or "")
    yield _("How it came out"), word(words.OUTCOMES, body.outcome or "")
    yield _("What they were told"), word(words.TOLD_OF, body.told_of or "")
    yield _("Until which day they wait"), date_format(body.until, "DATE_FORMAT") if body.until else ""
    yield (_("How they were told") if body.step == "told" else _("How it was tried")), word(words.WAYS, body.way or "")
    yield _("Who decides it"), word(words.ROUTES, body.route or "")
