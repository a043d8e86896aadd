"""What somebody is to ask, read or answer: whether a household agrees to its helper; how people felt; suggestions.

Nothing here has a day by which it is due: no clock blames anybody for a question to a household.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy

from concerto.faces.desk.frame import WRITERS
from concerto.faces.desk.today.items import Item
from concerto.faces.desk.today.words import day_words
from concerto.papers.naming import houses_named
from concerto.papers.slips.treated import READ_BY, how_many_unread
from concerto.parts.assistance.models import Suggestion
from concerto.places.sight import Sight
from concerto.register.models import HelperLink
from concerto.register.search import log_of

MOST = 60
SAID = pgettext_lazy("household", "Record what it said")


def households_to_ask(sight: Sight) -> Iterator[Item]:
    """Name the households of which their next helper is to ask whether they agree; they go with what one says."""
    links = HelperLink.objects.to_ask(sight.day).filter(log=log_of(sight), helper=sight.account)
    rows = list(links.order_by("since", "id")[:MOST])
    names = houses_named(sight, [row.household for row in rows]) if rows else {}
    may_write = sight.has(*WRITERS)
    for row in rows:
        named = names.get(row.household)
        if named is None:
            continue  # whoever may not open its card asks it nothing
        title = gettext("To ask: whether {household} agrees").format(household=named.name)
        page = ("desk:helper-change", row.id) if may_write else ("desk:household", named.id)
        yield Item("open", title, _why(row, sight), reverse(page[0], args=page[1:]), SAID, None, "")


def _why(row: HelperLink, sight: Sight) -> str:
    if row.since is None:
        return gettext("You are to be its next helper. Until it agrees, nothing is owed under this link.")
    why = gettext("You are to be its helper from {day}. Until it agrees, nothing is owed under this link.")
    return why.format(day=day_words(row.since, sight.day))


def suggestions_to_answer(sight: Sight) -> Iterator[Item]:
    """Say to a desk of the township that suggestions wait: neither how many nor since when, which would tell of one."""
    if sight.has(*READ_BY) and Suggestion.objects.seen_by(sight).filter(state="heard").exists():
        title, why = gettext("Suggestions wait for an answer"), gettext("Nobody has said yet what becomes of them.")
        where = reverse("desk:suggestions") + "?state=heard"
        yield Item("open", title, why, where, pgettext("suggestions", "Look at them"), None, "")


def treated_to_read(sight: Sight) -> Iterator[Item]:
    """Say to a desk of the township how many times somebody said how they were treated that it has not read."""
    number = how_many_unread(sight)
    if number:
        title = ngettext(
            "{n} time somebody said how they were treated", "{n} times somebody said how they were treated", number
        ).format(n=number)
        why = gettext("Told by the slip or at the telephone; you have not opened it yet.")
        yield Item("open", title, why, reverse("desk:slips-treated"), pgettext("verb", "Read it"), None, "")
