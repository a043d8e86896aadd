"""From the form to what is said and back: bodies with their sealed words, and what a correction starts from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from concerto.faces.desk.visits.form import NOBODY_NAMED, SLOTS, ContactForm, GatheringForm, VisitForm
from concerto.faces.desk.writing import Draft
from concerto.journal.kinds.visit import LeadHeard, MatterServed, NeedHeard, Visit1
from concerto.journal.said import Audience, SealedPart, Wording


@dataclass(frozen=True)
class Before:
    """The last wording of what is corrected, and which of its sealed words this reader may read."""

    first: UUID
    wording: Wording
    body: Visit1
    readable: frozenset[str]

    def reads(self, digest: str | None) -> bool:
        """Tell whether these words are shown; others are carried along as they are."""
        return bool(digest) and digest in self.readable

    def text(self, digest: str | None) -> str:
        """Give words that may be read."""
        return (self.wording.text(digest) or "") if self.reads(digest) else ""

    def knows_of(self, parts: Iterable[Any]) -> list[Any]:
        """Keep the needs, leads or matters whose words may be read."""
        return [part for part in parts if part.words is None or self.reads(part.words)]

    def carried(self, parts: Iterable[Any]) -> list[Any]:
        """Keep those that are restated without being shown."""
        return [part for part in parts if part.words is not None and not self.reads(part.words)]


class Sealing:
    """Seals the words of one form; words that were not touched keep the digest they have."""

    def __init__(self, draft: Draft, before: Before | None) -> None:
        self.draft, self.before = draft, before
        self.parts: list[SealedPart] = []

    def digest(self, name: str, text: str, *, about: UUID, audience: Audience = Audience.PLACE) -> str:
        """Name the digest of words, sealing them when they are new."""
        if self.before is not None:
            for digest, part in self.before.wording.sealed.items():
                if (part.about, part.audience, part.text) == (about, audience, text) and self.before.reads(digest):
                    return digest
        part = self.draft.seal(name, about=about, audience=audience, text=text)
        self.parts.append(part)
        return part.digest


def visit_said(form: VisitForm, before: Before | None) -> tuple[Visit1, list[SealedPart]]:
    """Write what a form says of one visit or call."""
    told, house = form.cleaned_data, form.whom.house.id
    sealing = Sealing(form.draft, before)
    body = Visit1(
        channel=told["channel"],
        households=[house],
        outcome=form.outcome,  # type: ignore[arg-type]
        met=_ids(form.people_met),
        change=told.get("change") or "not_asked",
        change_words=_change(form, before, sealing, house),
        lesson_minutes=told.get("lesson_minutes") or 0,
        lesson_for=_ids(told.get("lesson_for")),
        leads=_leads(form, before, sealing, house),
        matters=_matters(form, before, sealing),
        needs=_needs(form, before, sealing, lambda slot: house),
        words=_note(form, before, sealing, house),
        **_alike(form),
    )
    return body, sealing.parts


def gathering_said(form: GatheringForm, before: Before | None) -> tuple[Visit1, list[SealedPart]]:
    """Write what a form says of one gathering."""
    told = form.cleaned_data
    first = before.first if before else form.draft.id
    sealing = Sealing(form.draft, before)
    body = Visit1(
        channel="gathering",
        households=_ids(told["households"]),
        outcome="met",
        needs=_needs(form, before, sealing, lambda slot: UUID(told[f"need_house_{slot}"])),
        words=_note(form, before, sealing, first),
        **_not_asked(before),
        **_alike(form),
    )
    return body, sealing.parts


def _not_asked(before: Before | None) -> dict[str, Any]:
    """Keep of a gathering what its form does not ask: it may have come from elsewhere."""
    names = ("met", "lesson_minutes", "lesson_for", "leads", "matters")
    return {name: getattr(before.body, name) for name in names} if before else {}


def _alike(form: ContactForm) -> dict[str, Any]:
    told = form.cleaned_data
    return {
        "topics": told.get("topics") or [],
        "told_by": told.get("told_by") or "household",
        "made_with": _ids(told.get("made_with")),
    }


def _ids(values: Iterable[str] | None) -> list[UUID]:
    return [UUID(value) for value in values or ()]


def _change(form: VisitForm, before: Before | None, sealing: Sealing, about: UUID) -> str | None:
    text = form.cleaned_data.get("change_words", "")
    return sealing.digest("change_words", text, about=about) if text else None


def _note(form: ContactForm, before: Before | None, sealing: Sealing, about: UUID) -> str | None:
    """Seal the note; one that this reader may not read stays as it is unless they write another."""
    text = form.cleaned_data.get("words", "")
    if text:
        audience = Audience(form.cleaned_data.get("words_for") or "author")
        return sealing.digest("words", text, about=about, audience=audience)
    unread = before is not None and before.body.words is not None and not before.reads(before.body.words)
    return before.body.words if before is not None and unread else None


def _needs(
    form: ContactForm, before: Before | None, sealing: Sealing, house_of: Callable[[int], UUID]
) -> list[NeedHeard]:
    known = _slots(before.knows_of(before.body.needs)) if before else {}
    needs: list[NeedHeard] = _carried_needs(before) if before else []
    for slot, sort, text in form.needs():
        need = known[slot].need if slot in known else form.draft.new_id(f"need {slot}")
        words = sealing.digest(f"need_words_{slot}", text, about=need)
        needs.append(NeedHeard(need, sort, words, house_of(slot)))
    return needs


def _carried_needs(before: Before) -> list[NeedHeard]:
    """Keep the needs whose words may not be read, and those for which the form has no room."""
    return [*before.carried(before.body.needs), *before.knows_of(before.body.needs)[len(SLOTS) :]]


def _leads(form: VisitForm, before: Before | None, sealing: Sealing, house: UUID) -> list[LeadHeard]:
    known = before.knows_of(before.body.leads) if before else []
    leads: list[LeadHeard] = [*before.carried(before.body.leads), *known[1:]] if before else []
    told = form.cleaned_data
    if told.get("lead") == "heard":
        lead = known[0].lead if known else form.draft.new_id("lead")
        words = sealing.digest("lead_words", told["lead_words"], about=lead, audience=Audience.DESK)
        leads.append(LeadHeard(lead, told.get("lead_sort") or "other", words, house))
    return leads


def _matters(form: VisitForm, before: Before | None, sealing: Sealing) -> list[MatterServed]:
    known = before.knows_of(before.body.matters) if before else []
    matters: list[MatterServed] = [*before.carried(before.body.matters), *known[1:]] if before else []
    told = form.cleaned_data
    if told.get("matter"):
        matter = known[0].matter if known else form.draft.new_id("matter")
        text, member = told.get("matter_words"), told.get("matter_member")
        words = sealing.digest("matter_words", text, about=matter) if text else None
        matters.append(MatterServed(matter, told["matter"], UUID(member) if member else None, words))
    return matters


def _slots(parts: Sequence[Any]) -> dict[int, Any]:
    return dict(zip(SLOTS, parts, strict=False))


# ---------------------------------------------------------------- what a correction starts from


def shown_again(before: Before, today: date) -> dict[str, Any]:
    """Fill a form with what was said, as far as its reader may read it."""
    body, day = before.body, before.wording.said.happened_on
    part = before.wording.sealed.get(body.words or "")
    shown: dict[str, Any] = {
        "day": "today" if day == today else "other",
        "on": None if day == today else day,
        "channel": body.channel,
        "households": [str(house) for house in body.households],
        "met": [str(person) for person in body.met] or [NOBODY_NAMED if body.outcome == "met" else body.outcome],
        "change": "" if body.change == "not_asked" else body.change,
        "change_words": before.text(body.change_words),
        "topics": body.topics,
        "lesson_for": [str(member) for member in body.lesson_for],
        "lesson_minutes": body.lesson_minutes or None,
        "words": before.text(body.words),
        "words_for": part.audience.value if part and before.reads(body.words) else "author",
        "told_by": body.told_by,
        "made_with": [str(account) for account in body.made_with],
    }
    return shown | _needs_shown(before) | _lead_shown(before) | _matter_shown(before)


def _needs_shown(before: Before) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for slot, need in _slots(before.knows_of(before.body.needs)).items():
        shown |= {
            f"need_sort_{slot}": need.sort,
            f"need_words_{slot}": before.text(need.words),
            f"need_house_{slot}": str(need.household),
        }
    return shown


def _lead_shown(before: Before) -> dict[str, Any]:
    lead = next(iter(before.knows_of(before.body.leads)), None)
    if lead is None:
        return {}
    return {"lead": "heard", "lead_sort": lead.sort, "lead_words": before.text(lead.words)}


def _matter_shown(before: Before) -> dict[str, Any]:
    served = next(iter(before.knows_of(before.body.matters)), None)
    if served is None:
        return {}
    member = str(served.member) if served.member else ""
    return {"matter": served.sort, "matter_member": member, "matter_words": before.text(served.words)}
