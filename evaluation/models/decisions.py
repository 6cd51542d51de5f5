"""Drafts of recognition decisions: one decision for many products, released in one act."""

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse

from evaluation.models.cases import Case, CaseStatus
from evaluation.models.councils import Council
from products.models import Decision, Rating


class DraftStatus(models.TextChoices):
    """Where a draft stands."""

    DRAFT = "draft", "Đang dự thảo"
    RELEASED = "released", "Đã ban hành, đã công bố"
    WITHDRAWN = "withdrawn", "Đã bỏ dự thảo"


class DecisionDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the councils that this person knows."""
        return self.filter(council__in=Council.objects.known_to(user))

    def kept_by(self, user):
        """Those whose papers this person keeps."""
        return self.filter(council__in=Council.objects.run_by(user))

    def for_list(self):
        return self.select_related("council__area__parent__parent").annotate(products=models.Count("lines"))

    def for_page(self):
        return self.select_related("council__area__parent__parent", "decision")


def scan_path(draft, name):
    """A name that nobody guesses; the ending is that of what was checked."""
    return f"decisions/{draft.code}-{secrets.token_urlsafe(12)}{'.pdf' if name.endswith('.pdf') else '.jpg'}"


class DecisionDraft(models.Model):
    """A recognition decision of a council's office, from the first draft to its release.

    ``number`` and ``day`` are known once it is signed. Released, it stays as it is (trigger); only the scan may still
    be added, once. ``grounds`` and ``recipients``: one a line, as the paper prints them.
    """

    MOVES = {DraftStatus.DRAFT: {DraftStatus.RELEASED, DraftStatus.WITHDRAWN}}
    PILLS = {
        DraftStatus.DRAFT: "attention",
        DraftStatus.RELEASED: "good",
        DraftStatus.WITHDRAWN: "neutral",
    }

    code = models.SlugField("mã", max_length=30, unique=True)
    council = models.ForeignKey(Council, models.PROTECT, related_name="drafts", verbose_name="hội đồng")
    status = models.CharField("trạng thái", max_length=10, choices=DraftStatus, default=DraftStatus.DRAFT)
    number = models.CharField("số quyết định", max_length=40, blank=True)
    day = models.DateField("ngày ký", null=True, blank=True)
    place = models.CharField("địa danh", max_length=80)
    grounds = models.TextField("căn cứ", max_length=4000, blank=True)
    signer_authority = models.CharField("thẩm quyền ký", max_length=120)
    signer_role = models.CharField("chức vụ người ký", max_length=120)
    signer_name = models.CharField("họ tên người ký", max_length=120, blank=True)
    recipients = models.TextField("nơi nhận", max_length=2000)
    scan = models.FileField("bản quét", upload_to=scan_path, max_length=120, blank=True)
    scan_sha256 = models.CharField("mã băm của bản quét", max_length=64, blank=True)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="draft", verbose_name="quyết định"
    )
    released_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = DecisionDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "dự thảo quyết định"
        verbose_name_plural = "dự thảo quyết định"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="draft_released_is_whole",
                condition=~Q(status=DraftStatus.RELEASED)
                | (Q(day__isnull=False, decision__isnull=False, released_at__isnull=False) & ~Q(number="")),
            ),
        ]

    def __str__(self):
        return f"Quyết định {self.number}" if self.number else f"Dự thảo {self.code}"

    def get_absolute_url(self):
        return reverse("evaluation:draft", args=[self.code])

    @property
    def is_open(self):
        """May still be changed."""
        return self.status == DraftStatus.DRAFT

    @classmethod
    def cases_for(cls, council):
        """Concluded cases of the council, and those that the level above has sent down to it."""
        own = Q(council=council, status=CaseStatus.CONCLUDED)
        return Case.objects.filter(own | Q(came_from__council=council, status=CaseStatus.SENT_DOWN))

    def annex(self):
        """The lines in the order of the annex, with all that papers and pages print of them."""
        cases = [f"case__{path}" for path in Case.PAGE_PATHS]
        return list(self.lines.select_related(*cases, "rating__certificate").order_by("position", "pk"))


class AnnexLine(models.Model):
    """One product of a decision's annex. A case stands in one annex; ``rating`` is what its release gave."""

    draft = models.ForeignKey(DecisionDraft, models.PROTECT, related_name="lines")
    case = models.OneToOneField(
        Case, models.PROTECT, related_name="annex_line", verbose_name="phiên đánh giá"
    )
    position = models.PositiveSmallIntegerField("số thứ tự")
    rating = models.OneToOneField(
        Rating, models.PROTECT, null=True, blank=True, related_name="annex_line", verbose_name="hạng sao"
    )

    class Meta:
        verbose_name = "dòng phụ lục"
        verbose_name_plural = "dòng phụ lục"
        ordering = ["draft", "position"]

    def __str__(self):
        return f"{self.draft}: {self.case}"
