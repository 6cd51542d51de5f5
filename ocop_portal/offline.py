"""Settings of the commands that need neither environment nor database (``manage.py score``)."""

INSTALLED_APPS = ["foundation.regimes"]
DATABASES = {}
USE_TZ = True
