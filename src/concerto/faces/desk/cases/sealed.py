"""The notes of a case that stay closed: of a session, of one side alone, of a return visit. Who wrote them reads them;
whoever else may, says why in one line, and that is noted."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.cases import words
from concerto.faces.desk.cases.dossier import Dossier
from concerto.journal.kinds.case_steps import CaseReturnVisit1, CaseSession1
from concerto.journal.said import Body

OPENED = "case_words"  # under what such an opening is noted


@dataclass(frozen=True)
class Note:
    """One sealed note as a reader meets it: its words, or closed until they say why; else only that it is there."""

    digest: str
    title: str | Promise
    audience: str | Promise
    words: str = ""
    may_open: bool = False
    is_gone: bool = False


def notes_of(dossier: Dossier, body: Body | None, *, opened: str = "") -> Iterator[Note]:
    """Give the sealed notes of one entry; `opened` is the digest just asked for."""
    for digest, title, side in _named(body):
        author = dossier.authors.get(digest)
        part = dossier.parts.get(digest)
        may = dossier.reads
        if side and author is not None:
            may = may and dossier.life.reads_notes(side, author, dossier.account.id)
        audience = words.READ_BY_ME if side else words.READ_BY
        if side:
            audience = _("who wrote it; a later mediator once that side agrees")
        mine = author == dossier.account.id and dossier.opens
        shown = part is not None and (mine or (may and digest == opened))
        text = part.text if part is not None and shown else ""
        yield Note(digest, title, audience, text, may and not text and part is not None, is_gone=part is None)


def _named(body: Body | None) -> Iterator[tuple[str, str | Promise, str]]:
    """Name the closed notes of a body: digest, title, and of which side alone."""
    if isinstance(body, CaseSession1):
        yield body.record, pgettext_lazy("case note", "What was said"), ""
        for note in body.notes:
            yield note.words, _SAID_ALONE[note.side], note.side
    if isinstance(body, CaseReturnVisit1):
        yield body.words, pgettext_lazy("case note", "Whether they are content"), ""
        if body.hidden:
            yield body.hidden, pgettext_lazy("case note", "What may still smoulder"), ""


_SAID_ALONE: dict[str, str | Promise] = {
    "a": pgettext_lazy("case note", "Side A, said alone"),
    "b": pgettext_lazy("case note", "Side B, said alone"),
    "third": pgettext_lazy("case note", "A third party, said alone"),
}
