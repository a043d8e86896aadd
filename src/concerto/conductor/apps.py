"""Names this package to Django."""

from django.apps import AppConfig


class ConductorConfig(AppConfig):
    """The app `conductor`."""

    name = "concerto.conductor"
    label = "conductor"
