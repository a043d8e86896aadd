"""One such record for a reader it opens to; anybody else, whoever brought it too, does not find it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.translation import gettext

from concerto.faces.desk.gate import SignedIn
from concerto.journal import reading
from concerto.journal.said import Told, stand
from concerto.papers.naming import accounts_named
from concerto.parts.disputes.models import Protected, ProtectedReader
from concerto.parts.disputes.protected import Standing, is_suspected, standing_of
from concerto.places.models import Account, Unit, UnitKind
from concerto.places.sight import Sight
from concerto.places.units import in_code_order
from concerto.register.models import Posting
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
        """Give whoever may be named to handle it: the people of this township who do not handle it yet, by name."""
        return [(key, called) for called, key in sorted(self._to_name[:MOST_PEOPLE])]

    @property
    def are_people_cut(self) -> bool:
        """Tell whether there are more of them than are listed: who serves somewhere today is listed first."""
        return len(self._to_name) > MOST_PEOPLE

    @cached_property
    def _to_name(self) -> list[tuple[str, UUID]]:
        known = Account.objects.filter(log=self.row.log, is_active=True, is_administrator=False)
        known = known.filter(is_privacy_officer=False).exclude(id__in=self.stands.accounts)
        serves = Posting.objects.on(self.sight.day).filter(log=self.row.log, account=OuterRef("id"))
        known = known.order_by(Exists(serves).desc(), "called", "id")
        return list(known.values_list("called", "id")[: MOST_PEOPLE + 1])

    @cached_property
    def county_desks(self) -> list[tuple[UUID, str]]:
        """Give the desks of the county it was not handed to."""
        found = Unit.objects.filter(log=self.row.log, kind=UnitKind.COUNTY_DESK).exclude(id__in=self.stands.desks)
        return [(unit.id, unit.name) for unit in in_code_order(found)]

    @property
    def is_suspected(self) -> bool:
        """Tell whether the law asks to report it on the same day."""
        return is_suspected(self.row.who)

    def acts(self) -> Iterator[str]:
        """Name what may be done for them, what is most needed first."""
        if self.is_suspected and self.row.reported_on is None:
            yield "reported"
        yield from ("seen-alone", "told", "safe")
        if not self.is_suspected or self.row.reported_on is not None:
            yield "reported"
        if self.stands.was_seen_alone(self.sight.day):
            yield "wish"
        if self.stands.wants == "mediation":
            yield from ("session", "agreed")
        yield "named"
        if self.stands.accounts:
            yield "released"
        if self.county_desks:
            yield "handed"
        if self.stands.desks:
            yield "returned"
        yield "noted"
        if not self.stands.is_ended:
            yield "ended"


def record_or_404(request: SignedIn, case: UUID) -> Record:
    """Give one that opens to this reader; any other is not there."""
    if request.sight.log is None:
        raise Http404
    row = Protected.objects.seen_by(request.sight).filter(log=log_of(request.sight), id=case).first()
    if row is None:
        raise Http404
    return Record(request.sight, request.user, row)
