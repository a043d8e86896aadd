"""One recorded request as its page reads it: what is held about that one person, part by part, words still closed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy

from concerto.conductor.seeking import HOUSEHOLD, NAMED, OWN, Found, Held, held
from concerto.faces.desk.entries.facts import FIELD_WORDS, MORE_KINDS
from concerto.faces.desk.entries.sealed_words import AUDIENCE_WORDS
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.register.card import CHANGES
from concerto.faces.desk.register.words import RELATIONS, STANDINGS, word_of
from concerto.groundwork import database
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.people import RESIDENT_FIELDS
from concerto.journal.reading import with_firsts
from concerto.journal.said import Audience
from concerto.places.models import DataRequest, Opening, Unit
from concerto.register.current import aliases, current
from concerto.register.models import Household, Member, Resident

WHY: dict[str, str | Promise] = {
    OWN: pgettext_lazy("held", "about the person"),
    HOUSEHOLD: pgettext_lazy("held", "about the household"),
    NAMED: pgettext_lazy("held", "a name or phone stands in it"),
}
SORTS: dict[str, str | Promise] = {
    "household": pgettext_lazy("held", "Words about the household"),
    "visit": pgettext_lazy("held", "A note of a gathering"),
    "need": pgettext_lazy("held", "Words of a need"),
    "lead": pgettext_lazy("held", "Words of a lead"),
    "branch_matter": pgettext_lazy("held", "Words of a branch matter"),
    "meeting": pgettext_lazy("held", "Words of a meeting"),
    "study": pgettext_lazy("held", "A note of a lesson or training"),
    "own_study": pgettext_lazy("held", "A line on one's own study"),
    "resolution": pgettext_lazy("held", "Words of a decision"),
    "resident": pgettext_lazy("held", "About another person"),
}


NAME: str | Promise = pgettext_lazy("held", "Name")


@dataclass(frozen=True)
class Part:
    """One sealed part as a row of the page: what it is, where it comes from, who else may read it."""

    digest: str
    title: str
    kind: str
    on: date
    audience: str
    why: str
    text: str
    is_hash: bool = False


@dataclass(frozen=True)
class Case:
    """A request, the person it is about, and what is held."""

    request: DataRequest
    person: Resident | None
    held: Held | None
    own: tuple[Part, ...] = ()
    listed: tuple[Part, ...] = ()

    def part(self, digest: str) -> Part:
        """Give one part; anything else is not there."""
        found = next((part for part in (*self.own, *self.listed) if part.digest == digest), None)
        if found is None:
            raise Http404
        return found


def request_of(request: SignedIn, log: UUID, request_id: UUID) -> DataRequest:
    """Find a request; one of another township is not there."""
    found: DataRequest | None = requests_seen(request).filter(log=log, id=request_id).first()
    if found is None:
        raise Http404
    return found


def requests_seen(request: SignedIn) -> Any:
    """Give the requests a privacy officer answers: of the whole home, or of their own township."""
    every = DataRequest.objects.all()
    return every.filter(log=request.sight.log) if request.sight.log else every


def case_of(asked: DataRequest) -> Case:
    """Read what is held, as long as the request is open; answered, it lets nothing be seen."""
    person = Resident.objects.filter(log=asked.log, id=asked.about).first()
    if asked.answered_on:
        return Case(asked, None, None)
    try:
        found = held(asked.about)
    except Refused:
        return Case(asked, person, None)
    return Case(asked, person, found, tuple(_parts(found.own)), tuple(_parts(found.listed)))


def _parts(found: Iterable[Found]) -> Iterator[Part]:
    known = list(found)
    fields = _fields(known)
    for part in known:
        name = fields.get(part.digest, "") if part.why == OWN else ""
        what = NAME if name == "name" else FIELD_WORDS.get(name) or SORTS.get(part.sort) or gettext("Sealed words")
        kind = CHANGES.get(part.kind) or MORE_KINDS.get(part.kind, part.kind)
        audience = AUDIENCE_WORDS[Audience(part.audience)]
        yield Part(
            part.digest, str(what), str(kind), part.on, str(audience), str(WHY[part.why]), part.text, name == "identity"
        )


def _fields(found: Iterable[Found]) -> dict[str, str]:
    """Tell which field of a person each part gives."""
    named: dict[str, str] = {}
    for part in found:
        if part.sort != "resident" or part.digest in named:
            continue
        for wordings in with_firsts(part.log, [part.entry]).values():
            for words in wordings:
                changes = words.body.changes(part.about) if words.body else {}
                named |= {digest: name for name in RESIDENT_FIELDS for digest in _digests(changes.get(name))}
    return named


def _digests(value: Any) -> list[str]:
    """Give the digests in a field's value: one, several, or none where the field holds something else."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def spoken_of(found: Held) -> list[tuple[date, str]]:
    """List the entries that speak of the person, without words: the day and the kind."""
    told: list[tuple[date, str]] = []
    for who in found.who:
        sql = (
            "SELECT DISTINCT e.seq, e.happened_on, e.kind FROM touch t JOIN entry e ON e.log = t.log AND e.seq = t.seq "
            "WHERE t.log = %s AND t.thing IN (%in) ORDER BY e.seq"
        )
        for _seq, on, kind in database.fetch_in(sql, [who.log], who.ids):
            told.append((on, str(CHANGES.get(kind) or MORE_KINDS.get(kind, kind))))
    return told


def facts_of(person: Resident) -> list[tuple[str | Promise, str]]:
    """Say what the register holds openly of a person: where they live, as what, and in which branch."""
    key = current(person.household, aliases(person.log, Household))
    house = Household.objects.filter(log=person.log, id=key).first()
    members = Member.objects.filter(log=person.log, resident=person.id, source_withdrawn=False)
    units = dict(Unit.objects.of_log(person.log).values_list("id", "name"))
    told: list[tuple[str | Promise, str]] = [
        (FIELD_WORDS["village"], units.get(house.village, "") if house else ""),
        (FIELD_WORDS["number"], house.number if house else ""),
        (pgettext("held", "Relation"), word_of(RELATIONS, person.relation)),
        (FIELD_WORDS["left_on"], date_format(person.left_on) if person.left_on else ""),
    ]
    told += [(FIELD_WORDS["branch"], f"{units.get(m.branch, '')}, {word_of(STANDINGS, m.standing)}") for m in members]
    return [(term, words) for term, words in told if words]


def note_opening(asked: DataRequest, by: UUID, at: Any, what: str, *, part: str = "", rows: int = 0) -> None:
    """Note that something was opened within a request; it answers the person it is about."""
    opening = Opening(log=asked.log, at=at, by=by, what=what, about=asked.about, part=part, request=asked.id, rows=rows)
    opening.save(force_insert=True)
