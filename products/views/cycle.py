"""Pages of the yearly cycle."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.permissions import require
from foundation import clock
from foundation.areas.models import Area
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import FilterForm
from foundation.ui.http import carried_out, form_page, page
from products import cycle, permissions
from products.actions.cycle import set_calendar
from products.models import CycleStep
from products.models.cycle import unit_for
from products.models.potentials import FIRST_YEAR, LAST_YEAR
from products.tracking_forms import CalendarForm


class Choice(FilterForm):
    """Which year, which district or province."""

    nam = forms.IntegerField(label="Năm", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    noi = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


@page
def calendar(request):
    """The six steps with their days, for a year and a unit; everybody signed in reads them."""
    today, chosen = clock.today(), Choice(request.GET).chosen
    year = chosen.get("nam") or today.year
    named = Area.objects.with_parents().filter(pk=chosen["noi"]).first() if "noi" in chosen else None
    unit = named or unit_for(request.user)
    rows = CycleStep.objects.in_force(unit, year) if unit else []
    held = {row.step: row for row in rows}
    context = {
        "year": year,
        "unit": unit,
        "units": [
            *Area.objects.provinces().current(),
            *Area.objects.districts().current().order_by(Alphabetical("name")),
        ],
        "steps": [(about, held.get(code)) for code, about in cycle.steps().items()],
        "outlook": cycle.outlook(rows, today),
        "today": today,
        "source": cycle.source(),
        "may_set": bool(unit) and permissions.may_set_calendar(request.user, unit),
    }
    return render(request, "products/cycle/calendar.html", context)


@form_page
def calendar_edit(request, year, area):
    """Set the days of a district's or province's year."""
    unit = get_object_or_404(Area.objects.with_parents(), pk=area)
    require(permissions.may_set_calendar(request.user, unit))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    form = CalendarForm(
        request.POST or None, rows=list(CycleStep.objects.filter(area=unit, year=year)), year=year
    )
    if form.is_valid() and carried_out(
        form,
        set_calendar,
        unit,
        by=request.user,
        year=year,
        source=form.cleaned_data["source"],
        days=form.days,
    ):
        messages.success(request, f"Đã lưu lịch chu trình năm {year}.")
        return redirect(f"{reverse('products:calendar')}?nam={year}&noi={unit.pk}")
    return render(request, "products/cycle/edit.html", {"form": form, "unit": unit, "year": year})
