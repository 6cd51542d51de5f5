"""Decisions: the list, a draft with its rehearsal, the annex, the release, the scan."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.permissions import require
from evaluation import actions, permissions
from evaluation.decision_forms import AnnexForm, CouncilForm, DraftFilter, DraftForm, ScanForm
from evaluation.models import Council, DecisionDraft
from evaluation.rehearsal import rehearse, waiting
from foundation.trail.models import Entry
from foundation.ui.forms import PortalForm
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file, turned_away
from foundation.ui.lists import render_list


def find(request, code):
    """The draft by its code, if this person may see it; else 404."""
    return get_object_or_404(DecisionDraft.objects.visible_to(request.user).for_page(), code=code)


@page
def drafts(request):
    """Decisions that this person may see, in the making and released."""
    context = {"runs_a_council": Council.objects.run_by(request.user).at_work().exists()}
    rows = DecisionDraft.objects.visible_to(request.user).for_list()
    return render_list(request, "evaluation/decisions", rows, DraftFilter, context=context)


@form_page
def draft_new(request):
    """Begin a decision on everything that waits for one council's office."""
    councils = Council.objects.run_by(request.user).at_work().for_list()
    require(councils.exists())
    form = CouncilForm(request.POST or None, councils=councils)
    form.cancel_url = reverse("evaluation:drafts")
    if form.is_valid():
        council = form.cleaned_data["hoi_dong"]
        if carried_out(form, actions.draft_decision, council, waiting(council), by=request.user):
            return redirect(form.outcome)
    rows = [(council, waiting(council)) for council in councils]
    return render(request, "evaluation/decisions/new.html", {"form": form, "rows": rows})


@page
def draft(request, code):
    """One decision: what its release would publish, or has published."""
    record = find(request, code)
    context = {
        "draft": record,
        "may": permissions.may_draft(request.user, record),
        "timeline": Entry.objects.about(record).as_timeline(),
    }
    if record.is_open:
        context["rehearsal"] = rehearse(record)
    else:
        context["lines"] = record.annex()
    return render(request, "evaluation/decisions/draft.html", context)


@form_page
def draft_edit(request, code):
    """What the paper says."""
    record = find(request, code)
    form = DraftForm(
        request.POST or None, initial={name: getattr(record, name) for name in DraftForm.base_fields}
    )
    if not (record.is_open and permissions.may_draft(request.user, record)):
        return turned_away(request, form, record)
    form.cancel_url = record.get_absolute_url()
    if form.is_valid() and carried_out(
        form, actions.write_draft, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "evaluation/decisions/edit.html", {"draft": record, "form": form})


@form_page
def annex(request, code):
    """Which products the decision is on."""
    record = find(request, code)
    if not (record.is_open and permissions.may_draft(request.user, record)):
        return turned_away(request, PortalForm(request.POST or None), record)
    form = AnnexForm(request.POST or None, draft=record)
    form.cancel_url = record.get_absolute_url()
    if form.is_valid() and carried_out(form, actions.fill_annex, record, form.chosen, by=request.user):
        return redirect(record)
    return render(request, "evaluation/decisions/annex.html", {"draft": record, "form": form})


@deed
def release(request, code):
    """Publish: all or nothing."""
    done = "Đã công bố quyết định: hạng sao, giấy chứng nhận và thông báo tới chủ thể."
    return perform(request, actions.release_decision, find(request, code), done=done)


@deed
def withdrawal(request, code):
    """Give the draft up."""
    return perform(request, actions.withdraw_draft, find(request, code), done="Đã bỏ dự thảo.")


@form_page
def scan(request, code):
    """Keep the scan of the signed decision."""
    record = find(request, code)
    form = ScanForm(request.POST or None, request.FILES or None)
    if record.is_open or record.scan or not permissions.may_draft(request.user, record):
        return turned_away(request, form, record)
    form.cancel_url = record.get_absolute_url()
    if form.is_valid() and carried_out(form, actions.keep_scan, record, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã lưu bản quét.")
        return redirect(record)
    return render(request, "evaluation/decisions/scan.html", {"draft": record, "form": form})


@page
def scan_file(request, code):
    """The scan, for those who may see the decision."""
    record = find(request, code)
    if not record.scan:
        raise Http404
    pdf = record.scan.name.endswith(".pdf")
    name = f"quyet-dinh-{record.code}.{'pdf' if pdf else 'jpg'}"
    kind = "application/pdf" if pdf else "image/jpeg"
    return serve_private_file(request, record.scan, name, inline=True, content_type=kind)
