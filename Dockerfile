# One image for web, worker, beat and migration.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --uid 10001 --user-group --no-create-home --home-dir /srv/portal --shell /usr/sbin/nologin portal \
    && mkdir -p /srv/portal /srv/state/static /srv/state/media /srv/state/heads \
    && chown -R portal:portal /srv/state

WORKDIR /srv/portal

# Exactly the locked packages, each checked against its hash; nothing is compiled.
COPY requirements/run.lock requirements/run.lock
RUN pip install --require-hashes --no-deps --only-binary=:all: -r requirements/run.lock

COPY . .

ENV PORTAL_STATE_DIR=/srv/state
USER portal

# Hashed, compressed static files belong to the image. The three addresses are not contacted.
RUN DJANGO_SECRET_KEY=only-for-collecting-static-files-while-building \
    TRAIL_SIGNING_KEY=b25seS1mb3ItY2hlY2tzLW9ubHktZm9yLWNoZWNrcyE \
    DATABASE_URL=postgresql://build@localhost/build \
    BROKER_URL=redis://localhost/0 \
    python manage.py collectstatic --noinput --verbosity 0

EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", "--workers", "2", \
     "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "20", \
     "ocop_portal.wsgi:application"]
