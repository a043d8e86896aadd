"""What a mechanism costs: whoever bears it, each record once, and what is typed again elsewhere."""

from dataclasses import replace
from datetime import date

from concerto.rulebook.burden import burden, counted_with, not_counted, read_village
from concerto.rulebook.duty import Duty, Edition, Measure, Unit, Within
from concerto.rulebook.mechanism import Mechanism, mechanism
from concerto.rulebook.period import Every

VILLAGE, DAY, TITLE = read_village(), date(2026, 5, 20), {"zh": "一", "en": "one"}


def duty(name: str, *, owed_by: str = "post", about: str = "helped_household", **edition) -> Duty:
    told = Edition(since=date(2024, 1, 1), source="s", **{"every": Every.MONTH, "minutes": {"": 10}, **edition})
    post = "instructor" if owed_by == "post" else ""
    return Duty(id=name, part="study", title=TITLE, owed_by=owed_by, about=about, post=post, editions=(told,))


def costs(*duties: Duty, village=VILLAGE) -> dict[tuple[str, str], float]:
    made = Mechanism({told.id: told for told in duties}, values=mechanism().values)
    return {(cost.bearer, cost.duty): cost.minutes for cost in burden(made, village, on=DAY)}


CALL = duty("call", proven_by=("visit",), minutes={"": 30})
CHANGE = duty("change", proven_by=("change",), minutes={"": 5})
THEME = duty(
    "theme",
    owed_by="branch",
    about="branch",
    proven_by=("theme_party_day",),
    minutes={"branch_secretary": 150, "member": 120},
)
MEETING = duty(
    "meeting",
    owed_by="branch",
    about="branch",
    every=Every.QUARTER,
    proven_by=("members_meeting",),
    minutes={"branch_secretary": 180, "member": 90},
)


def test_one_call_a_month_on_each_helped_household():
    assert costs(CALL) == {("instructor", "call"): 8 * 30}


def test_one_record_that_settles_two_duties_counts_once_at_the_largest():
    assert costs(CALL, CHANGE) == {("instructor", "call"): 8 * 30, ("instructor", "change"): 0}


def test_a_dearer_one_takes_its_records_from_the_other():
    assert costs(THEME, MEETING) == {
        ("branch_secretary", "meeting"): 4 * 180 / 12,
        ("branch_secretary", "theme"): 8 * 150 / 12,
        ("member", "theme"): 12 * 120 / 12,
        ("member", "meeting"): 0,
    }


def test_where_a_record_is_counted_that_settles_another_as_well_is_told():
    made = Mechanism({told.id: told for told in (THEME, MEETING, CALL)}, values=mechanism().values)
    assert counted_with(made, VILLAGE, "theme", on=DAY) == ["meeting"]
    assert counted_with(made, VILLAGE, "meeting", on=DAY) == ["theme"]  # the member's part: 120 are more than 90
    assert counted_with(made, VILLAGE, "call", on=DAY) == []


def test_class_hours_cost_what_counted_records_do_not_bring_already():
    hours = duty(
        "hours",
        owed_by="member",
        about="non_exempt_member",
        every=Every.YEAR,
        need=32,
        measure=Measure.CLASS_HOURS,
        proven_by=("study_minutes",),
    )
    assert costs(hours) == {("member", "hours"): 32 * 45 / 12}
    assert costs(hours, replace(THEME, id="theme"))["member", "hours"] == 0


def test_what_only_other_members_have_is_no_cost_of_one_member():
    lesson = duty(
        "lesson",
        owed_by="branch",
        about="exempt_member",
        proven_by=("home_lesson",),
        minutes={"instructor": 40, "member": 40},
    )
    assert costs(lesson) == {("instructor", "lesson"): 4 * 40}


def test_what_is_typed_again_elsewhere_counts():
    again = replace(VILLAGE, typed_again={"visit": 3})
    assert costs(CALL, CHANGE, village=again)["instructor", "typed_again:visit"] == 8 * 3


def test_an_answer_costs_as_often_as_its_clock_starts_and_a_desks_own_is_named_apart():
    soon = Within(Unit.WORKING_DAYS, {"": 3})
    reply = duty("reply", owed_by="owner", about="need", every=None, after=("heard",), within=soon, proven_by=("told",))
    accept = duty(
        "accept", owed_by="desk", about="need", every=None, after=("sent",), within=soon, proven_by=("accepted",)
    )
    assert costs(reply, accept) == {("instructor", "reply"): 60 * 10 / 12}
    assert not_counted(Mechanism({"reply": reply, "accept": accept}), on=DAY) == ["accept"]
