"""What is sent for evaluation: registration, self-score, evidence."""

import uuid
from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import OFFICERS, Role
from entities.models import Entity
from foundation import clock
from foundation.areas.located import holds, holds_without_district, reads
from foundation.regimes import engine
from foundation.regimes.models import CriteriaSet, Criterion, Option, Regime
from products import openings
from products.models.products import Product


class Application(models.TextChoices):
    """Why the product is evaluated (QĐ 148: first time; upgrade; re-evaluation)."""

    FIRST = "first", "Lần đầu"
    UPGRADE = "upgrade", "Nâng hạng"
    AGAIN = "again", "Đánh giá lại"


class DossierStatus(models.TextChoices):
    """Where a dossier stands."""

    DRAFT = "draft", "Đang soạn"
    AT_COMMUNE = "at_commune", "Xã đang đánh giá"
    SUBMITTED = "submitted", "Chờ huyện kiểm tra"
    RETURNED = "returned", "Cần bổ sung"
    ACCEPTED = "accepted", "Đủ điều kiện, chờ hội đồng"
    UNDER_EVALUATION = "under_evaluation", "Hội đồng đang đánh giá"
    RATED = "rated", "Đã công nhận hạng sao"
    UNRATED = "unrated", "Không đạt hạng được công nhận"
    WITHDRAWN = "withdrawn", "Đã rút"


ENDED = (DossierStatus.RATED, DossierStatus.UNRATED, DossierStatus.WITHDRAWN)

# These two papers of the dossier are pages of the portal, not files.
FILLED_IN_HERE = frozenset({"registration_form", "self_assessment"})
REGISTRATION = {
    "spec": "quy cách, tiêu chuẩn sản phẩm",
    "capacity": "năng lực sản xuất",
    "introduction": "giới thiệu sản phẩm và cơ sở",
}


class DossierQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The producer's own people always; officers and managers of the area once it was sent."""
        theirs = reads(Product, user.areas_as(*OFFICERS, Role.MANAGER), path="product__")
        sent = theirs & Q(submitted_on__isnull=False)
        return self.filter(Q(product__entity__in=Entity.objects.run_by(user)) | sent)

    def waiting_for(self, user):
        """Dossiers whose next step is this person's."""
        checked = holds(
            Product, user.areas_as(Role.DISTRICT_OFFICER), path="product__"
        ) | holds_without_district(Product, user.areas_as(Role.PROVINCE_OFFICER), path="product__")
        communes = holds(Product, user.areas_as(Role.COMMUNE_OFFICER), path="product__")
        mine = Q(product__entity__in=Entity.objects.run_by(user))
        return self.filter(
            (Q(status=DossierStatus.SUBMITTED) & checked)
            | (Q(status=DossierStatus.AT_COMMUNE) & communes)
            | (mine & Q(status__in=[DossierStatus.DRAFT, DossierStatus.RETURNED]))
        )

    def under_way(self):
        """Those that are not over: a product has one at most."""
        return self.exclude(status__in=ENDED)

    def ready_for_council(self):
        """Accepted, and before no council yet."""
        return self.filter(status=DossierStatus.ACCEPTED)

    def for_list(self):
        """With what a line shows; the long texts of the law stay in the database."""
        return self.for_page().defer(
            "criteria_set__content", "regime__data", "introduction", "copied_from__introduction"
        )

    def for_page(self):
        """With everything that the dossier's own page reads."""
        return self.select_related(
            "product__entity",
            "product__area__parent__parent",
            "criteria_set__regime",
            "regime",
            "copied_from",
        )


