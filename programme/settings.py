"""Settings of the portal, all of them, read from the environment and safe unless told otherwise.

`bin/start` sets what it needs for the loopback address; `docs/running.md` lists all of them. A wrong or
missing value stops the start with a sentence that names it.
"""

import re
from pathlib import Path

import dj_database_url
import pghistory
import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from programme import environment

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What the environment says ---------------------------------------------------------------------------

LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"}

SECRET_KEY = environment.text("PORTAL_SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("PORTAL_SECRET_KEY is shorter than 50 characters. Make a longer one.")

DEBUG = environment.yes_or_no("PORTAL_DEBUG", default=False)
ALLOWED_HOSTS = [host.strip() for host in environment.text("PORTAL_HOSTS").split(",") if host.strip()]
if not ALLOWED_HOSTS or any("*" in host for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("PORTAL_HOSTS must name the portal's hosts, separated by commas, without “*”.")

# Plain http is for the loopback address alone: no secure cookies, no redirect, no HSTS there.
PLAIN_HTTP = environment.yes_or_no("PORTAL_PLAIN_HTTP", default=False)
if PLAIN_HTTP and not set(ALLOWED_HOSTS) <= LOOPBACK_HOSTS:
    raise ImproperlyConfigured(
        "PORTAL_PLAIN_HTTP is “yes”, but PORTAL_HOSTS names more than the loopback address. "
        "Serve other hosts over https."
    )

if DEBUG and not PLAIN_HTTP:
    raise ImproperlyConfigured(
        "PORTAL_DEBUG is “yes”: it shows the portal's inside. Only on the loopback address."
    )

# How many reverse proxies of ours stand before the portal: what they say of the client is believed.
PROXIES = environment.whole_number("PORTAL_PROXIES", default=0)

# The sample's people sign in by one click, and its day is pinned. Neither may happen in production.
SAMPLE = environment.yes_or_no("PORTAL_SAMPLE", default=False)
TODAY = environment.date("PORTAL_TODAY")
if SAMPLE and not PLAIN_HTTP:
    raise ImproperlyConfigured(
        "PORTAL_SAMPLE is “yes”, but the sample is served on the loopback address only."
    )
if TODAY and not SAMPLE:
    raise ImproperlyConfigured("PORTAL_TODAY is set, but only the sample may pin the day.")

# The portal's own address, as papers print it and the links of mails begin.
ADDRESS = environment.text("PORTAL_ADDRESS", f"http{'' if PLAIN_HTTP else 's'}://{ALLOWED_HOSTS[0]}")

VAR_DIR = Path(environment.text("PORTAL_VAR", str(BASE_DIR / "var")))

# --- The portal ------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "programme",
    "priorities",
    "workgroups",
    "reporting",
    "programme.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tables2",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    "translated_fields",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "programme.middleware.LoggingMiddleware",
    "programme.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "programme.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "programme.middleware.SignedInMiddleware",
    "programme.middleware.SessionRenewalMiddleware",
    "programme.middleware.PrivacyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "programme.middleware.HistoryMiddleware",
    "programme.middleware.NotAPageMiddleware",
]

ROOT_URLCONF = "programme.urls"
WSGI_APPLICATION = "programme.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["programme.templatetags.portal"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "programme.context.portal",
            ],
        },
    },
]
DJANGO_TABLES2_TEMPLATE = "_table.html"
FORM_RENDERER = "programme.forms.PortalFormRenderer"

DATABASE_URL = environment.text("DATABASE_URL")
if not DATABASE_URL.startswith(("postgresql://", "postgres://")):
    raise ImproperlyConfigured(
        "DATABASE_URL must begin with “postgresql://”. The portal runs on no other database."
    )
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
# In the database, for all processes and machines: what counts wrong passwords must count them together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "programme.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workgroups:desk"
LOGOUT_REDIRECT_URL = "front-page"

ACCOUNT_ADAPTER = "programme.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
# To an address without an account no mail goes: it would invite to sign up, which nobody can.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_RATE_LIMITS = {"login_failed": "20/15m/ip,5/15m/key"}

