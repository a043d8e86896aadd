"""Names this package to Django."""

from django.apps import AppConfig


class StudyConfig(AppConfig):
    """The app `study`."""

    name = "concerto.parts.study"
    label = "study"
