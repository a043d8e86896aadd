"""What the phone says of consents: purposes, answers, and the two ways to answer."""

from typing import Any

from django.utils.translation import pgettext


def said() -> dict[str, Any]:
    """Give them by name."""
    return {
        "purposes": {
            "card": pgettext("purpose", "Keeping a card of the household"),
            "phone": pgettext("purpose", "Keeping a telephone number and calling"),
            "places": pgettext("purpose", "Writing down usual places by season"),
            "pass_on": pgettext("purpose", "Passing what it told to an office"),
            "apply": pgettext("purpose", "Using its papers to apply for it"),
            "publish": pgettext("purpose", "Being named in a notice or a report"),
        },
        "consent_answers": {
            "agreed": pgettext("consent", "Agreed"),
            "declined": pgettext("consent", "Does not agree"),
            "withdrawn": pgettext("consent", "Taken back"),
            "not_asked": pgettext("consent", "Not asked yet"),
        },
        "consent_ask": pgettext("consent", "Ask"),
        "consent_take_back": pgettext("consent", "Take back"),
    }
