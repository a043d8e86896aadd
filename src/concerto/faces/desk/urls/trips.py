"""The addresses of the week's ways. Who is left out of a week, and taken in again, is a row of one's own."""

from django.urls import path

from concerto.faces.desk.trips import trips

urlpatterns = [
    path("trips/", trips.trips, name="trips"),
    path("trips/<uuid:house>/not-this-week/", trips.leave, name="trip-leave-out"),
    path("trips/<uuid:house>/this-week/", trips.take, name="trip-take-in"),
    path("trips/<uuid:first>/sheet/", trips.sheet, name="trip-sheet"),
]
