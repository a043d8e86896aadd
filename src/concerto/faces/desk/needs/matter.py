"""One need as its pages need it: the row, its path, who asked, and what this reader may do with it next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import Http404

from concerto.faces.desk.needs import words
from concerto.faces.desk.writing import seen
from concerto.journal.kinds.words import NEED_WORDS, word
from concerto.papers.naming import Named, accounts_named, houses_named
from concerto.papers.slips.calls import Call, calls_in
from concerto.parts.assistance.models import Need, NeedStep
from concerto.parts.assistance.states import MAY_FOLLOW
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import VILLAGE_ROLES, Role, Sight
from concerto.places.units import in_code_order
from concerto.register.access import covered_units
from concerto.register.agreeing import answers_to
from concerto.register.holding import nobodys
from concerto.register.models import Posting
from concerto.register.search import log_of

TOWNSHIP = (Role.CENTRE_DESK, Role.TOWNSHIP_ORGANIZER)
DOER_STEPS = frozenset({"owned", "doing", "done", "done_there", "accepted", "taken_over"})
ENDED = ("confirmed", "told_to_the_doer", "no_answer", "not_ours")


@dataclass(frozen=True)
class Asker:
    """One of those who asked: under which need, and their household where its card may be opened."""

    id: UUID
    household: UUID
    house: Named | None


@dataclass
class Matter:
    """A need for one reader."""

    sight: Sight
    row: Need

    @cached_property
    def steps(self) -> Sequence[NeedStep]:
        """Its path in order."""
        return list(NeedStep.objects.filter(log=self.row.log, id=self.row.id).order_by("n"))

    @cached_property
    def askers(self) -> list[Asker]:
        """Those who asked, whoever told it first before those whom a merger brought."""
        found: dict[UUID, UUID] = {self.row.id: self.row.household}
        if self.row.askers > 1:
            merged = {step.asker for step in self.steps if step.kind == "joined"}
            rows = Need.objects.filter(log=self.row.log, id__in=merged | self._brought(merged))
            found |= dict(rows.order_by("opened_on", "id").values_list("id", "household"))
        named = houses_named(self.sight, found.values())
        return [Asker(need, house, named.get(house)) for need, house in found.items()]

    def _brought(self, merged: set[UUID]) -> set[UUID]:
        """Those that had been joined to what was joined later."""
        deeper = Need.objects.filter(log=self.row.log, called__in=merged).values_list("id", flat=True)
        return set(deeper)

    @cached_property
    def house(self) -> Named | None:
        """Its household, where the reader may open the card."""
        return self.askers[0].house

    @cached_property
    def units(self) -> dict[UUID, str]:
        """Every unit that its path may name."""
        return dict(Unit.objects.filter(log=self.row.log).values_list("id", "name"))

    @cached_property
    def people(self) -> dict[UUID, str]:
        """Who recorded its steps, and who sees to it."""
        ids = {one for step in self.steps for one in (step.by, step.owner) if one}
        return accounts_named(ids | ({self.row.owner} if self.row.owner else set()))

    @property
    def title(self) -> str:
        """What it is about."""
        return word(NEED_WORDS, self.row.sort)

    @property
    def owner(self) -> str:
        """Who sees to it in the village: an account, or until then the post of its unit."""
        return self.people.get(self.row.owner, "") if self.row.owner else ""

    @property
    def is_near(self) -> bool:
        """Tell whether the reader works where it was told."""
        return self.row.unit in self.sight.near

    @cached_property
    def taken_by_reader(self) -> bool:
        """Tell whether the reader took it over and nobody has since."""
        last = next((step for step in reversed(self.steps) if step.kind in ("taken_over", "sent")), None)
        return last is not None and last.kind == "taken_over" and last.by == self.sight.account

    @cached_property
    def desks(self) -> set[UUID]:
        """The desks that the reader answers for: the township's and the county's, by their postings."""
        return desks_of(self.sight)

    @property
    def waits_for_reader(self) -> bool:
        """Tell whether it was sent to the reader's desk, which has not answered yet."""
        return self.row.sent_to is not None and (self.row.sent_to in self.desks or self.taken_by_reader)

    @property
    def is_at_reader(self) -> bool:
        """Tell whether the reader's desk has accepted it."""
        return self.row.sent_to is None and self.row.holder is not None and self.row.holder in self.desks

    @cached_property
    def works_on_it(self) -> bool:
        """Tell whether the reader does the village's steps: there, or where they took it over or stand in."""
        return self.is_near or self.taken_by_reader or self._stands_in

    @property
    def _stands_in(self) -> bool:
        is_organizer = self.sight.has(Role.TOWNSHIP_ORGANIZER)
        return is_organizer and bool(nobodys(self.row.log, [self.row.unit], self.sight.day))

    @property
    def may_read_words(self) -> bool:
        """Tell whether sealed words open to the reader: in the village, and to the desk that has it."""
        return self.is_near or self.taken_by_reader or self.waits_for_reader or self.is_at_reader

    @property
    def may_send(self) -> bool:
        """Tell whether the reader's desk has it and may send it on."""
        if not self.row.is_open or self.row.sent_to or self.row.office:
            return False
        return self.is_at_reader or (self.row.holder is None and self.works_on_it)

    def actions(self) -> Iterator[str]:
        """Name what this reader may do next, the likeliest first."""
        if self.row.called or (self.row.source_withdrawn and not self.works_on_it):
            return
        if self.waits_for_reader:
            yield from ("accept", "return")
        elif self.is_at_reader and self.row.is_open:
            yield from ("desk-done", "return")
        elif self.row.office and (self.works_on_it or self.is_at_reader):
            yield from ("office-done", "office-returned")
        if self.works_on_it:
            follows = MAY_FOLLOW.get(self.row.state, ())
            if self.calls and "tell" not in follows:  # whoever asked to be called is told, whatever became of it
                yield "tell"
            yield from follows
        if self.may_send:
            yield "send"

    @cached_property
    def calls(self) -> list[Call]:
        """Those who asked by their slip to be called about it and were not yet, the first of them first."""
        found = calls_in(self.row.log, [self.row.unit]) if self.works_on_it else []
        return [call for call in found if call.need.id == self.row.id]

    @cached_property
    def passing_on(self) -> str:
        """Say whether those who asked agree that what they told is passed on: "agreed" by all, "refused" by one of
        them, or nothing. The village alone knows."""
        if not self.is_near:
            return ""
        homes = [one.household for one in self.askers]
        answers = answers_to(self.row.log, "pass_on", homes)
        if any(answers.refuse(home) for home in homes):
            return "refused"
        return "agreed" if all(answers.of(home) == "agreed" for home in homes) else ""

    def saw(self, *names: str) -> dict[str, str | None]:
        """Say what its reader saw of these of its fields."""
        return seen(self.row.id, self.row.wordings, names)

    def saw_of_path(self) -> dict[str, str | None]:
        """Name the last step its reader saw: whatever they record now comes behind it, also within one day."""
        return {f"{self.row.id}.path": str(self.steps[-1].entry)} if self.steps else {}

    def doers(self) -> set[UUID]:
        """Name who had a hand in it, as far as its path names them."""
        return {one for step in self.steps if step.kind in DOER_STEPS for one in (step.by, step.owner) if one}

    def where(self) -> str:
        """Name the desk or office that has it, where the village has not."""
        if self.row.holder:
            return self.units.get(self.row.holder, "")
        return word(words.ROUTES, self.row.office) if self.row.office else ""


