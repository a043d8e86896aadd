"""What came to the door and is not in the book: it waits, was sent back or met another version. Nothing is lost."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from concerto.conductor.drafts import read, read_item
from concerto.conductor.receive import receive
from concerto.faces.desk.answers import page
from concerto.faces.desk.cases.saying import case_title
from concerto.faces.desk.entries.branch_facts import meeting_words
from concerto.faces.desk.entries.facts import MORE_KINDS
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.card import CHANGES
from concerto.faces.desk.register.changing import address, answer, day_words, entry_of
from concerto.faces.desk.register.words import called
from concerto.faces.desk.tray.mending import of_mine, settle_all, stood_for, told_in
from concerto.faces.desk.tray.owners import CLOSED, MOST_SHOWN, of_township, settled_by_others
from concerto.faces.desk.writing import DraftForm, record
from concerto.groundwork import clock
from concerto.groundwork.refusals import WORDS, Words, words_of
from concerto.journal.kinds import CASE_KINDS
from concerto.journal.kinds.keeping import Settled1
from concerto.journal.kinds.waivers import Waiver1
from concerto.journal.models import Tray
from concerto.journal.said import Body, Item, Said, read_said
from concerto.papers.naming import houses_named
from concerto.places.sight import Role
from concerto.register.models import Resident
from concerto.register.search import log_of

# Nothing of it is left to be written again.
ASKED_ALREADY = ("waiver_asked_already", "waiver_granted_already", "slip_noted_already", "slip_void_already")
FOR_A_YES = frozenset({"not_the_author", "device_lost", "device_revoked"})


@dataclass(frozen=True)
class Lying:
    """One entry of the tray, in words."""

    id: UUID
    outcome: str
    title: str
    why: str
    code: str
    came_on: date
    mend: str
    kept: bool
    happened_on: date | None = None
    posting: str = ""

    @property
    def mark(self) -> str:
        """Its mark on the staff."""
        return {"waits": "waiting", "clash": "clash"}.get(self.outcome, "refused")

    @property
    def day(self) -> str:
        """The one day it is known by: when it happened, and where its words are not kept, when it came."""
        if self.happened_on is None:
            return self.came
        return gettext("happened on {day}").format(day=day_words(self.happened_on))

    @property
    def came(self) -> str:
        """When it came here."""
        return gettext("came here on {day}").format(day=day_words(self.came_on))

    @property
    def has_code(self) -> bool:
        """Tell whether an administrator may be asked about it: two versions and what waits are said in words alone."""
        return self.outcome == "refused"

    @property
    def is_for_my_yes(self) -> bool:
        """Tell whether it came in this person's name by somebody else, or from a phone that is believed no more."""
        return self.code in FOR_A_YES


@open_to(*NEED_READERS)
def tray(request: SignedIn) -> HttpResponse:
    """List one's own entries that are not in the book: each says why, and what can be done."""
    rows = Tray.objects.filter(log=log_of(request.sight), author=request.user.id).exclude(outcome=CLOSED)
    shown = list(rows.order_by("came_at", "id")[:MOST_SHOWN])
    lying = in_words(request, shown)
    order = ("clash", "refused", "waits")
    groups = [(outcome, [one for one in lying if one.outcome == outcome]) for outcome in order]
    theirs = settled_by_others(request.sight)
    context = {
        "groups": [(o, some) for o, some in groups if some],
        "settled": list(zip(in_words(request, [one.row for one in theirs]), theirs, strict=True)),
        "township": len(of_township(request.sight)) if request.sight.has(Role.TOWNSHIP_ORGANIZER) else None,
    }
    return render(request, "desk/tray/list.html", context)


