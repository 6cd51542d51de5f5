"""Pages of support policies and of grants received."""

from django import forms
from django.db.models import Count, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from entities import permissions
from entities.actions import policies as actions
from entities.exports import support as exports
from entities.forms.policies import GrantForm, PolicyForm
from entities.models import Entity, PolicyKind, SupportGrant, SupportPolicy
from foundation import clock
from foundation.trail.models import Entry
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import DayField, FilterForm
from foundation.ui.http import carried_out, form_page, page, turned_away
from foundation.ui.lists import render_list

EVERY = ("", "Tất cả")


class PolicyFilter(FilterForm):
    """Narrowing the catalogue."""

    SEARCH = ("title__unaccent", "document__unaccent", "what__unaccent", "who__unaccent")
    SEARCH_LABEL = "Tên, văn bản hoặc nội dung"
    LOOKUPS = {"loai": "kind"}
    SORTS = {"ten": ("Tên", Alphabetical("title")), "moi": ("Mới nhất", "-start")}

    loai = forms.ChoiceField(label="Loại hỗ trợ", required=False, choices=[EVERY, *PolicyKind.choices])
    con = forms.BooleanField(label="Chỉ chính sách đang áp dụng", required=False)

    def narrow_con(self, queryset, _yes):
        """Those that can be applied for today."""
        return queryset.in_force(clock.today())


class GrantFilter(FilterForm):
    """Narrowing the list of grants."""

    SEARCH = ("entity__name__unaccent", "policy__title__unaccent", "decision_number")
    SEARCH_LABEL = "Chủ thể, chính sách hoặc số quyết định"
    LOOKUPS = {"tu": "granted_on__gte", "den": "granted_on__lte"}
    SORTS = {"moi": ("Mới nhất", "-granted_on"), "tien": ("Số tiền", "-amount")}

    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)


def find(request, code):
    """The policy by its code; else 404."""
    return get_object_or_404(SupportPolicy.objects.known_to(request.user).for_list(), code=code)


@page
def policies(request):
    """The catalogue."""
    rows = SupportPolicy.objects.known_to(request.user).for_list()
    context = {"may_edit": permissions.may_edit_policies(request.user)}
    return render_list(
        request, "entities/policies", rows, PolicyFilter, export=exports.policies, context=context
    )


@page
def policy(request, code):
    """One policy: who qualifies, how to apply, and who received something by it in one's own area."""
    record = find(request, code)
    received = SupportGrant.objects.visible_to(request.user).filter(policy=record)
    context = {
        "policy": record,
        "grants": received.for_list()[:20],
        "sum": received.aggregate(count=Count("pk"), amount=Sum("amount")),
        "timeline": Entry.objects.about(record).as_timeline(),
        "can": {
            "edit": permissions.may_edit_policies(request.user),
            "grant": permissions.may_record_grants(request.user),
        },
    }
    return render(request, "entities/policies/policy.html", context)


@form_page
def policy_new(request):
    """A policy enters the catalogue."""
    if not permissions.may_edit_policies(request.user):
        raise Http404
    form = PolicyForm(request.POST or None)
    if form.is_valid() and carried_out(form, actions.add_policy, by=request.user, **form.cleaned_data):
        return redirect(form.outcome)
    return render(request, "entities/policies/form.html", {"form": form})


@form_page
def policy_edit(request, code):
    """Change what the catalogue says."""
    record = find(request, code)
    form = PolicyForm(request.POST or None, instance=record)
    if not permissions.may_edit_policies(request.user):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.revise_policy, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "entities/policies/form.html", {"form": form, "policy": record})


@page
def grants(request):
    """What producers received, as far as this person may see."""
    rows = SupportGrant.objects.visible_to(request.user).for_list()
    return render_list(request, "entities/grants", rows, GrantFilter, export=exports.grants)


@form_page
def grant_new(request, code):
    """Write down what a producer received by this policy."""
    record = find(request, code)
    chosen = Entity.objects.visible_to(request.user).filter(code=request.GET.get("chu-the", "")).first()
    form = GrantForm(request.POST or None, user=request.user, initial={"entity": chosen})
    if not permissions.may_record_grants(request.user):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.record_grant, by=request.user, policy=record, **form.cleaned_data
    ):
        return redirect("entities:grants")
    return render(request, "entities/grants/form.html", {"form": form, "policy": record})


@form_page
def grant_edit(request, code):
    """Put a wrong entry right."""
    record = get_object_or_404(SupportGrant.objects.visible_to(request.user).for_list(), code=code)
    form = GrantForm(request.POST or None, user=request.user, grant=record)
    if not permissions.may_record_grant(request.user, record.entity):
        return turned_away(request, form, "entities:grants")
    if form.is_valid() and carried_out(
        form, actions.revise_grant, record, by=request.user, **form.cleaned_data
    ):
        return redirect("entities:grants")
    return render(
        request, "entities/grants/form.html", {"form": form, "policy": record.policy, "grant": record}
    )
