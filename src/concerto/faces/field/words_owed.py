"""What the phone's Today says by itself: turns, days left, what is settled once sent."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext


def sentences() -> dict[str, str]:
    """Give them by name."""
    return {
        "owed_asof": _("As the server had it at the last contact, {at}. What happened since then is not in it."),
        "owed_settled": _("Settled once sent: your record of it is on this phone."),
        "owed_counts": _("Counts once sent: your record of it is on this phone."),
        "owed_sent": _("Sent. Whether it is settled is told at the next contact."),
        "owed_besides": _("the same record settles: {others}"),
        "owed_desk": _("recorded at the desk"),
        "owed_own": pgettext("whose", "Your own"),
        "owed_elsewhere": _("Household not on this phone"),
        "owed_provisional": _("{day} (provisional)"),
        "owed_today": _("due today"),
        "owed_until": _("counts still, late, until {day}"),
        "owed_over": _("over its day, to be answered still"),
        "owed_year": pgettext("turn", "the year {year}"),
        "owed_quarter": pgettext("turn", "quarter {n} of {year}"),
        "owed_quarters": pgettext("turn", "1 2 3 4"),
        "owed_week": pgettext("turn", "the week of {day}"),
        "owed_asked": pgettext("turn", "that of {day}"),
        "turn_counts": _("Counts for"),
        "turn_late": _("{turn}, late"),
        "turn_over": _("{turn} can no longer be made good here: this record counts for its own day."),
        "turn_own": _("Its own turn, by its day"),
        "turn_own_month": _("Its own month ({month})"),
        "owed_times": _("{have} of {need} times"),
        "owed_minutes": _("{have} of {need} minutes"),
        "owed_class_hours": _("{have} of {need} class hours"),
    }


def groups() -> dict[str, str]:
    """Give the headings by how soon something is due."""
    return {
        "overdue": _("Over their day"),
        "week": _("This week"),
        "month": _("By the end of the month"),
        "later": pgettext("due", "Later"),
        "missed": _("Missed, and can still be made good"),
    }


NUMBERS: dict[str, Callable[[int], str]] = {
    "owed_items": lambda n: ngettext("{n} record", "{n} records", n),
    "owed_left": lambda n: ngettext("{n} day left", "{n} days left", n),
    "owed_members": lambda n: ngettext("{n} member still to come", "{n} members still to come", n),
}