def in_words(request: SignedIn, rows: Sequence[Tray]) -> list[Lying]:
    """Say what lies in the tray: in three statements, however many entries there are."""
    read_items = {row.id: read_item(row.item) for row in rows if row.item}
    names = _names(request, read_items.values())
    lying = [_lying(row, read_items.get(row.id), names) for row in rows]
    if not request.sight.has(Role.TOWNSHIP_ORGANIZER):
        return lying
    return [_for_the_township(request, one, row) for one, row in zip(lying, rows, strict=True)]


# The organizer is the township: what others are told to ask it for, they record themselves.
RECORD_THE_POSTING = _("Check the day and the unit, or record the posting.")
ITS_OWN_WORDS = {
    "not_posted_there": Words(_("On that day its author had no posting that covers this unit."), RECORD_THE_POSTING),
    "not_in_this_unit": Words(_("It is not in the units of its author."), RECORD_THE_POSTING),
}


def _for_the_township(request: SignedIn, one: Lying, row: Tray) -> Lying:
    words = ITS_OWN_WORDS.get(one.code)
    if words is None or one.outcome != "refused":
        return one
    what = WORDS[one.code].what if row.author == request.user.id else words.what
    asked = urlencode({"person": row.author, "unit": row.unit or ""})
    return replace(one, why=f"{what} {words.do}", posting=f"{address('posting-new', row.log)}?{asked}")


def _names(request: SignedIn, items: Iterable[Item]) -> dict[UUID, str]:
    """Name the households and people that entries speak of, where their cards may be opened."""
    things = set()
    for item in items:
        draft = read(item)
        if draft.body is not None and draft.said is not None:
            things |= set(_spoken_of(draft.body, draft.said))
    if not things:
        return {}
    people = Resident.objects.seen_by(request.sight).filter(id__in=things)
    houses = houses_named(request.sight, things)
    return {h: named.name for h, named in houses.items()} | {p.id: called(p) for p in people}


def _spoken_of(body: Body, said: Said) -> list[UUID]:
    """Name what an entry speaks of, in its order; a waiver's household it does not touch."""
    about = [body.about] if isinstance(body, Waiver1) and body.about else []
    return [*(touch.thing for touch in body.things(said.first)), *about]


def _lying(row: Tray, item: Item | None, names: dict[UUID, str]) -> Lying:
    why, came_on = words_of(row.code, json.loads(row.facts)), clock.day_of(datetime.fromisoformat(row.came_at))
    if item is None:
        return Lying(
            row.id,
            row.outcome,
            str(_("An entry whose words are not kept here")),
            why,
            row.code,
            came_on,
            "",
            kept=False,
        )
    said = read_said(item.said)
    outcome = "waits" if row.code == "unseen_for_long" else row.outcome  # there is no other version to look at
    return Lying(
        row.id,
        outcome,
        title_of(item, said, names),
        why,
        row.code,
        came_on,
        _mend(row, item, said),
        kept=True,
        happened_on=said.happened_on,
    )


def title_of(item: Item, said: Said, names: dict[UUID, str]) -> str:
    """Say in a few words what an entry wants, and of whom."""
    body = read(item).body
    what = meeting_words(body) or str(CHANGES.get(said.kind) or MORE_KINDS.get(said.kind, said.kind))
    if said.kind in CASE_KINDS:
        what = case_title(body)
    if said.corrects:
        correction = gettext("{what}: withdrawal") if said.is_null else gettext("{what}: correction")
        what = correction.format(what=what)
    things = _spoken_of(body, said) if body else []
    named = next((names[thing] for thing in things if thing in names), "")
    return gettext("{what}: {name}").format(what=what, name=named) if named else what


def _mend(row: Tray, item: Item, said: Said) -> str:
    """Give the address of the form in which an entry that was sent back is written again."""
    if row.outcome != "refused" or row.code in ("not_the_author", *ASKED_ALREADY):
        return ""
    own = said.kind == "own_study" and not said.corrects
    page_of = address("own-study-new") if own else form_of(said)
    return f"{page_of}?instead_of={row.id}" if page_of else ""


