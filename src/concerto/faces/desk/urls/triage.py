"""The addresses of triage and of the leaflet of routes: no answer stands in them."""

from django.urls import path

from concerto.faces.desk.triage import asking, leaflet

urlpatterns = [
    path("triage/", asking.ask, name="triage"),
    path("routes/", leaflet.leaflet, name="routes"),
]
