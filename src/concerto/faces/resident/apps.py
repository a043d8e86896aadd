"""Names this package to Django."""

from django.apps import AppConfig


class ResidentConfig(AppConfig):
    """The app `resident`."""

    name = "concerto.faces.resident"
    label = "resident"
