"""The desk of certificates: their terms, letters, extension, signature, replacement, revocation."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts.models import Role
from accounts.permissions import require
from foundation import clock
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file, turned_away
from foundation.ui.lists import render_list
from products import actions, papers, permissions, renewals, stages, test_authority
from products.certificate_forms import (
    ExtensionForm,
    NoticeForm,
    RenewalFilter,
    ReplacementForm,
    RevocationForm,
    SignedForm,
)
from products.models import Dossier, Rating
from products.views.public import STATES

PDF = "application/pdf"


def find_rating(request, code, day):
    """The recognition of that product from that day, if this person may see it; else 404."""
    try:
        starts_on = dt.datetime.strptime(f"{day:08}", "%Y%m%d").date()
    except ValueError as fault:
        raise Http404 from fault
    rows = (
        Rating.objects.visible_to(request.user).for_list().select_related("extension", "revocation", "regime")
    )
    return get_object_or_404(rows, product__code=code, starts_on=starts_on)


def paper_of(rating):
    """The paper in use; 404 for stars that have none of ours."""
    paper = getattr(rating, "certificate", None)
    if paper is None:
        raise Http404
    return paper


@page
def listing(request):
    """Recognised products by the end of their term."""
    require(permissions.may_see_renewals(request.user))
    rows = Rating.objects.visible_to(request.user).newest().for_list().select_related("extension")
    again = Dossier.objects.visible_to(request.user).under_way().filter(product=OuterRef("product"))
    rows = rows.annotate(is_renewed=Exists(again)).prefetch_related("steps")
    context = {"may_begin": request.user.has_role(Role.PRODUCER)}
    return render_list(request, "products/renewals", rows, RenewalFilter, context=context)


@page
def rating(request, code, day):
    """One recognition: its term, what the law asks for, its papers, its story."""
    found, user, today = find_rating(request, code, day), request.user, clock.today()
    paper = getattr(found, "certificate", None)
    may_tend = permissions.may_tend(user, found)
    live, kinds = stages.renewing(found.product, user)
    word, tone = STATES[paper.state_on(today) if paper else found.state_on(today)]
    context = {
        "rating": found,
        "product": found.product,
        "paper": paper,
        "signed": getattr(paper, "signed", None),
        "papers": found.certificates.order_by("-pk"),
        "extension": getattr(found, "extension", None),
        "revocation": getattr(found, "revocation", None),
        "renewal": renewals.of(found, today),
        "steps": found.steps.all(),
        "inspections": found.product.inspections.all(),
        "live": live,
        "kinds": kinds,
        "word": word,
        "tone": tone,
        "in_force": found.state_on(today) == "valid",
        "timeline": Entry.objects.about(found).as_timeline(),
        "can": {
            "tend": may_tend,
            "notice": may_tend
            and any(step.kind == "notice" and not step.number for step in found.steps.all()),
            "inspect": permissions.may_inspect(user, found.product),
            "test": may_tend and settings.DEMO and found.product.is_demo,
        },
    }
    return render(request, "products/renewals/rating.html", context)


def act(request, code, day, action, form, done, *, subject=None):
    """A form of the office about one recognition: shown, checked, carried out."""
    found = find_rating(request, code, day)
    form.cancel_url = found.get_absolute_url()
    if not permissions.may_tend(request.user, found):
        return turned_away(request, form, found)
    about = subject(found) if subject else found
    if form.is_valid() and carried_out(form, action, about, by=request.user, **form.cleaned_data):
        messages.success(request, done)
        return redirect(found)
    return render(request, "products/renewals/act.html", {"form": form, "rating": found})


def sent(form, request, **more):
    """The form with what was sent."""
    return form(request.POST or None, request.FILES or None, **more)


@form_page
def rating_notice(request, code, day):
    """Write down the letter before the end."""
    form = sent(NoticeForm, request)
    return act(request, code, day, actions.record_notice, form, "Đã ghi thông báo.")


@page
def rating_notice_paper(request, code, day):
    """The draft of that letter."""
    found = find_rating(request, code, day)
    require(permissions.may_tend(request.user, found))
    today = clock.today()
    paper = papers.notice_paper(found, renewals.of(found, today), today)
    return serve_private_file(request, paper, f"thong-bao-{code}.pdf", inline=True, content_type=PDF)


@form_page
def rating_extension(request, code, day):
    """Let the stars hold on until the re-evaluation has its result."""
    form = sent(ExtensionForm, request)
    return act(request, code, day, actions.extend, form, "Đã kéo dài giấy chứng nhận.")


@form_page
def rating_revocation(request, code, day):
    """Take the stars back."""
    form = sent(RevocationForm, request, grounds=renewals.grounds(clock.today()))
    return act(request, code, day, actions.revoke, form, "Đã thu hồi hạng sao.")


@page
def rating_revocation_file(request, code, day):
    """The decision by which the stars were taken back."""
    found = find_rating(request, code, day)
    revocation = getattr(found, "revocation", None)
    if revocation is None:
        raise Http404
    name = f"thu-hoi-{code}.pdf"
    return serve_private_file(request, revocation.file, name, inline=True, content_type=PDF)


@form_page
def rating_replacement(request, code, day):
    """A new paper for the same stars."""
    form = sent(ReplacementForm, request)
    done = "Đã cấp lại giấy chứng nhận; giấy cũ ghi là được thay."
    return act(request, code, day, actions.replace_certificate, form, done, subject=paper_of)


@page
def rating_clean_paper(request, code, day):
    """The paper to be signed outside, byte for byte as its digest says."""
    found = find_rating(request, code, day)
    require(permissions.may_tend(request.user, found))
    paper = paper_of(found)
    name = f"de-ky-{paper.number}.pdf".replace("/", "-")
    return serve_private_file(request, paper.file, name, content_type=PDF)


@form_page
def rating_signing(request, code, day):
    """Take in the paper that the agency signed."""
    form = sent(SignedForm, request)
    return act(request, code, day, actions.accept_signed, form, "Đã nhận bản ký số.", subject=paper_of)


@deed
def rating_test_signing(request, code, day):
    """In a demonstration: the test authority signs, and the portal takes the paper in by the same checks."""
    found = find_rating(request, code, day)
    if not (settings.DEMO and found.product.is_demo):
        raise Http404
    require(permissions.may_tend(request.user, found))
    return perform(
        request,
        sign_and_accept,
        paper_of(found),
        done="Nơi ký thử nghiệm đã ký; cổng đã kiểm tra và nhận.",
        goes_to=found,
    )


def sign_and_accept(paper, *, by):
    """Both halves of the way."""
    with paper.file.open("rb") as ours:
        signed = test_authority.signed(ours.read())
    return actions.accept_signed(paper, by=by, file=signed)
