"""Settling a clash: for each field on which two differ whose stands, or both; then one new entry says so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.entries.facts import FIELD_WORDS
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import address, entry_of, write
from concerto.faces.desk.register.words import listed
from concerto.faces.desk.tray.clashes import CHOSEN, Clash, Difference
from concerto.faces.desk.tray.mending import settle_all
from concerto.faces.desk.tray.owners import CLOSED
from concerto.faces.desk.tray.sides import sides
from concerto.faces.desk.tray.tray import form_of, in_words, mine_even_settled
from concerto.faces.desk.writing import Draft, DraftForm
from concerto.groundwork import clock
from concerto.journal.kinds.households import UsualPlace
from concerto.journal.kinds.keeping import Settled1
from concerto.journal.models import Tray
from concerto.journal.said import Audience, Item, SealedPart


class ClashForm(DraftForm):
    """For each field on which two differ: whose stands, or both."""

    def __init__(
        self, *args: Any, differences: Sequence[Difference], one_by_one: bool, whose: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = [one.field for one in differences] if one_by_one else ["all"]
        both = {one.field for one in differences if one.both}
        for name in self.names:
            mine = format_lazy(_("What {who} wrote"), who=whose) if whose else _("Mine")
            choices = [("mine", mine), ("theirs", _("What is there"))]
            choices += [("both", _("Keep both"))] if name in both else []
            self.fields[f"keep-{name}"] = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, label="")

    def kept(self, name: str) -> str:
        """Whose of a field stands."""
        return str(self.cleaned_data[f"keep-{name}"])


@open_to(*NEED_READERS)
def clash(request: SignedIn, entry: UUID) -> HttpResponse:
    """Show two versions side by side, and settle them by one new entry. Nobody's words are lost."""
    return settle_page(request, mine_even_settled(request, entry))


def settle_page(request: SignedIn, row: Tray, whose: str = "") -> HttpResponse:
    """Show the two versions and settle them; `whose` names the author of one side where it is not the reader."""
    back = "desk:tray-township" if whose else "desk:tray"
    if row.outcome not in ("clash", CLOSED) or not row.item:
        raise Http404
    found = Clash(request.sight, row)
    if not found.can_be_seen:  # its household belongs to others now: what they wrote is theirs
        return redirect("desk:tray-theirs-let-go" if whose else "desk:tray-let-go", row.id)
    if found.said.kind == "matter_slip" and not found.said.corrects:  # a slip lies in one household: another is noted
        to_give = form_of(found.said)
        return redirect(f"{to_give}?instead_of={row.id}" if row.outcome != CLOSED else back)
    differences = found.differences()
    asked = _asked(request, differences) if request.method == "POST" else differences
    form = ClashForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        saw=found.card(),
        differences=asked,
        one_by_one=found.can_choose,
        whose=whose,
    )
    settle_all(form, found.instead_of)
    if form.is_valid() and (done := _settle(request, form, found, reverse(back))):
        return done
    lying = in_words(request, [row])[0]
    context = {"lying": lying, "clash": found, "choices": _choices(form, differences), "correction": _correction(found)}
    context["sides"] = sides(found)
    context |= {"whose": whose, "back_to": reverse(back), "lead": _lead(found, whose), "reader": request.user.id}
    context["taken"] = [(FIELD_WORDS.get(name, name), words) for name, words in found.untouched()]
    return page(request, "desk/tray/clash.html", form, **context)


def _lead(found: Clash, whose: str) -> str:
    """Say who wrote it differently, and who decides: the reader, for themselves or for the township."""
    others = [one for one in found.others if one != found.row.author]
    names = [gettext("you") if one == found.sight.account else found.called.get(one, "") for one in others]
    who = listed(name or gettext("somebody") for name in names)
    if whose and found.others and not others:
        return gettext("{who} wrote it twice, differently; you decide for the township.").format(who=whose)
    if whose:
        words = gettext("{who} and {other} wrote it differently; you decide for the township.")
        return words.format(who=whose, other=who or gettext("somebody else"))
    if found.others and not others:
        return gettext("You wrote it twice, differently; you decide.")
    return gettext("You and {other} wrote it differently; you decide.").format(other=who or gettext("somebody else"))


