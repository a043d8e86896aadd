"""What clashes, in plain words: what one wrote, what stands there now and who wrote it, and what was there before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from concerto.conductor.drafts import read
from concerto.faces.desk.register import words
from concerto.faces.desk.tray.clash_words import digests_in, texts_of, uuids_in, value_words, with_words
from concerto.faces.desk.tray.mending import stood_for, told_in
from concerto.faces.desk.tray.owners import CLOSED
from concerto.groundwork.phones import masked
from concerto.journal import reading
from concerto.journal.kinds import CASE_KINDS
from concerto.journal.kinds.households import HELPER_FIELDS, HOUSEHOLD_FIELDS, UsualPlace
from concerto.journal.kinds.people import MEMBER_FIELDS, RESIDENT_FIELDS
from concerto.journal.models import Tray
from concerto.journal.said import Body, How, Item, Said, SealedPart, Told, Wording, stand
from concerto.papers.naming import houses_named
from concerto.parts.assistance.models import Need, NeedStep
from concerto.parts.disputes.models import Case
from concerto.places.models import Account, PartyGroup, Unit
from concerto.places.sight import Sight
from concerto.register.fields import Seen, fields
from concerto.register.models import HelperLink, Household, Member, Resident

# Kinds whose fields are chosen one by one; the thing each changes is the first field of its body named here.
THINGS = {
    "household_change": "household",
    "resident_change": "resident",
    "member_change": "member",
    "helper_change": "link",
}
CHOSEN = frozenset({*HOUSEHOLD_FIELDS, *RESIDENT_FIELDS, *MEMBER_FIELDS, *HELPER_FIELDS})
LISTS = frozenset({"phones", "aliases", "places"})
OF_THE_REGISTER = frozenset({"household", "resident", "member", "helper_link"})
HIDDEN_FROM_ABOVE = frozenset({"phones", "born", "places"})


@dataclass(frozen=True)
class Difference:
    """One field that two people changed differently."""

    thing: UUID
    field: str
    mine: str
    theirs: str
    was: str
    by: str
    on: date
    both: bool
    author: UUID | None = None

    @property
    def key(self) -> str:
        """What `saw` calls it."""
        return f"{self.thing}.{self.field}"


class Clash:
    """An entry of the tray beside what it met. Built from the entry and the book alone."""

    def __init__(self, sight: Sight, row: Tray) -> None:
        assert sight.log is not None
        self.sight, self.row = sight, row
        self.item, self.said = told_in(row)
        self.log = sight.log
        self.draft = read(self.item)

    @property
    def body(self) -> Body | None:
        """What the entry says; nothing, if it takes something back."""
        return self.draft.body

    @property
    def can_choose(self) -> bool:
        """Tell whether its fields are chosen one by one."""
        return self.said.kind in THINGS and self.said.corrects is None and self.body is not None

    @cached_property
    def chain(self) -> list[tuple[Tray, Item, Said]]:
        """The entry, then every own entry that rests on it: they are settled together."""
        rows = Tray.objects.filter(log=self.log, author=self.row.author).order_by("number")
        if self.row.outcome != CLOSED:  # after the first of two clicks, the second finds the same ones
            rows = rows.exclude(outcome=CLOSED)
        found = [(self.row, self.item, self.said)]
        names = {str(self.row.id)}
        for row in rows:
            if row.id == self.row.id or not row.item:
                continue
            item, said = told_in(row)
            rests = names & {str(wording) for wording in said.saw.values()}
            if rests and said.kind == self.said.kind and self._thing_of(item) == self.thing:
                found.append((row, item, said))
                names.add(str(row.id))
        return found

    def _thing_of(self, item: Item) -> UUID | None:
        body = read(item).body
        return getattr(body, THINGS[self.said.kind], None) if body and self.said.kind in THINGS else None

    @property
    def thing(self) -> UUID | None:
        """The one thing whose fields it changes."""
        return self._thing_of(self.item)

    @property
    def instead_of(self) -> tuple[UUID, ...]:
        """All that the settling entry stands for."""
        return tuple(dict.fromkeys(one for row, _, _ in self.chain for one in stood_for(row)))

    # ------------------------------------------------------------ who may look

    @cached_property
    def units(self) -> dict[UUID, UUID]:
        """The unit that each thing lies in, of those this reader may open now: a household may have moved away."""
        links = list(HelperLink.objects.filter(log=self.log, id__in=self.things))
        homes = dict(Resident.objects.filter(log=self.log, id__in=self.things).values_list("id", "household"))
        homes |= {thing: thing for thing in self.things if thing not in homes} | {
            one.id: one.household for one in links
        }
        seen = Household.objects.seen_by(self.sight).filter(id__in=set(homes.values()))
        villages = dict(seen.values_list("id", "village"))
        members = Member.objects.filter(log=self.log, id__in=self.things, branch__in=self.sight.units)
        found = {thing: villages[home] for thing, home in homes.items() if home in villages}
        found |= dict(members.values_list("id", "branch"))
        declined = {one.id for one in links if one.agreement == "declined"}
        return {thing: unit for thing, unit in found.items() if thing not in declined or unit in self.sight.near}

    @property
    def can_be_seen(self) -> bool:
        """Tell whether all it rests on is open to this reader."""
        touched = list(self.body.things(self.said.first)) if self.body else []
        if self.said.kind in CASE_KINDS and not self._cases_open():
            return False
        if self._needs and Need.objects.seen_by(self.sight).filter(id__in=self._needs).count() < len(self._needs):
            return False
        return {t.thing for t in touched if t.how is How.CHANGES and t.what in OF_THE_REGISTER} <= self.units.keys()

    def _as_seen(self, thing: UUID, name: str, wording: Wording | None) -> dict[str, str]:
        """Give the sealed words of the other side as this reader may see them: whole in the village alone."""
        return self._masked(thing, name, texts_of(wording))

    def _mine_as_seen(self, thing: UUID, name: str) -> dict[str, str]:
        """Give the sealed words of its author's side: whole to the author, to an organizer as any other's."""
        return self.texts if self.row.author == self.sight.account else self._masked(thing, name, self.texts)

    def _masked(self, thing: UUID, name: str, texts: dict[str, str]) -> dict[str, str]:
        if self.units.get(thing) in self.sight.near or name not in HIDDEN_FROM_ABOVE:
            return texts
        if name == "places":
            return {}  # season and months are no words
        return {digest: masked(text) if name == "phones" else "****" for digest, text in texts.items()}

    # ------------------------------------------------------------ the book

    @cached_property
    def things(self) -> list[UUID]:
        """The things whose fields it rests on."""
        if self.body is None:
            return []
        return [touch.thing for touch in self.body.things(self.said.first) if touch.how is How.CHANGES]

    @cached_property
    def told(self) -> dict[UUID, list[Told]]:
        """What stands of these things in the book."""
        return {thing: stand(wordings) for thing, wordings in reading.about(self.log, self.things).items()}

    @cached_property
    def now(self) -> dict[UUID, dict[str, Seen]]:
        """The fields of these things as they are now."""
        return {thing: fields(thing, told) for thing, told in self.told.items()}

    def card(self) -> dict[str, UUID | None]:
        """What somebody who looks now sees: for `saw` of the entry that settles."""
        if self.said.corrects:
            return {f"{self.said.corrects}.wording": self._restated.said.id if self._restated else None}
        merges = self.said.kind == "merger"
        card: dict[str, UUID | None] = {}
        for thing, now in self.now.items():
            names = now if merges else {**dict.fromkeys(self.written(thing)), **dict.fromkeys(LISTS & now.keys())}
            card |= {f"{thing}.{name}": now[name].wording if name in now else None for name in names}
        return card | self._paths()

    def _paths(self) -> dict[str, UUID | None]:
        """Name the last step of a need that is looked at now: what settles comes behind it, also within one day."""
        steps = NeedStep.objects.filter(log=self.log, id__in=self._needs).order_by("n")
        return {f"{need}.path": entry for need, entry in steps.values_list("id", "entry")}

    @cached_property
    def _needs(self) -> set[UUID]:
        """The needs whose life it goes on with."""
        touched = self.body.things(self.said.first) if self.body else ()
        return {touch.thing for touch in touched if touch.how is How.CHANGES and touch.what == "need"}

    def _cases_open(self) -> bool:
        """Tell whether every case that it goes on with, or of which it says something anew, opens to this reader.

        One that it opens itself, and that is not there yet, is its author's.
        """
        bodies = [self.body, *(text.body for text in self._wordings)]
        touched = {t for body in bodies if body for t in body.things(self.said.first) if t.what == "case"}
        ids = {touch.thing for touch in touched}
        there = set(Case.objects.filter(log=self.log, id__in=ids).values_list("id", flat=True))
        seen = set(Case.objects.seen_by(self.sight).filter(id__in=ids).values_list("id", flat=True))
        new = {t.thing for t in touched if t.how is How.OPENS and not self.said.corrects} - there
        return ids <= seen | new

    def may_tell(self, body: Body) -> bool:
        """Tell whether what it met may be told: a slip that was given meanwhile may be another case's."""
        case = getattr(body, "case", None)
        if not isinstance(case, UUID) or case == getattr(self.body, "case", None):
            return True
        return Case.objects.seen_by(self.sight).filter(id=case).exists()

    @cached_property
    def _wordings(self) -> list[Wording]:
        """Every wording of what it corrects."""
        first = self.said.corrects
        return list(reading.with_firsts(self.log, [first]).get(first, [])) if first else []

    @cached_property
    def _restated(self) -> Wording | None:
        """The last wording of what it corrects."""
        return self._wordings[-1] if self._wordings else None

    @cached_property
    def others(self) -> list[UUID]:
        """Who wrote what it met, each once: its own author too, where they said it anew elsewhere."""
        authors = [self._restated.said.author] if self._restated else [one.author for one in self.differences()]
        return list(dict.fromkeys(one for one in authors if one))

    def written(self, thing: UUID) -> Mapping[str, Any]:
        changed: dict[str, Any] = {}
        for _, item, _ in self.chain:
            body = read(item).body
            changed |= body.changes(thing) if body is not None else {}
        return changed

    # ------------------------------------------------------------ side by side

    def differences(self) -> list[Difference]:
        """Give the fields on which the two differ; others were changed by one alone and need no decision."""
        return [one for thing in self.things for one in self._of(thing)]

    def _of(self, thing: UUID) -> Iterable[Difference]:
        if self.said.corrects:
            return  # a restatement meets another one as a whole
        now, mine = self.now.get(thing, {}), self.written(thing)
        names = sorted(now) if self.said.kind == "merger" else list(mine)
        for name in names:
            stands = now.get(name)
            saw = self.said.saw.get(f"{thing}.{name}")
            if stands is None or saw == stands.wording:
                continue
            there = self._wording(thing, stands.wording)
            yield Difference(
                thing,
                name,
                mine=self.value(name, mine[name], self._mine_as_seen(thing, name)) if name in mine else "",
                theirs=self.value(name, stands.value, self._as_seen(thing, name, stands.told_in)),
                was=self._was(thing, name, saw),
                by=self.called.get(there.said.author, gettext("an import")) if there else "",
                on=there.said.happened_on if there else self.sight.day,
                both=name in LISTS and name in mine,
                author=there.said.author if there else None,
            )

    def met(self) -> list[Wording]:
        """Give the wordings that its author had not seen, each once: what it met."""
        if self.said.corrects:
            return [self._restated] if self._restated else []
        found = [
            seen.told_in
            for thing in self.things
            for name, seen in self.now.get(thing, {}).items()
            if name in self.written(thing) and self.said.saw.get(f"{thing}.{name}") != seen.wording
        ]
        return list({one.said.id: one for one in found}.values())

    def untouched(self) -> list[tuple[str, str]]:
        """Give what was changed by its author alone: it is taken over as it is."""
        if not self.can_choose or self.thing is None:
            return []
        differing = {one.field for one in self.differences()}
        mine = self.written(self.thing)
        seen = {name: self._mine_as_seen(self.thing, name) for name in mine}
        return [(name, self.value(name, mine[name], seen[name])) for name in mine if name not in differing]

    def _wording(self, thing: UUID, wording: UUID | None) -> Wording | None:
        texts = (text for told in self.told.get(thing, ()) for text in told.texts)
        return next((text for text in texts if text.said.id == wording), None)

    def _was(self, thing: UUID, name: str, saw: UUID | None) -> str:
        before = self._wording(thing, saw)
        value = before.body.changes(thing).get(name) if before is not None and before.body is not None else None
        return self.value(name, value, self._as_seen(thing, name, before)) if before is not None else ""

    @cached_property
    def texts(self) -> dict[str, str]:
        """The sealed words that came with the entry and those resting on it, by digest."""
        return {part.digest: part.text for _, item, _ in self.chain for part in item.sealed}

    def mine(self, names: Iterable[str]) -> tuple[dict[str, Any], list[SealedPart]]:
        """Give these fields as their author wrote them, with their sealed parts as they are."""
        assert self.thing is not None
        said = {name: value for name, value in self.written(self.thing).items() if name in names}
        wanted = set(digests_in(said.values()))
        parts = {part.digest: part for _, item, _ in self.chain for part in item.sealed if part.digest in wanted}
        return said, list(parts.values())

    def both(self, name: str) -> list[tuple[Any, str]]:
        """Give what stands in a list and what was written, each once: the value and its words."""
        assert self.thing is not None
        stands = self.now[self.thing][name]
        pairs = [
            *with_words(stands.value, texts_of(stands.told_in)),
            *with_words(self.written(self.thing)[name], self.texts),
        ]
        kept: dict[Any, tuple[Any, str]] = {}
        for value, text in pairs:
            place = (value.season, value.from_month, value.to_month) if isinstance(value, UsualPlace) else ()
            kept.setdefault((*place, text), (value, text))
        return [pair for pair in kept.values() if pair[1]]

    # ------------------------------------------------------------ in words

    def value(self, name: str, value: Any, texts: Mapping[str, str]) -> str:
        """Say one value as people read it."""
        return value_words(name, value, texts=texts, called=self.called)

    @cached_property
    def called(self) -> dict[UUID, str]:
        """The names of whatever is named on either side, as far as this reader may know them."""
        ids = {*self._ids(), *([self._restated.said.author] if self._restated else ())}
        people = Resident.objects.seen_by(self.sight).filter(id__in=ids)
        houses = houses_named(self.sight, ids)
        return {
            **dict(Unit.objects.filter(log=self.log).values_list("id", "name")),
            **dict(PartyGroup.objects.filter(log=self.log, id__in=ids).values_list("id", "name")),
            **dict(Account.objects.filter(id__in=ids).values_list("id", "called")),
            **{house: named.name for house, named in houses.items()},
            **{person.id: words.called(person) for person in people},
        }

    def _ids(self) -> Iterable[UUID]:
        yield from self.things
        for told in self.told.values():
            for text in (text for one in told for text in one.texts):
                yield text.said.author
                for thing in self.things:
                    yield from uuids_in(text.body.changes(thing).values() if text.body else ())
        for thing in self.things:
            yield from uuids_in(self.written(thing).values())
