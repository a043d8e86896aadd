"""What codes are called on a phone: kinds of entries, outcomes, relations, seasons, fields."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concerto.faces.field import losing
from concerto.journal.kinds import words as kinds
from concerto.places.sight import Part


def first() -> dict[str, dict[str, str]]:
    """Give those that the first pages name."""
    return {
        "kinds": {
            "meeting": pgettext("entry", "Meeting"),
            "study": pgettext("entry", "Lesson at home or training"),
            "own_study": pgettext("entry", "Own study"),
            "heart_talk": pgettext("entry", "Heart-to-heart talk"),
        },
    }


def _kinds() -> dict[str, str]:
    """Give those that the first pages name, which these stand in for once they came, and all others."""
    return {
        **first()["kinds"],
        "deed": pgettext("entry", "Good thing done"),
        "consent": pgettext("card", "Notice and consent"),
        "matter_slip": pgettext("entry", "Slip given"),
        "need_step": pgettext("entry", "Step on a need"),
        "need_word": pgettext("entry", "A household's word"),
        "spot_settlement": _("Settled on the spot"),
        "case": _("Take it in as a case"),
        "case_attachment": _("Papers of the case"),
        "screening": pgettext("entry", "Screening of a village"),
        "protected_case": pgettext("entry", "For the centre"),
        "household": pgettext("register entry", "Added to the register"),
        "household_change": pgettext("register entry", "Household changed"),
        "resident": pgettext("register entry", "Person added"),
        "resident_change": pgettext("register entry", "Person changed"),
        "settled": pgettext("entry", "Not recorded after all"),
    }


def behind() -> dict[str, dict[str, str]]:
    """Give all others."""
    return {
        "kinds": _kinds(),
        "channels": _plain(kinds.CHANNEL_WORDS),
        "outcomes": _plain(kinds.OUTCOME_WORDS),
        "ledgers_named": {
            Part.STUDY: pgettext("ledger", "Study"),
            Part.BRANCH: pgettext("ledger", "Branch"),
            Part.VISITS: pgettext("ledger", "Visits"),
            Part.DISPUTES: pgettext("ledger", "Disputes"),
            Part.ASSISTANCE: pgettext("ledger", "Assistance"),
        },
        "lines": {part: part.label for part in Part},
        "alarms": {**_plain(losing.WORDS), "given_again": _("Something you had sent was lost there.")},
        "marks": {
            "waiting": pgettext("mark", "not sent"),
            "withdrawn": pgettext("mark", "withdrawn"),
            "refused": pgettext("mark", "sent back"),
            "clash": pgettext("mark", "two versions"),
        },
        "relations": {
            "head": pgettext("relation", "Head"),
            "spouse": pgettext("relation", "Spouse"),
            "child": pgettext("relation", "Child"),
            "parent": pgettext("relation", "Parent"),
            "grandchild": pgettext("relation", "Grandchild"),
            "grandparent": pgettext("relation", "Grandparent"),
            "sibling": pgettext("relation", "Brother or sister"),
            "in_law": pgettext("relation", "Son- or daughter-in-law"),
            "other": pgettext("relation", "Other"),
        },
        "seasons": {
            "town": pgettext("season place", "Town home"),
            "spring": pgettext("season place", "Spring pasture"),
            "summer": pgettext("season place", "Summer pasture"),
            "autumn": pgettext("season place", "Autumn pasture"),
            "winter": pgettext("season place", "Winter pasture"),
            "other": pgettext("season place", "Another place"),
        },
        "reached": {
            "visit": pgettext("reached by", "A visit"),
            "phone": pgettext("reached by", "Phone"),
            "message": pgettext("reached by", "Message"),
        },
        "agreements": {
            "agreed": pgettext("agreement", "Agreed"),
            "declined": pgettext("agreement", "Does not want it"),
            "not_asked": pgettext("agreement", "Not asked yet"),
        },
        "standings": {
            "full": pgettext("standing", "Full member"),
            "probationary": pgettext("standing", "Probationary member"),
        },
        "told_bys": _plain(kinds.TOLD_BY_WORDS),
        "fields": {
            "told_by": _("Where you know it from"),
            "village": _("Village"),
            "number": pgettext("household", "Number"),
            "group": pgettext("household", "Group"),
            "places": _("Usual places"),
            "reached_by": _("Reached by"),
            "best_months": _("Best months"),
            "head": pgettext("relation", "Head"),
            "left_on": _("Left on"),
            "name": _("Name"),
            "aliases": _("Other spellings"),
            "phones": _("Phones"),
            "born": _("Born"),
            "home": pgettext("place", "Household"),
        },
    }


def _plain(words: Mapping[str, str | Promise]) -> dict[str, str]:
    return {code: str(text) for code, text in words.items()}
