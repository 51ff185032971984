"""Settings, from the environment. Everything has a default that works on one machine."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from environs import Env

from ocop.core import zone

env = Env()
BASE = Path(__file__).parent

# --- State -------------------------------------------------------------------------------------
DATA_DIR = Path(env.str("OCOP_DATA_DIR", "var")).absolute()


def _secret_key() -> str:
    """The key from the environment, else one made once and kept beside the data."""
    if given := env.str("OCOP_SECRET_KEY", ""):
        return given
    path = DATA_DIR / "secret-key"
    if path.exists():
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
    except FileExistsError:
        return path.read_text().strip()
    except OSError:
        return key  # a read-only folder: commands that need no state still work
    return key


SECRET_KEY = _secret_key()
DEBUG = env.bool("OCOP_DEBUG", False)
BASE_URL = env.str("OCOP_BASE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# What stands on stamps: host and scheme of the address, without a path. Printed, so it must go on
# answering for as long as goods are sold.
OCOP_STAMP_URL = env.str("OCOP_STAMP_URL", BASE_URL)
#: By these names it is asked: those that are told, and those it gives out itself.
ALLOWED_HOSTS = [
    *env.list("OCOP_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"]),
    *(host for each in (BASE_URL, OCOP_STAMP_URL) if (host := urlsplit(each).hostname)),
]
# Where scans are written: a file, or a database of PostgreSQL.
OCOP_SCANS = env.str("OCOP_SCANS", str(DATA_DIR / "scans.sqlite3"))
# How many proxies of one's own stand in front, each adding to X-Forwarded-For whom it answers.
OCOP_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("OCOP_PROXIES", 0)
# A header in which such a proxy tells the province of an address, by its code of two digits.
OCOP_PLACE_HEADER = env.str("OCOP_PLACE_HEADER", "").lower()
# Months of scans as Parquet, for questions that nobody foresaw.
OCOP_SCAN_FILES = Path(env.str("OCOP_SCAN_FILES", str(DATA_DIR / "scans")))

# Links to shops elsewhere are looked at by the worker; off where it may not reach out.
OCOP_LINK_CHECKS = env.bool("OCOP_LINK_CHECKS", True)
OCOP_LINK_LOOPBACK = env.bool("OCOP_LINK_LOOPBACK", False)  # only for tests: shops on this machine

# --- Application -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "ocop",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "leaflet",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ocop.web.middleware.readable",
    "ocop.web.middleware.reading",
    "ocop.api.demonstration.marked",
    "ocop.api.epcis.answers.marked",
    "ocop.web.sameness.unvaried",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ocop.web.languages.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ocop.web.middleware.actor",
    "ocop.web.middleware.second_factor",
    "ocop.web.kept.forms",
    "ocop.web.middleware.refusals",
    "ocop.api.problems.only_problems",
    "ocop.api.requests.heads",
]
ROOT_URLCONF = "ocop.urls"
WSGI_APPLICATION = "ocop.wsgi.application"
ASGI_APPLICATION = "ocop.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ocop.web.context.site",
            ],
            "libraries": {
                "ocop": "ocop.web.templatetags.ocop",
                "network": "ocop.web.templatetags.network",
                "council_desk": "ocop.web.templatetags.council_desk",
            },
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "ocop.web.templatetags.ocop",
                "ocop.web.templatetags.network",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data --------------------------------------------------------------------------------------
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR}/ocop.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # It waits for its turn in another way. Under its usual name tests would have it in memory.
    DATABASES["default"] |= {"ENGINE": "ocop.core.sqlite", "TEST": {"NAME": ":memory:"}}
    # The log of writes is brought into the file by the worker (`db.shorten_log`), not by a commit
    # that somebody waits for, unless it has grown to 80 MB.
    # Pages are read from the mapped file; the cache, one for each connection, holds what is being
    # written. A larger one made nothing faster and an import of 100,000 rows pass 500 MB.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
        "PRAGMA wal_autocheckpoint=20000;",
    }
# A thread keeps its connection from one request to the next.
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
MEDIA_ROOT = DATA_DIR / "files"
# Private keys: whoever gets a copy of the database must not get these with it.
OCOP_KEYS_DIR = Path(env.str("OCOP_KEYS_DIR", str(DATA_DIR / "keys")))
# The public register as files; any server of static files may serve this folder (see `ocop.web`).
OCOP_PUBLIC_REGISTER_DIR = Path(
    env.str("OCOP_PUBLIC_REGISTER_DIR", str(DATA_DIR / "public-register"))
)
# Its name in every signature: host and path without a scheme. It must never change again.
OCOP_REGISTER_ORIGIN = env.str("OCOP_REGISTER_ORIGIN", "")
FILTERS_EMPTY_CHOICE_LABEL = _("Tất cả")
OCOP_MAX_UPLOAD = env.int("OCOP_MAX_UPLOAD", 25_000_000)  # bytes
OCOP_MAX_REQUEST = env.int("OCOP_MAX_REQUEST", 10 * OCOP_MAX_UPLOAD)  # a form with all its files
DATA_UPLOAD_MAX_MEMORY_SIZE = OCOP_MAX_UPLOAD
# What is too large is let past without being kept; the page then says so.
FILE_UPLOAD_HANDLERS = [
    "ocop.web.files.Capped",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Attempts at signing in and codes used once are counted for all processes together; addresses and
# logins are in no name of an entry (see there).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "ocop_cache",
        "KEY_FUNCTION": "ocop.web.limits.cache_key",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE / "locale"]
#: Days are read as dd/mm/yyyy or ISO in both languages, see there.
FORMAT_MODULE_PATH = "ocop.core.formats"
LANGUAGE_COOKIE_NAME = "ocop_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = zone.NAME
USE_TZ = True
USE_I18N = True

# --- Static files ------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60

# --- People and security -----------------------------------------------------------------------
AUTH_USER_MODEL = "ocop.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1*"]
ACCOUNT_ADAPTER = "ocop.web.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PHONE_VERIFICATION_ENABLED = False  # numbers are entered by the administrator
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
# A council signs in from one hall, behind one address: guessing is stopped at the login guessed.
ACCOUNT_RATE_LIMITS = {"login": "200/m/ip", "login_failed": "60/m/ip,5/5m/key"}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody can sign up with another's address: sign-up is closed
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "OCOP"
CSRF_FAILURE_VIEW = "ocop.web.errors.stale_form"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = env.bool("OCOP_HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
OCOP_TRUST_DIR = env.str("OCOP_TRUST_DIR", str(DATA_DIR / "trust"))  # see recognition.signatures
MAP_TILES = env.str("OCOP_MAP_TILES", "")  # address with {z}/{x}/{y}; empty: a map without tiles
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", *([MAP_TILES.split("{")[0]] if MAP_TILES else [])],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Mail and logs -----------------------------------------------------------------------------
EMAIL_HOST = env.str("OCOP_EMAIL_HOST", "")
EMAIL_PORT = env.int("OCOP_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("OCOP_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("OCOP_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.bool("OCOP_EMAIL_TLS", True)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("OCOP_EMAIL_FROM", "ocop@localhost")
# The class that sends by a channel; empty: the channel is not offered (see people.channels).
OCOP_CHANNELS = {
    "email": "ocop.people.channels.mail.Mail" if EMAIL_HOST else "",
    "sms": env.str("OCOP_SMS", ""),
    "zalo": env.str("OCOP_ZALO", ""),
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("OCOP_LOG_LEVEL", "WARNING")},
    "filters": {"line": {"()": "ocop.core.logs.Line"}},
    # A file with a broken or unknown signature is an answer for its page, no fault of the server.
    # A name that is not ours is told in a line: anybody can send one, as often as he likes.
    "loggers": {
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
        "django.security.DisallowedHost": {"filters": ["line"]},
    },
}
