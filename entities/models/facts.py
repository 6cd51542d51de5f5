"""What dated facts of a producer share: a code of their own, a file that proves them, and who may see them."""

import secrets
import uuid
from pathlib import PurePath

from django.db import models

from entities.models.entities import Entity


def proof_path(record, name):
    """A random name of ours, with the ending that the content has."""
    return f"{record._meta.model_name}/{uuid.uuid4().hex}{PurePath(name).suffix}"


def new_code():
    """A code that nobody guesses and no counter gives away."""
    return secrets.token_hex(6)


class FactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Facts of producers that this person may see."""
        return self.filter(entity__in=Entity.objects.visible_to(user))

    def for_list(self):
        return self.select_related("entity__area__parent__parent")


class Proven(models.Model):
    """A fact that may have a file as evidence. ``evidence_type`` is what the content was found to be."""

    evidence = models.FileField("minh chứng", upload_to=proof_path, max_length=120, blank=True)
    evidence_type = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        abstract = True

    def keep_evidence(self, file):
        """Store a checked file in the place of the one before; returns the name of that one, or nothing."""
        before = self.evidence.name
        self.evidence_type = file.content_type
        self.evidence.save(file.name, file, save=False)
        return before
