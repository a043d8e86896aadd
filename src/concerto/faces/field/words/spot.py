"""What the phone says of a quarrel that was settled where it arose."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concerto.groundwork.refusals import WORDS
from concerto.journal.kinds.case_words import OFTEN, OTHERS, SORT_WORDS
from concerto.journal.kinds.cases import OF_A_FAMILY

CODES = ("family_takes_the_long_path", "side_wanted_no_help")


def said() -> dict[str, Any]:
    """Give them by name; `spot_sorts` is what it may have been about, the oftenest first, `spot_family` what not."""
    codes = {code: f"{WORDS[code].what} {WORDS[code].do}" for code in CODES}
    return {
        "spot_sorts": {sort: str(SORT_WORDS[sort]) for sort in (*OFTEN, *OTHERS)},
        "spot_family": {sort: str(SORT_WORDS[sort]) for sort in OF_A_FAMILY},
        "spot_wrong": {
            "missing": _("Still missing."),
            "choose": _("Choose one."),
            "until": _("Write the day, or say that it was done on the spot."),
            "until_before": _("This day lies before the one on which they agreed."),
            **codes,
        },
        "spot_township": pgettext("panel", "of the township"),
        "spot_by_panel": _(
            "With it the case is opened and closed, by an oral agreement. "
            "Names and words are sealed, for whoever handles it."
        ),
        "spot_between": _(
            "With it the case is opened and closed, as settled between the two of them: "
            "there is no agreement that a court could confirm. Names and words are sealed, for whoever handles it."
        ),
    }