def form_of(said: Said) -> str:
    """Give the address of the form that records an entry of this kind about this thing, if there is one."""
    body: dict[str, Any] = msgspec.json.decode(bytes(said.body)) or {}
    house, person = body.get("household"), body.get("resident")
    match said.kind:
        case "visit" if said.corrects:
            return address("entry-correct", said.corrects) if not said.is_null else ""
        case "visit" if body.get("channel") == "gathering":
            return address("gathering-new", said.unit)
        case "visit":
            households = body.get("households", [])
            return address("visit-new", households[0]) if len(households) == 1 else ""
        case "meeting" | "study" | "heart_talk" | "own_study" if said.corrects:
            sort = "meeting-correct" if said.kind == "meeting" else "branch-correct"
            return address(sort, said.corrects) if not said.is_null else ""
        case "meeting" | "study" | "heart_talk":
            return address(_OF_BRANCH[said.kind], said.unit)
        case "waiver" if not said.corrects:
            owner, duty, turn = (body.get(name) for name in ("owed_by", "duty", "period"))
            return address("waiver-new", duty, owner, body.get("about") or owner, turn)
        case "household":
            return address("household-new")
        case "household_change":
            sort = next((name for field, name in _PAGES.items() if field in body), "household-change")
            return address(sort, house)
        case "resident":
            return address("resident-new", body["home"]["household"])
        case "resident_change":
            return address("resident-left" if "left_on" in body else "resident-change", person)
        case "member":
            return address("member-new", person)
        case "member_change":
            return address("member-change", body["member"])
        case "matter_slip" if not said.corrects:
            return address("slips-give", body["matter"])
        case "helper":
            return address("helper-new", house)
        case "helper_change":
            return address("helper-change", body["link"])
    return ""


_OF_BRANCH = {"meeting": "meeting-new", "study": "study-new", "heart_talk": "talk-new"}
_PAGES = {"places": "household-places", "village": "household-move", "left_on": "household-left"}


# ---------------------------------------------------------------- again, or not at all


@open_to(*NEED_READERS)
@require_POST
def again(request: SignedIn, entry: UUID) -> HttpResponse:
    """Bring an entry to the door once more, byte for byte; for one that came in one's name it is the yes."""
    row = of_mine(request, entry)
    item, said = told_in(row)
    [receipt] = receive([item], brought_by=request.user, at=clock.now(), yes=True)
    if receipt.stands:
        messages.success(request, gettext("It is in the book now."))
        page_of = address("entry", said.first)
        return redirect(page_of or "desk:tray")
    if receipt.outcome == "clash" and receipt.code != "already":
        return redirect("desk:clash", entry)
    messages.warning(request, receipt.why)
    return redirect("desk:tray")


@open_to(*NEED_READERS)
def let_go(request: SignedIn, entry: UUID) -> HttpResponse:
    """Ask once more, then take an entry off the list: it is not recorded, and stays in the tray as settled."""
    row = mine_even_settled(request, entry)
    form = DraftForm(request.POST or None, account=request.user, at=clock.now())
    settle_all(form, stood_for(row))
    if form.is_valid():
        item = entry_of(request, form.draft, Settled1(), unit=_unit(row))
        to = reverse("desk:tray")
        if done := answer(request, form, record(request, item), to=to, words=_("It is off the list.")):
            return done
    lying = in_words(request, [row])[0]
    return page(request, "desk/tray/let_go.html", form, lying=lying)


def mine_even_settled(request: SignedIn, entry: UUID) -> Tray:
    """Give an own entry of the tray, also when it was settled a moment ago by the first of two clicks."""
    found = Tray.objects.filter(log=log_of(request.sight), id=entry, author=request.user.id).first()
    if found is None or (found.outcome == CLOSED and request.method != "POST"):
        raise Http404
    return found


def _unit(row: Tray) -> UUID:
    if row.unit is None:
        raise Http404
    return row.unit
