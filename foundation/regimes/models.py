"""The law by period as rows, immutable from the first dossier on (triggers in the database keep it so)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from . import criteria as law
from .process import DocumentKind, Forward, Ground, Process, RenewalStep

FILER_CHOOSES = "filer_chooses"
_ENGINE_SETS: dict[tuple[int, str], law.CriteriaSet] = {}


class Level(models.TextChoices):
    """Levels of the programme; which of them a regime knows stands in its data."""

    COMMUNE = "commune", "Cấp xã"
    DISTRICT = "district", "Cấp huyện"
    PROVINCE = "province", "Cấp tỉnh"
    CENTRAL = "central", "Cấp trung ương"


class RegimeQuerySet(models.QuerySet):
    def in_force(self, day: date):
        """Regimes in force on a day, the newest first; two of them while an old one runs out."""
        open_or_later = Q(effective_to=None) | Q(effective_to__gte=day)
        return self.filter(open_or_later, effective_from__lte=day).order_by("-effective_from")

    def offered(self):
        """Regimes under which dossiers can be made here; the others are history."""
        return self.filter(offered=True)

    def industries(self, day: date) -> list[tuple[str, str]]:
        """Code and name of the top product groups (ngành), as the law of that day names them."""
        rows = self.offered().in_force(day).values_list("data__process__industries", flat=True).first()
        return [(row["code"], row["name"]) for row in rows or ()]

    def for_filing(self, day: date) -> "Regime":
        """The regime that governs a dossier filed on this day unless its filer may choose and does.

        From its first day a new regime takes every new dossier. Raises Regime.DoesNotExist.
        """
        regime = self.offered().in_force(day).first()
        if regime is None:
            raise self.model.DoesNotExist(f"Không có quy định nào áp dụng cho hồ sơ nộp ngày {day:%d/%m/%Y}.")
        return regime

    def choices_for_filing(self, day: date) -> list["Regime"]:
        """The regimes between which the filer of that day may choose, the newest first; mostly one.

        More than one only where the newest says so (``filing_overlap``) while an older one runs out, as in the 60 days
        after Quyết định 26/2026/QĐ-TTg.
        """
        regimes = list(self.offered().in_force(day))
        chooses = regimes and regimes[0].process.value("filing_overlap") == FILER_CHOOSES
        return regimes if chooses else regimes[:1]

    def chosen_for_filing(self, day: date, regime_id: str) -> "Regime":
        """The regime that the filer of that day chose; without a choice the newest. Raises Regime.DoesNotExist."""
        if not regime_id:
            return self.for_filing(day)
        found = next((row for row in self.choices_for_filing(day) if row.pk == regime_id), None)
        if found is None:
            raise self.model.DoesNotExist(
                f"Hồ sơ nộp ngày {day:%d/%m/%Y} không chọn được quy định {regime_id}."
            )
        return found

    def takes(self, regime: "Regime", day: date) -> bool:
        """Whether a dossier under this regime may be filed on that day."""
        return regime == self.for_filing(day) or regime in self.choices_for_filing(day)

    def finish_by(self, regime: "Regime", kind: str) -> date | None:
        """The last day for a dossier of this kind under a regime that another one ends; None where none does.

        ``kind``: first_time, upgrade or re_evaluation.
        """
        for later in self.filter(effective_from__gt=regime.effective_from).order_by("effective_from"):
            transition = later.process.value("transition", {})
            if transition.get("previous_regime") == regime.pk:
                return date.fromisoformat(transition["finish_by"][kind])
        return None


class Regime(models.Model):
    """One period of the law: criteria, star bands, levels, deadlines, forms, code format."""

    id = models.SlugField("mã", primary_key=True, max_length=32)
    title = models.CharField("tên", max_length=200)
    effective_from = models.DateField("có hiệu lực từ ngày")
    effective_to = models.DateField("đến hết ngày", null=True, blank=True)
    offered = models.BooleanField("được dùng cho hồ sơ mới")
    data = models.JSONField("nội dung version.yaml và process.yaml")
    digest = models.CharField("mã băm các tệp (SHA-256)", max_length=64)
    loaded_at = models.DateTimeField("nạp lúc", default=timezone.now)
    used_at = models.DateTimeField("dùng lần đầu lúc", null=True, blank=True, editable=False)

    objects = RegimeQuerySet.as_manager()

    class Meta:
        verbose_name = "quy định"
        verbose_name_plural = "quy định"
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(
                name="regime_period_is_forward",
                condition=Q(effective_to=None) | Q(effective_to__gte=models.F("effective_from")),
                violation_error_message="Ngày hết hiệu lực không được trước ngày có hiệu lực.",
            ),
        ]

    def __str__(self):
        return self.title

    @cached_property
    def process(self) -> Process:
        """Everything besides the criteria, each item with source and confidence."""
        return Process.from_dict(self.data["process"])

    @cached_property
    def bands(self) -> tuple[law.Band, ...]:
        """The star bands, from 1 to 5 stars."""
        return tuple(law.band(row) for row in self.data["version"]["star_bands"])

    @property
    def law(self) -> str:
        """The decisions behind the criteria, as papers cite them."""
        return law.law_of(self.data["version"])

    @property
    def legal_basis(self) -> list[tuple[str, date, str]]:
        """Number, day and issuer of each decision behind it, for the grounds of a paper."""
        rows = self.data["version"]["legal_basis"]
        return [(row["number"], date.fromisoformat(row["date"]), row["issuer"]) for row in rows]

    @property
    def certificate_months(self) -> int:
        """How long a certificate runs, in calendar months from the day of the decision."""
        return self.process.value("certificate_months")

    @property
    def expiry_notice_days(self) -> int | None:
        """Least days before its end on which the holder of a certificate must be told; None where unknown."""
        return self.process.value("expiry_notice_days")

    @property
    def document_kinds(self) -> tuple[DocumentKind, ...]:
        """Kinds of papers of a dossier, in the order of the form."""
        return self.process.document_kinds

    @property
    def intake_level(self) -> str:
        """The level at which a producer files a dossier."""
        return self.process.value("intake_level")

    def level_for(self, stars: int | None) -> str | None:
        """The level that recognises so many stars; None for 1 and 2 stars or none."""
        return self.process.level_for(stars)

    def recognised_at(self, level: str) -> frozenset[int]:
        """The stars recognised at this level."""
        return self.process.recognised_at(level)

    def forward_from(self, level: str) -> Forward | None:
        """Where products with enough points go on to; None at the top."""
        return self.process.forward_from(level)

    @property
    def renewal(self) -> tuple[RenewalStep, ...]:
        """The steps of a renewal in their order; each at most once for a certificate."""
        return self.process.renewal

    @property
    def revocation_grounds(self) -> tuple[Ground, ...]:
        """The grounds on which a certificate is revoked."""
        return self.process.revocation_grounds

    def product_code(self, **blocks: str | int) -> str:
        """A product's code from province, district, commune, serial, year; needless ones are ignored."""
        return self.process.product_code.format(**blocks)

    def mark_used(self) -> None:
        """A dossier is made under this regime: from now on its law cannot be changed any more."""
        if self.used_at is None:
            Regime.objects.filter(pk=self.pk, used_at=None).update(used_at=timezone.now())
            self.refresh_from_db(fields=["used_at"])


