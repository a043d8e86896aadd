"""A screening on a phone: one line of a village, whom nobody is named in; none found is said, and shown again."""

import json

import pytest

from concerto.journal.kinds.asked import SHEETS, answers_of
from concerto.parts.disputes.models import Lead
from tests.cast import TODAY, VILLAGE_A
from tests.faces.desk.test_blank_to_the_door import outcomes, phone

__all__ = ["phone"]
pytestmark = pytest.mark.django_db
OF_VILLAGE = {"about": str(VILLAGE_A), "unit": str(VILLAGE_A)}
ASKED = {"day": ["today"], "way": ["door_to_door"], "sorts": ["neighbours", "pasture_and_land"]}


def test_having_found_none_is_said_taken_and_shown_again(world, phone):
    told = phone(("screening", {**ASKED, "found": ["0"]}, OF_VILLAGE))
    assert outcomes(world, told) == [("accepted", "")]
    said = json.loads(told[0][0]["item"]["said"])
    assert said["body"] == {"village": str(VILLAGE_A), "way": "door_to_door", "found": 0,
                            "sorts": ["neighbours", "pasture_and_land"]}  # fmt: skip
    row = Lead.objects.get(kind="screening")
    assert (row.unit, row.found, row.on, row.household) == (VILLAGE_A, 0, TODAY, None)
    shown = answers_of(SHEETS["screening"], said["body"], lambda digest: None, happened_on=TODAY, today=TODAY)
    assert shown["found"] == ["0"]


def test_what_is_missing_is_said_at_the_form(phone):
    [nothing, much] = phone(
        ("screening", {"day": ["today"]}, OF_VILLAGE), ("screening", {**ASKED, "found": ["1000"]}, OF_VILLAGE)
    )
    assert nothing["errors"] == [
        {"field": "way", "code": "choose_one"},
        {"field": "sorts", "code": "choose_one"},
        {"field": "found", "code": "still_missing"},
    ]
    assert much["errors"] == [{"field": "found", "code": "not_a_number"}]
