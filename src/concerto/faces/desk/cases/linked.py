"""Cases that are handled together: each counts for itself; a talk with all of them is one entry of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.cases import words
from concerto.faces.desk.cases.dossier import Dossier
from concerto.faces.desk.cases.sealing import Sealing
from concerto.faces.desk.writing import Draft
from concerto.journal import reading
from concerto.journal.kinds.case_steps import CaseSession1
from concerto.journal.said import Body, SealedPart, stand
from concerto.papers.cases.board import names_of
from concerto.papers.cases.readers import READS
from concerto.parts.disputes.models import Case, CaseReader
from concerto.parts.disputes.states import OPEN

MOST = 100  # open cases that are offered to be linked
MOST_TOGETHER = 20


@dataclass(frozen=True)
class Beside:
    """Another case that is handled together with this one: its number; what it is about to whom it opens."""

    number: str
    title: str
    url: str


def beside(dossier: Dossier) -> list[Beside]:
    """Give the cases that are handled together with one."""
    ids = _ids(dossier)
    if not ids:
        return []
    rows = list(Case.objects.standing().filter(log=dossier.row.log, id__in=ids).order_by("opened_on", "id"))
    mine = set(Case.objects.seen_by(dossier.sight).filter(id__in=ids).values_list("id", flat=True))
    return [
        Beside(
            row.number or gettext("no number yet"),
            words.sort_name(row.sort) if row.id in mine else "",
            reverse("desk:case", args=[row.id]) if row.id in mine else "",
        )
        for row in rows
    ]


def to_be_linked(dossier: Dossier) -> list[tuple[str, str]]:
    """Name the open cases that this reader reads and that are not linked with this one yet, those of its village
    first."""
    reads = CaseReader.objects.of(dossier.sight).filter(opens=True, because__in=READS)
    known = {dossier.row.id, *_ids(dossier)}
    running = Q(state="open") | Q(stage="brought")
    rows = Case.objects.standing().filter(running, log=dossier.row.log, id__in=reads.values("id"))
    found = list(rows.exclude(id__in=known).order_by("-opened_on", "id")[:MOST])
    found.sort(key=lambda row: row.unit != dossier.row.unit)
    names = names_of(dossier.sight, found)
    return [(str(row.id), _called(row, names.get(row.id, []))) for row in found]


def _called(row: Case, sides: Any) -> str:
    between = pgettext("list", ", ").join(name for _side, names in sides for name in names[:1] if name)
    parts = [row.number or gettext("no number yet"), words.sort_name(row.sort), between]
    return pgettext("clause", ", ").join(part for part in parts if part)


def held_together(dossier: Dossier) -> list[Dossier]:
    """Give those linked cases in which the same reader may record the same talk."""
    ids = _ids(dossier)[:MOST_TOGETHER]
    if not ids:
        return []
    rows = Case.objects.seen_by(dossier.sight).standing().filter(log=dossier.row.log, id__in=ids, stage__in=OPEN)
    found = [Dossier(dossier.sight, dossier.account, row) for row in rows.order_by("opened_on", "id")]
    told = reading.about(dossier.row.log, [one.row.id for one in found]) if found else {}
    for one in found:
        one.__dict__["told"] = stand(told.get(one.row.id, []))  # all of them are read in one statement
    return [one for one in found if one.reads and one.handles and "session" in set(one.acts())]


def sessions(
    others: list[Dossier], told: Mapping[str, Any], drafts: Mapping[UUID, Draft]
) -> Iterator[tuple[Dossier, Draft, Body, list[SealedPart]]]:
    """Write the talk into each of the other cases of whose parties somebody was there; its words are sealed in each."""
    for one in others:
        there = [UUID(party) for party in told.get(f"there_{one.row.id}", [])]
        if not there:
            continue
        seals = Sealing(drafts[one.row.id], one.row.id, told)
        record = seals.words("record")
        assert record is not None
        body = CaseSession1(
            case=one.row.id, there=there, record=record, place=seals.words("place", is_line=True),
            interim=seals.words("interim"), next_on=told["next_on"],
        )  # fmt: skip
        yield one, drafts[one.row.id], body, seals.parts


def _ids(dossier: Dossier) -> list[UUID]:
    return [UUID(one) for one in dossier.row.linked.split(",") if one]
