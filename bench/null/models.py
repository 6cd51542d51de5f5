"""The one table."""

from django.db import models


class Note(models.Model):
    """A line of the list."""

    title = models.CharField(max_length=160)
    created = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return self.title
