"""A case as one page, from top to bottom: what happened, what is agreed, what is next; its clocks, in whose hands it
is, and who can read it. Who only follows it is told that it goes on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.cases import words
from concerto.faces.desk.cases.acts import ACTS
from concerto.faces.desk.cases.dossier import Dossier, dossier_or_404, is_there
from concerto.faces.desk.cases.linked import beside
from concerto.faces.desk.cases.openings import how_often_opened, openings_of
from concerto.faces.desk.cases.path import three_lines
from concerto.faces.desk.cases.printed import papers_of
from concerto.faces.desk.cases.reasons import why_of
from concerto.faces.desk.cases.sealed import OPENED, notes_of
from concerto.faces.desk.cases.walked import heads, undo_address, walked
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs.life import clock as clock_drawn
from concerto.faces.desk.today.day import Day
from concerto.faces.desk.today.default_desk import DESK, address_to_take_over
from concerto.faces.desk.today.words import day_words
from concerto.groundwork import clock
from concerto.journal.kinds.case_words import A_SIDE_REFUSED, DIFFICULTY_WORDS, LEVEL_WORDS, NEXT_WORDS, STAGE_WORDS
from concerto.journal.kinds.cases import SpotSettlement1
from concerto.journal.kinds.words import word
from concerto.papers.mechanism import tongue_read
from concerto.papers.standing.cases import due_of_cases
from concerto.parts.disputes.states import OPEN, RESOLVED, Item, Party
from concerto.places.models import Opening
from concerto.rulebook.mechanism import mechanism

MOST_MISSING = 4  # signatures that are named; where all of them stand, below, is said who signed
LATEST = 10  # openings on the case's own page; all of them stand in the answer for a party
BECAUSE: dict[str, str | Promise] = {
    "opens": pgettext_lazy("case readers", "All of it"),
    "helping": pgettext_lazy("case readers", "What it was asked"),
    "follows": pgettext_lazy("case readers", "That it goes on"),
}
NOT_YET: dict[str, str | Promise] = {
    "not_in_effect": _("The court can be asked once an agreement is in effect, by both together, within 30 days."),
    "confirmed_by_no_court": _("No court confirms this sort of matter. Other routes are told instead."),
    "confirmed_in_writing_only": _("A court confirms only what is written."),
    "confirmation_out_of_time": _(
        "The 30 days in which a court could be asked are over. What was applied for in time is still recorded, by its "
        "day."
    ),
}


@dataclass(frozen=True)
class Asked:
    """One party as the page shows it: what it said to mediation, and whether its rights were told."""

    id: UUID
    name: str
    side: str
    more: str
    phone: str
    mark: str
    willing: str
    told: str
    acts: list[tuple[str, str]]


@dataclass(frozen=True)
class Owed:
    """One clock: what, its bar, its day, how many days are left or over."""

    title: str
    bar: SafeString
    due: date
    left: int

    @property
    def over(self) -> int:
        """How many days it is over."""
        return max(-self.left, 0)


@open_to(*NEED_READERS)
def case(request: SignedIn, case: UUID) -> HttpResponse:
    """Show a case."""
    stands = request.sight.has(*DESK) and not is_there(request.sight, case) and address_to_take_over(request, case)
    return _show(request, dossier_or_404(request, case, stands=bool(stands)))


@open_to(*NEED_READERS)
def case_words(request: SignedIn, case: UUID, digest: str) -> HttpResponse:
    """Open a sealed note to whoever may read it and says why in one line; that is noted for the parties."""
    dossier = dossier_or_404(request, case)
    if request.method != "POST":  # the address alone: another language was chosen, or a sign-in lay between
        return redirect("desk:case", case)
    notes = (note for fact in dossier.told for note in notes_of(dossier, fact.body))
    if not any(note.digest == digest and note.may_open for note in notes):
        raise Http404
    why, wrong = why_of(request)
    if wrong:
        return _show(request, dossier, asks=digest, wrong=wrong)
    note = Opening(
        log=dossier.row.log, at=clock.now(), by=request.user.id, what=OPENED, about=case, part=digest, purpose=why
    )
    note.save(force_insert=True)
    return _show(request, dossier, opened=digest)


def _show(request: SignedIn, dossier: Dossier, *, opened: str = "", asks: str = "", wrong: str = "") -> HttpResponse:
    row = dossier.row
    context: dict[str, Any] = {
        "dossier": dossier,
        "row": row,
        "stage": word(STAGE_WORDS, row.stage),
        "village": dossier.units.get(row.unit, ""),
        "here": "cases",
        "where": dossier.where(),
    }
    if not dossier.opens:
        return render(
            request,
            "desk/cases/follows.html",
            {
                **context,
                "facts": list(_follows(dossier)),
                "undo": undo_address(dossier, row.entry),
                "take_over": address_to_take_over(request, row.id),
            },
        )
    context |= {
        "between": dossier.between if dossier.reads else [],
        "sub": pgettext("clause", ", ").join(part for part in _sub(dossier) if part) if dossier.reads else "",
        "summary": dossier.text(row.summary),
        "is_spot": any(text.said.kind == SpotSettlement1.KIND for fact in dossier.told[:1] for text in fact.texts),
        "lines": three_lines(heads(dossier), dossier.sight.day) if dossier.reads else "",
        "path": walked(dossier, opened=opened),
        "sides": _sides(dossier) if dossier.reads else [],
        "items": [_item(dossier, item) for item in dossier.life.items.values()] if dossier.reads else [],
        "signs": list(_signs(dossier)) if dossier.reads else [],
        "agreed_on": dossier.life.agreement,
        "next": _next(dossier),
        "not_yet": NOT_YET.get(dossier.life.may_confirm(dossier.sight.day), "") if _asks_court(dossier) else "",
        "acts": _acts(dossier),
        "clocks": list(_clocks(request, dossier)),
        "hands": list(_hands(dossier)) if dossier.reads else [],
        "readers": list(_readers(dossier)) if dossier.reads else [],
        "openings": openings_of(row, LATEST)[0] if dossier.reads else [],
        "opened": how_often_opened(row) if dossier.reads else 0,
        "papers": list(papers_of(dossier)),
        "beside": beside(dossier) if dossier.reads else [],
        "take_over": "" if dossier.reads else address_to_take_over(request, row.id),
        "asks": asks,
        "wrong": wrong,
    }
    return render(request, "desk/cases/case.html", context, status=422 if asks else 200)


def _follows(dossier: Dossier) -> Iterator[tuple[str, Any]]:
    row = dossier.row
    yield gettext("How it stands"), word(STAGE_WORDS, row.stage)
    yield gettext("In whose hands"), dossier.where()
    yield gettext("Next talk"), date_format(row.next_on, "DATE_FORMAT") if row.next_on and row.state == "open" else ""
    yield pgettext("case", "Brought on"), date_format(row.opened_on, "DATE_FORMAT")


def _sub(dossier: Dossier) -> Iterator[str]:
    row = dossier.row
    yield dossier.units.get(row.unit, "")
    yield word(LEVEL_WORDS, row.level)
    if row.difficulty != "simple":
        until = date_format(row.difficulty_until, "MONTH_DAY_FORMAT") if row.difficulty_until else ""
        hard = gettext("the matter is: {difficulty}").format(difficulty=word(DIFFICULTY_WORDS, row.difficulty))
        if row.state == "open" and row.difficulty_until and row.difficulty_until < dossier.sight.day:
            yield gettext("{words} until {day}: weigh it again").format(words=hard, day=until)
        else:
            yield gettext("{words}, until {day}").format(words=hard, day=until) if until else hard


def _sides(dossier: Dossier) -> list[tuple[str, list[Asked]]]:
    parties = dossier.life.parties.values()
    sides = [(side, [_asked(dossier, one) for one in parties if one.side == side]) for side in words.SIDES]
    return [(word(words.SIDES, side), found) for side, found in sides if found]


def _asked(dossier: Dossier, party: Party) -> Asked:
    more = [
        word(words.PARTY_SORTS, party.sort) if party.sort == "organisation" else "",
        gettext("a minor") if party.minor else "",
        gettext("{who} speaks for them").format(who=dossier.text(party.represented_by)) if party.represented_by else "",
    ]
    willing = {"agreed": gettext("wants mediation"), "refused": gettext("does not want mediation")}
    return Asked(
        party.id,
        dossier.name(party),
        party.side,
        pgettext("clause", ", ").join(one for one in more if one),
        dossier.text(party.phone),
        {"agreed": "met", "refused": "refused"}.get(party.willing, "open"),
        willing.get(party.willing, gettext("not asked yet")) if party.side != "third" else "",
        gettext("rights told") if "rights" in party.told else "",
        list(_party_acts(dossier, party)),
    )


def _party_acts(dossier: Dossier, party: Party) -> Iterator[tuple[str, str]]:
    """Give each party its own tap: what it says, what it was told."""
    life = dossier.life
    asks = life.stage in OPEN or (life.stage == "in_effect" and not life.may_confirm(dossier.sight.day))
    may = set(dossier.acts()) if party.side != "third" and asks else set()
    if "consent" in may:
        yield _step(dossier, "consent", party.id), gettext("Record what they say")
    if "tell" in may and "rights" not in party.told:
        yield _step(dossier, "tell", party.id), gettext("They were told their rights")


def _item(dossier: Dossier, item: Item) -> dict[str, Any]:
    who = dossier.life.parties.get(item.who) if item.who else None
    amount = f"{item.amount / 100:,.2f}" if item.amount else ""
    return {
        "what": dossier.text(item.what) or gettext("these words were erased"),
        "who": dossier.name(who) if who else gettext("everybody"),
        "by": day_words(item.by, dossier.sight.day) if item.by else "",
        "amount": amount,
        "mark": {"kept": "met", "partly": "late", "broken": "missed"}.get(item.how, "open"),
        "how": word(words.KEPT, item.how) if item.how else gettext("not asked yet"),
    }


def _signs(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """Say who is to sign a written agreement, and on which day each did; to a mediator who has not, where they do."""
    agreement = dossier.life.agreement
    if agreement is None or agreement.form != "written":
        return
    days: dict[tuple[str, UUID | None], date] = {}
    for one in dossier.life.signatures:
        if one.agreement == agreement.id:
            days.setdefault((one.signed, one.party), one.on)
    wanted: list[tuple[str, tuple[str, UUID | None]]] = []
    for party in agreement.parties:
        found = dossier.life.parties.get(party)
        wanted.append((dossier.name(found) if found else "", ("party", party)))
    wanted += [(gettext("The mediator"), ("mediator", None)), (gettext("Seal of the committee"), ("seal", None))]
    for who, key in wanted:
        own = key[0] == "mediator" and key not in days and dossier.row.account == dossier.account.id
        where = f"{_step(dossier, 'sign')}?signed=mediator:{dossier.row.mediator}" if own and dossier.handles else ""
        yield who, day_words(days[key], dossier.sight.day) if key in days else "", where


def _next(dossier: Dossier) -> str:
    life = dossier.life
    if not dossier.reads:
        return gettext("Answer what your desk was asked.")
    if life.held.waits_for is not None:
        desk = dossier.desk(life.held.waits_for)
        return gettext("It was handed to {desk}, which has not answered yet.").format(desk=desk)
    if life.is_refused and life.state == "open":
        return str(A_SIDE_REFUSED)
    if life.state == "open" and life.next_on and life.next_on < dossier.sight.day:
        day = day_words(life.next_on, dossier.sight.day)
        return gettext("The talk of {day} is not recorded yet: record it, or what they agreed.").format(day=day)
    if life.stage in ("willing", "talking") and life.conflicts and not dossier.row.mediator:
        return gettext("Nobody mediates any more: name another mediator.")
    if dossier.row.office and life.state != "open" and life.stage not in RESOLVED:
        return gettext(
            "It ended here while it was with this office: {office}. Record its answer when it comes."
        ).format(office=words.route_name(dossier.row.office))
    if life.stage == "agreed":
        missing = [words_of_missing(dossier, signed, party) for signed, party in life.missing]
        return gettext("Still missing: {what}. Then it is in effect.").format(
            what=words.shortened(missing, MOST_MISSING)
        )
    if life.stage == "between_themselves" and life.items and not dossier.all_asked:
        return gettext("They settled it themselves. Ask whether what they agreed is done.")
    if life.stage in RESOLVED and life.items and dossier.all_asked:
        was_visited = any(step.kind == "return_visit" for step in life.path)
        return (
            gettext("Nothing more is owed.") if was_visited else gettext("All was asked about: visit both sides again.")
        )
    return str(NEXT_WORDS.get(life.stage, ""))


def words_of_missing(dossier: Dossier, signed: str, party: UUID | None) -> str:
    """Name a signature that is missing."""
    if signed == "mediator":
        return gettext("the mediator's signature")
    if signed == "seal":
        return gettext("the committee's seal")
    found = dossier.life.parties.get(party) if party else None
    return dossier.name(found) if found else ""


def _asks_court(dossier: Dossier) -> bool:
    return dossier.reads and dossier.life.stage in ("agreed", "in_effect") and not dossier.row.court


def _acts(dossier: Dossier) -> list[tuple[str, Any]]:
    again = {"mediator": gettext("Name another mediator")} if dossier.row.mediator else {}
    return [(_step(dossier, act), again.get(act) or ACTS[act].title) for act in dossier.acts()]


def _step(dossier: Dossier, act: str, party: UUID | None = None) -> str:
    where = reverse("desk:case-step", args=[dossier.row.id, act])
    return f"{where}?party={party}" if party else where


def _clocks(request: SignedIn, dossier: Dossier) -> Iterator[Owed]:
    """Give what is still to be done by when, judged by the rulebook."""
    if not dossier.reads:
        return
    asof, duties = dossier.sight.day, mechanism().duties
    for line in due_of_cases(Day(request.sight).book, [dossier.row], asof).get(dossier.row.id, ()):
        title = duties[line.duty].title[tongue_read()]
        yield Owed(title, clock_drawn(line.period.first, line.due, asof), line.due, (line.due - asof).days)


def _hands(dossier: Dossier) -> Iterator[tuple[str, str, str, bool]]:
    """Say in whose hands it was and is: mark, desk, how, whether it is there now."""
    row, held = dossier.row, dossier.life.held
    home = dossier.desk(row.unit)
    yield (
        ("met" if held.sendings else "open"),
        home,
        day_words(row.opened_on, dossier.sight.day),
        not (held.sendings or dossier.taken_by),
    )
    for n, sending in enumerate(held.sendings):
        last = n == len(held.sendings) - 1
        name = words.route_name(sending.office) if sending.office else dossier.desk(sending.to)
        how = gettext("took it on") if sending.is_accepted else gettext("has not answered")
        now = last and not dossier.taken_by
        yield ("open" if now else "met"), name, how, now
    if dossier.taken_by:
        yield "open", dossier.taken_by, gettext("took it over"), True
    if dossier.mediator:
        yield "met", dossier.mediator, gettext("mediates"), False


def _readers(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Say who reads all of it, who what they were asked, and who that it goes on."""
    found: dict[str, list[str]] = {"opens": [], "helping": [], "follows": []}
    reads = {one.desk for one in dossier.readers if one.opens and one.desk}
    for one in dossier.readers:
        is_apart = one.because == "conflict"  # tied to a side: what their desk reads they do not
        if not (one.opens or is_apart) and one.account and dossier.works_at(one.account) & reads:
            continue  # their desk reads all of it, and is named
        name = dossier.desk(one.desk) if one.desk else dossier.people.get(one.account or one.id, "")
        if not one.opens and name in found["opens"]:
            continue  # who brought a case and mediates it reads all of it
        which = "helping" if one.because == "helping" else "opens" if one.opens else "follows"
        if name and name not in found[which]:
            found[which].append(name)
    for which, names in found.items():
        yield str(BECAUSE[which]), pgettext("list", ", ").join(names)
