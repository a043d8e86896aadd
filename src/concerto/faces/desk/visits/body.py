"""From the form to what is said and back, by its sheet; what a correction starts from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from concerto.faces.desk.visits.form import ContactForm, GatheringForm
from concerto.journal.kinds import asked
from concerto.journal.kinds.asked import SHEETS, Composed, Context, answers_of, compose
from concerto.journal.kinds.asked.showing import Text
from concerto.journal.kinds.visit import Visit1
from concerto.journal.said import SealedPart, Wording


@dataclass(frozen=True)
class Before:
    """The last wording of what is corrected, and which of its sealed words this reader may read."""

    first: UUID
    wording: Wording
    body: Visit1
    readable: frozenset[str]

    @property
    def as_read(self) -> asked.Before:
        """What was said, with the words that this reader may read; others are carried along as they are."""
        read = {digest: part for digest, part in self.wording.sealed.items() if digest in self.readable}
        return asked.Before(msgspec.to_builtins(self.body), read)


def said(form: ContactForm, before: Before | None) -> tuple[Visit1, list[SealedPart]]:
    """Write what a form says of one visit, call or gathering."""
    told = _composed(form, before)
    return msgspec.convert(told.body, Visit1), told.sealed


def _composed(form: ContactForm, before: Before | None) -> Composed:
    things = {"first": before.first if before else form.draft.id, "village": form.whom.village.id}
    if not isinstance(form, GatheringForm):
        things["household"] = form.whom.house.id
    context = Context(
        things,
        form.today,
        form.draft.new_id,
        lambda name, about, audience, text: form.draft.seal(name, about=about, audience=audience, text=text),
        before.as_read if before else None,
    )
    sheet = SHEETS["gathering" if isinstance(form, GatheringForm) else "visit"]
    return compose(sheet, _answers(form.cleaned_data), context)


def _answers(told: Mapping[str, Any]) -> dict[str, list[str]]:
    """Give what a form took as plain answers."""
    given = {name: value if isinstance(value, list) else [value] for name, value in told.items()}
    plain = {name: [str(one) for one in values if one not in (None, "")] for name, values in given.items()}
    return {name: values for name, values in plain.items() if values}


def shown_again(before: Before, today: date) -> dict[str, Any]:
    """Fill a form with what was said, as far as its reader may read it."""

    def texts(digest: str) -> Text | None:
        part = before.as_read.parts.get(digest)
        return Text(part.text, part.audience.value) if part else None

    sheet = SHEETS["gathering" if before.body.channel == "gathering" else "visit"]
    said_on = before.wording.said.happened_on
    found = answers_of(sheet, before.as_read.body, texts, happened_on=said_on, today=today)
    return {name: given if sheet.asks[name].read == "many" else given[0] for name, given in found.items()}
