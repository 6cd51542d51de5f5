"""A producer does not agree with the result: the petition, and what became of it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entities.models.facts import new_code
from evaluation.models.cases import Case, CaseStatus
from evaluation.models.councils import Council

OPEN_TO_PETITIONS = (CaseStatus.RECOGNISED, CaseStatus.UNRECOGNISED, CaseStatus.RETURNED)


class PetitionOutcome(models.TextChoices):
    """What the office answered."""

    KEPT = "kept", "Giữ kết quả"
    AGAIN = "again", "Đánh giá lại"
    CORRECTED = "corrected", "Sửa quyết định"
    REFUSED = "refused", "Không thụ lý"


class PetitionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Petitions of the person's own producer, and those about cases that this person may see."""
        own = Q(case__dossier__product__entity__memberships__user=user)
        return self.filter(own | Q(case__in=Case.objects.visible_to(user))).distinct()

    def waiting_for(self, user):
        """Those without an answer at councils whose papers this person keeps."""
        return self.filter(outcome="", case__council__in=Council.objects.run_by(user))

    def for_list(self):
        """With what a line shows."""
        return self.select_related("case__dossier__product__entity", "case__council__area")


class Petition(models.Model):
    """One petition about one case; the answer says who, when and why."""

    code = models.SlugField("mã", max_length=40, unique=True, default=new_code)
    case = models.OneToOneField(Case, models.PROTECT, related_name="petition", verbose_name="phiên đánh giá")
    text = models.TextField("nội dung kiến nghị", max_length=4000)
    lodged_on = models.DateField("ngày gửi")
    last_day = models.DateField("hạn theo Quy chế")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="người gửi")
    outcome = models.CharField("kết quả", max_length=10, choices=PetitionOutcome, blank=True)
    answer = models.TextField("trả lời", max_length=4000, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = "kiến nghị"
        verbose_name_plural = "kiến nghị"
        ordering = ["-lodged_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="petition_in_time", condition=Q(lodged_on__lte=F("last_day"))),
            models.CheckConstraint(
                name="petition_answered_as_a_whole",
                condition=Q(outcome="", answer="", answered_on=None)
                | (
                    ~Q(outcome="")
                    & ~Q(answer="")
                    & Q(answered_on__isnull=False, answered_on__gte=F("lodged_on"))
                ),
            ),
        ]

    def __str__(self):
        return f"Kiến nghị về {self.case}"

    def get_absolute_url(self):
        return reverse("evaluation:petition", args=[self.code])


def result_of(dossier):
    """The newest case of this dossier whose result can be petitioned against; None without one."""
    rows = Case.objects.for_page().filter(dossier=dossier, status__in=OPEN_TO_PETITIONS)
    return rows.select_related("petition").order_by("-pk").first()


def last_day(case):
    """The last day for a petition by the council's Quy chế, counted from the decision or the conclusion; None where the
    Quy chế states no period or the case has no result yet.
    """
    days = case.council.petition_days
    if days is None or case.status not in OPEN_TO_PETITIONS:
        return None
    rating = getattr(case.dossier, "rating", None)
    since = rating.decision.day if rating else case.concluded_on
    return since + dt.timedelta(days=days)
