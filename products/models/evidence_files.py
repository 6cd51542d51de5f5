"""What stands behind one piece of evidence besides its first file: more files, photos, addresses."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from foundation.files.models import Upload
from products.models.dossiers import Evidence


class EvidenceFileQuerySet(models.QuerySet):
    def for_page(self):
        """With what a line shows."""
        return self.select_related("upload")

    def unfit(self):
        """Files that are on their way, in the check, or refused: nothing to hand in."""
        return self.filter(upload__isnull=False).exclude(upload__status=Upload.Status.RELEASED)

    def readable(self):
        """Addresses, and files that were released."""
        return self.filter(Q(upload=None) | Q(upload__status=Upload.Status.RELEASED))


class EvidenceFile(models.Model):
    """A file or an address of one piece of evidence, in the order in which it is read.

    A later dossier that starts from this one names the same upload. The database lets rows come and go only while the
    evidence is open (migration).
    """

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="files", verbose_name="minh chứng")
    upload = models.ForeignKey(
        Upload, models.PROTECT, null=True, blank=True, related_name="evidence_files", verbose_name="tệp"
    )
    url = models.URLField(
        "địa chỉ", max_length=300, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    order = models.PositiveIntegerField("thứ tự")

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp của minh chứng"
        verbose_name_plural = "tệp của minh chứng"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_file_is_file_or_address",
                condition=(Q(upload__isnull=False) & Q(url="")) | (Q(upload__isnull=True) & ~Q(url="")),
            ),
            models.UniqueConstraint(fields=["evidence", "upload"], name="evidence_upload_once"),
            models.UniqueConstraint(
                fields=["evidence", "url"],
                condition=~Q(url=""),
                name="evidence_address_once",
                violation_error_message="Địa chỉ này đã có.",
            ),
        ]

    def __str__(self):
        return str(self.upload) if self.upload_id else self.url
