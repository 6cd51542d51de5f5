"""Imports of workbooks: send, choose columns, look at every row's fate, confirm, take the wrong rows back."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from accounts.actions import imports as actions
from accounts.exports.imports import wrong_rows
from accounts.filters.imports import ImportRowFilter
from accounts.forms.imports import MappingForm, WorkbookForm
from accounts.imports import importers
from accounts.models import ImportMapping, ImportRow, ImportRun, ImportStatus
from accounts.permissions import may_import, require
from accounts.privacy import rules
from foundation.ui import exports
from foundation.ui.http import carried_out, deed, form_page, page, perform
from foundation.ui.lists import render_list

MAPPABLE = {ImportStatus.MAPPING, ImportStatus.READY}


def _offered(user):
    """The importers that this person may use."""
    return [one for one in importers().values() if may_import(user, one)]


def _run(request, code):
    """One of the person's own imports."""
    return get_object_or_404(ImportRun.objects.visible_to(request.user).for_list(), code=code)


@page
def import_runs(request):
    """The person's own imports, the newest first."""
    offered = _offered(request.user)
    require(offered or ImportRun.objects.visible_to(request.user).exists())
    rows = ImportRun.objects.visible_to(request.user).for_list()
    context = {"may_import": bool(offered), "kept_for": rules().retention["import"].span}
    return render_list(request, "accounts/imports", rows, context=context)


@form_page
def import_new(request):
    """Send a workbook."""
    offered = _offered(request.user)
    require(offered)
    form = WorkbookForm(request.POST or None, request.FILES or None, choices=offered)
    if form.is_valid():
        chosen = importers()[form.cleaned_data["importer"]]
        if carried_out(form, actions.send_workbook, chosen, form.cleaned_data["file"], by=request.user):
            return redirect(form.outcome)
    return render(request, "accounts/imports/new.html", {"form": form, "offered": offered})


@page
def import_run(request, code):
    """Where an import stands; once checked, every row's fate."""
    run = _run(request, code)
    context = {"run": run, "importer": importers().get(run.importer)}
    return render_list(
        request, "accounts/imports", ImportRow.objects.of(run), ImportRowFilter, context=context, name="run"
    )


@form_page
def import_columns(request, code):
    """Choose which head of the workbook is which column; as last time where the heads are the same."""
    run = _run(request, code)
    importer = importers()[run.importer]
    if not may_import(request.user, importer):
        raise PermissionDenied
    if run.status not in MAPPABLE:
        return redirect(run)
    last = ImportMapping.objects.filter(person=request.user, importer=run.importer).first()
    form = MappingForm(
        request.POST or None, importer=importer, heads=run.heads, remembered=last.heads if last else None
    )
    if form.is_valid() and carried_out(form, actions.choose_columns, run, form.mapping, by=request.user):
        return redirect(run)
    return render(
        request, "accounts/imports/columns.html", {"form": form, "run": run, "remembered": bool(last)}
    )


@deed
def import_confirmation(request, code):
    """Have the rows written."""
    return perform(request, actions.confirm, _run(request, code), done="Đang ghi dữ liệu vào cổng.")


@deed
def import_dropping(request, code):
    """Give the import up."""
    done = "Đã bỏ lần nhập này; không có gì được ghi."
    return perform(request, actions.drop, _run(request, code), done=done, goes_to="accounts:import_runs")


@deed
def import_again(request, code):
    """Let a job that was given up run once more."""
    return perform(request, actions.run_again, _run(request, code), done="Đã cho chạy lại.")


@page
def import_wrong_rows(request, code):
    """The rows that stay outside, to be corrected and sent again."""
    return exports.respond(request, wrong_rows(_run(request, code)), "xlsx")
