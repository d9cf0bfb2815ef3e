"""All settings, read top to bottom, from the environment. `.env.example` lists every variable."""

from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from povtrack.lib.jobs import DEFAULT, RECOMPUTE, ROLLUPS

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")


def required(name: str) -> str:
    """Return the environment variable `name`, or stop with a sentence that says where to find its meaning."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. See .env.example, or run `make demo`.")
    return value


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Plain http on one machine: the demonstration and the tests. Never set it where others can reach the server.
INSECURE_HTTP = env.bool("INSECURE_HTTP", default=False)

# --- Applications -------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "csp",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "pgtrigger",
    "pghistory",
    "health_check",
    "povtrack.accounts",
    "povtrack.feed",
    "povtrack.resent",
    "villages",
    "programmes",
    "funding",
    "povtrack.rollups",
    "povtrack.exports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A county's grid is 1.5 MB of HTML, a tenth of it compressed. Django pads each page at random against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "povtrack.lib.middleware.only_pages_methods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "povtrack.lib.middleware.no_store",
    "povtrack.lib.replica.middleware.ReadFromReplica",  # the last
]

ROOT_URLCONF = "povtrack.urls"
WSGI_APPLICATION = "povtrack.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "povtrack.accounts.context_processors.frame",
                "programmes.context_processors.review",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        **env.db_url_config(required("DATABASE_URL")),
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
}
# A server that follows that one, and the seconds by which it may be behind; see docs/operations.md.
DATABASE_REPLICA_URL = env.str("DATABASE_REPLICA_URL", default="")
REPLICA_MAX_LAG = env.int("REPLICA_MAX_LAG", default=10)
if DATABASE_REPLICA_URL:
    DATABASES["replica"] = {
        **DATABASES["default"],
        "OPTIONS": {},
        **env.db_url_config(DATABASE_REPLICA_URL),
        "ENGINE": "povtrack.lib.replica",
        "TEST": {"MIRROR": "default"},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The lock-out counts failed sign-ins in the cache, so every web process must share it: Redis, else the database. There
# Django would keep 300 entries and throw lock-outs away with the rest, for whoever guesses at enough names.
REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "povtrack_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    )
}

# --- Background jobs ------------------------------------------------------------------------------------------------

BROKER_URL = env.str("CELERY_BROKER_URL", default="")
# With no broker a task runs inline where it is queued; povtrack queues only after commit.
CELERY_TASK_ALWAYS_EAGER = not BROKER_URL
# ... but for the long ones, which are done in a thread aside, so that a page can show how far they are.
JOBS_ASIDE = True
CELERY_BROKER_URL = BROKER_URL or "memory://localhost//"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    # A broker that is gone must not hold up the person who saves, as six seconds of trying would: the outbox keeps what
    # it was to be told. Workers have tries of their own.
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
# A worker reads both in turns, so that neither uploads nor totals wait for all of the other.
CELERY_TASK_QUEUES = [Queue(DEFAULT), Queue(ROLLUPS)]
CELERY_TASK_DEFAULT_QUEUE = DEFAULT
CELERY_TASK_ROUTES = {RECOMPUTE: {"queue": ROLLUPS}}
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    # A safety net: the queue may lose a task, the outbox in the database does not. One that waited long has nothing
    # left to do, and would only pile up while no worker runs; not seconds, for the clocks of two machines differ by
    # more. Celery's own schedulers say `expires`.
    "drain-dirty-cells": {
        "task": RECOMPUTE,
        "schedule": 10.0,
        "options": {"expire_seconds": 600},
    },
    "watch-jobs": {
        "task": "povtrack.rollups.tasks.watch",
        "schedule": 60.0,
        "options": {"expire_seconds": 600},
    },
    "verify-totals": {
        "task": "povtrack.rollups.tasks.prove",
        "schedule": crontab(hour="3", minute="10"),
        "options": {"expire_seconds": 12 * 3600},
    },
    "drop-old-changes": {
        "task": "povtrack.feed.tasks.drop",
        "schedule": crontab(hour="2", minute="40"),
        "options": {"expire_seconds": 12 * 3600},
    },
    "watch-exports": {
        "task": "povtrack.exports.tasks.watch",
        "schedule": 60.0,
        "options": {"expire_seconds": 600},
    },
    "drop-old-exports": {
        "task": "povtrack.exports.tasks.drop",
        "schedule": crontab(hour="2", minute="40"),
        "options": {"expire_seconds": 12 * 3600},
    },
    "drop-old-uploads": {
        "task": "programmes.sheets.tasks.drop",
        "schedule": 86_400.0,
        "options": {"expire_seconds": 86_400},
    },
    "drop-old-answers": {
        "task": "povtrack.resent.tasks.drop",
        "schedule": 86_400.0,
        "options": {"expire_seconds": 86_400},
    },
}
CELERY_TIMEZONE = TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 10},
        "CommonPasswordValidator": {},
    }.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "povtrack.accounts.adapters.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Five wrong passwords lock a name for five minutes, whatever address they come from.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key,30/300s/ip", "login": "60/m/ip", "change_password": "5/m/user"}
# How many proxies stand in front (0: none); a sign-in's address is counted past them, so it can't be forged.
BEHIND_TLS_PROXY = env.bool("BEHIND_TLS_PROXY", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
if BEHIND_TLS_PROXY and ALLAUTH_TRUSTED_PROXY_COUNT < 1:
    # Everyone would have the proxy's address, and one person's wrong passwords would lock out all.
    raise ImproperlyConfigured("BEHIND_TLS_PROXY is set, so TRUSTED_PROXY_COUNT must be 1 or more. See .env.example.")

# --- Browser security -----------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "microphone": [], "geolocation": [], "payment": []}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not INSECURE_HTTP
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS_PROXY else None
# The load balancer asks /health/ over plain http.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]

# A grid of 600 villages and a dozen measures posts this many fields when the browser runs no script.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Words ----------------------------------------------------------------------------------------------------------

USE_TZ = True
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", "English"), ("zh-hans", "中文"), ("ru", "Русский")]
# The language that the registry's names are written in; its readers need no Latin name beside.
LOCAL_NAMES_LANGUAGE = "zh-hans"
LOCALE_PATHS = [BASE_DIR / "locale"]
# What the country calls the six levels, from the top. It renames them; it takes none away and adds none.
AREA_LEVELS = {
    "nation": _("nation"),
    "province": _("province"),
    "prefecture": _("prefecture"),
    "county": _("county"),
    "township": _("township"),
    "village": _("village"),
}

# --- Review ---------------------------------------------------------------------------------------------------------

# The levels whose reviewers take a step: "county" lets any reviewer approve; with "county,province" those below the
# second level confirm, and those of it or above approve what was confirmed.
REVIEW_STEPS = env.list("REVIEW_STEPS", default=["county"])
_LEVELS = list(AREA_LEVELS)
if not (
    set(REVIEW_STEPS) <= set(_LEVELS)
    and len(REVIEW_STEPS) in (1, 2)
    and (len(REVIEW_STEPS) == 1 or _LEVELS.index(REVIEW_STEPS[1]) < _LEVELS.index(REVIEW_STEPS[0]))
):
    raise ImproperlyConfigured("REVIEW_STEPS names one level, or two of which the second is higher. See .env.example.")

# From where on a county's ledger and records differ so much, or so little was spent, that the reconciliation says so.
FUNDS_DIFFERENCE_YUAN = env.int("FUNDS_DIFFERENCE_YUAN", default=10_000)
FUNDS_DIFFERENCE_PERCENT = env.int("FUNDS_DIFFERENCE_PERCENT", default=5)
FUNDS_ABSORPTION_PERCENT = env.int("FUNDS_ABSORPTION_PERCENT", default=60)

# --- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / ".local" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Where whole lists lie that people asked for: a folder of this machine that all web processes and workers share. No web
# server may hand out what is in it; povtrack does, to whom each is for.
EXPORTS_ROOT = Path(env.str("EXPORTS_ROOT", default=str(BASE_DIR / ".local" / "exports")))
EXPORTS_KEPT_DAYS = env.int("EXPORTS_KEPT_DAYS", default=7)
# How many of one person's are made at once, and after which time one that no worker has taken is asked for again.
EXPORTS_AT_ONCE = env.int("EXPORTS_AT_ONCE", default=3)
EXPORTS_LATE = timedelta(minutes=10)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "exports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": EXPORTS_ROOT, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else f"povtrack.lib.static.{'PlainStorage' if INSECURE_HTTP else 'CompressedStorage'}"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "gz", "br", "woff2", "map")

# --- API ------------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "povtrack.lib.rest.schema.AutoSchema",
    "EXCEPTION_HANDLER": "povtrack.lib.rest.problems.problem_handler",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "povtrack.accounts.backends.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "povtrack.accounts.backends.WithinTerms",
    ],
    "DEFAULT_FILTER_BACKENDS": ["povtrack.lib.rest.filters.FilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "povtrack.lib.rest.paging.CursorPagination",
    "DEFAULT_RENDERER_CLASSES": ["povtrack.lib.rest.formats.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "povtrack.lib.rest.formats.Negotiation",
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["povtrack.accounts.backends.ClientThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "user": env.str("API_RATE", default="6000/hour"),
        "stranger": env.str("PUBLIC_RATE", default="600/hour"),
    },
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "COERCE_DECIMAL_TO_STRING": True,
}
# For how many days the feed of changes tells what happened: a mirror that was away longer begins anew.
FEED_DAYS = env.int("FEED_DAYS", default=90)
if FEED_DAYS < 1:
    raise ImproperlyConfigured("FEED_DAYS must be 1 or more. See .env.example.")
# Whether releases can be published: read by everyone, signed in or not. Each is published by whoever may release it.
PUBLIC_RELEASES = env.bool("PUBLIC_RELEASES", default=False)
# How long an answer is kept for whoever sends the same again with its key: a program that broke off on a Friday goes on
# on Monday.
API_KEYS_KEPT_HOURS = env.int("API_KEYS_KEPT_HOURS", default=72)
REST_KNOX = {"AUTH_TOKEN_CHARACTER_LENGTH": 64, "TOKEN_LIMIT_PER_USER": 20}
SPECTACULAR_SETTINGS = {
    "TITLE": "Povtrack",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "AdjustmentKindEnum": "funding.models.adjustment.Adjustment.Kind",
        "AreaKindEnum": "villages.models.area.Area.Kind",
        "ChangeKindEnum": "villages.models.change.BoundaryChange.Kind",
        "ChangeStateEnum": "villages.models.change.BoundaryChange.State",
        "FundSourceKindEnum": "funding.models.source.FundSource.Kind",
        "LevelEnum": "villages.levels.Level",
        "ObservationStatusEnum": ["reported", "nil", "blank", "not_reported"],
        "WriteStatusEnum": ["saved", "unchanged", "refused", "conflict", "locked"],
        "PartnerKindEnum": "funding.models.partner.Partner.Kind",
        "PaymentKindEnum": "funding.models.payment.Payment.Kind",
        "RecordStateEnum": "programmes.models.base.State",
        "ReviewStepEnum": "programmes.models.review.ReviewStep.Kind",
        "SuccessionReasonEnum": "villages.models.change.Succession.Reason",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "povtrack.lib.rest.schema_parts.share_parts",
    ],
}

# --- Operations -----------------------------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_HOST") or "localhost", EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_TLS", False), EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
# A mail server that does not answer must not hold a worker for ever.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="povtrack@localhost")
# What links in e-mails begin with.
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8000").rstrip("/")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # A line for each job that went well would bury the others, and stand between the lines of a command.
    "loggers": {"celery.app.trace": {"level": "WARNING"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
