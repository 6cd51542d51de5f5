"""All settings, from the environment. Every variable is listed in .env.example."""

import base64
import datetime as dt
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from ocop_portal.mail import mail_server
from ocop_portal.media import kept_in_s3, media_storages
from ocop_portal.timetable import TIMETABLE

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=None):
    """A setting from the environment; a missing one says where to look."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Every variable is listed in .env.example.")
    return value


def env_flag(name):
    """True when the variable says 1."""
    return env(name, "0") == "1"


def env_list(name, default):
    """A comma-separated variable as a list."""
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


def signing_seed(text):
    """32 bytes from base64, in either alphabet, with or without padding."""
    text = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        seed = base64.b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        seed = b""
    if len(seed) != 32:
        raise ImproperlyConfigured("TRAIL_SIGNING_KEY must be 32 bytes in base64.")
    return seed


def pem_certificates(name):
    """The certificates in a PEM file, one text each; none when no file is named."""
    if not name:
        return []
    end = "-----END CERTIFICATE-----"
    try:
        text = Path(name).read_text(encoding="ascii")
    except (OSError, ValueError) as fault:
        raise ImproperlyConfigured(f"SIGNATURE_ROOTS: {name} cannot be read.") from fault
    found = [f"{part.strip()}\n{end}\n" for part in text.split(end)[:-1]]
    if not found:
        raise ImproperlyConfigured(f"SIGNATURE_ROOTS: no certificate in {name}.")
    return found


def database(url):
    """Django's dictionary for a postgresql:// address."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": parts.port or 5432,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "application_name": "ocop_portal",
            "options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout=3000",
        },
    }


# ---------------------------------------------------------------- where and when this portal runs
DEBUG = False
if os.environ.get("DJANGO_DEBUG", "0") != "0":
    raise ImproperlyConfigured("DJANGO_DEBUG: the portal never shows its inside. Remove this variable.")
SECRET_KEY = env("DJANGO_SECRET_KEY")
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("DJANGO_SECRET_KEY must have at least 32 characters.")
if len(set(SECRET_KEY)) < 8 or SECRET_KEY.startswith("django-insecure-"):
    raise ImproperlyConfigured("DJANGO_SECRET_KEY must be random, as secrets.token_urlsafe(50) makes it.")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1")
if any(host.startswith(("*", ".")) for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name hosts, not * or whole domains.")
PORTAL_URL = env("PORTAL_URL", "http://localhost:8000").rstrip("/")
STATE_DIR = Path(env("PORTAL_STATE_DIR", str(BASE_DIR / ".portal" / "run")))

DEMO = env_flag("PORTAL_DEMO")
DEMO_DAY_DEFAULT = "2024-10-15"
if not DEMO and "PORTAL_TODAY" in os.environ:
    raise ImproperlyConfigured(
        "PORTAL_TODAY sets the clock of a demonstration only; set PORTAL_DEMO=1 or remove it."
    )
DEMO_DAY = dt.date.fromisoformat(env("PORTAL_TODAY", DEMO_DAY_DEFAULT)) if DEMO else None

PROVINCE_CODE = env("PROVINCE_CODE", "35")
PROVINCE_NAME = env("PROVINCE_NAME", "Hà Nam")

# ---------------------------------------------------------------- applications
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "foundation.areas",
    "foundation.sources",
    "foundation.regimes",
    "foundation.trail",
    "foundation.jobs",
    "foundation.files",
    "foundation.ui",
    "accounts",
    "entities",
    "products",
    "evaluation",
    "promotion",
    "targets",
    "ocop_portal",
]
MIDDLEWARE = [
    "foundation.ui.middleware.SafeHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "foundation.ui.middleware.CalmErrors",
    "foundation.trail.origin.RememberOrigin",
    "foundation.ui.languages.Languages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.sessions.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.consent.ConsentFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.second_factor.SecondFactor",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.person.ActingPerson",  # puts who acts into the request for what follows; eyes only look
    "accounts.middleware.exports.ExportGate",
    "evaluation.seal.SealedSheets",  # the database shows this person no other's sealed sheet
]
ROOT_URLCONF = "ocop_portal.urls"
WSGI_APPLICATION = "ocop_portal.wsgi.application"
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
                "foundation.ui.context.frame",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
UI_NAV = "ocop_portal.nav.for_user"
UI_PUBLIC_NAV = "ocop_portal.nav.public"

