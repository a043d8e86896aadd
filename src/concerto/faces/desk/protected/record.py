"""One such record for a reader it opens to; anybody else, whoever brought it too, does not find it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext

from concerto.conductor.protected import handles
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.protected import words
from concerto.journal import reading
from concerto.journal.said import Told, stand
from concerto.papers.naming import accounts_named
from concerto.parts.disputes.models import Protected, ProtectedReader
from concerto.parts.disputes.protected import Standing, Step, may_follow, standing_of
from concerto.places.models import Account, Unit, UnitKind
from concerto.places.sight import Role, Sight
from concerto.places.units import in_code_order
from concerto.register.access import MAY_RECORD, Authority
from concerto.register.holding import held
from concerto.register.search import log_of

MOST_PEOPLE = 300


@dataclass
class Record:
    """What is noted of somebody, for one reader."""

    sight: Sight
    account: Account
    row: Protected

    @cached_property
    def told(self) -> list[Told]:
        """What was told of it, fact by fact."""
        return list(stand(reading.about(self.row.log, [self.row.id]).get(self.row.id, [])))

    @cached_property
    def stands(self) -> Standing:
        """How it stands."""
        stands = standing_of(self.row.id, self.told)
        if stands is None:
            raise Http404
        return stands

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Its sealed words that are still there, by digest."""
        return {digest: part.text for fact in self.told for text in fact.texts for digest, part in text.sealed.items()}

    @cached_property
    def units(self) -> Mapping[UUID, str]:
        """Every unit it may name."""
        return dict(Unit.objects.filter(log=self.row.log).values_list("id", "name"))

    @cached_property
    def people(self) -> Mapping[UUID, str]:
        """Who recorded its steps, and who is or was named."""
        steps = self.stands.path
        return accounts_named({step.by for step in steps} | {step.account for step in steps if step.account})

    def called(self, account: UUID) -> str:
        """Name somebody it names."""
        return self.people.get(account, "")

    @cached_property
    def readers(self) -> list[str]:
        """Name the desks and people it opens to."""
        rows = ProtectedReader.objects.filter(log=self.row.log, id=self.row.id).order_by("n")
        return [self._desk(row.desk) if row.desk else self.called(row.account or row.id) for row in rows]

    def _desk(self, desk: UUID) -> str:
        return gettext("The township's centre") if desk == self.row.log else self.units.get(desk, "")

    @property
    def people_to_name(self) -> list[tuple[UUID, str]]:
        """Give whoever may be named to handle it, by name: who works in this township today, handles it not yet, and
        is not of the centre, which reads it anyway."""
        return [(key, called) for called, key in self._to_name[:MOST_PEOPLE]]

    @property
    def are_people_cut(self) -> bool:
        """Tell whether there are more of them than are listed."""
        return len(self._to_name) > MOST_PEOPLE

    @cached_property
    def _to_name(self) -> list[tuple[str, UUID]]:
        here = held(self.row.log, self.sight.day)
        works = here.filter(role__in=MAY_RECORD["protected_case"]).values("account")
        reads = here.filter(role=Role.CENTRE_DESK, unit=self.row.log).values("account")
        known = Account.objects.filter(log=self.row.log, is_active=True, id__in=works)
        known = known.exclude(id__in=self.stands.accounts).exclude(id__in=reads).order_by("called", "id")
        return list(known.values_list("called", "id")[: MOST_PEOPLE + 1])

    @cached_property
    def county_desks(self) -> list[tuple[UUID, str]]:
        """Give the desks of the county it was not handed to."""
        found = Unit.objects.filter(log=self.row.log, kind=UnitKind.COUNTY_DESK).exclude(id__in=self.stands.desks)
        return [(unit.id, unit.name) for unit in in_code_order(found)]

    def acts(self) -> Iterator[str]:
        """Name what may be done for them, what is most needed first."""
        for step in may_follow(self.stands, self.sight.day):
            if step != "handed" or self.county_desks:
                yield words.act_of(step)

    @cached_property
    def handles(self) -> bool:
        """Tell whether this reader records what is done for them."""
        return handles(self.stands, self.account.id, Authority(self.account, self.row.log), self.sight.day)

    def is_taken_back(self, step: Step) -> bool:
        """Tell whether this reader may take a step back: one they recorded themselves, and never what opened it."""
        return self.handles and step.entry != self.row.entry and step.by == self.account.id


def record_or_404(request: SignedIn, case: UUID) -> Record:
    """Give one that opens to this reader; any other is not there."""
    if request.sight.log is None:
        raise Http404
    row = Protected.objects.seen_by(request.sight).filter(log=log_of(request.sight), id=case).first()
    if row is None:
        raise Http404
    return Record(request.sight, request.user, row)
