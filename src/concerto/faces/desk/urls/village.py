"""The addresses of what is known of a village. Places stand in them, no words."""

from django.urls import path

from concerto.faces.desk.village import recording, sheet

urlpatterns = [
    path("facts/", sheet.facts, name="facts"),
    path("facts/<uuid:village>/", sheet.fact_sheet, name="fact-sheet"),
    path("facts/<uuid:village>/new/", recording.new, name="fact-new"),
    path("facts/correct/<uuid:entry>/", recording.correct, name="fact-correct"),
]
