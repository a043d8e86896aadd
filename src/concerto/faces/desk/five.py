"""The five lines as the desk names them: the sign before the line, the ledger, and how a chord is read out."""

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext, pgettext_lazy

from concerto.places.sight import Part

from .drawing import Mark, sounding

# Translators: one Chinese sign, or two Latin letters, before a line of the staff
CLEFS = {
    Part.STUDY: pgettext_lazy("clef", "St"),
    Part.BRANCH: pgettext_lazy("clef", "Br"),
    Part.VISITS: pgettext_lazy("clef", "Vi"),
    Part.DISPUTES: pgettext_lazy("clef", "Di"),
    Part.ASSISTANCE: pgettext_lazy("clef", "As"),
}
LEDGERS = {
    Part.STUDY: pgettext_lazy("ledger", "Study"),
    Part.BRANCH: pgettext_lazy("ledger", "Branch"),
    Part.VISITS: pgettext_lazy("ledger", "Visits"),
    Part.DISPUTES: pgettext_lazy("ledger", "Disputes"),
    Part.ASSISTANCE: pgettext_lazy("ledger", "Assistance"),
}
STATES = {
    Mark.MET: pgettext_lazy("mark", "recorded"),
    Mark.OPEN: pgettext_lazy("mark", "owed"),
    Mark.MISSED: pgettext_lazy("mark", "missed"),
    Mark.LATE: pgettext_lazy("mark", "missed, made good later"),
    Mark.WAIVED: pgettext_lazy("mark", "waived"),
    Mark.WAITING: pgettext_lazy("mark", "not sent"),
    Mark.WITHDRAWN: pgettext_lazy("mark", "withdrawn"),
    Mark.REFUSED: pgettext_lazy("mark", "sent back"),
    Mark.CLASH: pgettext_lazy("mark", "two versions"),
}


def listed(parts: Iterable[str]) -> str:
    """Name the ledgers of these parts in the staff's order, as one reads a list aloud."""
    # Translators: what stands between the members of a list
    return pgettext("list", ", ").join(str(LEDGERS[part]) for part in sounding(parts))


def chord_words(parts: Iterable[str], mark: Mark = Mark.MET) -> str:
    """Say what a chord shows, for those who do not see it."""
    named = sounding(parts)
    if not named:
        return gettext("Stands in no ledger")
    words = gettext("Recorded in: {ledgers}").format(ledgers=listed(named))
    if mark is Mark.MET:
        return words
    return gettext("{state}. {words}").format(state=str(STATES[mark]).capitalize(), words=words)
