"""Where a dispute belongs: each sentence of the law that routes one, and the laws that every path keeps."""

import re

import pytest

from concerto.rulebook.routes import routes
from concerto.rulebook.triage import triage

PATHS = list(triage().paths())
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def ends(**given: str) -> str:
    step = triage().step(given)
    assert step.end is not None, step
    return step.end.id


TALK = {"danger": "no", "busy": "no", "wanted": "talk"}


@pytest.mark.parametrize(
    ("given", "end"),
    [
        ({"what": "child"}, "report"),  # DV 14, MIN 11: a suspicion is enough
        ({"what": "violence"}, "violence"),  # DV 5, 13: help, and never press for reconciliation
        ({"what": "hurt", "hurt": "family"}, "violence"),
        ({"what": "hurt", "hurt": "serious"}, "crime"),  # FD: suspected crime
        ({"what": "crime"}, "crime"),
        ({"what": "neighbours", "danger": "now"}, "danger"),  # PML 25
        ({"what": "family", "danger": "afraid"}, "afraid"),
        ({"what": "official", "danger": "no"}, "official"),  # FD: a purely administrative dispute
        ({"what": "pasture", "danger": "no", "owns": "yes"}, "ownership"),  # GL 16
        ({"what": "pasture", "owns": "no", "contract": "yes", **TALK}, "take_in_lease"),  # LC 2–10
        ({"what": "pasture", "owns": "no", "contract": "no", "fence": "yes", **TALK}, "take_in_fence"),
        ({"what": "pasture", "danger": "no", "owns": "no", "contract": "no", "fence": "no"}, "unclear_land"),
        ({"what": "money", "danger": "no", "busy": "court"}, "with_a_court"),  # NM: somebody has it already
        ({"what": "money", "danger": "no", "busy": "office"}, "with_an_office"),
        ({"what": "money", "danger": "no", "busy": "decided"}, "decided"),
        ({"what": "money", "danger": "no", "busy": "no", "wanted": "alone"}, "one_side_says_no"),  # PML 17
        ({"what": "money", "danger": "no", "busy": "no", "wanted": "ruling"}, "ruling"),  # PML 3
        ({"what": "money", "danger": "no", "busy": "no", "wanted": "advice"}, "advice"),
        ({"what": "hurt", "hurt": "slight", **TALK}, "take_in_slight"),  # PSL 9
        ({"what": "wages", **TALK}, "take_in_wages"),
        ({"what": "livestock", **TALK}, "take_in"),
    ],
)
def test_each_situation_comes_where_it_belongs(given, end):
    assert ends(**given) == end


def test_every_path_ends_within_seven_taps_and_not_ours_mostly_within_four():
    assert max(len(step.given) for step in PATHS) <= 7
    assert all(len(step.given) <= 4 for step in PATHS if not step.end.ours and "owns" not in step.given and
               "hurt" not in step.given)  # fmt: skip


def test_every_end_and_every_answer_is_reached():
    assert {step.end.id for step in PATHS} == {end.id for end in triage().ends}
    reached = {pair for step in PATHS for pair in step.given.items()}
    assert reached == {(question.id, answer.id) for question in triage().questions for answer in question.answers}


def test_nothing_is_taken_in_where_somebody_is_hurt_afraid_or_in_danger():
    for step in PATHS:
        if step.given.get("danger") in ("afraid", "now") or step.given["what"] in ("violence", "child", "crime"):
            assert not step.end.ours, step.given


def test_violence_and_harm_to_a_child_leave_nothing_on_paper_and_never_name_mediation_as_a_route():
    quiet = {end.id for end in triage().ends if end.quiet}
    assert {"violence", "report", "afraid", "danger"} == quiet
    assert all("mediation" not in end.routes and end.keeps is None for end in triage().ends if end.quiet)


def test_whatever_is_ours_names_the_other_ways_too():
    assert all({"mediation", "court", "legal_aid"} <= set(end.routes) for end in triage().ends if end.ours)


def test_leave_things_as_they_are_is_said_wherever_land_is_in_dispute():
    assert {end.id for end in triage().ends if end.keeps} == {"ownership", "unclear_land", "take_in_fence"}


def test_answers_that_were_not_asked_count_for_nothing():
    step = triage().step({"what": "money", "owns": "yes", "fence": "no", "danger": "nonsense"})
    assert (dict(step.given), step.question.id) == ({"what": "money"}, "danger")


def test_every_end_has_its_source_and_both_languages():
    for end in triage().ends:
        assert CHINESE.search(end.source)
        for said in (end.title, *end.says, *([end.keeps] if end.keeps else [])):
            assert CHINESE.search(said.zh)
            assert said.en
            assert not CHINESE.search(said.en)
    for question in triage().questions:
        assert all(answer.words.zh and answer.words.en for answer in question.answers)


def test_a_number_stands_only_where_it_holds_in_the_whole_country_and_says_who_runs_it():
    for route in routes().values():
        assert bool(route.phone) == bool(route.run_by)
        assert not route.phone or re.fullmatch(r"1[12]0|123\d\d", route.phone)
