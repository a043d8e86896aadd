"""How the office says the states that a slip's page shows."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

STATES: dict[str, str | Promise] = {
    "heard": pgettext_lazy("slip state", "heard"),
    "owned": pgettext_lazy("slip state", "somebody sees to it"),
    "doing": pgettext_lazy("slip state", "being done"),
    "done": pgettext_lazy("slip state", "done, not told yet"),
    "told": pgettext_lazy("slip state", "told, waits for the household's word"),
    "confirmed": pgettext_lazy("slip state", "confirmed by the household"),
    "told_to_the_doer": pgettext_lazy("slip state", "told to the doer"),
    "reopened": pgettext_lazy("slip state", "reopened"),
    "no_answer": pgettext_lazy("slip state", "no answer"),
    "not_ours": pgettext_lazy("slip state", "not ours"),
    "closed": pgettext_lazy("slip state", "closed"),
}
