"""Files and addresses of one piece of evidence: send, read page by page, download, join photos; a dossier as a ZIP."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from foundation.files import actions as files
from foundation.files.serving import serve_file, serve_page
from foundation.ui.http import carried_out, deed, form_page, page, perform, turned_away
from foundation.ui.lists import wants_fragment
from products import permissions
from products.actions import evidence_files as actions
from products.evidence_files import EVIDENCE
from products.forms_evidence import AddressForm, JoinForm, MoreFilesForm
from products.views.dossiers import find


def evidence_of(request, code, number):
    """The evidence of a dossier that this person may see; else 404."""
    return get_object_or_404(find(request, code).evidence, code=number)


def file_of(request, code, number, file):
    """One uploaded file of that evidence; else 404."""
    return get_object_or_404(evidence_of(request, code, number).files.for_page(), upload__code=file)


def back(evidence):
    return redirect("products:evidence_files", evidence.dossier.code, evidence.code)


@form_page
def evidence_files(request, code, number):
    """Every file of one piece of evidence; whoever may change the dossier adds more."""
    evidence = evidence_of(request, code, number)
    may_edit = permissions.may_edit_evidence(request.user, evidence)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MoreFilesForm(*sent)
    if request.method == "POST":
        if not may_edit:
            return turned_away(request, form, evidence.dossier)
        if form.is_valid():
            chosen = form.cleaned_data["files"]
            refusals = actions.add_files(evidence, by=request.user, files_sent=chosen)
            for refusal in refusals:
                messages.error(request, refusal)
            if len(refusals) < len(chosen):
                done = f"Đã nhận {len(chosen) - len(refusals)} tệp. Các tệp đang được kiểm tra."
                messages.success(request, done)
            return back(evidence)
    rows = evidence.files.for_page()
    context = {
        "evidence": evidence,
        "dossier": evidence.dossier,
        "rows": rows if may_edit else rows.readable(),
        "form": form,
        "address_form": AddressForm(),
        "purpose": EVIDENCE.name,
        "may_edit": may_edit,
    }
    template = "products/dossiers/_files.html" if wants_fragment(request) else "products/dossiers/files.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


@deed
def evidence_address(request, code, number):
    """Add an address."""
    evidence = evidence_of(request, code, number)
    form = AddressForm(request.POST)
    if form.is_valid() and carried_out(
        form, actions.add_address, evidence, by=request.user, url=form.cleaned_data["url"]
    ):
        messages.success(request, "Đã thêm địa chỉ.")
    else:
        if not permissions.may_edit_evidence(request.user, evidence):
            return turned_away(request, form, evidence.dossier)
        messages.error(request, " ".join(text for texts in form.errors.values() for text in texts))
    return back(evidence)


@deed
def evidence_file_removal(request, code, number, row):
    """Take a file or an address away."""
    evidence = evidence_of(request, code, number)
    found = get_object_or_404(evidence.files.for_page(), pk=row)
    return perform(request, actions.remove, found, done="Đã bỏ.", goes_to=back(evidence).url)


@deed
def evidence_joining(request, code, number):
    """Make one PDF from the chosen photos."""
    evidence = evidence_of(request, code, number)
    form = JoinForm(request.POST, queryset=evidence.files.filter(upload__isnull=False))
    if not permissions.may_edit_evidence(request.user, evidence):
        return turned_away(request, form, evidence.dossier)
    if not form.is_valid():
        messages.error(request, "Hãy chọn các ảnh cần ghép.")
        return back(evidence)
    try:
        actions.join(evidence, by=request.user, **form.cleaned_data)
        messages.success(request, "Đang ghép ảnh thành một tệp PDF.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return back(evidence)


@page
def evidence_pages(request, code, number, file):
    """Read a file page by page, as images."""
    row = file_of(request, code, number, file)
    if not row.upload.is_released:
        raise Http404
    drawn = [1] if row.upload.is_picture else list(row.upload.images.values_list("number", flat=True))
    context = {"row": row, "upload": row.upload, "evidence": row.evidence, "numbers": drawn}
    context["dossier"] = row.evidence.dossier
    return render(request, "products/dossiers/pages.html", context)


@page
def evidence_page(request, code, number, file, page):
    """One page as an image."""
    return serve_page(request, file_of(request, code, number, file).upload, page)


@page
def evidence_download(request, code, number, file):
    """The file itself."""
    return serve_file(request, file_of(request, code, number, file).upload)


@deed
def dossier_bundle(request, code):
    """Have everything of the dossier packed into a ZIP; its progress is shown."""
    dossier = find(request, code)
    return redirect(files.ask_for_bundle("dossier", dossier.code, by=request.user))
