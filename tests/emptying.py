"""Tests that commit clean up after themselves here.

Django empties every table after such a test. Ours holds the law and the map, whose loading costs seconds: they stay as
long as a test left them as they were, and of the others only those with rows are emptied.
"""

from django.apps import apps
from django.db import connection

KEPT = ("areas", "regimes")  # by the label of their app
KINDS = ("django_content_type", "auth_permission")  # made once for every kind of record


def _tables():
    """Tables that stay, and those that are emptied, by name."""
    every = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    kept = {model._meta.db_table for label in KEPT for model in apps.get_app_config(label).get_models()}
    kept = {*kept, *KINDS} & every
    return sorted(kept), sorted(every - kept)


def _filled(tables):
    """Those of the tables that have a row; one query."""
    if not tables:
        return []
    asked = " union all ".join(f"(select '{table}' from {table} limit 1)" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [name for (name,) in cursor.fetchall()]


def marks():
    """Of each table that stays its rows and who wrote them (transactions): any change of law or map shows."""
    with connection.cursor() as cursor:
        for table in _tables()[0]:
            cursor.execute(f"select count(*), sum(xmin::text::bigint) from {table}")
            yield table, *cursor.fetchone()


def empty(*, unless):
    """Empty what has rows; returns whether the law and the map went too, because their marks are others than these."""
    kept, others = _tables()
    changed = list(marks()) != unless
    touched = _filled(others)
    if changed:
        touched += [table for table in _filled(kept) if table not in KINDS]
    if touched:
        with connection.cursor() as cursor:
            cursor.execute(f"truncate {', '.join(touched)} cascade")
    return changed
