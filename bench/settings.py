"""The settings of a measuring run: those of service, but for the hashed names of static files."""

from concerto.config.settings import *  # noqa: F403
from concerto.config.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
