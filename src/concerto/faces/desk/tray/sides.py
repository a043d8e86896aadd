"""Both sides of a clash that is decided as a whole: what each entry says, in words, whom it is of and on which day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.cases.saying import CASE_BODIES, case_facts
from concerto.faces.desk.needs.saying import NEED_BODIES, need_facts
from concerto.faces.desk.register.consent_words import consent_facts
from concerto.faces.desk.suggestions.words import STATES
from concerto.faces.desk.tray.clash_words import texts_of
from concerto.faces.desk.tray.clashes import Clash
from concerto.faces.desk.village.saying import village_facts
from concerto.journal.kinds.case_attachments import CaseAttachment1
from concerto.journal.kinds.consents import Consent1
from concerto.journal.kinds.suggestions import SuggestionReply1
from concerto.journal.kinds.village_facts import FactConfirmed1, VillageFact1
from concerto.journal.said import HOME, Body, Wording
from concerto.papers.naming import accounts_named

TOLD_IN_WORDS = (*NEED_BODIES, *CASE_BODIES, VillageFact1, FactConfirmed1, Consent1, SuggestionReply1)


@dataclass(frozen=True)
class Side:
    """What one of them wrote: who, as of which day, the terms and words of it, and its sealed words where one may
    read them here."""

    author: UUID
    by: str
    on: date
    facts: tuple[tuple[str | Promise, str], ...]
    words: str = ""


def sides(found: Clash) -> tuple[Side, tuple[Side, ...]] | None:
    """Give what was written and each of what it met; nothing for what is chosen field by field, or has no words here.

    Sealed words are shown to their author alone: those of the other side open on the page of what they are about.
    """
    if found.can_choose or not isinstance(found.body, TOLD_IN_WORDS):
        return None
    theirs = [one for one in found.met() if isinstance(one.body, TOLD_IN_WORDS) and found.may_tell(one.body)]
    if not theirs:
        return None
    accounts = {found.said.author, *(one.said.author for one in theirs)} - {HOME}
    bodies = [found.body, *(one.body for one in theirs if one.body)]
    named = (getattr(body, name, None) for body in bodies for name in ("owner", "account"))
    owners = {owner for owner in named if isinstance(owner, UUID)}
    called = {**found.called, **accounts_named(accounts | owners)}
    own = found.texts if found.row.author == found.sight.account else {}
    return (
        _side(found.said.author, found.said.happened_on, found.body, called, own),
        tuple(_side(one.said.author, one.said.happened_on, one.body, called, _read(one)) for one in theirs),
    )


def _read(theirs: Wording) -> dict[str, str]:
    """Give the sealed words of another side that are its reader's as well: the desks of a township answer as one."""
    return texts_of(theirs) if isinstance(theirs.body, SuggestionReply1) else {}


def _side(author: UUID, on: date, body: Body | None, called: dict[UUID, str], texts: dict[str, str]) -> Side:
    by = gettext("an import") if author == HOME else called.get(author, gettext("somebody"))
    said = "" if isinstance(body, SuggestionReply1 | CaseAttachment1) else " ".join(texts.values())
    return Side(author, by, on, tuple(_facts(body, called, texts)), said)


def _facts(body: Body | None, called: dict[UUID, str], texts: dict[str, str]) -> Iterator[tuple[str | Promise, str]]:
    if isinstance(body, SuggestionReply1):
        yield pgettext("suggestion", "What became of it"), str(STATES[body.state])
        if body.to:
            yield gettext("To whom it was passed on"), texts.get(body.to, gettext("erased"))
        if body.words:
            yield gettext("What they are told"), texts.get(body.words, gettext("erased"))
    elif isinstance(body, VillageFact1):
        yield from village_facts(body)
    elif isinstance(body, FactConfirmed1):
        yield gettext("What"), pgettext("entry", "A fact is still so")
    elif isinstance(body, Consent1):
        yield from consent_facts(body)
    elif isinstance(body, CASE_BODIES):
        yield from case_facts(body, lambda one: called.get(one, ""))
    else:
        yield from need_facts(body, lambda one: called.get(one, ""))
