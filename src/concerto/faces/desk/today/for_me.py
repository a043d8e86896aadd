"""What waits for one person, and what waits for others: cleared by acting, or taken off one's own list as seen."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.conductor.seeing import seen_by
from concerto.faces.desk.entries.opened import opened_in
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.register.changing import address
from concerto.faces.desk.today.afraid import afraid_for_me, empty_centre
from concerto.faces.desk.today.asked import households_to_ask, suggestions_to_answer, treated_to_read
from concerto.faces.desk.today.cases import cases_for_me
from concerto.faces.desk.today.items import LATELY, Item
from concerto.faces.desk.today.needs import calls_for_me, needs_for_me
from concerto.faces.desk.today.told import denied, taken_from
from concerto.faces.desk.today.words import turn_words
from concerto.faces.desk.tray.owners import CLOSED, MOST_SHOWN, Because, of_township, settled_by_others
from concerto.faces.desk.tray.tray import in_words
from concerto.journal.models import Tray
from concerto.papers.mechanism import tongue_read
from concerto.papers.naming import waivers_named
from concerto.papers.standing.books import Book
from concerto.papers.waiting import anything_waits
from concerto.places.sight import Role, Sight
from concerto.register.holding import nobodys
from concerto.register.models import LocalEdition, Waiver
from concerto.register.search import log_of
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.period import named

SHOWN = 8
LOOK = _("Look at it")
MOST = 400  # of each sort that are read, the newest first; of more the page says that there are
ANSWERS = {"granted": _("granted"), "refused": _("refused"), "approved": _("approved")}


LISTED = {
    "tray": pgettext_lazy("place", "To be settled"),
    "waivers": pgettext_lazy("place", "Waivers"),
    "mechanism": pgettext_lazy("place", "Mechanism"),
    "needs": pgettext_lazy("place", "Needs"),
    "cases": pgettext_lazy("place", "Mediation centre"),
}


@dataclass(frozen=True)
class Lists:
    """What waits for its reader, and what waits for others."""

    mine: list[Item]
    others: list[Item]
    is_cut: bool = False  # older ones stand in neither

    @property
    def shown(self) -> list[Item]:
        """The first few, and what no other page lists; the rest is where it is acted on."""
        return [one for n, one in enumerate(self.mine) if n < SHOWN or not one.listed]

    @property
    def left_out(self) -> list[tuple[int, Any, str]]:
        """How many more there are, with the page that lists them."""
        more = Counter(one.listed for one in self.mine[SHOWN:])
        return [(more[page], words, reverse(f"desk:{page}")) for page, words in LISTED.items() if more[page]]


def for_me(request: SignedIn, mechanism: Mechanism, units: dict[UUID, str], book: Book) -> Lists:
    """Gather both lists from the tray and the register, leaving out what its reader has seen."""
    sight = request.sight
    empty = empty_centre(sight)
    if sight.log is None or not anything_waits(sight):
        return Lists(empty, [])
    gone = seen_by(sight.account)
    asked = _Asked(sight, mechanism, units)
    if not sight.roles - {Role.COUNTY_VIEWER}:  # the county records nothing here; it answers what is proposed
        return Lists([one for one in asked.to_answer() if one.thing not in gone], [], asked.is_cut)
    tray, waiting = _own_tray(request)
    told = [*denied(sight), *asked.taken(), *needs_for_me(sight), *calls_for_me(sight), *households_to_ask(sight)]
    told += [*cases_for_me(sight, mechanism, book), *treated_to_read(sight), *suggestions_to_answer(sight)]
    told += afraid_for_me(sight)
    mine = [*empty, *told, *tray, *_settled(request), *asked.to_answer(), *asked.answered(), *_township(sight)]
    return Lists([one for one in mine if one.thing not in gone], [*waiting, *asked.unanswered()], asked.is_cut)


def _own_tray(request: SignedIn) -> tuple[list[Item], list[Item]]:
    """Give what was sent back to its author or met another version, and what waits for something to come."""
    rows = Tray.objects.filter(log=log_of(request.sight), author=request.user.id).exclude(outcome=CLOSED)
    lying = in_words(request, list(rows.order_by("came_at", "id")[:MOST_SHOWN]))
    mine, waiting = [], []
    for one in lying:
        if one.outcome == "clash":
            address, action = reverse("desk:clash", args=[one.id]), pgettext("clash", "See both sides")
            mine.append(Item(one.mark, one.title, one.why, address, action, one.id))
        elif one.outcome == "waits":
            waiting.append(Item(one.mark, one.title, one.why, reverse("desk:tray"), ""))
        else:
            address = one.mend or reverse("desk:tray")
            mine.append(Item(one.mark, one.title, one.why, address, pgettext("verb", "Mend it"), one.id))
    return mine, waiting


def _settled(request: SignedIn) -> Iterator[Item]:
    done = settled_by_others(request.sight)
    for one, by in zip(in_words(request, [one.row for one in done]), done, strict=True):
        why = gettext("Settled by {who}").format(who=by.by)
        yield Item("refused", one.title, why, reverse("desk:tray"), LOOK, one.id)


def _township(sight: Sight) -> Iterator[Item]:
    """Tell an organizer that entries of others were handed to the township, or were left by who is gone."""
    if not sight.has(Role.TOWNSHIP_ORGANIZER):
        return
    given = {Because.HANDED, Because.LEFT}
    for owned in of_township(sight):
        if owned.because in given:
            title = gettext("An entry handed to the township")
            why = gettext("Its author gave it away, or is posted here no longer")
            address = reverse("desk:tray-theirs", args=[owned.row.id])
            yield Item("refused", title, why, address, LOOK, owned.row.id)


class _Asked:
    """Waivers and local editions: those to be answered by this reader, and the reader's own."""

    def __init__(self, sight: Sight, mechanism: Mechanism, units: dict[UUID, str]) -> None:
        self.sight, self.mechanism, self.units, log = sight, mechanism, units, log_of(sight)
        self.is_cut, whole = False, Q()
        own = Q(asked_by=sight.account)
        to_answer = whole if sight.has(Role.TOWNSHIP_ORGANIZER) else own
        self.waivers = self._newest(Waiver, Q(state="asked") & to_answer, own & ~Q(state="asked"), "asked_on")
        own = Q(proposed_by=sight.account)
        to_answer = whole if sight.has(Role.TOWNSHIP_ORGANIZER, Role.COUNTY_VIEWER) else own
        waiting, answered = Q(state="proposed") & to_answer, own & ~Q(state="proposed")
        self.editions = self._newest(LocalEdition, waiting, answered, "proposed_on")
        self.taken_over = taken_from(sight)
        self.waivers += self._taken_lately()
        self.names = waivers_named(sight, self.waivers)
        self.entries = opened_in(log, [row.id for row in (*self.waivers, *self.editions)])

    def _newest(self, model: Any, waiting: Q, answered: Q, asked_on: str) -> list[Any]:
        """Read what waits, and apart from it what was answered lately: neither pushes the other out."""
        rows = model.objects.filter(log=log_of(self.sight), source_withdrawn=False)
        lately = Q(answered_on__gte=self.sight.day - LATELY)
        both = [
            list(rows.filter(waiting).order_by(f"-{asked_on}", "-id")[: MOST + 1]),
            list(rows.filter(answered & lately).order_by("-answered_on", "-id")[: MOST + 1]),
        ]
        self.is_cut = self.is_cut or any(len(found) > MOST for found in both)
        return [row for found in both for row in found[:MOST]]

    def _taken_lately(self) -> list[Waiver]:
        """Read those that were taken over and are answered by now: who had them is told all the same."""
        known = {row.id for row in self.waivers}
        missing = {one.matter for one in self.taken_over if one.sort == "waiver"} - known
        rows = Waiver.objects.filter(log=log_of(self.sight), id__in=missing, source_withdrawn=False)
        return list(rows.order_by("id")) if missing else []

    def taken(self) -> Iterator[Item]:
        """Tell who had a matter before that somebody of the default desk took it over."""
        waivers = {row.id: row for row in self.waivers}
        for one in self.taken_over:
            row = waivers.get(one.matter)
            if one.sort == "need":
                where = reverse("desk:need", args=[one.matter])
                yield Item("waiting", one.title, one.why, where, LOOK, one.taken, "")
            elif row is not None and row.answered_by != self.sight.account:
                yield self._item(row, one.why, "waiting", one.taken)

    def to_answer(self) -> Iterator[Item]:
        """Those that wait for this organizer: nobody answers what they asked for themselves."""
        taken = {one.matter for one in self.taken_over}  # told as such
        asked = [row for row in self.waivers if row.state == "asked" and row.asked_by != self.sight.account]
        asked = [row for row in asked if row.id not in taken]
        if asked and self.sight.has(Role.TOWNSHIP_ORGANIZER):
            own = nobodys(log_of(self.sight), {row.owed_by for row in asked}, self.sight.day)
            for row in asked:
                if row.owed_by not in own:  # who stands in for a village without anybody owes it, and does not answer
                    yield self._item(row, gettext("A waiver is asked"), "open", row.id)
        for row in self.editions if self.sight.has(Role.TOWNSHIP_ORGANIZER, Role.COUNTY_VIEWER) else ():
            if row.state == "proposed" and row.proposed_by != self.sight.account:
                yield self._item(row, gettext("A local edition is proposed"), "open", row.id)

    def answered(self) -> Iterator[Item]:
        """One's own that were answered lately; the answer is what is seen."""
        for row in (*self.waivers, *self.editions):
            by = row.asked_by if isinstance(row, Waiver) else row.proposed_by
            if by == self.sight.account and row.answered_on and row.answered_on >= self.sight.day - LATELY:
                why = gettext("Your request was answered: {answer}").format(answer=ANSWERS.get(row.state, row.state))
                answer = UUID(json.loads(row.wordings)["answer"])
                yield self._item(row, why, "met" if row.state in ("granted", "approved") else "refused", answer)

    def unanswered(self) -> Iterator[Item]:
        """One's own that still wait for an answer."""
        for row in self.waivers:
            if row.state == "asked" and row.asked_by == self.sight.account:
                yield self._item(row, gettext("A waiver is asked"), "waiting", None)
        for row in self.editions:
            if row.state == "proposed" and row.proposed_by == self.sight.account:
                yield self._item(row, gettext("A local edition is proposed"), "waiting", None)

    def _item(self, row: Waiver | LocalEdition, why: str, mark: str, thing: UUID | None) -> Item:
        duty = self.mechanism.duties.get(row.duty)
        title = duty.title[tongue_read()] if duty else row.duty
        told = [why]
        if isinstance(row, Waiver):
            told += [self.units.get(row.unit, ""), self.names.get(row.about, ""), _turn(row)]
        said = pgettext("clause", ", ").join(words for words in told if words)
        entry = self.entries.get(row.id)
        own_page = address("proposal" if isinstance(row, LocalEdition) else "waiver", row.id)
        where = own_page or (reverse("desk:entry", args=[entry]) if entry else "")
        listed = "mechanism" if isinstance(row, LocalEdition) else "waivers"
        return Item(mark, title, said, where, LOOK, thing, listed)


def _turn(row: Waiver) -> str:
    turn = named(row.period)
    return turn_words(turn) if turn else row.period
