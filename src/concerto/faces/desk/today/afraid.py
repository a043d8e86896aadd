"""That something is to be done by name, for whoever it opens to: neither how much nor for whom; others see the page."""

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.today.items import Item
from concerto.parts.disputes.models import Protected
from concerto.places.sight import Sight


def afraid_for_me(sight: Sight) -> list[Item]:
    """Say that a report is due today, or that nothing was done yet for somebody; it goes by acting alone."""
    mine = Protected.objects.seen_by(sight)
    where, look = reverse("desk:protected"), pgettext("afraid", "Look at it")
    if mine.to_report().exists():
        why = gettext("To the police, on the same day: the law asks for it.")
        return [Item("missed", gettext("Handled by name: a report is due"), why, where, look, None, "")]
    if mine.untouched().exists():
        why = gettext("Nothing was noted yet as done.")
        return [Item("open", gettext("Handled by name: something is new"), why, where, look, None, "")]
    return []