# --- Language and formats --------------------------------------------------------------------------------

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "programme" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
FORMAT_MODULE_PATH = ["programme.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
USE_THOUSAND_SEPARATOR = True

# --- Files -----------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "files"

# Megabytes; reports made elsewhere and evidence alike. Of what is larger no more is kept than shows it.
LARGEST_FILE = environment.whole_number("PORTAL_LARGEST_FILE", default=20) * 1024 * 1024
if not 1 <= LARGEST_FILE // (1024 * 1024) <= 100:
    raise ImproperlyConfigured(
        "PORTAL_LARGEST_FILE must be between 1 and 100: megabytes, kept in the database."
    )
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "programme.attachments.uploads.BoundedUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# The table of a budget sends a cell of every cost centre, account and year.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# The virus scanner, where there is one: clamd on a socket of this machine or of the net.
SCANNER = environment.text("PORTAL_SCANNER", "")
if SCANNER and not re.fullmatch(r"unix:/.+|tcp:[^:\s]+:\d{1,5}|tcp:\[[0-9a-fA-F:]+\]:\d{1,5}", SCANNER):
    raise ImproperlyConfigured(
        f"PORTAL_SCANNER is “{SCANNER}”. It must be such as unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310."
    )

# --- Security --------------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not PLAIN_HTTP
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
# Without a proxy of ours anybody could send this header and be taken to have come over https.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES and not PLAIN_HTTP else None
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "programme.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "manifest-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

# --- Trail -----------------------------------------------------------------------------------------------

# Triggers are put in place at the end of every `migrate`, all of them in a second: as migrations of their own
# they made a first start a minute and a half longer.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

# --- Mail, jobs, logs ------------------------------------------------------------------------------------

# What a worker imports as it starts: one without the libraries of its engine says so at once, not at a job.
PROCRASTINATE_IMPORT_PATHS = ["reporting.rendering"]

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = environment.text("PORTAL_MAIL_HOST", "")
EMAIL_USE_TLS = environment.yes_or_no("PORTAL_MAIL_TLS", default=True)
EMAIL_PORT = environment.whole_number("PORTAL_MAIL_PORT", default=587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER = environment.text("PORTAL_MAIL_USER", "")
EMAIL_HOST_PASSWORD = environment.text("PORTAL_MAIL_PASSWORD", "")
EMAIL_TIMEOUT = 20
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    if not 0 < EMAIL_PORT < 65536:
        raise ImproperlyConfigured(f"PORTAL_MAIL_PORT is “{EMAIL_PORT}”. A port is between 1 and 65535.")
elif EMAIL_HOST_USER or EMAIL_HOST_PASSWORD:
    raise ImproperlyConfigured(
        "PORTAL_MAIL_USER or PORTAL_MAIL_PASSWORD is set, but PORTAL_MAIL_HOST is not: no mail would be sent."
    )
if bool(EMAIL_HOST_USER) != bool(EMAIL_HOST_PASSWORD):
    raise ImproperlyConfigured("PORTAL_MAIL_USER and PORTAL_MAIL_PASSWORD go together. Set both or neither.")
if EMAIL_HOST_PASSWORD and not EMAIL_USE_TLS:
    raise ImproperlyConfigured(
        "PORTAL_MAIL_TLS is “no”, but PORTAL_MAIL_PASSWORD is set: anybody on the way could read it."
    )
# A real server refuses mail from nowhere, and nobody would see that it did: there the sender is demanded.
DEFAULT_FROM_EMAIL = environment.text("PORTAL_MAIL_FROM", None if EMAIL_HOST else "punos@localhost")
if "@" not in DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured(f"PORTAL_MAIL_FROM is “{DEFAULT_FROM_EMAIL}”. It must be an e-mail address.")

LOG_LEVEL = environment.one_of("PORTAL_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO")
SHARED_LOG_PROCESSORS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.format_exc_info,
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": SHARED_LOG_PROCESSORS,
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
    },
}
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *SHARED_LOG_PROCESSORS,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
