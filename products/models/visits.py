"""What joins support with products: a visit about an idea, and a producer's best stars."""

from django.db import models

from entities.models import FieldVisit
from products.models.ideas import Idea
from products.models.ratings import Rating


class IdeaVisit(models.Model):
    """A field visit that is about an idea. The idea's own producer was visited."""

    visit = models.OneToOneField(
        FieldVisit, models.CASCADE, related_name="about_idea", verbose_name="chuyến hỗ trợ"
    )
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="idea_visits", verbose_name="ý tưởng")

    class Meta:
        verbose_name = "chuyến hỗ trợ về ý tưởng"
        verbose_name_plural = "chuyến hỗ trợ về ý tưởng"

    def __str__(self):
        return f"{self.idea}: {self.visit}"


def best_stars_of(entity, day):
    """The most stars that a product of the producer holds on that day; 0 without any."""
    best = Rating.objects.in_force(day).filter(product__entity=entity).aggregate(most=models.Max("stars"))
    return best["most"] or 0
