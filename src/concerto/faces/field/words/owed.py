"""What the phone's Today says by itself: turns, days left, what is settled once sent; and of the calls of a round."""

from collections.abc import Callable
from typing import Any

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


def ways() -> dict[str, str]:
    """Say of the week's ways what the desk's page says of them."""
    return {
        "way_nth": _("{place}, trip {n}"),
        "way_placed": _("They are usually at this place this month, and stand in the order of their numbers."),
        "way_unplaced": _("No place of the season is known of them; they stand in the order of their numbers."),
        "way_split": _("There are more of them than one day's way goes to."),
        "way_most": _("Nothing is due this week; this way settles most."),
        "way_soonest": _("Soonest due: {day}."),
        "way_good": _("What was missed there can still be made good."),
        "way_later": _("These can wait"),
        "way_call": pgettext("trip", "By telephone"),
        "way_called": _("They asked to be reached in another way than a visit, and a call settles it."),
        "way_out": _("Left out by you this week"),
        "way_out_why": _("You left them out at the desk, and they are still owed. They are taken in again there."),
        "way_bring": _("To bring"),
    }


def whys() -> dict[str, str]:
    """Say why a home is on the way."""
    return {
        "due_this_week": _("due {day}"),
        "on_the_way": _("lies on the way, and is due later"),
        "can_be_made_good": _("what was missed can still be made good"),
        "best_month": _("this month it is best reached"),
        "asked_to_be_called": _("asked to be called; a call does not settle all of it"),
    }


def calls() -> dict[str, Any]:
    """Say of the calls of a round what the desk's page says of them."""
    return {
        "round_taps": {
            "met": pgettext("phone round", "Met, no change"),
            "nobody_home": pgettext("phone round", "Not reached"),
            "not_now": pgettext("phone round", "Not now"),
            "declined": pgettext("phone round", "Does not wish to"),
        },
        "round_recorded": _("Recorded on this phone"),
        "round_refused": _("It does not agree to be called: it is met where it is"),
        "round_no_phone": _("No phone: it is met where it is"),
        "not_called": pgettext("consent", "does not agree to be called"),
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
    "way_slips": lambda n: ngettext("slips for {n} household", "slips for {n} households", n),
    "way_homes": lambda n: ngettext("{n} household", "{n} households", n),
    "owed_left": lambda n: ngettext("{n} day left", "{n} days left", n),
    "owed_members": lambda n: ngettext("{n} member still to come", "{n} members still to come", n),
}
