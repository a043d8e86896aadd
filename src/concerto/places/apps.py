"""Names this package to Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The app `places`."""

    name = "concerto.places"
    label = "places"
