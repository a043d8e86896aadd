"""All settings, safe as they stand; what an operator may change is read by the readers of `environment`.

CONCERTO_HOME         the folder everything lies in; `var/` of this checkout when unset
CONCERTO_TAIL         where what was filed is kept outside the database; the home's tail/ when unset
DATABASE_URL          a PostgreSQL address; the home's SQLite file when unset
CONCERTO_SECRET_KEY   signs sessions; a file of the home when unset
CONCERTO_HOSTS        names this server answers to, between commas
CONCERTO_HTTPS        1 behind a proxy that speaks HTTPS: cookies are then sent nowhere else
CONCERTO_RESIDENT     the address residents reach, printed on slips; the office's own when unset
CONCERTO_PRACTICE     1 for the practice world, which looks different on every page
CONCERTO_DEBUG        1 on a developer's machine, never where people work
"""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .environment import env_flag, env_folder, env_list, env_text
from .home import database, open_home, secret_key

django_stubs_ext.monkeypatch()

CHECKOUT = Path(__file__).resolve().parents[3]
CONCERTO_HOME = open_home(env_folder("CONCERTO_HOME", CHECKOUT / "var"))
CONCERTO_TAIL = env_folder("CONCERTO_TAIL", CONCERTO_HOME / "tail")  # on another disk where there is one
PRACTICE = env_flag("CONCERTO_PRACTICE")
DEBUG = env_flag("CONCERTO_DEBUG")
RESIDENT_ADDRESS = env_text("CONCERTO_RESIDENT")
HTTPS = env_flag("CONCERTO_HTTPS")
SECRET_KEY = env_text("CONCERTO_SECRET_KEY") or secret_key(CONCERTO_HOME)
ALLOWED_HOSTS = env_list("CONCERTO_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

# ---------------------------------------------------------------- how it is put together

INSTALLED_APPS = [
    "concerto.places",
    "concerto.journal",
    "concerto.register",
    "concerto.parts.study",
    "concerto.parts.branch",
    "concerto.parts.visits",
    "concerto.parts.disputes",
    "concerto.parts.assistance",
    "concerto.conductor",
    "concerto.papers",
    "concerto.faces.desk",  # before allauth: its templates are asked first
    "concerto.faces.field",
    "concerto.faces.resident",
    "concerto.faces.files",
    "concerto.config.apps.StaticConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "concerto.config.closing.ClosedWhileRestoring",  # in the reader's language, and before anything asks the database
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "concerto.config.headers.Discretion",
    "concerto.faces.desk.gate.SignInFirst",  # a page is closed unless it says otherwise
    "concerto.faces.desk.gate.SightMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as it asks
]

ROOT_URLCONF = "concerto.config.urls"
WSGI_APPLICATION = "concerto.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "concerto.faces.desk.frame.frame",
            ]
        },
    }
]

FORM_RENDERER = "concerto.faces.desk.selects.Renderer"

# ---------------------------------------------------------------- where it is kept

DATABASES = {"default": database(env_text("DATABASE_URL"), CONCERTO_HOME)}

FILE_UPLOAD_TEMP_DIR = open_home(CONCERTO_HOME / "uploads")  # under the home, so that an erasure reaches it
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# ---------------------------------------------------------------- who comes in

AUTH_USER_MODEL = "places.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("name", "called")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "concerto.config.doors.Doors"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # one defence, axes: a second one locks out from everywhere

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "协奏 Concerto"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # others behind the same address are not locked out
AXES_USERNAME_CALLABLE = (
    "concerto.config.doors.name_tried"  # left alone, axes looks in the wrong field and counts nobody
)
AXES_LOCKOUT_CALLABLE = "concerto.config.doors.knocked_too_often"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # nobody's sign-ins are listed anywhere
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "csrfmiddlewaretoken", "secret", "password", "again"]
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "concerto_practice" if PRACTICE else "concerto"
SESSION_COOKIE_AGE = 10 * 60 * 60  # a working day
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{SESSION_COOKIE_NAME}_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

# ---------------------------------------------------------------- what a browser is told

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: the picture of a second factor, drawn by the server
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = CHECKOUT / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "concerto.config.static.ModuleStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# ---------------------------------------------------------------- words and days

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "concerto_language"
LANGUAGE_COOKIE_AGE = 365 * 86_400  # chosen once; a session's end takes no language away
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = sorted(room for room in (CHECKOUT / "locale").glob("*") if room.is_dir())
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = "concerto.config.formats"

# ---------------------------------------------------------------- what is logged: where it failed, never about whom

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "concerto.config.logs.WithoutWords", "format": "{levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},  # 404 is no news
        "axes": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
