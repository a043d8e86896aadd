"""The addresses of leads that live, and of the screening of a village."""

from django.urls import path

from concerto.faces.desk.leads import listed, screening

urlpatterns = [
    path("leads/", listed.leads, name="leads"),
    path("screenings/new/", screening.new, name="screening-new"),
    path("screenings/<uuid:entry>/correct/", screening.correct, name="screening-correct"),
]
