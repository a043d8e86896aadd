"""What is usually asked of a village, its units and its sources, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy

Words = dict[str, str | Promise]

FACTS: Words = {
    "households": pgettext_lazy("village fact", "Households"),
    "people": pgettext_lazy("village fact", "People"),
    "workers": pgettext_lazy("village fact", "People of working age"),
    "away": pgettext_lazy("village fact", "Working elsewhere"),
    "groups": pgettext_lazy("village fact", "Villagers' groups"),
    "arable_land": pgettext_lazy("village fact", "Arable land"),
    "pasture": pgettext_lazy("village fact", "Pasture"),
    "livestock": pgettext_lazy("village fact", "Livestock"),
    "cooperatives": pgettext_lazy("village fact", "Cooperatives"),
    "collective_income": pgettext_lazy("village fact", "Collective income of a year"),
    "party_members": pgettext_lazy("village fact", "Party members"),
    "cadres": pgettext_lazy("village fact", "Village cadres"),
    "tap_water": pgettext_lazy("village fact", "Tap water"),
    "hard_road": pgettext_lazy("village fact", "Hard road"),
    "electricity": pgettext_lazy("village fact", "Electricity"),
    "network": pgettext_lazy("village fact", "Network"),
    "doctor": pgettext_lazy("village fact", "Village doctor"),
    "school": pgettext_lazy("village fact", "School"),
    "other": pgettext_lazy("village fact", "Something else"),
}
UNITS: Words = {
    "households": pgettext_lazy("unit", "households"),
    "people": pgettext_lazy("unit", "people"),
    "places": pgettext_lazy("unit", "of them"),
    "mu": pgettext_lazy("unit", "mu"),
    "head": pgettext_lazy("unit", "head"),
    "sheep_units": pgettext_lazy("unit", "sheep units"),
    "km": pgettext_lazy("unit", "km"),
    "percent": pgettext_lazy("unit", "% of households"),
    "yuan": pgettext_lazy("unit", "yuan"),
}
SOURCES: Words = {
    "paper": pgettext_lazy("fact source", "A paper"),
    "told": pgettext_lazy("fact source", "Told by somebody"),
    "counted": pgettext_lazy("fact source", "Counted on the spot"),
}
ROLES: Words = {
    "secretary": pgettext_lazy("told as", "Village secretary"),
    "committee": pgettext_lazy("told as", "Villagers' committee"),
    "accountant": pgettext_lazy("told as", "Village accountant"),
    "group_leader": pgettext_lazy("told as", "Group leader"),
    "office": pgettext_lazy("told as", "A township office"),
    "villager": pgettext_lazy("told as", "A villager"),
}


def valued(number: int, unit: str) -> str:
    """Write a number with its unit."""
    n = f"{number:,}"
    if unit == "places":
        return pgettext("places", "{n}").format(n=n)
    if unit == "percent":
        return gettext("{n}% of households").format(n=n)
    if unit == "people":
        return ngettext("{n} person", "{n} people", number).format(n=n)
    if unit == "households":
        return ngettext("{n} household", "{n} households", number).format(n=n)
    return gettext("{n} {unit}").format(n=n, unit=UNITS[unit])


def aged(months: int) -> str:
    """Write how old something is."""
    if months < 1:
        return gettext("less than a month old")
    if months < 12:
        return ngettext("{n} month old", "{n} months old", months).format(n=months)
    return ngettext("{n} year old", "{n} years old", months // 12).format(n=months // 12)
