"""A duty in words: who owes it and about what, how often or how soon, what proves it, and what one record costs."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.papers.mechanism import BEARER_NAMES, tongue_read
from concerto.places.sight import ROLE_NAMES, Role
from concerto.rulebook.duty import Duty, Edition, Measure, Unit, Within
from concerto.rulebook.period import Every
from concerto.rulebook.terms import Term, terms

EVERY: Mapping[Every, str | Promise] = {
    Every.WEEK: pgettext_lazy("duty", "every week"),
    Every.MONTH: pgettext_lazy("duty", "every month"),
    Every.QUARTER: pgettext_lazy("duty", "every quarter"),
    Every.YEAR: pgettext_lazy("duty", "every year"),
}
OWNERS: Mapping[str, str | Promise] = {
    "branch": _("the branch"),
    "person": _("each for themselves"),
    "member": _("each member"),
    "desk": _("the desk that has the matter"),
    "owner": _("whoever sees to the matter"),
    "lead_desk": _("the desk that leads the matter"),
}


def title(duty: Duty) -> str:
    """Name a duty in the reader's language."""
    return duty.title[tongue_read()]


def whose(duty: Duty) -> str:
    """Say who owes it; a post's is owed by whoever holds it."""
    return str(ROLE_NAMES[Role(duty.post)] if duty.post else OWNERS[duty.owed_by])


def about(duty: Duty) -> str:
    """Say about whom or what it is."""
    return _named(terms().subjects[duty.about])


def asks(edition: Edition) -> str:
    """Say how often and how much, or how soon after what."""
    if edition.repealed:
        return gettext("no longer owed")
    if edition.every:
        often = str(EVERY[edition.every])
        much = amount(edition)
        return pgettext("clause", ", ").join((often, much)) if much else often
    events = listed(_named(terms().events[event]) for event in edition.after)
    soon = within(edition.within) if edition.within else ""
    return gettext("{soon} after: {events}").format(soon=soon, events=events)


def amount(edition: Edition) -> str:
    """Say how much of it is asked; once goes without saying."""
    if edition.measure is Measure.MINUTES:
        return ngettext("{n} minute", "{n} minutes", edition.need).format(n=edition.need)
    if edition.measure is Measure.CLASS_HOURS:
        return ngettext("{n} class hour", "{n} class hours", edition.need).format(n=edition.need)
    return ngettext("{n} time", "{n} times", edition.need).format(n=edition.need) if edition.need > 1 else ""


def within(time: Within) -> str:
    """Say how soon; where each sort of matter has its own time, all of them."""
    if time.unit is Unit.SAME_DAY:
        return gettext("on the same day")
    if time.unit is Unit.WINDOW:
        return gettext("within the time that the round names")
    numbers = " / ".join(str(n) for n in dict.fromkeys(time.n.values()))
    if time.unit is Unit.WORKING_DAYS:
        return gettext("within {n} working days").format(n=numbers)
    return gettext("within {n} days").format(n=numbers)


def ways(edition: Edition) -> str:
    """Say what proves it, the usual way first; and of what no form of this program records yet, that it does not."""
    return listed(_way(terms().proofs[kind]) for kind in edition.proven_by)


def _way(proof: Term) -> str:
    return _named(proof) if proof.given else gettext("{what} (not recorded here yet)").format(what=_named(proof))


def grace(edition: Edition) -> str:
    """Say how long a record may still be made up for."""
    if edition.every is None:
        return ""
    if edition.grace == 0:
        return gettext("not at all")
    return ngettext("{n} turn later", "{n} turns later", edition.grace).format(n=edition.grace)


def minutes(edition: Edition) -> str:
    """Say what one record costs whoever does it, or each of those who bear it."""
    told = []
    for who, n in edition.minutes.items():
        many = ngettext("{n} minute", "{n} minutes", n).format(n=n)
        told.append(f"{BEARER_NAMES[who]} {many}" if who else many)
    return listed(told)


def listed(words: Iterable[str]) -> str:
    """Write several things in one line."""
    return pgettext("list", ", ").join(words)


def _named(term: Term) -> str:
    return str(getattr(term, tongue_read()))