class CriteriaSetQuerySet(models.QuerySet):
    def offered(self):
        """Sets a dossier can be judged by: of an offered regime, and whole in our source."""
        return self.filter(regime__offered=True, incomplete=False)

    def of(self, regime: Regime):
        """The sets of one regime, in the order of the law."""
        return self.filter(regime=regime)

    def for_choice(self):
        """For menus and lists: without the content, which is long."""
        return self.select_related("regime").defer("content", "regime__data")


class CriteriaSet(models.Model):
    """One of the product sets (bộ tiêu chí) of a regime."""

    regime = models.ForeignKey(Regime, models.PROTECT, related_name="criteria_sets", verbose_name="quy định")
    code = models.SlugField("mã", max_length=80)
    number = models.PositiveSmallIntegerField("số thứ tự")
    name = models.CharField("tên", max_length=200)
    industry_code = models.CharField("mã ngành", max_length=4)
    industry_name = models.CharField("ngành", max_length=120)
    group = models.CharField("nhóm", max_length=120)
    subgroup = models.CharField("phân nhóm", max_length=120, blank=True)
    confidence = models.CharField("độ tin cậy", max_length=16)
    incomplete = models.BooleanField("thiếu điểm trong nguồn", default=False)
    content = models.JSONField("nội dung tệp")

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        ordering = ["regime", "number"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "code"], name="criteria_set_once_per_regime"),
            models.UniqueConstraint(fields=["regime", "number"], name="criteria_set_number_once_per_regime"),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"

    def engine_set(self) -> law.CriteriaSet:
        """This set for the star engine; built once per process and per state of the files."""
        key = (self.pk, self.regime.digest)
        if key not in _ENGINE_SETS:
            _ENGINE_SETS[key] = law.CriteriaSet.from_dict(self.content, self.regime.data["version"])
        return _ENGINE_SETS[key]

    @property
    def sample_count(self) -> int:
        """How many samples of the product go with a dossier of this set; 0 for tourism."""
        samples = self.regime.process.value("samples")
        return 0 if self.industry_code in samples["except_industries"] else samples["count"]


