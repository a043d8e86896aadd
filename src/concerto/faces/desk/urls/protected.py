"""The addresses of what is noted of somebody hurt or afraid: a list, one of them, what is done for them."""

from django.urls import path

from concerto.faces.desk.protected import intake, pages, steps, undo

urlpatterns = [
    path("named/", pages.listed, name="protected"),
    path("named/new/", intake.new, name="protected-new"),
    path("named/left/", intake.left, name="protected-left"),
    path("named/<uuid:case>/", pages.record, name="protected-record"),
    path("named/<uuid:case>/words/", pages.record_words, name="protected-words"),
    path("named/<uuid:case>/undo/<uuid:entry>/", undo.undo, name="protected-undo"),
    path("named/<uuid:case>/<slug:act>/", steps.step, name="protected-step"),
]
