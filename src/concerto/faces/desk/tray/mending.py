"""Opening a form instead of an entry that was not taken: what was written is there again, under a new id.

Its author finds all of it. The township's organizer, who takes it over, finds what an organizer may read.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404

from concerto.conductor.drafts import read, read_item
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.tray.owners import (
    CLOSED,
    SPEAKS_OF_A_LEAD,
    one_of_township,
    resting_on,
    settled_already,
)
from concerto.faces.desk.writing import DraftForm
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Tray
from concerto.journal.said import Filed, Item, Said, Wording, read_said
from concerto.register.search import Place, log_of

MOST_SETTLED = 50
NAMES = ("name", "aliases")  # of the sealed words of a household's people, these alone are known to the township


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
    """Name what an entry stood for that is open still, itself, and its author's corrections that wait for it."""
    lying = (row, *resting_on(row))
    stood = [one for there in lying for one in (*_instead_of(there), there.id)]
    done = settled_already(row.log, stood) - {there.id for there in lying}
    return tuple(one for one in dict.fromkeys(stood) if one not in done)[:MOST_SETTLED]


def settle_all(form: DraftForm, ids: Iterable[UUID]) -> None:
    """Let a form settle these: named when it is opened, so that a second click says the very same."""
    if not form.is_bound:
        form.draft = replace(form.draft, instead_of=tuple(dict.fromkeys(ids))[:MOST_SETTLED])
        form.initial["draft"] = form.draft


def _instead_of(row: Tray) -> Iterable[UUID]:
    return told_in(row)[1].instead_of if row.item else ()


def asked_again(request: SignedIn) -> Tray | None:
    """Give the entry that was sent back which a form is opened instead of; the address names it."""
    asked = request.GET.get("instead_of", "")
    if not asked:
        return None
    try:
        entry = UUID(asked)
    except ValueError:
        raise Http404 from None
    try:
        return of_mine(request, entry)
    except Http404:
        row = one_of_township(request.sight, entry).row
    if row.code in SPEAKS_OF_A_LEAD:  # of which the township has id and code alone
        raise Http404
    return row


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
    for name, value in shown_again(row, request.user.id).items():
        if name in form.fields:
            form.initial[name] = value


def wording_again(row: Tray, reader: UUID) -> Wording | None:
    """Read an entry that was sent back as if it had been filed, as far as its reader may know it."""
    item = _last_said(row)
    if item is None:
        return None
    draft = read(item)
    if draft.said is None:
        return None
    body, sealed = draft.body, {part.digest: part for part in item.sealed}
    if row.author != reader:
        sealed = {digest: part for digest, part in sealed.items() if digest in _names_of(body)}
        if isinstance(body, Visit1):  # whose visit it was stays to be seen in it
            made_with = list(dict.fromkeys(one for one in (*body.made_with, row.author) if one != reader))
            body = msgspec.structs.replace(body, leads=[], made_with=made_with)
    never = Filed(seq=0, first_seq=0, epoch=0, received_at="", first_received_at="", brought_by=None, shown="neither")
    return Wording(draft.said, never, body, (), sealed)


def _last_said(row: Tray) -> Item | None:
    """Give an entry as its author put it last: the last of the corrections that wait for it, with all its words."""
    items = [read_item(lying.item) for lying in (row, *resting_on(row)) if lying.item]
    spoken = [item for item in items if not read_said(item.said).is_null]
    if not row.item or not spoken:
        return None
    words = {part.digest: part for item in items for part in item.sealed}
    named = read_said(spoken[-1].said).sealed
    return Item(spoken[-1].said, tuple(words[digest] for digest in named if digest in words))


def _names_of(body: Any) -> set[str]:
    told = (getattr(body, name, None) for name in NAMES)
    return {one for value in told for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)}


def places_again(request: SignedIn) -> list[Place]:
    """Give the usual places of an entry that was sent back, to stand in their form once more."""
    row = asked_again(request)
    told: Any = shown_again(row, request.user.id).get("places", []) if row is not None else []
    return [Place(place["season"], place["from_month"], place["to_month"], place["words"]) for place in told]


def shown_again(row: Tray, reader: UUID) -> dict[str, object]:
    """Give what was written in plain fields, to stand in the form once more; sealed words only to who may read them."""
    wording = wording_again(row, reader)
    if wording is None:
        return {}
    body = json.loads(bytes(wording.said.body) or b"null") or {}
    texts = {digest: part.text for digest, part in wording.sealed.items()}
    unread = set(wording.said.sealed) - texts.keys()
    body.pop("identity", None)  # only its hash came, and that is not what one types
    body = {name: value for name, value in body.items() if unread.isdisjoint(_digests_in(value))}
    shown = {name: _read(value, texts) for name, value in body.items()} | {"day": wording.said.happened_on}
    home = body.get("home") or {}
    return shown | {name: home[name] for name in ("relation", "since") if home.get(name)}


def _digests_in(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _digests_in(one)


def _read(value: object, texts: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {name: _read(one, texts) for name, one in value.items()}
    if isinstance(value, list):
        read = [_read(one, texts) for one in value]
        return tuple(read) if any(isinstance(one, str) and one in texts for one in value) else read
    return texts.get(value, value) if isinstance(value, str) else value
