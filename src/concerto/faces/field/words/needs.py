"""What the phone says of needs: the table of their life as data, what may follow, and the words of each code."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concerto.journal.kinds.words import NEED_STATE_WORDS, NEED_WORDS
from concerto.parts.assistance.states import MAY_FOLLOW, OPEN, TELLS, on_a_phone

# The acts of the desk that a phone has too, by the step that each records.
ON_A_PHONE = {"own": "owned", "doing": "doing", "done": "done", "tell": "told", "asked": "asked",
              "no-answer": "no_answer", "not-ours": "not_ours", "word": "word"}  # fmt: skip


def said() -> dict[str, Any]:
    """Give them by name."""
    return {
        "need_turns": on_a_phone(),
        "need_follow": {state: " ".join(filter(None, map(ON_A_PHONE.get, MAY_FOLLOW[state]))) for state in OPEN},
        "need_tells": TELLS,
        "need_states": {state: str(NEED_STATE_WORDS[state]) for state in (*OPEN, "no_answer", "not_ours")},
        "need_sorts": {sort: str(words) for sort, words in NEED_WORDS.items()},
        "need_acts": {
            "owned": pgettext("need act", "Take it on"),
            "doing": pgettext("need act", "Something is being done"),
            "done": pgettext("need act", "It is done"),
            "told": pgettext("need act", "The household was told"),
            "asked": pgettext("need act", "Asked, not reached"),
            "no_answer": pgettext("need act", "No answer"),
            "not_ours": pgettext("need act", "Not ours"),
            "word": pgettext("need act", "What the household says"),
        },
        "need_ends": {
            "skill": "trained applied could_not",
            "market": "sold applied could_not",
            "work": "employed trained applied could_not",
            "other": "solved applied explained could_not",
        },
        "need_outcomes": {
            "solved": pgettext("need outcome", "Solved"),
            "applied": pgettext("need outcome", "Applied for"),
            "explained": pgettext("need outcome", "Explained"),
            "trained": pgettext("need outcome", "Trained"),
            "sold": pgettext("need outcome", "Sold"),
            "employed": pgettext("need outcome", "Found work"),
            "could_not": pgettext("need outcome", "It could not be done"),
        },
        "need_owner": _("{name} sees to it"),
        "need_owner_who": _("Who sees to it"),
    }
