"""What the codes of such a record are called, and the acts on one: each with its title and what it is for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.journal.kinds.words import Words

READ_BY = _("the township's centre, and whoever is named here")

WHO: Words = {
    "adult": pgettext_lazy("afraid who", "A grown-up"),
    "child": pgettext_lazy("afraid who", "A child"),
    "dependent": pgettext_lazy("afraid who", "Somebody who can't help themselves"),
}
CONTACT: Words = {
    "safe": pgettext_lazy("afraid contact", "Yes, in this way"),
    "not_safe": pgettext_lazy("afraid contact", "No, or not known"),
}
TOLD_OF: Words = {
    "rights": pgettext_lazy("afraid told", "Their rights: they decide, and no is no"),
    "police": pgettext_lazy("afraid told", "The police, 110"),
    "protection_order": pgettext_lazy("afraid told", "A protection order of the court"),
    "womens_federation": pgettext_lazy("afraid told", "The women's federation, 12338"),
    "shelter": pgettext_lazy("afraid told", "A shelter"),
    "hospital": pgettext_lazy("afraid told", "A doctor, and the paper of it"),
    "legal_aid": pgettext_lazy("afraid told", "Legal aid, 12348"),
}
REPORTED_TO: Words = {
    "police": pgettext_lazy("afraid reported", "The police"),
    "civil_affairs": pgettext_lazy("afraid reported", "Civil affairs"),
    "education": pgettext_lazy("afraid reported", "The education department"),
    "health": pgettext_lazy("afraid reported", "The health department"),
    "other_office": pgettext_lazy("afraid reported", "Another office"),
}
WANTS: Words = {
    "no_mediation": pgettext_lazy("afraid wish", "No mediation"),
    "mediation": pgettext_lazy("afraid wish", "Asked for mediation, of their own accord"),
}
STEPS: Words = {
    "opened": pgettext_lazy("afraid step", "Told to us"),
    "safe": pgettext_lazy("afraid step", "How to reach them"),
    "told": pgettext_lazy("afraid step", "Told"),
    "reported": pgettext_lazy("afraid step", "Reported"),
    "seen_alone": pgettext_lazy("afraid step", "Spoken with alone"),
    "wish": pgettext_lazy("afraid step", "What they wish"),
    "session": pgettext_lazy("afraid step", "Talked, as they asked"),
    "agreed": pgettext_lazy("afraid step", "Agreed, as they asked"),
    "named": pgettext_lazy("afraid step", "Somebody handles it"),
    "released": pgettext_lazy("afraid step", "No longer handles it"),
    "handed": pgettext_lazy("afraid step", "Handed to the county's desk"),
    "returned": pgettext_lazy("afraid step", "The county's desk is done"),
    "noted": pgettext_lazy("afraid step", "Noted"),
    "ended": pgettext_lazy("afraid step", "At its end"),
}


@dataclass(frozen=True)
class Act:
    """One act in words; the step it records has the same name but for the dash."""

    title: str | Promise
    help: str | Promise

    @property
    def done(self) -> str | Promise:
        """What is said when it is recorded."""
        return _("It is noted.")


ACTS: dict[str, Act] = {
    "seen-alone": Act(
        pgettext_lazy("afraid act", "Spoken with alone"),
        _("With nobody of the other side near, and in a place of their choice."),
    ),
    "told": Act(
        pgettext_lazy("afraid act", "What they were told"),
        _("Rights and ways out. They decide; you go along. Nothing on paper unless they want it."),
    ),
    "reported": Act(
        pgettext_lazy("afraid act", "Reported"),
        _(
            "A child, or somebody who can't help themselves: the police, on the same day. "
            "Of a child civil affairs and education are told as well, never instead. Each office is noted once."
        ),
    ),
    "safe": Act(
        pgettext_lazy("afraid act", "How to reach them safely"),
        _("What was said before holds no more. Nobody calls in another way than this."),
    ),
    "wish": Act(
        pgettext_lazy("afraid act", "What they wish"),
        _("Said by the person alone. Nobody brings up mediation to them, and a no needs no reason."),
    ),
    "session": Act(
        pgettext_lazy("afraid act", "A talk, as they asked"),
        _("Only because they asked for it, and only as long as they want it."),
    ),
    "agreed": Act(
        pgettext_lazy("afraid act", "What was agreed, as they asked"),
        _("Said in words that keep them safe. Other ways stay open."),
    ),
    "named": Act(
        pgettext_lazy("afraid act", "Name who handles it"),
        _("One person at a time, by name. They read it from now on, and nobody else does by their post."),
    ),
    "released": Act(
        pgettext_lazy("afraid act", "No longer handles it"), _("From now on they do not find it any more.")
    ),
    "handed": Act(
        pgettext_lazy("afraid act", "Hand it to the county's desk"),
        _("That desk reads it from now on. It stays with you as well."),
    ),
    "returned": Act(
        pgettext_lazy("afraid act", "The county's desk is done"), _("From now on it does not find it any more.")
    ),
    "noted": Act(pgettext_lazy("afraid act", "Note something"), _("What those who handle it should know.")),
    "ended": Act(
        pgettext_lazy("afraid act", "It is at its end"),
        _("For now nothing more is to be done. Something that is done later opens it again."),
    ),
}


def act_of(step: str) -> str:
    """Name the act by which a step is recorded."""
    return step.replace("_", "-")


def step_of(act: str) -> str:
    """Name the step that an act records."""
    return act.replace("-", "_")
