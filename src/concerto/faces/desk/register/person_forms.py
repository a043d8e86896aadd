"""What is asked about a person of the register, and what an entry says of the answers."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.register.words import RELATIONS
from concerto.faces.desk.writing import Draft
from concerto.groundwork import clock
from concerto.groundwork.identity import IdentityNumber, holds_identity_number, read_identity
from concerto.groundwork.keyed import identity_hash
from concerto.groundwork.names import clean_name
from concerto.groundwork.phones import read_phones
from concerto.journal.said import Audience, SealedPart
from concerto.register.models import Resident

MOST_LETTERS = 60
MOST_OF_A_SORT = 6
MOST_TYPED = 1000
OLDEST = date(1890, 1, 1)
IN_A_LIST = re.compile(r"[,，、;；/\n]+")

CHECK_NAME = _("Write the name as it is on the household card, with a dot between its parts where there are several.")


class NameField(forms.CharField):
    """A name as one string, whatever stood between its parts."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MOST_LETTERS, widget=forms.TextInput(attrs={"autocomplete": "off"}), **options)

    def to_python(self, value: Any) -> str:
        name = clean_name(super().to_python(value))
        if name and (holds_identity_number(name) or not any(sign.isalpha() for sign in name)):
            raise forms.ValidationError(CHECK_NAME, code="not_a_name")
        return name


class NamesField(forms.Field):
    """Several spellings of a name, with a comma between."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"autocomplete": "off"}), **options)

    def to_python(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = [clean_name(part) for part in IN_A_LIST.split(str(value or "")[:MOST_TYPED])]
        kept = tuple(dict.fromkeys(name for name in names if name))
        if any(len(name) > MOST_LETTERS or holds_identity_number(name) for name in kept):
            raise forms.ValidationError(CHECK_NAME, code="not_a_name")
        return _few(kept)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, tuple | list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _changed(self, initial, data)

    def validate(self, value: Any) -> None:
        """All was judged when it was read."""

    def run_validators(self, value: Any) -> None:
        """All was judged when it was read."""


class PhonesField(NamesField):
    """Several telephone numbers; words between them are left out."""

    def to_python(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        read = read_phones(str(value or "")[:MOST_TYPED])
        if read.fault is not None:
            words = _("A number can't be read. Write 11 digits beginning with 1, or area code and number.")
            raise forms.ValidationError(words, code=str(read.fault))
        return _few(tuple(phone.number for phone in read.phones))


class BornField(forms.DateField):
    """A birth date that can be one."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not OLDEST <= day <= clock.today():
            raise forms.ValidationError(_("This can't be a birth date: check the year."), code="not_born_then")
        return day


class IdentityField(forms.CharField):
    """An identity number, of which nothing is kept but its keyed hash."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"})
        super().__init__(max_length=40, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        read = read_identity(super().to_python(value) or "")
        if read is None:
            return ""
        if not isinstance(read, IdentityNumber):
            words = _("This is not a whole identity number: type its 18 digits from the card, or leave it empty.")
            raise forms.ValidationError(words, code=str(read))
        return identity_hash(read, settings.CONCERTO_HOME)

    def validate(self, value: Any) -> None:
        """All was judged when it was read."""

    def run_validators(self, value: Any) -> None:
        """All was judged when it was read."""


def _few(kept: tuple[str, ...]) -> tuple[str, ...]:
    if len(kept) > MOST_OF_A_SORT:
        raise forms.ValidationError(_("At most six can be kept: leave the least used out."), code="too_many")
    return kept


def _changed(field: forms.Field, initial: Any, data: Any) -> bool:
    try:
        return bool(field.to_python(data) != field.to_python(initial or ()))
    except forms.ValidationError:
        return True


ASK_NAME = pgettext_lazy("person", "Name")
HINT_PHONES = _("Several are parted by a comma.")
HINT_ALIASES = _("Other spellings in papers, to find the same person by.")
HINT_IDENTITY = _("It only serves to find a person who is in the register twice. The number itself is not kept.")


def person_fields() -> dict[str, forms.Field]:
    """Give the questions about a person, the same wherever one is added or changed."""
    return {
        "name": NameField(label=ASK_NAME),
        "relation": forms.ChoiceField(label=_("Relation to the head"), choices=RELATIONS, initial="other"),
        "phones": PhonesField(label=pgettext_lazy("person", "Telephone"), required=False, help_text=HINT_PHONES),
        "born": BornField(label=_("Birth date"), required=False),
        "aliases": NamesField(label=_("Spelling variants"), required=False, help_text=HINT_ALIASES),
        "identity": IdentityField(label=_("Identity number"), required=False, help_text=HINT_IDENTITY),
    }


class Sealing:
    """Seals the answers about one person, and names them by their digests."""

    def __init__(self, draft: Draft, person: UUID) -> None:
        self.draft, self.person = draft, person
        self.parts: list[SealedPart] = []

    def one(self, name: str, text: str) -> str:
        """Seal one answer and give its digest."""
        part = self.draft.seal(name, about=self.person, audience=Audience.PLACE, text=text)
        self.parts.append(part)
        return part.digest

    def several(self, name: str, texts: Iterable[str]) -> list[str]:
        """Seal an answer that has several values."""
        return [self.one(f"{name}.{n}", text) for n, text in enumerate(texts)]


def sealed_answers(sealing: Sealing, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Turn answers about a person into the fields of a body; only what is given is said."""
    said: dict[str, Any] = {}
    if answers.get("name"):
        said["name"] = sealing.one("name", answers["name"])
    for name in ("phones", "aliases"):
        if name in answers:
            said[name] = sealing.several(name, answers[name])
    if "born" in answers:
        said["born"] = sealing.one("born", answers["born"].isoformat()) if answers["born"] else None
    if answers.get("identity"):
        said["identity"] = sealing.one("identity", answers["identity"])
    return said


def answers_of(person: Resident) -> dict[str, Any]:
    """Give what is known of a person as a form shows it. The identity number is never known."""
    return {
        "name": person.name,
        "relation": person.relation,
        "phones": tuple(json.loads(person.phones or "[]")),
        "born": date.fromisoformat(person.born) if len(person.born) == len("2026-07-01") else None,
        "aliases": tuple(json.loads(person.aliases or "[]")),
        "identity": "",
    }
