"""What the posts of a committee and the reasons of a waiver are called."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from concerto.papers.mechanism import tongue_read
from concerto.rulebook.terms import terms

Choices = tuple[tuple[str, str | Promise], ...]

POSTS: Choices = (
    ("secretary", pgettext_lazy("seat", "Secretary")),
    ("deputy", pgettext_lazy("seat", "Deputy secretary")),
    ("seat", pgettext_lazy("seat", "Committee member")),
)
STATES: dict[str, str | Promise] = {
    "asked": pgettext_lazy("waiver", "asked, not answered yet"),
    "granted": pgettext_lazy("waiver", "granted"),
    "refused": pgettext_lazy("waiver", "refused"),
}


def reasons() -> list[tuple[str, str]]:
    """Give the reasons of a waiver, in the reader's language; none is about a person."""
    return [(reason, str(getattr(term, tongue_read()))) for reason, term in terms().waivers.items()]
