"""Names this package to Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The app `journal`."""

    name = "concerto.journal"
    label = "journal"
