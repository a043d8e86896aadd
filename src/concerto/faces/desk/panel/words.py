"""Mediators' posts, languages and days in words, and what an entry about a line of the panel says."""

from collections.abc import Iterable, Iterator

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from msgspec import UNSET

from concerto.faces.desk.register.words import listed, since_words
from concerto.journal.kinds.panel import PanelChange1, PanelMember1

Words = dict[str, str | Promise]

HOW: Words = {
    "elected": pgettext_lazy("mediator", "Elected to the committee"),
    "engaged": pgettext_lazy("mediator", "Engaged by the committee"),
}
POSTS: Words = {
    "director": pgettext_lazy("mediator", "Director"),
    "deputy": pgettext_lazy("mediator", "Deputy director"),
    "member": pgettext_lazy("mediator", "Mediator"),
}
LANGUAGES: Words = {
    "chinese": pgettext_lazy("mediator language", "Chinese"),
    "kazakh": pgettext_lazy("mediator language", "Kazakh"),
    "mongolian": pgettext_lazy("mediator language", "Mongolian"),
    "other": pgettext_lazy("mediator language", "Another language"),
}
YES, NO = pgettext_lazy("answer", "yes"), pgettext_lazy("answer", "no")
PANEL_BODIES = (PanelMember1, PanelChange1)


def languages_words(languages: Iterable[str]) -> str:
    """List languages."""
    return listed(str(LANGUAGES[one]) for one in languages)


def weekday(day: int) -> str:
    """Name a day of the week; Monday is 1."""
    return str(WEEKDAYS[day - 1])


def panel_facts(body: PanelMember1 | PanelChange1) -> Iterator[tuple[str | Promise, str]]:
    """Say what an entry says of a line of the panel; of a change only what it changes."""
    said = {name: getattr(body, name) for name in body.__struct_fields__ if getattr(body, name) is not UNSET}
    if "how" in said:
        yield pgettext_lazy("mediator", "How"), str(HOW[said["how"]])
    if "post" in said:
        yield pgettext_lazy("mediator", "As what"), str(POSTS[said["post"]])
    if said.get("languages"):
        yield pgettext_lazy("mediator", "Languages"), languages_words(said["languages"])
    if "holds_seal" in said:
        yield _("Holds the seal"), str(YES if said["holds_seal"] else NO)
    if "sits_on" in said:
        days = listed(weekday(day) for day in said["sits_on"])
        yield _("Sits at the centre on"), days or gettext("no fixed day")
    if days := since_words(said.get("since"), said.get("until")):
        yield _("From when to when"), days
