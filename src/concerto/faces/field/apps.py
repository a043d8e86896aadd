"""Names this package to Django."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """The app `field`."""

    name = "concerto.faces.field"
    label = "field"
