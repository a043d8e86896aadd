"""How the register is said on pages: relations, seasons, agreements; and what somebody is called who is locked."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, pgettext, pgettext_lazy

from concerto.groundwork.phones import masked
from concerto.register.models import Household, Resident
from concerto.register.search import Place

Choices = tuple[tuple[str, str | Promise], ...]

RELATIONS: Choices = (
    ("head", pgettext_lazy("relation", "Head")),
    ("spouse", pgettext_lazy("relation", "Spouse")),
    ("child", pgettext_lazy("relation", "Child")),
    ("parent", pgettext_lazy("relation", "Parent")),
    ("grandchild", pgettext_lazy("relation", "Grandchild")),
    ("grandparent", pgettext_lazy("relation", "Grandparent")),
    ("sibling", pgettext_lazy("relation", "Brother or sister")),
    ("in_law", pgettext_lazy("relation", "Son- or daughter-in-law")),
    ("other", pgettext_lazy("relation", "Other")),
)
SEASONS: Choices = (
    ("town", pgettext_lazy("season place", "Town home")),
    ("spring", pgettext_lazy("season place", "Spring pasture")),
    ("summer", pgettext_lazy("season place", "Summer pasture")),
    ("autumn", pgettext_lazy("season place", "Autumn pasture")),
    ("winter", pgettext_lazy("season place", "Winter pasture")),
    ("other", pgettext_lazy("season place", "Another place")),
)
REACHED_BY: Choices = (
    ("visit", pgettext_lazy("reached by", "A visit")),
    ("phone", pgettext_lazy("reached by", "Phone")),
    ("message", pgettext_lazy("reached by", "Message")),
)
AGREEMENTS: Choices = (
    ("agreed", pgettext_lazy("agreement", "Agreed")),
    ("declined", pgettext_lazy("agreement", "Does not want it")),
    ("not_asked", pgettext_lazy("agreement", "Not asked yet")),
)
STANDINGS: Choices = (
    ("full", pgettext_lazy("standing", "Full member")),
    ("probationary", pgettext_lazy("standing", "Probationary member")),
)


def month_name(month: int) -> str:
    """Name a month shortly, as under a staff."""
    # Translators: patterns of a month under a staff, as Django's date filter reads them
    return date_format(date(2001, month, 1), pgettext("month", "M"))


MONTH_CHOICES: Choices = tuple((str(month), lazy(month_name, str)(month)) for month in range(1, 13))


def word_of(choices: Choices, value: str) -> str:
    """Say one value of a choice; an unknown one is said as it is."""
    return str(dict(choices).get(value, value))


def listed(words: Iterable[str]) -> str:
    """Read a list aloud."""
    # Translators: what stands between the members of a list
    return pgettext("list", ", ").join(word for word in words if word)


def said_on(words: Iterable[str]) -> str:
    """Join what is said of one thing into one line."""
    # Translators: what stands between the parts of a line
    return pgettext("clause", ", ").join(word for word in words if word)


def called(person: Resident | None) -> str:
    """Say what somebody is called, if it may be said."""
    if person is None:
        return ""
    if person.erased:
        return gettext("Erased")
    if person.restricted:
        return gettext("Locked")
    return person.name or gettext("Without a name")


def title_of(household: Household, head: Resident | None) -> str:
    """Name a household as people do: by its head; by its number where there is none."""
    if household.erased or (head is None and not household.number):
        return gettext("Household without a name")
    if head is None or head.erased or head.restricted:
        return gettext("Household {number}").format(number=household.number)
    return gettext("{name}'s household").format(name=head.name)


def months_words(place: Place) -> str:
    """Say from which month to which somebody is usually in a place."""
    if place.since == place.until:
        return month_name(place.since)
    if (place.since, place.until) == (1, 12):
        return gettext("All year")
    return gettext("{first} to {last}").format(first=month_name(place.since), last=month_name(place.until))


def phones_shown(numbers: Iterable[str], *, near: bool) -> list[str]:
    """Give numbers as this reader may see them: whole in the village, masked from above."""
    return [number if near else masked(number) for number in numbers]


def born_in(person: Resident) -> str:
    """Say in which year somebody was born, if it is known; never how old they are."""
    if person.restricted or person.erased or len(person.born) < 4:
        return ""
    return gettext("born {year}").format(year=person.born[:4])


def since_words(since: date | None, until: date | None) -> str:
    """Say from when to when something holds."""
    first = date_format(since, "DATE_FORMAT") if since else ""
    last = date_format(until, "DATE_FORMAT") if until else ""
    if first and last:
        return gettext("{first} to {last}").format(first=first, last=last)
    if first:
        return gettext("since {day}").format(day=first)
    return gettext("until {day}").format(day=last) if last else ""
