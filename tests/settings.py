"""The settings of a test run: a home of its own, and the engine that ENGINE names."""

import atexit
import os
import shutil
import tempfile

_HOME = tempfile.mkdtemp(prefix="concerto-test-")
_MADE_BY = os.getpid()


@atexit.register
def _leave_nothing() -> None:
    if os.getpid() == _MADE_BY:  # not in a process that a test forked
        shutil.rmtree(_HOME, ignore_errors=True)


os.fsync = lambda handle: None  # nothing here outlives the run, so nothing needs to reach the disk
os.environ["CONCERTO_HOME"] = _HOME
os.environ.pop("DATABASE_URL", None)
if os.environ.get("ENGINE", "sqlite") == "postgres":
    os.environ["DATABASE_URL"] = os.environ["POSTGRES_URL"]

from concerto.config.settings import *  # noqa: E402, F403
from concerto.config.settings import CONCERTO_HOME, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = CONCERTO_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
if os.environ.get("STATIC") != "hashed":  # journeys collect first, and serve what is served
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_AUTOREFRESH = True
