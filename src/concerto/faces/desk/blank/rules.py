"""What the entries of a form may say, as a phone reads it: the shape and rules of each body, and words not kept."""

from collections.abc import Sequence
from typing import Any

from concerto.journal.kinds import KINDS
from concerto.journal.kinds.asked import Sheet
from concerto.journal.kinds.rules import codes_of
from concerto.journal.kinds.shapes import shape_of
from concerto.journal.said import Body
from concerto.rulebook.not_kept_here import phrases

# What a meeting refuses beyond its shape: `forms/meeting.js` says it, and a test holds it to the body.
OF_A_MEETING = frozenset(
    ("base_does_not_look_on", "base_of_the_meeting", "away_who_was_not_there", "figures_of_the_vote",
     "votes_do_not_add_up", "left_out_without_adoption", "left_out_is_there", "chaired_from_away",
     "asked_twice")
)  # fmt: skip
BODIES: dict[tuple[str, int], type[Body]] = {(kind.KIND, kind.VERSION): kind for kind in KINDS}


def rules_for(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Give the rules of every body that these sheets write, by kind. The phrases come with the visit's, for all."""
    return {
        "bodies": {sheet.kind: shape_of(BODIES[sheet.kind, sheet.version]) for sheet in sheets},
        "phrases": phrases() if any(sheet.name == "visit" for sheet in sheets) else (),
    }


def codes_for(sheet: Sheet) -> frozenset[str]:
    """Give the codes with which a phone may refuse what a sheet writes, before the door does."""
    kept = {"not_kept_here", "identity_number_not_kept"} if asks_words(sheet) else set()
    own = OF_A_MEETING if sheet.kind == "meeting" else frozenset()
    return codes_of(getattr(BODIES[sheet.kind, sheet.version], "RULES", ())) | kept | own | {"not_understood"}


def asks_words(sheet: Sheet) -> bool:
    """Tell whether something may be written freely."""
    return any(ask.free for ask in sheet.asks.values())
