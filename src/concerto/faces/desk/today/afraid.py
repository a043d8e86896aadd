"""That something is to be done by name, for whoever it opens to: neither how much nor for whom; others see the page.

That nobody is posted at the centre is told to every organizer alike, whether anything stands with it or not.
"""

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.today.items import Item
from concerto.parts.disputes.models import Protected
from concerto.places.sight import Role, Sight
from concerto.register.holding import held_case_desks


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


def empty_centre(sight: Sight) -> list[Item]:
    """Ask an organizer to post somebody at a centre that has nobody: it says nothing of what stands with the centre."""
    if sight.log is None or not sight.has(Role.TOWNSHIP_ORGANIZER):
        return []
    if held_case_desks(sight.log, [sight.log], sight.day):
        return []
    title = gettext("Nobody is posted at the township's centre")
    why = gettext(
        "Of somebody hurt or afraid nothing can be taken in, and whatever stands with the centre nobody sees."
    )
    where, post = reverse("desk:posting-list", args=[sight.log]), pgettext("verb", "Post somebody")
    return [Item("open", title, why, where, post, None, "")]
