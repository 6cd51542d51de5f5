"""What is under way: ideas and dossiers of the plan's year, stage by stage, as far as the person may see them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.text import slugify

from foundation.areas.located import holds
from foundation.ui.text import plain
from products.models import Dossier, DossierStatus, Idea, IdeaStatus, Product

IDEA_STAGES = (IdeaStatus.SUBMITTED, IdeaStatus.RETURNED, IdeaStatus.ACCEPTED)
DOSSIER_STAGES = (
    DossierStatus.AT_COMMUNE,
    DossierStatus.SUBMITTED,
    DossierStatus.RETURNED,
    DossierStatus.ACCEPTED,
    DossierStatus.UNDER_EVALUATION,
    DossierStatus.RATED,
    DossierStatus.UNRATED,
)


@dataclass(frozen=True)
class Stage:
    """One stage: the word for it in addresses, what people call it, its rows, and how many they are."""

    slug: str
    kind: str
    label: str
    rows: object
    count: int


def stages(user, plan, day, today):
    """Today's stages by status; of a past day the steps that are dated, because a status keeps no day."""
    place = {"areas": [plan.area_id], "day": dt.date(plan.year, 12, 31)}
    ideas = Idea.objects.visible_to(user).filter(
        holds(Idea, **place), submitted_on__year=plan.year, submitted_on__lte=day
    )
    dossiers = Dossier.objects.visible_to(user).filter(
        holds(Product, **place, path="product__"), year=plan.year, submitted_on__lte=day
    )
    if day < today:
        return list(_dated(ideas, dossiers, day))
    return [
        *_by_status("Ý tưởng", "y-tuong", ideas, IDEA_STAGES),
        *_by_status("Hồ sơ", "ho-so", dossiers, DOSSIER_STAGES),
    ]


def _by_status(kind, word, rows, statuses):
    counts = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    for status in statuses:
        slug = f"{word}-{slugify(plain(status.label))}"
        yield Stage(slug, kind, status.label, rows.filter(status=status), counts.get(status.value, 0))


def _dated(ideas, dossiers, day):
    """Steps with a day of their own, cumulative."""
    began = Q(rating__starts_on__lte=day)
    steps = (
        ("y-tuong-da-gui", "Ý tưởng", "Đã gửi", ideas),
        ("ho-so-da-nop", "Hồ sơ", "Đã nộp", dossiers),
        ("ho-so-da-tiep-nhan", "Hồ sơ", "Đã được tiếp nhận", dossiers.filter(accepted_on__lte=day)),
        ("ho-so-da-cong-nhan", "Hồ sơ", "Đã được công nhận hạng sao", dossiers.filter(began)),
    )
    for slug, kind, label, rows in steps:
        yield Stage(slug, kind, label, rows, rows.count())
