"""What differs in tests: a fixed day, cheap passwords, files in memory, plain static names."""

import datetime as dt
import os

# Tests make and drop databases: they run as the owner of the tables.
os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])

from ocop_portal.settings import *  # noqa: F403
from ocop_portal.settings import DATABASES, MIDDLEWARE

DEMO = True
OPEN_DATA_PER_MINUTE = PUBLIC_PAPERS_PER_MINUTE = CERTIFICATE_GUESSES_PER_MINUTE = (
    100_000  # the tests of limits set their own
)
DEMO_DAY = dt.date(2024, 10, 15)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "quarantine": {
        "BACKEND": "django.core.files.storage.InMemoryStorage",
        "OPTIONS": {"location": "/quarantine"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES["default"] |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
DATABASES["default"]["TEST"] = {"NAME": f"test_portal{os.environ.get('PYTEST_DB_SUFFIX', '')}"}
# People of most tests were never asked for consent; the tests of that question switch it on again.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.endswith(".ConsentFirst")]
