"""Every sentence that the phone's scripts say by themselves, in the reader's language, as plain data.

One file for each part of the page: what the first pages say, what all others do, codes, what is owed, needs, consents,
where a dispute belongs, what was settled on the spot, cases.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import behind, cases, codes, consents, first, needs, owed, paper, refused, spot, triage


def said() -> dict[str, Any]:
    """Give the words of the first pages by name: a sentence, a pair for one and for several, words of codes."""
    return {**first.sentences(), **_numbers(first.NUMBERS), **codes.first()}


def said_later() -> dict[str, Any]:
    """Give the words that no first page says."""
    turns = {**owed.sentences(), "owed_groups": owed.groups(), **_numbers(owed.NUMBERS)}
    turns |= {
        **owed.ways(),
        "way_whys": owed.whys(),
        **owed.calls(),
        **needs.said(),
        **consents.said(),
        **triage.said(),
        **spot.said(),
        **paper.said(),
        **cases.said(),
    }
    return {**behind.sentences(), **_numbers(behind.NUMBERS), **turns, **codes.behind(), "refusals": refused.words()}


def not_posted(ended: date | None) -> str:
    """Say to somebody who is signed in why there is nothing to record: said by the server, where there is signal."""
    if ended is None:
        return _("You are posted nowhere, so there is nothing to record yet. Ask the township.")
    words = _("Your posting ended, its last day was {day}. If that is wrong, ask the township.")
    return words.format(day=date_format(ended, "DATE_FORMAT"))


def _numbers(of: Mapping[str, Callable[[int], str]]) -> dict[str, tuple[str, str]]:
    return {name: (words(1), words(2)) for name, words in of.items()}
