"""Names this package to Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The app `desk`."""

    name = "concerto.faces.desk"
    label = "desk"
