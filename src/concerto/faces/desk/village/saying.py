"""What an entry about a village says, as terms and words; its own words stand sealed beside it."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.village import words
from concerto.journal.kinds.village_facts import VillageFact1


def village_facts(body: VillageFact1) -> Iterator[tuple[str | Promise, str]]:
    """Say what a fact is about, how much, as of which day and from where."""
    yield _("What"), str(words.FACTS[body.what])
    if body.number is not None and body.unit:
        yield _("How much"), words.valued(body.number, body.unit)
    yield pgettext_lazy("fact", "As of"), date_format(body.as_of, "DATE_FORMAT")
    yield pgettext_lazy("fact", "Source"), str(words.SOURCES[body.source])
    if body.told_as:
        yield _("In which role it was told"), str(words.ROLES[body.told_as])
