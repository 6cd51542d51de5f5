"""Counting what is tried, so that guessing ends. One row for each thing counted, one statement for each try."""

import datetime as dt

from django.db import connection, models
from django.db.models import F

COUNT = """
insert into {table} as row (key, since, count) values (%(key)s, statement_timestamp(), 1)
on conflict (key) do update set
  count = case when row.since > statement_timestamp() - %(window)s then row.count + 1 else 1 end,
  since = case when row.since > statement_timestamp() - %(window)s then row.since else statement_timestamp() end
returning count, ceil(extract(epoch from since + %(window)s - statement_timestamp()))::int
"""


class TriesQuerySet(models.QuerySet):
    def add(self, key, seconds):
        """Count one more try; how many there are in the window, and for how many seconds it still lasts.

        One atomic statement: of a hundred tries at once each gets a number of its own.
        """
        statement = COUNT.format(table=self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(statement, {"key": key, "window": dt.timedelta(seconds=seconds)})
            return cursor.fetchone()

    def take_back(self, keys):
        """What turned out to be right does not count."""
        self.filter(key__in=keys, count__gt=0).update(count=F("count") - 1)

    def before(self, moment):
        """Windows that began before that moment."""
        return self.filter(since__lt=moment)


class Tries(models.Model):
    """How often something was tried since the window began. The key holds a digest, never a name or an address."""

    key = models.CharField("khóa", max_length=100, primary_key=True)
    since = models.DateTimeField("từ lúc")
    count = models.PositiveIntegerField("số lần")

    objects = TriesQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt thử"
        verbose_name_plural = "lượt thử"

    def __str__(self):
        return f"{self.key}: {self.count}"
