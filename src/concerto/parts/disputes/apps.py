"""Names this package to Django."""

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """The app `disputes`."""

    name = "concerto.parts.disputes"
    label = "disputes"
