"""Names this package to Django."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The app `papers`."""

    name = "concerto.papers"
    label = "papers"
