"""The settings of service whole, hashed names and joined files too; what was collected lies in the home of the run."""

from concerto.config.settings import *  # noqa: F403
from concerto.config.settings import CONCERTO_HOME

STATIC_ROOT = CONCERTO_HOME / "static"