class CriterionQuerySet(models.QuerySet):
    def of(self, criteria_set: CriteriaSet):
        """The criteria of one set with their options, in the order of the form."""
        return self.filter(criteria_set=criteria_set).prefetch_related("options")

    def by_code(self, criteria_set: CriteriaSet) -> dict[str, "Criterion"]:
        """The criteria of one set by code."""
        return {row.code: row for row in self.filter(criteria_set=criteria_set)}


class Criterion(models.Model):
    """One line of a set's form."""

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="criteria", verbose_name="bộ tiêu chí"
    )
    code = models.CharField("mã", max_length=12)
    label = models.CharField("ký hiệu trên phiếu", max_length=8, blank=True)
    name = models.CharField("tên", max_length=90)
    part = models.CharField("phần", max_length=1)
    section_code = models.CharField("mã mục", max_length=4)
    section_name = models.CharField("mục", max_length=200)
    group_code = models.CharField("mã nhóm tiêu chí", max_length=8, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")
    max_points = models.PositiveSmallIntegerField("điểm tối đa")
    none_allowed = models.BooleanField("được để trống (0 điểm)", default=False)
    gates = models.JSONField("điểm tối thiểu theo sao", default=dict)
    applies_if = models.JSONField("chỉ tính khi", null=True, blank=True)
    cases = models.JSONField("các trường hợp", default=list)
    requirement = models.TextField("yêu cầu bắt buộc", blank=True)
    guidance = models.TextField("hướng dẫn", blank=True)
    knockout = models.TextField("điều kiện loại", blank=True)
    stop_if = models.TextField("điều kiện dừng đánh giá", blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["criteria_set", "position"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "code"], name="criterion_code_once_per_set"),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def can_strike(self) -> bool:
        """A judge may strike the dossier out here."""
        return bool(self.knockout or self.stop_if)


class OptionQuerySet(models.QuerySet):
    def by_key(self, criteria_set: CriteriaSet) -> dict[str, "Option"]:
        """The options of one set by key: from what a form sends to the row a score points at."""
        rows = self.filter(criterion__criteria_set=criteria_set).select_related("criterion")
        return {row.key: row for row in rows}


class Option(models.Model):
    """One box of a criterion."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="options", verbose_name="tiêu chí")
    key = models.CharField("khóa", max_length=24)
    position = models.PositiveSmallIntegerField("thứ tự")
    points = models.PositiveSmallIntegerField("điểm")
    text = models.TextField("nội dung")
    min_star = models.PositiveSmallIntegerField("mức tối thiểu cho hạng sao", null=True, blank=True)
    case = models.PositiveSmallIntegerField("trường hợp", null=True, blank=True)

    objects = OptionQuerySet.as_manager()

    class Meta:
        verbose_name = "mức điểm"
        verbose_name_plural = "mức điểm"
        ordering = ["criterion", "position"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "key"], name="option_key_once_per_criterion"),
        ]

    def __str__(self):
        return f"{self.points} điểm – {self.text}"
