"""Topics and states of suggestions, in words."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = dict[str, str | Promise]

TOPICS: Words = {
    "pasture_and_land": pgettext_lazy("suggestion", "Pasture and land"),
    "water_and_roads": pgettext_lazy("suggestion", "Water, roads, power"),
    "livelihood": pgettext_lazy("suggestion", "Work and income"),
    "school": pgettext_lazy("suggestion", "School and children"),
    "health": pgettext_lazy("suggestion", "Health and medicine"),
    "old_age_and_care": pgettext_lazy("suggestion", "Old age and care"),
    "surroundings": pgettext_lazy("suggestion", "Village surroundings"),
    "services": pgettext_lazy("suggestion", "How offices work"),
    "other": pgettext_lazy("suggestion", "Something else"),
}
STATES: Words = {
    "heard": pgettext_lazy("suggestion", "Not dealt with yet"),
    "passed_on": pgettext_lazy("suggestion", "Passed on"),
    "answered": pgettext_lazy("suggestion", "Answered"),
    "not_followed": pgettext_lazy("suggestion", "Not followed"),
}
