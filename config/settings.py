"""One settings file. Environments differ by variables (``docker/env.example``), never by module."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))  # database, queue and files of the embedded set-up

DEBUG = env.flag("DEBUG", default=False)
# The demo set-up serves plain HTTP on one machine and may load fictional data. Never in production.
DEMO = env.flag("DEMO", default=False)
SECRET_KEY = env.text("SECRET_KEY", "insecure-demo-key-not-for-production" if DEMO or DEBUG else None)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "*" if DEMO or DEBUG else "localhost")
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_URL)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "django_htmx",
    "treebeard",
    "viewflow.workflow",  # engine only: plain "viewflow" would inject its own UI middleware
    "approvals.accounts",
    "documents",
    "approvals",
    "workflows",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "config.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",  # must be last
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'landing.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "approvals.accounts.backends.AppointmentBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False  # no greeting on standard error at every command
AXES_IPWARE_PROXY_COUNT = int(env.text("PROXY_COUNT", "0")) or None

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"  # legal days are Chinese days; the database stores UTC
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
MEDIA_ROOT = VAR_DIR / "files"  # never served by URL: every file goes through a view that checks who asks
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Where uploads are scanned: ClamAV's daemon as host:port or unix:/path. Empty: nothing is scanned, and pages say so.
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS", "")

REDIS_URL = env.text("REDIS_URL", "")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": REDIS_URL}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {"socket_connect_timeout": 2}  # seconds
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    SESSION_ENGINE = "django.contrib.sessions.backends.db"
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "queue"),
        "data_folder_out": str(VAR_DIR / "queue"),
        "control_folder": str(VAR_DIR / "queue-control"),
    }
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds; the absolute limit of a working day

CELERY_TASK_IGNORE_RESULT = True
# One try more, for a connection that went stale; after that the sweep delivers, and no page waits for a dead broker.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300  # seconds; PDF rendering is the slowest job
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200  # a recycled child bounds what the renderer can leak
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # Catches what a dead broker or worker lost; the outbox rows are the truth.
    "sweep-outbox": {"task": "approvals.tasks.sweep", "schedule": 30.0},
    "seal-events": {"task": "approvals.tasks.seal", "schedule": 3600.0},
    "sweep-files": {"task": "approvals.tasks.sweep_files", "schedule": 86400.0},
    # The law accepts by itself what nobody answered in time; the dates come from the records, not from this clock.
    "follow-receipts": {"task": "approvals.tasks.follow_receipts", "schedule": 600.0},
    "remind": {"task": "approvals.tasks.remind", "schedule": 3600.0},
    "resume-impact": {"task": "approvals.tasks.resume_impact", "schedule": 120.0},
    "resume-calendars": {"task": "approvals.tasks.resume_calendars", "schedule": 120.0},
    "print-prechecks": {"task": "approvals.tasks.sweep_prechecks", "schedule": 60.0},
    "purge-prechecks": {"task": "approvals.tasks.purge_prechecks", "schedule": 6 * 60 * 60.0},
    "recheck-regional-results": {"task": "approvals.tasks.recheck_regional_results", "schedule": 86400.0},
    "purge-uploads": {"task": "approvals.tasks.purge_uploads", "schedule": 3600.0},
    "heartbeat": {"task": "approvals.tasks.heartbeat", "schedule": 30.0},
}

# The pre-check needs no sign-in: its answers go away after so many days, and a client may do only so much in an hour.
PRECHECK_DAYS = int(env.text("PRECHECK_DAYS", "180"))
PER_HOUR = {"precheck-start": 60, "precheck-answer": 1200, "precheck-look": 2400, "precheck-paper": 60}

SECURE_SSL_REDIRECT = env.flag("HTTPS", default=not (DEMO or DEBUG))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if env.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"weasyprint.progress": {"level": "WARNING"}},  # seven lines a page
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
