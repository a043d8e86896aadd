"""The cases that the owner of a phone handles, as the last page of a pull tells them, for the way without signal.

Only such as are under way or still to be kept and visited, and open to them as their desk's, as its mediator or since
they took it over; none that is only followed or helped, and of somebody hurt or afraid nothing. What is told of one is
what its next steps ask for: who is part of it and what each said, what was agreed, what was said at the last talk. No
note of one side alone is in it. It is told whole, and only where it is another than the phone holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.db.models import Q

from concerto.groundwork import canonical
from concerto.journal import reading
from concerto.journal.kinds.case_steps import CaseSession1
from concerto.journal.models import Head
from concerto.journal.said import SealedPart, Told, stand
from concerto.papers.standing.cases import due_of_cases
from concerto.papers.standing.near import book_of
from concerto.parts.disputes.cases import life_of
from concerto.parts.disputes.models import Case, CaseReader
from concerto.parts.disputes.states import COMING, CONFIRMED_BY_NO_COURT, OPEN, RESOLVED, Item, Life, Party
from concerto.places.models import Account
from concerto.places.sight import Sight
from concerto.register.access import Authority, Post
from concerto.register.panel import MOST, Mediator, PanelMember, named
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.standing import Line

SHAPE = 2  # of what is told; raised with it, so that no phone keeps the cases of another release
MOST_CASES = 40
AS_ITS_HANDS = ("desk", "mediator", "taken_over")
RUNNING = (COMING[0], *OPEN)
STILL_VISITED = timedelta(days=60)  # after the last day of what was agreed


class OfCase(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party of a case: `said` to which question what, `told` of what, and who speaks for it."""

    id: UUID
    side: str
    name: str = ""
    phone: str = ""
    minor: bool = False
    speaks: str = ""
    said: dict[str, str] = {}
    told: list[str] = []


