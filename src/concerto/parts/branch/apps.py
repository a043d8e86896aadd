"""Names this package to Django."""

from django.apps import AppConfig


class BranchConfig(AppConfig):
    """The app `branch`."""

    name = "concerto.parts.branch"
    label = "branch"
