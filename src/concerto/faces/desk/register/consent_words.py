"""Purposes, answers and notices in words, and what an entry about them says."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from concerto.journal.kinds.consents import Consent1

Words = dict[str, str | Promise]

PURPOSES: Words = {
    "card": pgettext_lazy("purpose", "Keeping a card of the household"),
    "phone": pgettext_lazy("purpose", "Keeping a telephone number and calling"),
    "places": pgettext_lazy("purpose", "Writing down usual places by season"),
    "pass_on": pgettext_lazy("purpose", "Passing what it told to an office"),
    "apply": pgettext_lazy("purpose", "Using its papers to apply for it"),
    "publish": pgettext_lazy("purpose", "Being named in a notice or a report"),
}
ANSWERS: Words = {
    "agreed": pgettext_lazy("consent", "Agreed"),
    "declined": pgettext_lazy("consent", "Does not agree"),
    "withdrawn": pgettext_lazy("consent", "Taken back"),
    "not_asked": pgettext_lazy("consent", "Not asked yet"),
}
LANGUAGES: Words = {
    "chinese": pgettext_lazy("notice language", "Chinese"),
    "kazakh": pgettext_lazy("notice language", "Kazakh"),
    "other": pgettext_lazy("notice language", "Another language"),
}
INTERPRETERS: Words = {
    "nobody": pgettext_lazy("interpreter", "Nobody"),
    "family": pgettext_lazy("interpreter", "Somebody of the family"),
    "neighbour": pgettext_lazy("interpreter", "A neighbour"),
    "cadre": pgettext_lazy("interpreter", "A cadre"),
    "other": pgettext_lazy("interpreter", "Somebody else"),
}


def notice_words(language: str, interpreted: str, *, read_aloud: bool) -> list[str]:
    """Say how somebody was told what it is for, part by part."""
    if not language:
        return []
    said = [gettext("told in: {language}").format(language=LANGUAGES[language])]
    if interpreted != "nobody":
        said.append(gettext("interpreted by: {who}").format(who=INTERPRETERS[interpreted]))
    return [*said, gettext("read aloud")] if read_aloud else said


def consent_facts(body: Consent1) -> Iterator[tuple[str | Promise, str]]:
    """Say what was answered to which purpose, and how they had been told of it."""
    yield pgettext_lazy("consent", "What for"), str(PURPOSES[body.purpose])
    yield pgettext_lazy("consent", "What they said"), str(ANSWERS[body.answer])
    for words in notice_words(body.language or "", body.interpreted, read_aloud=body.read_aloud):
        yield pgettext_lazy("consent", "Notice"), words
