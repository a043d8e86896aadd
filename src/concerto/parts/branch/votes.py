"""Whether a meeting's base is the one its branch had that day: a rule across entries, asked at the door alone."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from concerto.groundwork.refusals import refuse
from concerto.journal.kinds.meeting import Meeting1
from concerto.register.rolls import OnRoll


def base_of(form: str, roll: Iterable[OnRoll], *, group: UUID | None = None) -> set[UUID]:
    """Say who should be there: every full member with a vote that day, of the committee or group where it is theirs.

    Exempt and floating members are in it; a probationary member and one whose vote rests are not.
    """
    voting = [one for one in roll if one.has_vote]
    if form == "committee":
        return {one.member for one in voting if one.post}
    if form == "group":
        return {one.member for one in voting if one.group == group}
    return {one.member for one in voting} if form == "members" else set()


def check_base(meeting: Meeting1, roll: Sequence[OnRoll], *, on: date) -> None:
    """Refuse a base that counts who has no vote, or leaves out who has one.

    Left out is who cannot be there: nobody who came loses a vote by a vote of the others. Who chaired it or took its
    minutes was there.

    Where the register knows no seat or no group of that day there is nothing to hold it against: what happened is
    recorded as it was told.
    """
    refuse(any(one.approved_on > on for one in meeting.left_out), "left_out_without_adoption")
    there = {one.member for one in meeting.attendance if one.how in ("present", "observer")}
    refuse(any(one.member in there for one in meeting.left_out), "left_out_is_there")
    exempt = {one.member for one in roll if one.is_exempt}
    away = {one.member for one in meeting.attendance if one.how not in ("present", "observer")}
    refuse(bool(exempt & away), "exempt_has_one_cell")
    refuse(not away.isdisjoint((meeting.chair, meeting.recorder)), "chaired_from_away")
    known, named = {one.member for one in roll}, set(meeting.base)
    without = {one.member for one in meeting.left_out}
    with_vote = base_of("members", roll)
    no_vote = named - with_vote
    refuse(bool(no_vote), "counted_without_a_vote", n=len(no_vote), strangers=len(no_vote - known))
    due = base_of(meeting.form, roll, group=meeting.group)
    if not due:
        return
    refuse(not without <= due, "counted_without_a_vote", n=len(without - due), strangers=0)
    refuse(bool(named - due), "not_of_this_meeting", n=len(named - due))
    missing = due - named - without
    refuse(bool(missing), "base_leaves_out", n=len(missing))


def fits(capacity: str, post: str) -> bool:
    """Tell whether somebody with this seat, or none, may have talked as that."""
    return capacity == "member" or (post == "secretary" if capacity == "secretary" else bool(post))
