"""Opening a form instead of an entry that was not taken: what was written is there again, under a new id."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404

from concerto.conductor.drafts import read, read_item
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.writing import DraftForm
from concerto.journal.models import Tray
from concerto.journal.said import Filed, Item, Said, Wording, read_said
from concerto.register.search import Place, log_of

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


def asked_again(request: SignedIn) -> Tray | None:
    """Give the entry that was sent back which a form is opened instead of; the address names it."""
    asked = request.GET.get("instead_of", "")
    if not asked:
        return None
    try:
        return of_mine(request, UUID(asked))
    except ValueError:
        raise Http404 from None


def stand_for(form: DraftForm, row: Tray) -> None:
    """Let a form's entry stand for one that was sent back, with what that had seen."""
    saw = told_in(row)[1].saw if row.item else {}
    kept = {key: str(wording) if wording else None for key, wording in saw.items()}
    form.draft = replace(form.draft, instead_of=stood_for(row), saw={**form.draft.saw, **kept})
    form.initial["draft"] = form.draft


def instead(request: SignedIn, form: DraftForm) -> None:
    """Where a form is opened instead of an entry that was sent back, show again what was written in it."""
    row = None if form.is_bound else asked_again(request)
    if row is None:
        return
    stand_for(form, row)
    for name, value in shown_again(row).items():
        if name in form.fields:
            form.initial[name] = value


def wording_again(row: Tray) -> Wording | None:
    """Read an entry that was sent back as if it had been filed: nobody but its author sees it so."""
    if not row.item:
        return None
    draft = read(read_item(row.item))
    never = Filed(seq=0, first_seq=0, epoch=0, received_at="", first_received_at="", brought_by=None, shown="neither")
    return Wording(draft.said, never, draft.body, (), draft.sealed) if draft.said is not None else None


def places_again(request: SignedIn) -> list[Place]:
    """Give the usual places of an entry that was sent back, to stand in their form once more."""
    row = asked_again(request)
    told: Any = shown_again(row).get("places", []) if row is not None else []
    return [Place(place["season"], place["from_month"], place["to_month"], place["words"]) for place in told]


def shown_again(row: Tray) -> dict[str, object]:
    """Give what was written in plain fields, to stand in the form once more."""
    if not row.item:
        return {}
    item, said = told_in(row)
    body = json.loads(bytes(said.body) or b"null") or {}
    texts = {part.digest: part.text for part in item.sealed}
    home = body.get("home") or {}
    body.pop("identity", None)  # only its hash came, and that is not what one types
    shown = {name: _read(value, texts) for name, value in body.items()} | {"day": said.happened_on}
    return shown | {name: home[name] for name in ("relation", "since") if home.get(name)}


def _read(value: object, texts: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {name: _read(one, texts) for name, one in value.items()}
    if isinstance(value, list):
        read = [_read(one, texts) for one in value]
        return tuple(read) if any(isinstance(one, str) and one in texts for one in value) else read
    return texts.get(value, value) if isinstance(value, str) else value
