"""The web application of the miniature: /healthz, and its environment for the curious test."""

import json
import os

import psycopg2

RECENT = "select sign from life where at > now() - interval '5 seconds'"


def application(environ, start_response):
    """Answer every address alike; 503 while the database does not answer."""
    try:
        with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
            cursor.execute(RECENT)
            signs = {row[0] for row in cursor}
            told = sorted(name for name in os.environ if name.endswith("_URL"))
    except psycopg2.OperationalError:
        start_response("503 Service Unavailable", [("Content-Type", "application/json")])
        return [b'{"web": true, "database": false}']
    answer = {"web": True, "database": True, "told": told}
    answer |= {sign: sign in signs for sign in ("worker", "beat")}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode()]
