"""A year of the three branches: seats, meetings, training, talks; waivers, late records, a duty changed here."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from concerto.journal.kinds.editions import Edition1, EditionAnswer1
from concerto.journal.kinds.households import HelperChange1
from concerto.journal.kinds.meeting import Attended, Meeting1
from concerto.journal.kinds.seats import Seat1, Seated
from concerto.journal.kinds.study import OwnStudy1, Study1
from concerto.journal.kinds.talks import HeartTalk1, Talker
from concerto.journal.kinds.times import Took
from concerto.journal.kinds.visit import Visit1
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.journal.said import Audience

from .pen import Pen
from .register import Register, Written
from .township import Township

SECRETARIES = ("serik", "zhang", "yang")
# A change begins later than it is answered, and is answered in another week than it is proposed in.
PROPOSED_BEFORE, ANSWERED_BEFORE = timedelta(days=23), timedelta(days=15)
OWN_STUDY = ("读了条例第三章，记了两页。", "学了医保缴费的新规定。", "听了一节网课，讲的是调解。")


class Branches:
    """Writes what the branches did, month by month, up to the last day."""

    def __init__(self, town: Township, register: Register, pen: Pen, began: date, asof: date) -> None:
        self.town, self.register, self.pen = town, register, pen
        self.began, self.asof = began, asof

    def everything(self) -> Iterator[Written]:
        """Write it all; what is dated after the last day is not."""
        yield from self._seats()
        for month in self._months():
            for branch in range(3):
                yield from self._month(branch, month)
        yield from self._study()
        yield from self._talks()
        yield from self._own_study()
        yield from self._let_go()
        yield from self._late_visits()
        yield from self._helper_stops()
        yield from self._calls_count_too()

    def _months(self) -> Iterator[date]:
        month = (self.began.replace(day=1) + timedelta(days=32)).replace(day=1)
        while month <= self.asof:
            yield month
            month = (month + timedelta(days=32)).replace(day=1)

    def _seats(self) -> Iterator[Written]:
        """Seat a secretary in each branch, and a whole committee in the first."""
        on = self.began + timedelta(days=2)
        wanted: list[tuple[int, int, Seated]] = [
            (0, 0, "secretary"), (0, 1, "deputy"), (0, 2, "seat"), (1, 0, "secretary"), (2, 0, "secretary")
        ]  # fmt: skip
        for branch, n, post in wanted:
            unit = self.town.branches[branch]
            body = Seat1(seat=self.pen.new_id(on), branch=unit, member=self._voting(branch)[n], post=post, since=on)
            yield on, None, self.pen.write(body, on=on, unit=unit)

    def _voting(self, branch: int, on: date | None = None) -> list[UUID]:
        full = (
            one for one in self.register.members[branch] if one.full or (one.full_since and on and on >= one.full_since)
        )
        return [one.id for one in full]

    def _month(self, branch: int, month: date) -> Iterator[Written]:
        """Hold the month's meetings; the second branch lets every third month pass, the third makes up for one late."""
        n = month.month
        if branch == 1 and n % 3 == 0:
            return
        if branch == 2 and n % 6 == 2:
            return
        on = month + timedelta(days=11 + branch)
        quarter = n % 3 == 1
        form: Literal["members", "none"] = "members" if quarter else "none"
        contents = ["theme_day", *(["lesson"] if n % 3 == 2 or quarter else [])]
        yield from self._meeting(branch, on, form, contents, pre_study=Took(minutes=60), meeting_study=Took(minutes=60))
        if branch == 2 and n % 6 == 3:
            february = (month - timedelta(days=1)).strftime("%Y-%m")
            yield from self._meeting(branch, on + timedelta(days=4), "none", ["theme_day"], counts_for=february)
        if branch == 0:
            yield from self._meeting(branch, on + timedelta(days=1), "committee", [])
            for group in range(3):
                if (n + group) % 4:
                    yield from self._meeting(branch, on + timedelta(days=2), "group", [], group=group)

    def _meeting(
        self,
        branch: int,
        on: date,
        form: Literal["members", "committee", "group", "none"],
        contents: list[Any],
        *,
        group: int | None = None,
        counts_for: str = "",
        **more: Any,
    ) -> Iterator[Written]:
        if on >= self.asof:
            return
        members = [one for one in self.register.members[branch] if group is None or one.group == group]
        voting = [member for member in self._voting(branch, on) if member in {one.id for one in members}]
        base = {"members": voting, "committee": voting[:3], "group": voting, "none": []}[form]
        listed = members if form != "committee" else [one for one in members if one.id in base]
        attendance = [
            Attended(one.id, "present" if one.exempt or (n + on.day + on.month) % 6 else "excused")
            for n, one in enumerate(listed)
        ]
        body = Meeting1(
            branch=self.town.branches[branch],
            form=form,
            contents=contents,
            group=self.town.groups[group] if group is not None else None,
            base=base,
            attendance=attendance,
            **(more if form == "members" else {}),
        )
        said: dict[str, Any] = {"counts_for": counts_for} if counts_for else {}
        by = self.town.staff[SECRETARIES[branch]]
        yield on, by, self.pen.write(body, on=on, unit=self.town.branches[branch], by=by, **said)

    def _study(self) -> Iterator[Written]:
        """Train together on some days, from a morning to an evening."""
        for branch in range(3):
            by, unit = self.town.staff[SECRETARIES[branch]], self.town.branches[branch]
            members = [one.id for one in self.register.members[branch] if not one.exempt]
            for n in range(5 - branch):
                on = self.asof - timedelta(days=160 - 14 * n)
                body = Study1(
                    form="training", took=Took(begins=570, ends=990), members=members[n % 2 :: 2] if n > 3 else members
                )
                yield on, by, self.pen.write(body, on=on, unit=unit, by=by)

    def _talks(self) -> Iterator[Written]:
        """Let the secretary of the first branch talk with each committee member, and with some others."""
        by, unit = self.town.staff["serik"], self.town.branches[0]
        secretary, *others = self._voting(0)
        for n, member in enumerate(others[:20]):
            on = self.asof - timedelta(days=150 - 6 * n)
            capacity: Literal["committee_member", "member"] = "committee_member" if n < 2 else "member"
            body = HeartTalk1(talkers=[Talker(secretary, "secretary"), Talker(member, capacity)])
            yield on, by, self.pen.write(body, on=on, unit=unit, by=by)

    def _own_study(self) -> Iterator[Written]:
        """Let one instructor write a line on their own study in most weeks: nobody else ever sees it."""
        by, unit = self.town.staff["lin"], self.town.branches[0]
        for n in range(12):
            on = self.asof - timedelta(days=1 + 7 * n)
            if n % 4 == 2:
                continue
            entry = self.pen.new_id(on)
            words = self.pen.seal(entry, OWN_STUDY[n % 3], Audience.AUTHOR)
            body = OwnStudy1(words=words.digest)
            yield on, by, self.pen.write(body, on=on, unit=unit, by=by, sealed=[words], id=entry)

    def _let_go(self) -> Iterator[Written]:
        """Ask that a month of calls be let go, since the pastures moved; another waiver still waits."""
        lin, wang, unit = self.town.staff["lin"], self.town.staff["wang"], self.town.branches[0]
        last = self._before(2)
        for duty, month in (("four-ones-visit", last), ("home-lesson", self._before(1))):
            on = month.replace(day=25)
            asked = Waiver1(
                waiver=self.pen.new_id(on),
                duty=duty,
                owed_by=unit,
                period=month.strftime("%Y-%m"),
                reason="pasture_move",
            )
            yield on, lin, self.pen.write(asked, on=on, unit=unit, by=lin)
            if month == last:
                later = on + timedelta(days=8)
                answer = WaiverAnswer1(waiver=asked.waiver, granted=True)
                yield later, wang, self.pen.write(answer, on=later, unit=self.town.log, by=wang)

    def _before(self, months: int) -> date:
        month = self.asof.replace(day=1)
        for _ in range(months):
            month = (month - timedelta(days=1)).replace(day=1)
        return month

    def _late_visits(self) -> Iterator[Written]:
        """Make up for calls of the month before: they count there, late."""
        nurlan, unit = self.town.staff["nurlan"], self.town.villages[1]
        on = self._before(1).replace(day=3)
        helped = [h for h in self.register.houses if h.village == 1 and h.helped and not h.hidden]
        for house in helped[:8]:
            body = Visit1(channel="visit", households=[house.id], outcome="met", met=house.people[:1])
            counts_for = self._before(2).strftime("%Y-%m")
            yield on, nurlan, self.pen.write(body, on=on, unit=unit, by=nurlan, counts_for=counts_for)

    def _helper_stops(self) -> Iterator[Written]:
        """Let a helper link end within a month: of that month nothing is owed for the household."""
        house = next(h for h in self.register.houses if h.village == 2 and h.helped and not h.hidden)
        month = self._before(2)
        on = month.replace(day=monthrange(month.year, month.month)[1] // 2)
        assert house.link is not None
        body = HelperChange1(link=house.link, household=house.id, until=on)
        yield on, None, self.pen.write(body, on=on, unit=self.town.villages[2])

    def _calls_count_too(self) -> Iterator[Written]:
        """Let calls by telephone count from a July on: the organizer proposes it in June, the county approves it."""
        wang, gao, unit = self.town.staff["wang"], self.town.staff["gao"], self.town.log
        july = date(self.asof.year, 7, 1)
        if july - PROPOSED_BEFORE >= self.asof:
            july = july.replace(year=july.year - 1)
        on, later = july - PROPOSED_BEFORE, july - ANSWERED_BEFORE
        if on <= self.began:
            return
        proposed = Edition1(
            edition=self.pen.new_id(on),
            duty="four-ones-visit",
            since=july,
            source=f"示范乡 {july.year}-3",
            every="MONTH",
            times=1,
            proven_by=["visit", "phone_call", "declined", "wish"],
            grace=1,
            minutes=20,
        )
        yield on, wang, self.pen.write(proposed, on=on, unit=unit, by=wang)
        if later < self.asof:
            answer = EditionAnswer1(edition=proposed.edition, approved=True)
            yield later, gao, self.pen.write(answer, on=later, unit=unit, by=gao)