def matter_or_404(sight: Sight, need: UUID) -> Matter:
    """Give a need that this reader sees; any other is not there."""
    row = Need.objects.seen_by(sight).filter(id=need).first()
    if row is None:
        raise Http404
    return Matter(sight, row)


def desks_of(sight: Sight) -> set[UUID]:
    """Name the desks, no village's, that a reader answers for: the unit each posting is at."""
    held = Posting.objects.filter(log=log_of(sight), id__in=sight.postings).values_list("unit", "role")
    return {unit for unit, role in held if role not in VILLAGE_ROLES and role != Role.COUNTY_VIEWER}


def desks_to_send_to(log: UUID, but: set[UUID]) -> list[Unit]:
    """Give the desks that work in a township: its own and the county's."""
    kinds = (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK)
    rows = Unit.objects.filter(log=log, kind__in=kinds).exclude(id__in=but)
    return in_code_order(rows)


def owners_of(sight: Sight, unit: UUID) -> list[tuple[str, str]]:
    """Give who may see to a need of a unit, the reader first: whoever is posted where it was told."""
    log = log_of(sight)
    around = covered_units(log, [unit])[unit]
    held = Posting.objects.on(sight.day).filter(log=log, unit__in=around, role__in=VILLAGE_ROLES)
    accounts = dict.fromkeys(held.order_by("since", "id").values_list("account", flat=True))
    called = accounts_named([*accounts, sight.account])
    first = [sight.account] if sight.account in called else []
    return [(str(one), called.get(one, "")) for one in dict.fromkeys([*first, *accounts]) if one in called]
