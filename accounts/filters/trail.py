"""Narrowing the trail."""

import datetime as dt

from django import forms
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from foundation.ui.forms import DayField, FilterForm


def kinds():
    """Pairs of label and Vietnamese name of every kind of record that is ours, by name."""
    ours = [model._meta for model in apps.get_models() if not model.__module__.startswith("django.")]
    return sorted(
        ((meta.label_lower, str(meta.verbose_name).capitalize()) for meta in ours), key=lambda kind: kind[1]
    )


def midnight(day):
    """The moment at which the day begins here."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class TrailFilter(FilterForm):
    """By words of the act, person, kind of record and days (both included)."""

    SEARCH = ("act",)
    SEARCH_LABEL = "Việc đã làm"

    nguoi = forms.CharField(label="Người thực hiện", required=False, max_length=100)
    loai = forms.ChoiceField(label="Loại bản ghi", required=False)
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến hết ngày", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = [("", "Tất cả"), *kinds()]

    def narrow_nguoi(self, queryset, words):
        """By name or user name."""
        return queryset.filter(Q(by__full_name__unaccent__icontains=words) | Q(by__username__icontains=words))

    def narrow_loai(self, queryset, label):
        """By the kind of record."""
        return queryset.filter(subject_type=ContentType.objects.get_by_natural_key(*label.split(".")))

    def narrow_tu(self, queryset, day):
        """From the beginning of that day."""
        return queryset.filter(at__gte=midnight(day))

    def narrow_den(self, queryset, day):
        """To the end of that day."""
        if day == dt.date.max:
            return queryset
        return queryset.filter(at__lt=midnight(day + dt.timedelta(days=1)))