class Dossier(models.Model):
    """One application for evaluation. Its regime is that of the filing day and stays for life."""

    Status = DossierStatus
    MOVES = {
        DossierStatus.DRAFT: {DossierStatus.AT_COMMUNE, DossierStatus.SUBMITTED, DossierStatus.WITHDRAWN},
        DossierStatus.AT_COMMUNE: {DossierStatus.RETURNED, DossierStatus.SUBMITTED},
        DossierStatus.SUBMITTED: {DossierStatus.RETURNED, DossierStatus.ACCEPTED},
        DossierStatus.RETURNED: {DossierStatus.AT_COMMUNE, DossierStatus.SUBMITTED, DossierStatus.WITHDRAWN},
        DossierStatus.ACCEPTED: {DossierStatus.UNDER_EVALUATION},
        DossierStatus.UNDER_EVALUATION: {DossierStatus.RATED, DossierStatus.UNRATED},
    }
    PILLS = {
        DossierStatus.DRAFT: "neutral",
        DossierStatus.AT_COMMUNE: "info",
        DossierStatus.SUBMITTED: "info",
        DossierStatus.RETURNED: "attention",
        DossierStatus.ACCEPTED: "info",
        DossierStatus.UNDER_EVALUATION: "info",
        DossierStatus.RATED: "good",
        DossierStatus.UNRATED: "danger",
        DossierStatus.WITHDRAWN: "neutral",
    }

    code = models.SlugField("mã hồ sơ", max_length=20, unique=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="dossiers", verbose_name="sản phẩm")
    application = models.CharField(
        "loại đăng ký", max_length=10, choices=Application, default=Application.FIRST
    )
    year = models.PositiveSmallIntegerField("năm đánh giá")
    regime = models.ForeignKey(Regime, models.PROTECT, verbose_name="quy định")
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, verbose_name="bộ tiêu chí")
    spec = models.CharField("quy cách, tiêu chuẩn sản phẩm", max_length=300, blank=True)
    capacity = models.CharField("năng lực sản xuất", max_length=300, blank=True)
    introduction = models.TextField("giới thiệu sản phẩm và cơ sở", max_length=6000, blank=True)
    product_code = models.CharField("mã số sản phẩm", max_length=40, blank=True)
    status = models.CharField("trạng thái", max_length=20, choices=DossierStatus, default=DossierStatus.DRAFT)
    submitted_on = models.DateField("ngày nộp", null=True, blank=True)
    accepted_on = models.DateField("ngày tiếp nhận", null=True, blank=True)
    due_on = models.DateField("hạn của bước này", null=True, blank=True)
    versions = models.JSONField("số lần lưu từng ô", default=dict, editable=False)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="chép từ hồ sơ"
    )
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="người lập"
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ"
        verbose_name_plural = "hồ sơ"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product"],
                condition=~Q(
                    status__in=[DossierStatus.RATED, DossierStatus.UNRATED, DossierStatus.WITHDRAWN]
                ),
                name="dossier_one_live_per_product",
                violation_error_message="Sản phẩm này đang có một hồ sơ chưa xong. Hãy mở hồ sơ đó.",
            ),
            models.CheckConstraint(
                name="dossier_sent_has_a_day",
                condition=Q(status__in=[DossierStatus.DRAFT, DossierStatus.WITHDRAWN])
                | Q(submitted_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["product_code"], condition=~Q(product_code=""), name="dossier_product_code_once"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.product}"

    def get_absolute_url(self):
        return reverse("products:dossier", args=[self.code])

    @property
    def is_with_producer(self):
        """In the producer's hands: may be changed."""
        return self.status in {DossierStatus.DRAFT, DossierStatus.RETURNED}

    @property
    def openings(self):
        """What may be changed now; one query while the dossier is returned.

        A dossier that was returned before the portal kept rounds is open as a whole.
        """
        if self.status == DossierStatus.DRAFT:
            return openings.EVERYTHING
        if self.status != DossierStatus.RETURNED:
            return openings.NOTHING
        current = self.open_round
        if current is None:
            return openings.EVERYTHING
        return openings.Openings(frozenset((item.kind, item.key) for item in current.items.all()))

    @property
    def open_round(self):
        """The round of correction that waits for its answer, with its items, or None."""
        return self.rounds.open().prefetch_related("items").first()

    @property
    def is_overdue(self):
        """The deadline of this step has passed."""
        return self.due_on is not None and self.due_on < clock.today()

    def answers(self):
        """The self-score as the engine reads it: criterion code → option key, or None for no box ticked."""
        return {
            score.criterion.code: score.option and score.option.key for score in self.self_scores_for_engine()
        }

    def result(self):
        """What the self-score comes to so far: points per part, total, star, what is unanswered."""
        return engine.score_sheet(self.criteria_set.engine_set(), self.answers())

    def missing(self):
        """What still has to be done before the dossier can be handed in, as sentences."""
        gaps = [label for name, label in REGISTRATION.items() if not getattr(self, name)]
        if open_criteria := len(self.result().unanswered):
            gaps.append(f"{open_criteria} tiêu chí chưa tự chấm")
        papers = list(self.evidence.only("kind", "title", "valid_until", "dossier_id"))
        attached = {paper.kind for paper in papers}
        gaps += [kind.name for kind in self.required_papers() if kind.code not in attached]
        return gaps + [
            f"“{paper.title}” đã hết hạn ngày {paper.valid_until:%d/%m/%Y}, cần thay tệp mới"
            for paper in papers
            if paper.has_expired
        ]

    def required_papers(self):
        """Kinds of papers that must be attached as files; samples are handed over, two forms are filled in here."""
        industry = self.criteria_set.industry_code
        return [
            kind
            for kind in self.regime.document_kinds
            if kind.required_for(industry) and not kind.physical and kind.code not in FILLED_IN_HERE
        ]

    def self_scores_for_engine(self):
        """Self-scores with their criterion and option, one query."""
        return self.self_scores.select_related("criterion", "option")


class SelfScore(models.Model):
    """The producer's own choice for one criterion; ``option`` empty means: no level reached."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="self_scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT)
    option = models.ForeignKey(Option, models.PROTECT, null=True, blank=True)
    note = models.CharField("thuyết minh", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "điểm tự chấm"
        verbose_name_plural = "điểm tự chấm"
        constraints = [models.UniqueConstraint(fields=["dossier", "criterion"], name="self_score_once")]

    def __str__(self):
        return f"{self.dossier_id} {self.criterion_id}"


def evidence_path(evidence, name):
    """A random name of ours, with the ending that the content has."""
    return f"evidence/{uuid.uuid4().hex}{PurePath(name).suffix}"


class Evidence(models.Model):
    """A file that supports criteria; the name people gave it is text, never a path."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="evidence")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại minh chứng", max_length=60, help_text="theo danh mục của quy định")
    title = models.CharField("tên minh chứng", max_length=200)
    criteria = models.ManyToManyField(Criterion, blank=True, verbose_name="chứng minh cho tiêu chí")
    file = models.FileField("tệp", upload_to=evidence_path, max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField("cỡ (byte)")
    sha256 = models.CharField("mã băm", max_length=64)
    valid_until = models.DateField("giấy tờ có giá trị đến ngày", null=True, blank=True)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField("thêm lúc", auto_now_add=True)

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "sha256"],
                name="evidence_file_once",
                violation_error_message="Tệp này đã có trong hồ sơ.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def has_expired(self):
        """The paper is no longer valid today; its last day counts."""
        return self.valid_until is not None and self.valid_until < clock.today()
