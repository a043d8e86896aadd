"""The addresses of cases: the board, taken in, settled on the spot, one case and its steps."""

from django.urls import path

from concerto.faces.desk.cases import (
    attachments,
    board,
    case,
    intake,
    openings,
    printed,
    seals,
    spot,
    statistics,
    steps,
    undo,
)

urlpatterns = [
    path("cases/", board.board, name="cases"),
    path("cases/numbers/", statistics.show, name="cases-numbers"),
    path("cases/new/", intake.new, name="case-new"),
    path("cases/spot/", spot.spot, name="spot"),
    path("requests/cases/", openings.by_number, name="case-opened"),
    path("cases/seals/", seals.seals, name="case-seals"),
    path("cases/seals/<uuid:case>/", seals.seal, name="case-seal"),
    path("cases/seals/<uuid:entry>/back/", seals.seal_back, name="case-seal-back"),
    path("cases/<uuid:case>/", case.case, name="case"),
    path("cases/<uuid:case>/openings/", openings.answer, name="case-openings"),
    path("cases/<uuid:case>/words/<slug:digest>/", case.case_words, name="case-words"),
    path("cases/<uuid:case>/undo/<uuid:entry>/", undo.undo, name="case-undo"),
    path("cases/<uuid:case>/papers/", attachments.attachments, name="case-attachments"),
    path("cases/<uuid:case>/papers/<slug:digest>/", attachments.attachment, name="case-attachment"),
    path("cases/<uuid:case>/agreement/", printed.agreement, name="case-agreement"),
    path("cases/<uuid:case>/letter/", printed.letter, name="case-letter"),
    path("cases/<uuid:case>/<slug:act>/", steps.step, name="case-step"),
]
