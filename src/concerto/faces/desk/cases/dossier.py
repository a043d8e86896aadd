"""One case as its pages need it: the row, its life, whose words its reader may read, and what they may do next.

It opens to whom `CaseReader` names. Who only follows it learns where it is and what comes next, and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext

from concerto.conductor.cases import handles
from concerto.faces.desk.cases import words
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.writing import seen
from concerto.journal import reading
from concerto.journal.said import SealedPart, Told, stand
from concerto.papers.cases.readers import READS
from concerto.papers.naming import accounts_named
from concerto.parts.disputes.cases import life_of
from concerto.parts.disputes.models import Case, CaseReader
from concerto.parts.disputes.states import CONFIRMED_BY_NO_COURT, MAY_FOLLOW, OPEN, Life, Party
from concerto.places.models import Account, Unit
from concerto.places.sight import Sight
from concerto.register.access import Authority
from concerto.register.holding import FOR_A_CASE, held, posted
from concerto.register.panel import Mediator, PanelMember, named
from concerto.register.search import log_of

OF_ANSWERS = ("receive", "return", "done-there")  # what the desk does that a case was sent to


@dataclass
class Dossier:
    """A case for one reader."""

    sight: Sight
    account: Account
    row: Case

    # ------------------------------------------------------------ whom it opens to

    @cached_property
    def readers(self) -> Sequence[CaseReader]:
        """Every desk and account that it opens to, or that follows it."""
        found = CaseReader.objects.filter(log=self.row.log, id=self.row.id)
        return list(found.exclude(because="conflict").order_by("n"))

    @cached_property
    def because(self) -> frozenset[str]:
        """Why it opens to this reader; nothing where they follow it."""
        mine = CaseReader.objects.of(self.sight).filter(id=self.row.id, opens=True)
        return frozenset(mine.values_list("because", flat=True))

    @property
    def opens(self) -> bool:
        """Tell whether the case opens to the reader."""
        return bool(self.because)

    @property
    def reads(self) -> bool:
        """Tell whether the reader reads what was said: a desk that was asked for one thing does not."""
        return not self.because.isdisjoint(READS)

    # ------------------------------------------------------------ how it stands

    @cached_property
    def told(self) -> Sequence[Told]:
        """What was told of it, fact by fact."""
        return stand(reading.about(self.row.log, [self.row.id]).get(self.row.id, []))

    @cached_property
    def life(self) -> Life:
        """How it stands, lived through from its entries."""
        life = life_of(self.row.id, self.told)
        if life is None:
            raise Http404
        return life

    @cached_property
    def facts(self) -> Mapping[UUID, Told]:
        """What was told, by the entry that told it first."""
        return {fact.first: fact for fact in self.told}

    @cached_property
    def parts(self) -> Mapping[str, SealedPart]:
        """Its sealed parts that are still there, by digest."""
        return {digest: part for fact in self.told for text in fact.texts for digest, part in text.sealed.items()}

    @cached_property
    def authors(self) -> Mapping[str, UUID]:
        """Who wrote each of its sealed parts."""
        found: dict[str, UUID] = {}
        for fact in self.told:
            for text in fact.texts:
                for digest in text.said.sealed:
                    found.setdefault(digest, text.said.author)
        return found

    def text(self, digest: str | None) -> str:
        """Give sealed words to whom they open; nothing for anybody else, or where they were erased."""
        part = self.parts.get(digest or "")
        return part.text if part is not None and self.reads else ""

    # ------------------------------------------------------------ how it is called

    @property
    def title(self) -> str:
        """What it is about."""
        return words.sort_name(self.row.sort)

    def name(self, party: Party) -> str:
        """Name a party, or its side where the name is not the reader's or is gone."""
        return self.text(party.name) or str(words.SIDES[party.side])

    @property
    def between(self) -> list[str]:
        """The names of both sides, as its title says them: of many the first two. All of them stand below."""
        parties = self.life.parties.values()
        sides = [(side, [self.name(one) for one in parties if one.side == side]) for side in ("a", "b")]
        return [words.side_words(side, names) for side, names in sides if names]

    @cached_property
    def units(self) -> dict[UUID, str]:
        """Every unit that its path may name."""
        return dict(Unit.objects.filter(log=self.row.log).values_list("id", "name"))

    def desk(self, unit: object) -> str:
        """Name a desk of its path."""
        return words.desk_name(self.units, unit, self.row.log)

    @cached_property
    def people(self) -> dict[UUID, str]:
        """Who recorded its steps, whom it opens to, who follows it."""
        ids = {step.by for step in self.life.path} | {one.account for one in self.readers if one.account}
        return accounts_named(ids | {self.row.brought_by})

    @cached_property
    def panel(self) -> list[Mediator]:
        """Who stands on the panel: of its village, of the township, whoever mediates or signed."""
        lines = {step.of for step in self.life.path if step.kind in ("mediator", "conflict") and step.of}
        lines |= {self.row.mediator} if self.row.mediator else set()
        log, day = self.row.log, self.sight.day
        near = Q(unit__in={self.row.unit, self.row.desk, log}, source_withdrawn=False)
        rows = PanelMember.objects.filter(Q(id__in=lines) | near, log=log).order_by("since", "id")[:200]
        found = named(rows)
        return sorted(
            (one for one in found if one.runs(day) or one.id in lines), key=lambda one: one.unit != self.row.unit
        )

    @cached_property
    def numbers_beside(self) -> dict[UUID, str]:
        """The numbers of the cases that are handled together with it."""
        ids = [UUID(one) for one in self.row.linked.split(",") if one]
        return dict(Case.objects.filter(log=self.row.log, id__in=ids).values_list("id", "number")) if ids else {}

    @property
    def mediator(self) -> str:
        """Who mediates, by name."""
        return self.mediator_named(self.row.mediator)

    def mediator_named(self, line: UUID | None) -> str:
        """Name somebody of the panel."""
        return next((one.name for one in self.panel if one.id == line), "")

    @cached_property
    def taken_by(self) -> str:
        """Who took it over where its desk did not answer, by name."""
        taken = self.life.held.taken_by
        return self.people.get(taken, "") if isinstance(taken, UUID) else ""

    def where(self) -> str:
        """Name the desk that has it, and who of it took it over; on paper at an office, that."""
        desk = self.desk(self.row.desk)
        if self.taken_by:
            desk = gettext("{desk}, taken over by {who}").format(desk=desk, who=self.taken_by)
        return f"{desk} ({words.route_name(self.row.office)})" if self.row.office else desk

    # ------------------------------------------------------------ what may be done

    @cached_property
    def authority(self) -> Authority:
        """What the reader may record."""
        return Authority(self.account, self.row.log)

    @cached_property
    def handles(self) -> bool:
        """Tell whether the reader handles it today: its desk, its mediator, who took it over."""
        return self.opens and handles(self.life, self.account.id, self.authority, self.sight.day)

    @cached_property
    def still_posted(self) -> set[UUID]:
        """Who of those that recorded something here is posted today: nobody else says it anew for them."""
        authors = {fact.texts[0].said.author for fact in self.told} - {self.account.id}
        return posted(self.row.log, authors, self.sight.day, kind="case_step") if authors else set()

    def works_at(self, account: UUID) -> set[UUID]:
        """Name the desks at which somebody works on cases today."""
        here = held(self.row.log, self.sight.day).filter(account=account, role__in=FOR_A_CASE)
        return set(here.values_list("unit", flat=True))

    @property
    def waits_for_reader(self) -> bool:
        """Tell whether it was sent to the reader's desk, which has not answered."""
        waits = self.life.held.waits_for
        return waits is not None and waits in self.sight.desks

    @property
    def helps(self) -> UUID | None:
        """The reader's desk that was asked for help and has not answered."""
        return next((desk for desk in self.life.helping if desk in self.sight.desks), None)

    def acts(self) -> Iterator[str]:
        """Name what this reader may do next, the likeliest first."""
        if self.waits_for_reader:
            yield from ("receive", "return")
        if self.handles:
            if self.row.office:
                yield from ("office-done", "office-returned")
            elif self.life.held.sending and self.life.held.sending.is_accepted and self.row.desk in self.sight.desks:
                yield from (*self._own_acts(), "done-there", "return")
                return
            yield from self._own_acts()
        elif self.helps:
            yield "help-answer"

    @property
    def all_asked(self) -> bool:
        """Tell whether it was asked of everything agreed whether it is done."""
        return all(item.how for item in self.life.items.values())

    @property
    def is_for_no_court(self) -> bool:
        """Tell whether no court confirms what is or will be agreed here: then nobody is asked or told about it."""
        agreement = self.life.agreement
        excluded = agreement is not None and not (agreement.may_be_confirmed and agreement.form == "written")
        return self.life.category in CONFIRMED_BY_NO_COURT or excluded

    def _own_acts(self) -> Iterator[str]:
        acts = MAY_FOLLOW.get(self.life.stage, ())
        if "visit" in acts and self.life.items and self.all_asked:
            acts = ("visit", *(act for act in acts if act != "visit"))
        for act in acts:
            if act == "hand" and self.life.held.sending and not self.life.held.sending.is_accepted:
                continue
            late = self.life.may_confirm(self.sight.day) in ("", "confirmation_out_of_time")
            if act == "apply" and (self.row.court or not late):
                continue  # one that was made in time is recorded later, too: its own day is judged
            if act == "court" and self.row.court != "applied" and self.row.source != "court":
                continue
            if (act == "perform" and not self.life.items) or (act == "agree" and not self.life.all_agreed):
                continue
            yield act
            if act == "mediator" and self.life.stage in OPEN:
                yield "conflict"
            if act == "weigh":
                yield "link"

    def unit_for(self, act: str) -> UUID:
        """Give the unit that a step is recorded for: the desk that takes it, else where the reader is posted."""
        if act in ("receive", "return") and self.waits_for_reader:
            desk = self.life.held.waits_for
            assert isinstance(desk, UUID)
            return desk
        if act == "help-answer" and self.helps:
            return self.helps
        may = (self.life.desk, self.row.unit, *self.sight.units)
        for unit in may:
            if self.authority.acting_as(self.sight.day, kind="case_step", unit=unit) is not None:
                return unit
        return self.life.desk

    def saw(self, *names: str) -> dict[str, str | None]:
        """Say what its reader saw of these of its fields, and the last step: what they record comes behind it."""
        return seen(self.row.id, self.row.wordings, names)


def dossier_or_404(request: SignedIn, case: UUID, *, stands: bool = False) -> Dossier:
    """Give a case that opens to this reader or that they follow; any other is not there. With `stands` also one that
    stands on their list as the default desk's: of that they are told what a follower is."""
    may = stands or is_there(request.sight, case)
    row = Case.objects.filter(log=log_of(request.sight), id=case).first() if may else None
    if row is None:
        raise Http404
    return Dossier(request.sight, request.user, row)


def page_left(sight: Sight, case: UUID) -> str:
    """Give where its reader goes on after a step: the case, or the board where it is not theirs any more."""
    return reverse("desk:case", args=[case]) if is_there(sight, case) else reverse("desk:cases")


def is_there(sight: Sight, case: UUID) -> bool:
    """Tell whether a case opens to a reader, or is followed by them."""
    return CaseReader.objects.of(sight).filter(log=log_of(sight), id=case).exists()
