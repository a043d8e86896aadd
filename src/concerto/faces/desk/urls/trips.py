"""The addresses of the week's ways. Whom one leaves out stands in them as ids, and nothing of it is kept."""

from django.urls import path

from concerto.faces.desk.trips import trips

urlpatterns = [
    path("trips/", trips.trips, name="trips"),
    path("trips/<uuid:first>/sheet/", trips.sheet, name="trip-sheet"),
]