class Agreed(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was agreed, by whom, and which signatures it lacks: `party:ID`, or `mediator`, `seal`."""

    id: UUID
    form: str
    on: date
    parties: list[UUID]
    missing: list[str] = []
    for_no_court: bool = False


class Thing(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is to be done, and how it was kept."""

    id: UUID
    what: str = ""
    who: UUID | None = None
    by: date | None = None
    amount: int | None = None
    how: str = ""


class Talk(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was said when they were talked with last, and what holds until then."""

    on: date
    record: str = ""
    interim: str = ""


class Due(msgspec.Struct, frozen=True):
    """What is to be done by which day, by the rulebook's clocks."""

    title: dict[str, str]
    day: date


class OnPanel(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody of the panel who may be named, or seal, here; `far`: of another committee, who signs only once named."""

    id: UUID
    name: str
    account: UUID | None = None
    holds_seal: bool = False
    far: bool = False


class Handled(msgspec.Struct, frozen=True, omit_defaults=True):
    """One case. `records` is the unit for which its steps are recorded; `saw` the wordings that a decision rests on;
    `channel` is empty while it is the people's."""

    id: UUID
    records: UUID
    village: str
    stage: str
    sort: str
    opened_on: date
    last_on: date
    number: str = ""
    summary: str = ""
    parties: list[OfCase] = []
    agreement: Agreed | None = None
    items: list[Thing] = []
    talk: Talk | None = None
    next_on: date | None = None
    due: Due | None = None
    mediator: UUID | None = None
    channel: str = ""
    panel: list[OnPanel] = []
    for_no_court: bool = False
    away: bool = False
    visited: bool = False
    saw: dict[str, str] = {}


class Cases(msgspec.Struct, frozen=True, omit_defaults=True):
    """The cases of a day, as they stood at a number of the log; where only that moved on, `digest` and `at` alone.
    `more` says how many there are besides: those are at the desk."""

    digest: str
    at: int = 0
    rows: list[Handled] | None = None
    more: int = 0


def since(
    asked: str | None, sight: Sight, account: Account, head: Head, posts: Sequence[Post] | None = None
) -> Cases | None:
    """Tell the cases, if a phone asks and has others. They are read anew only where the log or the day moved on."""
    moment = f"{SHAPE}.{head.epoch}.{head.seq}.{sight.day:%Y%m%d}"
    before, _, digest = (asked or "").rpartition(".")
    if asked is None or before == moment:
        return None
    rows, more = cases_of(sight, account, posts)
    now = canonical.digest(msgspec.json.encode([rows, more]).decode())[:16]
    named_so = Cases(f"{moment}.{now}", head.seq)
    return named_so if now == digest else msgspec.structs.replace(named_so, rows=rows, more=more)


def cases_of(sight: Sight, account: Account, posts: Sequence[Post] | None = None) -> tuple[list[Handled], int]:
    """Read the cases that somebody handles and that are not over, in a few statements for all of them."""
    if sight.log is None:
        return [], 0
    log = sight.log
    mine = CaseReader.objects.of(sight).filter(opens=True, because__in=AS_ITS_HANDS)
    after = Q(stage__in=RESOLVED) & (Q(items_open__gt=0) | Q(last_due__gte=sight.day - STILL_VISITED))
    found = Case.objects.standing().filter(Q(stage__in=RUNNING) | after, log=log, id__in=mine.values("id"))
    rows = list(found.order_by("-last_on", "id")[: MOST_CASES + 60])
    if not rows:
        return [], 0
    shown = rows[:MOST_CASES]
    about = reading.about(log, [row.id for row in shown])
    book = book_of(log, sight.day)
    due = due_of_cases(book, shown, sight.day)
    near = {row.unit for row in shown} | {row.desk for row in shown} | {log}
    panel = named(PanelMember.objects.on(sight.day).filter(log=log, unit__in=near).order_by("since", "id")[:MOST])
    names, authority = {unit.id: unit.name for unit in book.units}, Authority(account, log, posts)
    told = []
    for row in shown:
        facts = stand(about.get(row.id, ()))
        life = life_of(row.id, facts)
        unit = _records_for(row, sight, authority)
        if life is not None and unit is not None:
            told.append(_told(row, life, facts, unit, names, panel, due.get(row.id, ()), account.id))
    told.sort(key=lambda one: (one.due.day if one.due else date.max, one.opened_on, one.id))
    return told, len(rows) - len(shown)


def _records_for(row: Case, sight: Sight, authority: Authority) -> UUID | None:
    """Give the unit that a step is recorded for: the desk that has it, else where its handler is posted."""
    may = (row.desk, row.unit, *sorted(sight.units))
    return next((unit for unit in may if authority.follows(sight.day, kind="case_step", unit=unit)), None)


def _told(
    row: Case, life: Life, facts: Sequence[Told], unit: UUID, names: Mapping[UUID, str], panel: Sequence[Mediator],
    due: Sequence[Line], reader: UUID,
) -> Handled:  # fmt: skip
    parts = {digest: part for fact in facts for text in fact.texts for digest, part in text.sealed.items()}
    saw = msgspec.json.decode(row.wordings or "{}")
    line = due[0] if due else None
    return Handled(
        row.id,
        unit,
        names.get(row.unit, ""),
        life.stage,
        row.sort,
        row.opened_on,
        row.last_on,
        number=row.number,
        summary=_text(parts, row.summary),
        parties=[_party(parts, one) for one in life.parties.values()],
        agreement=_agreed(life),
        items=[_thing(parts, one) for one in life.items.values()],
        talk=_talk(parts, facts, reader),
        next_on=life.next_on,
        due=Due(dict(mechanism().duties[line.duty].title), line.due) if line else None,
        mediator=life.mediator.line if life.mediator else None,
        channel="" if life.channel == "people" else life.channel,
        panel=list(_panel(row, life, panel)),
        for_no_court=life.category in CONFIRMED_BY_NO_COURT,
        away=life.held.waits_for is not None or bool(row.office),
        visited=any(step.kind == "return_visit" for step in life.path),
        saw={name: saw[name] for name in ("state", "mediator") if name in saw},
    )


def _text(parts: Mapping[str, SealedPart], digest: str | None) -> str:
    part = parts.get(digest or "")
    return part.text if part else ""


def _party(parts: Mapping[str, SealedPart], one: Party) -> OfCase:
    return OfCase(
        one.id, one.side, _text(parts, one.name), _text(parts, one.phone), one.minor, _text(parts, one.represented_by),
        dict(one.said), sorted(one.told),
    )  # fmt: skip


def _agreed(life: Life) -> Agreed | None:
    now = life.agreement
    if now is None:
        return None
    missing = [f"party:{party}" if signed == "party" else signed for signed, party in life.missing]
    excluded = not now.may_be_confirmed or now.form != "written"
    return Agreed(now.id, now.form, now.on, list(now.parties), missing, excluded)


def _thing(parts: Mapping[str, SealedPart], item: Item) -> Thing:
    return Thing(item.item, _text(parts, item.what), item.who, item.by, item.amount, item.how)


def _talk(parts: Mapping[str, SealedPart], facts: Sequence[Told], reader: UUID) -> Talk | None:
    """Give the last talk that stands. What was said lies on the phone of who wrote it down alone: others open it at the
    desk, where they say why and it is noted. What one side said alone is not in it."""
    stands = [fact for fact in facts if isinstance(fact.body, CaseSession1)]
    fact = max(stands, key=lambda one: (one.last.said.happened_on, one.last.filed.seq), default=None)
    if fact is None or not isinstance(body := fact.body, CaseSession1):
        return None
    wrote = next(one.said.author for one in fact.texts if getattr(one.body, "record", None) == body.record)
    record = _text(parts, body.record) if wrote == reader else ""
    return Talk(fact.last.said.happened_on, record, _text(parts, body.interim))


def _panel(row: Case, life: Life, panel: Sequence[Mediator]) -> Iterator[OnPanel]:
    """Name who of the panel may be named here, or signs: nobody with something against them in this case."""
    for one in panel:
        if one.unit in (row.unit, row.desk, row.log) and not life.stands_against(one.id):
            near = one.unit in (row.desk, row.log)
            yield OnPanel(one.id, one.name, one.account, one.holds_seal and near, not near)
