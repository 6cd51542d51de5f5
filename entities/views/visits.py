"""Pages of support on the spot: visits, photos, agreed actions."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from entities import permissions, topics
from entities.actions import visits as actions
from entities.calendars import calendar_of
from entities.exports import support as exports
from entities.forms.visits import ActionForm, CancelForm, DoneForm, PhotosForm, PlanForm, RecordForm
from entities.models import AgreedAction, Entity, FieldVisit, VisitStatus
from foundation import clock
from foundation.trail.models import Entry
from foundation.ui.forms import DayField, FilterForm
from foundation.ui.http import carried_out, form_page, page, serve_private_file, turned_away
from foundation.ui.lists import render_list

STEPS = ("Ai, khi nào, việc gì", "Kết quả tại chỗ")
EVERY = ("", "Tất cả")


class VisitFilter(FilterForm):
    """Narrowing the list of visits."""

    SEARCH = ("entity__name__unaccent", "officer__full_name__unaccent", "findings__unaccent")
    SEARCH_LABEL = "Chủ thể, cán bộ hoặc tình hình"
    LOOKUPS = {"trang_thai": "status", "tu": "planned_on__gte", "den": "planned_on__lte"}
    SORTS = {
        "moi": ("Mới nhất", "-planned_on"),
        "cu": ("Cũ nhất", "planned_on"),
        "ten": ("Tên chủ thể", "entity__alphabet"),
    }

    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[EVERY, *VisitStatus.choices])
    noi_dung = forms.ChoiceField(label="Nội dung", required=False, choices=lambda: [EVERY, *topics.choices()])
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)

    def narrow_noi_dung(self, queryset, code):
        """Visits with that topic among theirs."""
        return queryset.filter(topics__contains=[code])


class ActionFilter(FilterForm):
    """Narrowing the list of agreed actions."""

    SEARCH = ("what__unaccent", "visit__entity__name__unaccent")
    SEARCH_LABEL = "Việc hoặc chủ thể"
    SORTS = {"han": ("Hạn gần nhất", "due_on"), "moi": ("Mới thống nhất", "-agreed_on")}

    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[EVERY, ("dang-lam", "Chưa xong"), ("qua-han", "Quá hạn"), ("xong", "Đã xong")],
    )

    def narrow_tinh_trang(self, queryset, word):
        """By what is so today."""
        today = clock.today()
        if word == "xong":
            return queryset.filter(done_on__isnull=False)
        return queryset.overdue_on(today) if word == "qua-han" else queryset.open_on(today)


def find(request, code):
    """The visit, if this person may see it; else 404."""
    return get_object_or_404(FieldVisit.objects.visible_to(request.user).for_list(), code=code)


def find_action(request, code):
    """The agreed action, if this person may see it; else 404."""
    return get_object_or_404(AgreedAction.objects.visible_to(request.user).for_list(), code=code)


def steps(current):
    """The outline of the two steps."""
    states = ("current", "todo") if current == 0 else ("done", "current")
    return [{"label": label, "state": state} for label, state in zip(STEPS, states, strict=True)]


@page
def visits(request):
    """The visits that this person may see."""
    rows = FieldVisit.objects.visible_to(request.user).for_list()
    context = {"may_plan": permissions.may_plan_visits(request.user)}
    return render_list(request, "entities/visits", rows, VisitFilter, export=exports.visits, context=context)


@page
def agreed(request):
    """What was agreed on the spot and may be seen by this person."""
    rows = AgreedAction.objects.visible_to(request.user).for_list()
    return render_list(request, "entities/actions", rows, ActionFilter, export=exports.actions)


@page
def visit(request, code):
    """One visit: what was seen, photos, what was agreed; prints as a record with the official heading."""
    record, user = find(request, code), request.user
    acts = permissions.acts_for(user, record.entity)
    agreed_actions = list(record.actions.select_related("owner", "keeper"))
    for action in agreed_actions:
        action.visit = record
        action.may_finish = permissions.may_finish_action(user, action, acts=acts)
    context = {
        "visit": record,
        "actions": agreed_actions,
        "photos": record.photos.all(),
        "next_visit": getattr(record, "next_visit", None),
        "timeline": Entry.objects.about(record).as_timeline(),
        "can": {
            "hold": permissions.may_hold_visit(user, record),
            "add": permissions.may_add_to_visit(user, record),
        },
    }
    return render(request, "entities/visits/visit.html", context)


@form_page
def visit_new(request):
    """First step: whom, when, about what. On the very day the second step follows at once."""
    if not permissions.may_plan_visits(request.user):
        raise Http404
    initial = {}
    if code := request.GET.get("chu-the", ""):
        initial["entity"] = Entity.objects.visible_to(request.user).filter(code=code).first()
    form = PlanForm(request.POST or None, user=request.user, initial=initial)
    if form.is_valid() and carried_out(form, actions.plan_visit, by=request.user, **form.cleaned_data):
        return after_planning(form.outcome)
    return render(request, "entities/visits/form.html", {"form": form, "steps": steps(0)})


def after_planning(visit):
    """To the second step when the officer is there already, else to the visit."""
    if visit.planned_on <= clock.today():
        return redirect("entities:visit_record", visit.code)
    return redirect(visit)


@form_page
def visit_edit(request, code):
    """Another day or purpose."""
    record = find(request, code)
    initial = {"planned_on": record.planned_on, "topics": record.topics, "purpose": record.purpose}
    form = PlanForm(request.POST or None, user=request.user, entity=record.entity, initial=initial)
    form.submit_label = "Lưu lịch hẹn"
    if not permissions.may_hold_visit(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.revise_visit, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "entities/visits/form.html", {"form": form, "visit": record})


@form_page
def visit_record(request, code):
    """Second step: the result. Photos are kept first, so that a refused form does not lose them."""
    record = find(request, code)
    form = RecordForm(request.POST or None, request.FILES or None, visit=record)
    if not permissions.may_hold_visit(request.user, record):
        return turned_away(request, form, record)
    if form.is_bound:
        form.is_valid()
        kept = keep_photos(request, form, record)
        if (
            kept
            and form.is_valid()
            and carried_out(form, actions.hold_visit, record, by=request.user, **form.cleaned_data)
        ):
            return redirect(record)
    context = {"form": form, "visit": record, "steps": steps(1), "photos": record.photos.all()}
    return render(request, "entities/visits/record.html", context)


def keep_photos(request, form, record):
    """Store the fit photos of a form, whatever else is wrong with it; whether nothing was refused."""
    photos = form.chosen_photos()
    return not photos or carried_out(form, actions.add_photos, record, photos, by=request.user)


@form_page
def visit_photos(request, code):
    """More photos."""
    record = find(request, code)
    form = PhotosForm(request.POST or None, request.FILES or None)
    if not permissions.may_add_to_visit(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.add_photos, record, form.cleaned_data["photos"], by=request.user
    ):
        return redirect(record)
    return render(request, "entities/visits/photos.html", {"form": form, "visit": record})


@page
def visit_photo(request, code, number):
    """One photo, for those who may see the visit."""
    photo = get_object_or_404(find(request, code).photos, code=number)
    name = f"thuc-dia-{photo.pk}.jpg"
    return serve_private_file(request, photo.image, name, inline=True, content_type="image/jpeg")


@form_page
def visit_cancellation(request, code):
    """Nobody goes, and why."""
    record = find(request, code)
    form = CancelForm(request.POST or None)
    if not permissions.may_hold_visit(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.cancel_visit, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "entities/visits/cancel.html", {"form": form, "visit": record})


@page
def visit_calendar(request, code):
    """One visit as a file for a calendar."""
    record = find(request, code)
    response = HttpResponse(calendar_of([record]), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ho-tro-{record.day:%Y-%m-%d}.ics"'
    return response


@form_page
def action_new(request, code):
    """One more thing that was agreed."""
    record = find(request, code)
    form = ActionForm(request.POST or None, visit=record)
    if not permissions.may_add_to_visit(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(form, actions.agree, record, by=request.user, **form.cleaned_data):
        return redirect(record)
    return render(request, "entities/visits/action.html", {"form": form, "visit": record})


@form_page
def action_done(request, code):
    """It is done: day, result, evidence."""
    record = find_action(request, code)
    form = DoneForm(request.POST or None, request.FILES or None)
    if not permissions.may_finish_action(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.finish_action, record, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Đã ghi việc đã xong.")
        return redirect(record)
    return render(request, "entities/visits/done.html", {"form": form, "action": record})


@page
def action_evidence(request, code):
    """The file that shows that it is done."""
    record = find_action(request, code)
    if not record.evidence:
        raise Http404
    ending = "pdf" if record.evidence_type == "application/pdf" else "jpg"
    return serve_private_file(
        request, record.evidence, f"minh-chung.{ending}", inline=True, content_type=record.evidence_type
    )
