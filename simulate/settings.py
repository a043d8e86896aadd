"""The settings of a simulated home: those of service, on a database in memory unless DATABASE_URL names one."""

from concerto.config.settings import *  # noqa: F403
from concerto.config.settings import DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = ":memory:"  # the very engine; a copy of it costs a millisecond
    DATABASES["default"]["OPTIONS"] = {**DATABASES["default"]["OPTIONS"], "cached_statements": 2000}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
