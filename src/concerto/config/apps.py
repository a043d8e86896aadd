"""Django's static files, less those that nobody here serves."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticConfig(StaticFilesConfig):
    """Leaves out the other editions of htmx: one of them names a file that is not there, which stops collecting."""

    ignore_patterns = [  # noqa: RUF012  (declared so by Django)
        *StaticFilesConfig.ignore_patterns,
        "django_htmx/ext/*",
        "htmx-4*",
        "htmax-4*",
        "htmx-2.js",
    ]
