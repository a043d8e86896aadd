"""Opening a form instead of an entry that was not taken: what was written is there again, under a new id."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404

from concerto.conductor.drafts import read_item
from concerto.journal.models import Tray
from concerto.journal.said import Item, Said, read_said
from concerto.register.search import Place, log_of

from .gate import SignedIn
from .writing import DraftForm

CLOSED = "settled"


def of_mine(request: SignedIn, entry: UUID) -> Tray:
    """Give an entry of this person's own that lies in the tray; any other is not there."""
    found = (
        Tray.objects.filter(log=log_of(request.sight), id=entry, author=request.user.id).exclude(outcome=CLOSED).first()
    )
    if found is None:
        raise Http404
    return found


def told_in(row: Tray) -> tuple[Item, Said]:
    """Read what an entry of the tray says. One whose words are not kept here has none."""
    if not row.item:
        raise Http404
    item = read_item(row.item)
    return item, read_said(item.said)


def stood_for(row: Tray) -> tuple[UUID, ...]:
    """Name all that an entry stood for, itself at the end."""
    if not row.item:
        return (row.id,)
    _, said = told_in(row)
    return (*said.instead_of, row.id)


def instead(request: SignedIn, form: DraftForm) -> None:
    """Where the address names an entry that was sent back, let the form's entry stand for it, with what it had seen."""
    asked = request.GET.get("instead_of", "")
    if form.is_bound or not asked:
        return
    try:
        row = of_mine(request, UUID(asked))
    except ValueError:
        raise Http404 from None
    saw = told_in(row)[1].saw if row.item else {}
    kept = {key: str(wording) if wording else None for key, wording in saw.items()}
    form.draft = replace(form.draft, instead_of=stood_for(row), saw={**form.draft.saw, **kept})
    form.initial["draft"] = form.draft
    for name, value in shown_again(row).items():
        if name in form.fields:
            form.initial[name] = value


def places_again(request: SignedIn) -> list[Place]:
    """Give the usual places of an entry that was sent back, to stand in their form once more."""
    asked = request.GET.get("instead_of", "")
    if not asked:
        return []
    told: Any = shown_again(of_mine(request, UUID(asked))).get("places", [])
    return [Place(place["season"], place["from_month"], place["to_month"], place["words"]) for place in told]


def shown_again(row: Tray) -> dict[str, object]:
    """Give what was written in plain fields, to stand in the form once more."""
    if not row.item:
        return {}
    item, said = told_in(row)
    body = json.loads(bytes(said.body) or b"null") or {}
    texts = {part.digest: part.text for part in item.sealed}
    return {name: _read(value, texts) for name, value in body.items()} | {"day": said.happened_on}


def _read(value: object, texts: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {name: _read(one, texts) for name, one in value.items()}
    if isinstance(value, list):
        read = [_read(one, texts) for one in value]
        return tuple(read) if any(isinstance(one, str) and one in texts for one in value) else read
    return texts.get(value, value) if isinstance(value, str) else value
