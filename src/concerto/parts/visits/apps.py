"""Names this package to Django."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """The app `visits`."""

    name = "concerto.parts.visits"
    label = "visits"
