"""The two sides of a clash in plain words: a value of the register as people read it, whichever side wrote it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.register import words
from concerto.journal.kinds.households import Home, UsualPlace
from concerto.journal.said import Wording
from concerto.register.search import Place

SEALED = frozenset({"name", "born", "identity", "phones", "aliases"})


def value_words(name: str, value: Any, *, texts: Mapping[str, str], called: Mapping[UUID, str]) -> str:
    """Say one value as people read it."""
    if value in (None, "", [], ()):
        return pgettext("value", "nothing")
    if name == "identity":
        return gettext("a number that is not shown")
    if name in SEALED:
        several = value if isinstance(value, list) else [value]
        return words.listed(texts.get(digest, gettext("erased")) for digest in several)
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Home):
        relation = words.word_of(words.RELATIONS, value.relation)
        return words.listed([called.get(value.household, ""), relation])
    if isinstance(value, UUID):
        return called.get(value, gettext("somebody"))
    if isinstance(value, list):
        return words.listed(_item(name, one, texts) for one in value)
    if isinstance(value, tuple):  # what is right only together, and is said in words of its own elsewhere
        return gettext("said")
    return _code(name, value)


def _item(name: str, value: Any, texts: Mapping[str, str]) -> str:
    if isinstance(value, UsualPlace):
        place = Place(value.season, value.from_month, value.to_month, "")
        season = words.word_of(words.SEASONS, value.season)
        return f"{season} ({words.months_words(place)}) {texts.get(value.words, '')}".strip()
    return _code(name, value)


def texts_of(wording: Wording | None) -> dict[str, str]:
    """Give the surviving sealed words of a wording, by digest."""
    return {digest: part.text for digest, part in wording.sealed.items()} if wording else {}


def uuids_in(values: Iterable[Any]) -> Iterable[UUID]:
    """Name the things that some values speak of."""
    for value in values:
        if isinstance(value, UUID):
            yield value
        elif isinstance(value, Home):
            yield value.household


def digests_in(values: Iterable[Any]) -> Iterable[str]:
    """Name the sealed parts that some values rest on."""
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            yield one.words if isinstance(one, UsualPlace) else str(one)


def with_words(values: Sequence[Any], texts: Mapping[str, str]) -> list[tuple[Any, str]]:
    """Give the values of a list, each with its words; none where they are erased."""
    return [(value, texts.get(value.words if isinstance(value, UsualPlace) else value, "")) for value in values]


def _code(name: str, value: Any) -> str:
    choices = {
        "reached_by": words.REACHED_BY,
        "best_months": words.MONTH_CHOICES,
        "agreement": words.AGREEMENTS,
        "standing": words.STANDINGS,
    }.get(name, ())
    return words.word_of(choices, str(value))