def _asked(request: SignedIn, differences: Sequence[Difference]) -> list[Difference]:
    """Give the fields the page asked about: what it was about when it was opened, not what it would be now."""
    known = {one.field: one for one in differences}
    named = [key.removeprefix("keep-") for key in request.POST if key.startswith("keep-")]
    thing, today = request.user.id, request.sight.day
    gone = {name: Difference(thing, name, "", "", "", "", today, both=True) for name in named if name in CHOSEN}
    return [known.get(name, blank) for name, blank in gone.items()] or list(differences)


def _choices(form: ClashForm, differences: Sequence[Difference]) -> list[dict[str, Any]]:
    return [
        {
            "label": FIELD_WORDS.get(one.field, one.field),
            "field": form[f"keep-{one.field}"] if f"keep-{one.field}" in form.fields else None,
            "difference": one,
        }
        for one in differences
    ]


def _correction(found: Clash) -> str:
    return address("entry", found.said.corrects) if found.said.corrects else ""


def _settle(request: SignedIn, form: ClashForm, found: Clash, back: str) -> HttpResponse | None:
    """Write the one entry that settles: what is kept of mine, or that what is there stands."""
    settles = (*form.draft.instead_of, *(row.id for row, _item_of, _said in found.chain))
    draft = replace(form.draft, instead_of=tuple(dict.fromkeys(settles)))
    item = _item(request, form, found, draft)
    to = address("entry", found.said.corrects) if found.said.corrects else back
    return write(request, form, item, to=to or back, words=_("It is settled."))


def _item(request: SignedIn, form: ClashForm, found: Clash, draft: Draft) -> Item:
    if not found.can_choose:
        if form.kept("all") == "theirs":
            return _let_stand(request, draft, found)
        told = found.said
        more: dict[str, Any] = {"corrects": told.corrects, "kind": told.kind, "counts_for": told.counts_for}
        day, words = told.happened_on, found.item.sealed
        return entry_of(request, draft, found.body, unit=told.unit, on=day, sealed=words, **more)
    mine = {name for name in form.names if form.kept(name) == "mine"}
    asked = set(form.names)
    assert found.thing is not None
    said, parts = found.mine({name for name in _changed_by_me(found) if name in mine or name not in asked})
    for name in form.names:
        if form.kept(name) == "both":
            said[name], sealed = _both(draft, found, name)
            parts += sealed
    if not said:
        return _let_stand(request, draft, found)
    body = _body(found, said)
    saw = {key: draft.saw.get(key) for key in sorted(f"{found.thing}.{name}" for name in said)}
    day = found.said.happened_on
    return entry_of(request, replace(draft, saw=saw), body, unit=found.said.unit, on=day, sealed=parts)


def _let_stand(request: SignedIn, draft: Draft, found: Clash) -> Item:
    return entry_of(request, replace(draft, saw={}), Settled1(), unit=found.said.unit)


def _changed_by_me(found: Clash) -> list[str]:
    assert found.thing is not None
    return list(found.written(found.thing))


def _both(draft: Draft, found: Clash, name: str) -> tuple[list[Any], list[SealedPart]]:
    """Seal both lists anew, each value once."""
    assert found.thing is not None
    values, parts = [], []
    for n, (value, text) in enumerate(found.both(name)):
        part = draft.seal(f"both.{name}.{n}", about=found.thing, audience=Audience.PLACE, text=text)
        parts.append(part)
        values.append(
            msgspec.structs.replace(value, words=part.digest) if isinstance(value, UsualPlace) else part.digest
        )
    return values, parts


def _body(found: Clash, said: dict[str, Any]) -> Any:
    """Write a body of the same kind that says these fields and no others."""
    body = found.body
    assert body is not None
    plain = {name: getattr(body, name) for name in body.__struct_fields__}
    own = {
        name: value
        for name, value in plain.items()
        if name not in body.changes(found.thing or UUID(int=0)) and value is not msgspec.UNSET
    }
    return type(body)(**own, **said)
