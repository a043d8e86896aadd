"""The paper for an office that has no desk here: what is asked, and room for its answer. It names nobody.

What the sender wrote is sealed: it is put on the paper where the household agreed that it is passed on, when somebody
says so, and that it was opened is noted.
"""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs import words
from concerto.faces.desk.needs.matter import Matter, matter_or_404
from concerto.groundwork import clock
from concerto.journal.kinds.words import word
from concerto.journal.models import Sealed
from concerto.places.models import Opening
from concerto.register.slips import serials_of


@open_to(*NEED_READERS)
def paper(request: SignedIn, need: UUID) -> HttpResponse:
    """Show the paper; whoever sent it prints it, and records the answer when it comes back."""
    matter = matter_or_404(request.sight, need)
    if not matter.row.office or not (matter.works_on_it or matter.is_at_reader):
        raise Http404
    digest = next((step.words for step in reversed(matter.steps) if step.kind == "sent"), "")
    may_say = bool(digest) and matter.passing_on == "agreed" and matter.may_read_words
    asked = _opened(request, matter, digest) if may_say and request.method == "POST" else ""
    found = serials_of(matter.row.log, [asker.id for asker in matter.askers])
    context = {
        "matter": matter,
        "office": word(words.ROUTES, matter.row.office),
        "village": matter.units.get(matter.row.unit, ""),
        "serials": [serial for serials in found.values() for serial in serials],
        "may_say": may_say and not asked,
        "asked": asked,
        "today": request.sight.day,
    }
    return render(request, "desk/needs/paper.html", context)


def _opened(request: SignedIn, matter: Matter, digest: str) -> str:
    """Open the words of the sending, and note it."""
    row = matter.row
    texts = Sealed.objects.filter(log=row.log, digest=digest, audience="place").values_list("text", flat=True)
    note = Opening(log=row.log, at=clock.now(), by=request.user.id, what="words", about=row.household, part=digest)
    note.save(force_insert=True)
    return next(iter(texts), "")
