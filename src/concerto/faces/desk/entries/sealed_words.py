"""The sealed words of a fact: which of them a reader may read, which stay closed until they ask, which are hidden."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from concerto.faces.desk.entries.reading import Fact
from concerto.journal.kinds import words as said
from concerto.journal.kinds.visit import Visit1
from concerto.journal.said import Audience, SealedPart, Wording
from concerto.parts.disputes.posting import LEAD_DAYS
from concerto.places.models import Opening
from concerto.places.sight import Role

AUDIENCE_WORDS: dict[Audience, str | Promise] = {
    Audience.PLACE: pgettext_lazy("audience", "for those who work in its village"),
    Audience.CASE: pgettext_lazy("audience", "for those who handle the case"),
    Audience.DESK: pgettext_lazy("audience", "for its author and the desk alone"),
    Audience.AUTHOR: pgettext_lazy("audience", "for its author alone"),
}
OPEN, CLOSED, OPENED, SEALED, ERASED = "open", "closed", "opened", "sealed", "erased"


@dataclass(frozen=True)
class Words:
    """One sealed part as a reader meets it: open, closed until asked, sealed to them, or erased."""

    digest: str
    title: str
    audience: str
    state: str
    text: str = ""
    about: UUID | None = None

    @property
    def is_shown(self) -> bool:
        """Tell whether the words stand on the page."""
        return self.state in (OPEN, OPENED)


def sealed_words(fact: Fact, *, opened: str = "") -> list[Words]:
    """List the words that stand, as this reader meets them; `opened` is the digest just asked for.

    Words that were withdrawn stand only where the thing they are about outlives the entry.
    """
    standing = set(fact.last.said.sealed)
    outliving = {digest for digest, _title in _titles(fact, fact.words) if _outlives(fact, digest)}
    return [
        _words(fact, fact.words, digest, title, opened)
        for digest, title in _titles(fact, fact.words)
        if digest in standing | outliving
    ]


def hidden_words(fact: Fact, wording: Wording) -> list[Words]:
    """List the words of an earlier wording that no longer stand: only who wrote them still reads them."""
    if wording.said.author != fact.sight.account:
        return []
    shown = {words.digest for words in sealed_words(fact)}
    return [
        Words(digest, title, "", OPEN, part.text)
        for digest, title in _titles(fact, wording)
        if digest not in shown and (part := wording.sealed.get(digest)) is not None
    ]


def readable(fact: Fact) -> frozenset[str]:
    """Name the words that a correction by this reader shows again; others are carried along unseen."""
    wording = fact.last
    return frozenset(digest for digest, part in wording.sealed.items() if _may_read(fact, part, fact.author_of(digest)))


def note_opening(fact: Fact, closed: Words, at: datetime) -> None:
    """Note for the person they are about that this reader opened closed words."""
    log, by = fact.last.said.log, fact.sight.account
    note = Opening(log=log, at=at, by=by, what="words", about=closed.about, part=closed.digest)
    note.save(force_insert=True)


def _words(fact: Fact, wording: Wording, digest: str, title: str, opened: str) -> Words:
    part = wording.sealed.get(digest)
    if part is None:
        return Words(digest, title, "", ERASED)
    author, audience = fact.author_of(digest), str(AUDIENCE_WORDS[part.audience])
    if part.audience is Audience.DESK and fact.has_lapsed(part.about):
        return Words(digest, title, gettext("lapsed after {n} days").format(n=LEAD_DAYS), SEALED)
    if not _may_read(fact, part, author):
        return Words(digest, title, audience, SEALED)
    if author == fact.sight.account:
        return Words(digest, title, audience, OPEN, part.text, part.about)
    if digest == opened:
        return Words(digest, title, audience, OPENED, part.text, _whose(fact, part))
    return Words(digest, title, audience, CLOSED, about=_whose(fact, part))


def _may_read(fact: Fact, part: SealedPart, author: UUID) -> bool:
    sight = fact.sight
    if part.audience is Audience.AUTHOR:
        return author == sight.account
    if part.audience is Audience.DESK:
        return author == sight.account or sight.has(Role.CENTRE_DESK)
    if part.audience is Audience.PLACE and part.about in fact.taken_over:
        return True
    return part.audience is Audience.PLACE and _place_of(fact, part) in sight.near


def _place_of(fact: Fact, part: SealedPart) -> UUID:
    """Give the unit whose people read words for a place: where their household lives now."""
    household = _whose(fact, part)
    return fact.villages_now.get(household, fact.words.said.unit) if household else fact.words.said.unit


def _whose(fact: Fact, part: SealedPart) -> UUID | None:
    """Find the household that words are about; a gathering's note is about none."""
    if part.about in fact.households:
        return part.about
    for wording in reversed(fact.told.texts):
        if isinstance(wording.body, Visit1):
            heard = {need.need: need.household for need in wording.body.needs}
            heard |= {lead.lead: lead.household for lead in wording.body.leads}
            if part.about in heard:
                return heard[part.about]
    return fact.households[0] if len(fact.households) == 1 else None


def _outlives(fact: Fact, digest: str) -> bool:
    wording = fact.words
    return any(
        line.more.get("source_withdrawn") and _is_about(wording, digest, line.id)
        for lines in fact.lines.values()
        for line in lines
    )


def _is_about(wording: Wording, digest: str, thing: UUID) -> bool:
    part = wording.sealed.get(digest)
    return part is not None and part.about == thing


def _titles(fact: Fact, wording: Wording) -> Iterator[tuple[str, str]]:
    """Name the words of a wording in the order they were asked; names and phones are no words."""
    body = wording.body
    if isinstance(body, Visit1):
        yield from _visit_titles(fact, body)
        return
    for rule in body.sealed_parts(wording.said.first) if body else ():
        if rule.is_words:
            yield rule.digest, gettext("Sealed words")


def _visit_titles(fact: Fact, body: Visit1) -> Iterator[tuple[str, str]]:
    if body.change_words:
        yield body.change_words, gettext("What has changed")
    if body.moved_to:
        yield body.moved_to, gettext("Where it lives now")
    for need in body.needs:
        if not fact.speaks_openly_of(need.household):
            continue
        yield need.words, gettext("Need: {sort}").format(sort=said.word(said.NEED_WORDS, need.sort))
    for lead in body.leads:
        if not fact.knows_lead(lead):
            continue
        sort = "" if fact.has_lapsed(lead.lead) else said.word(said.LEAD_WORDS, lead.sort)
        yield lead.words, gettext("Lead: {sort}").format(sort=sort) if sort else gettext("A lead")
    for served in body.matters:
        if served.words:
            yield served.words, said.word(said.MATTER_WORDS, served.sort)
    if body.words:
        yield body.words, gettext("A note")
