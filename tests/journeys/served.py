"""The settings of a server of its own: as in service, with the static files that the journeys have collected."""

import os

from concerto.config.settings import *  # noqa: F403

STATIC_ROOT = os.environ["COLLECTED"]
