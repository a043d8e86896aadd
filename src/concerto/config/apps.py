"""Django's static files, less those that nobody here serves."""

from typing import ClassVar

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticConfig(StaticFilesConfig):
    """Leaves out the other editions of htmx: one of them names a file that is not there, which stops collecting."""

    ignore_patterns: ClassVar = [
        *StaticFilesConfig.ignore_patterns,
        "django_htmx/ext/*",
        "htmx-4*",
        "htmax-4*",
        "htmx-2.js",
    ]
