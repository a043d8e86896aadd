"""The leaflet of routes on one sheet, in both languages; a blank for the hand where no number holds everywhere."""

from django.http import HttpResponse
from django.shortcuts import render

from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.rulebook.routes import routes, sheet_words
from concerto.rulebook.triage import triage


@open_to(*READERS)
def leaflet(request: SignedIn) -> HttpResponse:
    """Show every route there is; with `keeps` also what both sides leave as it is, a slip for each of them."""
    kept = {end.id: end.keeps for end in triage().ends if end.keeps}
    keeps = kept.get(request.GET.get("keeps", ""))
    context = {"routes": routes().values(), "words": sheet_words(), "keeps": keeps, "sides": "ab"}
    return render(request, "desk/triage/leaflet.html", context)