# ---------------------------------------------------------------- data
STATEMENT_TIMEOUT_MS = int(env("STATEMENT_TIMEOUT_MS", "15000"))
DATABASES = {"default": database(env("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_APP_ROLE = env("DATABASE_APP_ROLE", "portal_app")
# In PostgreSQL: what is counted against guessing outlives the broker. Culling early would forget counts, so it is rare.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = STATE_DIR / "media"
STORAGES = {
    **media_storages(MEDIA_ROOT),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
X_ACCEL_PREFIX = "" if kept_in_s3() else env("X_ACCEL_PREFIX", "")  # nginx reaches folders only
UPLOAD_PURPOSES = {
    "evidence": "products.evidence_files.EVIDENCE"
}  # what files are sent for (foundation.files.purposes)
BUNDLES = {"dossier": "products.evidence_files.DOSSIER"}  # what is packed into a ZIP
CLAMD_URL = env("CLAMD_URL", "")
WATCHED_FOLDERS = env_list("WATCHED_FOLDERS", "") or [str(STATE_DIR)]
VOLUME_ALARM_PERCENT = int(env("VOLUME_ALARM_PERCENT", "80"))
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# ---------------------------------------------------------------- the trail
TRAIL_SIGNING_SEED = signing_seed(env("TRAIL_SIGNING_KEY"))
TRAIL_WITNESSES = env_list("TRAIL_WITNESSES", "")
SIGNATURE_ROOTS = pem_certificates(
    env("SIGNATURE_ROOTS", "")
)  # a file with the roots of agencies' signatures
TRUSTED_PROXIES = int(env("TRUSTED_PROXIES", "0"))

# ---------------------------------------------------------------- people and sessions
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PortalBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.NotCommon"},
    {"NAME": "accounts.passwords.NotAboutThePerson"},
    {"NAME": "accounts.passwords.NotALocalWord"},
]
INVITATION_DAYS = 7  # how long a link of an invitation may be used
# What a leaving person hands over (accounts.handover).
OPEN_WORK = ["entities.handover", "products.handover", "evaluation.handover"]
MERGED_PARTS = ["entities.merge_parts", "products.merge_parts"]  # what moves when two producers are one
IMPORTERS = ["entities.imports", "products.imports"]  # what may come from workbooks (accounts.imports)
PERSONAL_DATA = "ocop_portal.personal.held_about"
PERSONAL_HOLDS = "ocop_portal.personal.holds_on"
PERSONAL_ACTS = "ocop_portal.personal.did_official_acts"
PASSWORD_RESET_TIMEOUT = 2 * 3600  # a link in a mailbox is a key: long enough for slow mail
SESSION_COOKIE_AGE = 7 * 24 * 3600  # the outermost end; the limits below come first
# A report needs a handful of lists; whoever takes more within an hour is taking the register away.
EXPORTS_PER_HOUR = int(env("EXPORTS_PER_HOUR", "10"))
OPEN_DATA_PER_MINUTE = int(env("OPEN_DATA_PER_MINUTE", "120"))  # answers to one address of strangers
CERTIFICATE_GUESSES_PER_MINUTE = int(
    env("CERTIFICATE_GUESSES_PER_MINUTE", "30")
)  # unknown numbers, files to compare
PUBLIC_PAPERS_PER_MINUTE = int(env("PUBLIC_PAPERS_PER_MINUTE", "20"))  # papers made for one address
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Seconds without a request, and seconds since signing in, after which a person signs in again. Whoever judges or
# decides sits at PCs that others walk past; a producer's phone is their own, and typing passwords there is hard.
SESSION_LIMITS = {"guarded": (30 * 60, 12 * 3600), "plain": (7 * 24 * 3600, 7 * 24 * 3600)}
# Encrypts the secrets of one-time codes at rest; the first key writes, all read. Empty: derived from DJANGO_SECRET_KEY.
FACTOR_KEYS = env_list("FACTOR_KEYS", "")

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # ours: an address is confirmed before it is written
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_FORMS = {"reauthenticate": "accounts.forms.PasswordAgainForm"}
MFA_ADAPTER = "accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.FirstCodeForm",
    "add_webauthn": "accounts.forms.NewPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # one step of 30 s each way, for clocks that differ; a code serves once all the same
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PORTAL_URL.startswith("http://localhost")
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: form-action 'self' forbids a form that ends at another host
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_NAME = env("OIDC_NAME", "") or "hệ thống đăng nhập một lần"
SINGLE_SIGN_ON = [
    {
        "provider_id": "sso",
        "name": OIDC_NAME,
        "client_id": env("OIDC_CLIENT_ID", ""),
        "secret": env("OIDC_CLIENT_SECRET", ""),
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    for issuer in env_list("OIDC_ISSUER", "")
]
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": SINGLE_SIGN_ON}}

# ---------------------------------------------------------------- the wire
SECURE = PORTAL_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "foundation.ui.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# ---------------------------------------------------------------- language and time
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]  # English: public pages only (foundation.ui.languages)
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
FORMAT_MODULE_PATH = ["foundation.ui.formats"]

# ---------------------------------------------------------------- jobs and clocks (stack of decisions: docs/decisions)
CELERY_BROKER_URL = env("BROKER_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,  # at least twice the longest task
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "max_retries": 1,  # a ring that is not heard must not keep the person waiting; the sweeper rings again
    "interval_start": 0,
    "interval_step": 0,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_PUBLISH_RETRY = False  # a missed ring is picked up by the sweeper
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
JOB_LEASE_SECONDS = int(env("JOB_LEASE_SECONDS", "20"))
JOB_STEP_PAUSE = (
    float(env("JOB_STEP_PAUSE", "0")) if DEMO else 0.0
)  # drills: how long each step of a job lasts
CELERY_BEAT_SCHEDULER = "foundation.jobs.beat:PulsingScheduler"
CELERY_BEAT_SCHEDULE = TIMETABLE

# ---------------------------------------------------------------- letters and notices
_MAIL = mail_server(env("EMAIL_URL", ""))
MAIL_SERVER = bool(_MAIL.host)
MAIL_GOES_OUT = MAIL_SERVER or DEMO  # without a server letters wait; in a demonstration they become files
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_SERVER else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = STATE_DIR / "letters"
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.scheme == "smtp+starttls", _MAIL.scheme == "smtps"
EMAIL_TIMEOUT = 5  # a server that hangs must not hold a worker
DEFAULT_FROM_EMAIL = env("MAIL_FROM", "Cổng OCOP <khong-tra-loi@localhost>")
DIGEST_HOUR = int(env("DIGEST_HOUR", "7"))
NOTICE_KEEP_DAYS = int(env("NOTICE_KEEP_DAYS", "90"))

# ---------------------------------------------------------------- log: one JSON line per event, no personal data
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "foundation.ui.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", "INFO")},
    "loggers": {"django.server": {"level": "ERROR"}, "celery.beat": {"level": "WARNING"}},
}
