"""Pages of dossiers: list, record, registration, deeds."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from accounts.models import Role
from foundation import clock
from foundation.trail.models import Entry
from foundation.ui.forms import FilterForm
from foundation.ui.http import carried_out, deed, form_page, page, perform, turned_away
from foundation.ui.lists import render_list
from products import actions, permissions, rules, stages, windows
from products.dossier_forms import BeginForm, LockedRegistrationForm
from products.intake import assessments
from products.models import Application, Dossier, DossierStatus, ItemKind, Product
from products.models.dossiers import REGISTRATION


class DossierFilter(FilterForm):
    """Narrowing the list of dossiers."""

    SEARCH = ("code", "product__name__unaccent", "product__entity__name__unaccent")
    LOOKUPS = {"trang_thai": "status"}
    SORTS = {"moi": ("Mới nhất", "-pk"), "ten": ("Tên sản phẩm", "product__alphabet")}

    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *DossierStatus.choices]
    )


def find(request, code):
    """The dossier by its code, if this person may see it; else 404."""
    return get_object_or_404(Dossier.objects.visible_to(request.user).for_page(), code=code)


@page
def dossiers(request):
    """The dossiers that this person may see."""
    queryset = Dossier.objects.visible_to(request.user).for_list()
    context = {"may_begin": request.user.has_role(Role.PRODUCER)}
    return render_list(request, "products/dossiers", queryset, DossierFilter, context=context)


@page
def dossier(request, code):
    """One dossier: where it stands, what is missing, what may be done with it."""
    record = find(request, code)
    user = request.user
    context = {
        "dossier": record,
        "result": record.result(),
        "criteria_count": record.criteria_set.criteria.count(),
        "missing": record.missing() if record.is_with_producer else [],
        "evidence": record.evidence.prefetch_related("criteria"),
        "kinds": {kind.code: kind.name for kind in record.regime.document_kinds},
        "samples": record.criteria_set.sample_count,
        "place": record.product.place_today,
        "timeline": Entry.objects.about(record).as_timeline(),
        "rating": getattr(record, "rating", None),
        "submissions": record.submissions.select_related("by"),
        "rounds": record.rounds.prefetch_related("items").select_related("opened_by"),
        "assessments": assessments(record),
        "receipts": record.receipts.select_related("received_by"),
        "slip": rules.slip(record.regime),
        "window": windows.of(record, clock.today()),
        "province_round": windows.province_round(record, clock.today()),
        "local_due": stages.is_local(record.regime, record.status),
        "can": {
            "edit": permissions.may_edit_dossier(user, record),
            "check": permissions.may_check_dossier(user, record),
            "accept": permissions.may_accept(user, record),
            "assess": permissions.may_assess(user, record),
            "extend": permissions.may_extend(user, record),
        },
    }
    return render(request, "products/dossiers/dossier.html", context)


@deed
def dossier_opening(request, code):
    """Begin the dossier of a product."""
    product = get_object_or_404(Product.objects.visible_to(request.user), code=code)
    there = Dossier.objects.filter(product=product).exclude(status=DossierStatus.WITHDRAWN)
    if live := there.first():
        return redirect(live)
    try:
        return redirect(actions.open_dossier(product, by=request.user))
    except ValidationError as refusal:  # another press was faster, or the product has stars already
        messages.error(request, " ".join(refusal.messages))
        return redirect(there.first() or "products:dossiers")


@form_page
def dossier_begin(request):
    """Begin a dossier of one of one's own products: first time, upgrade, re-evaluation."""
    form = BeginForm(request.POST or None, user=request.user, initial=_asked_for(request))
    if form.is_valid():
        given = form.cleaned_data
        facts = {"application": given["application"], "set_code": getattr(given["criteria_set"], "code", "")}
        facts["regime_id"] = given.get("regime", "")
        if carried_out(form, actions.open_dossier, given["product"], by=request.user, **facts):
            return redirect(form.outcome)
    return render(request, "products/dossiers/begin.html", {"form": form})


def _asked_for(request):
    """What the address that led here has chosen: product and kind; anything unknown leaves the form's own choice."""
    asked = {"application": Application.UPGRADE}
    if (kind := request.GET.get("loai")) in Application.values:
        asked["application"] = kind
    product = Product.objects.visible_to(request.user).filter(code=request.GET.get("san-pham", "")).first()
    if product:
        asked["product"] = product
        kinds = stages.applications(product)
        asked["application"] = asked["application"] if asked["application"] in kinds else kinds[0]
    return asked


@form_page
def registration(request, code):
    """The registration part."""
    record = find(request, code)
    form = LockedRegistrationForm(request.POST or None, instance=record)
    if not permissions.may_edit_dossier(request.user, record):
        return turned_away(request, form, record)
    sent = {name: request.POST.get(f"v-{name}", "") for name in REGISTRATION}
    versions = {name: int(text) for name, text in sent.items() if text.isdecimal() and len(text) < 9} or None
    if form.is_valid() and carried_out(
        form, actions.save_registration, record, by=request.user, versions=versions, **form.cleaned_data
    ):
        return redirect("products:self_score", code)
    context = {"dossier": record, "form": form, "versions": _versions(record)}
    return render(request, "products/dossiers/registration.html", context)


def _versions(record):
    """How often each open field was saved, as it stands in the database."""
    kept = Dossier.objects.only("versions").get(pk=record.pk).versions
    return {name: kept.get(name, 0) for name in REGISTRATION if record.openings.has(ItemKind.FACT, name)}


@deed
def submission(request, code):
    """The producer hands the dossier in; sent again because the answer was lost, it says that it arrived."""
    record = find(request, code)
    if not record.is_with_producer and permissions.acts_for(request.user, record.product.entity):
        messages.info(request, "Hồ sơ này đã nộp rồi.")
        return redirect(record)
    return perform(request, actions.submit, record, done="Đã nộp hồ sơ.")


@deed
def acceptance(request, code):
    """The district finds the dossier complete."""
    return perform(request, actions.accept, find(request, code), done="Đã tiếp nhận hồ sơ đủ điều kiện.")


@deed
def dossier_withdrawal(request, code):
    """The producer takes the dossier back for good."""
    return perform(request, actions.withdraw, find(request, code), done="Đã rút hồ sơ.")
