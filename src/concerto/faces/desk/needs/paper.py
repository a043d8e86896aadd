"""The paper for an office that has no desk here: what is asked, and room for its answer. It names nobody."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs import words
from concerto.faces.desk.needs.matter import matter_or_404
from concerto.journal.kinds.words import word
from concerto.register.slips import serials_of


@open_to(*NEED_READERS)
def paper(request: SignedIn, need: UUID) -> HttpResponse:
    """Show the paper; whoever sent it prints it, and records the answer when it comes back."""
    matter = matter_or_404(request.sight, need)
    if not matter.row.office or not (matter.works_on_it or matter.is_at_reader):
        raise Http404
    found = serials_of(matter.row.log, [asker.id for asker in matter.askers])
    context = {
        "matter": matter,
        "office": word(words.ROUTES, matter.row.office),
        "village": matter.units.get(matter.row.unit, ""),
        "serials": [serial for serials in found.values() for serial in serials],
        "today": request.sight.day,
    }
    return render(request, "desk/needs/paper.html", context)
