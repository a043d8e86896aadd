"""Names this package to Django."""

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    """The app `assistance`."""

    name = "concerto.parts.assistance"
    label = "assistance"
