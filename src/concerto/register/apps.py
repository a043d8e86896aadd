"""Names this package to Django."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The app `register`."""

    name = "concerto.register"
    label = "register"
