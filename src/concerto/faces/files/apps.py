"""Names this package to Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The app `files`."""

    name = "concerto.faces.files"
    label = "files"
