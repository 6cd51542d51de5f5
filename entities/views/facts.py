"""What pages of dated facts share: finding the producer, showing evidence, striking a wrong entry out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts.permissions import require
from entities.forms.facts import ReasonForm
from entities.models import Entity
from foundation.ui.http import carried_out, serve_private_file


def find_producer(request, code):
    """The producer by its code, if this person may see it; else 404."""
    return get_object_or_404(Entity.objects.visible_to(request.user).for_list(), code=code)


def find(model, request, code):
    """The fact by its code, if this person may see it; else 404."""
    return get_object_or_404(model.objects.visible_to(request.user).for_list(), code=code)


def sent(form):
    """The checked data as a deed takes them: no file is no argument."""
    return {name: value for name, value in form.cleaned_data.items() if name != "evidence" or value}


def evidence_of(request, fact):
    """The evidence of a fact, opened in the browser; 404 while there is none."""
    if not fact.evidence:
        raise Http404
    name = f"minh-chung-{fact.code}.{fact.evidence.name.rpartition('.')[2]}"
    return serve_private_file(request, fact.evidence, name, inline=True, content_type=fact.evidence_type)


def striking_out(request, fact, allowed, action):
    """The page that asks why a wrong entry goes, and the deed."""
    require(allowed)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and carried_out(form, action, fact, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã bỏ mục ghi sai; nhật ký của chủ thể giữ lại lý do.")
        return redirect("entities:producer_channels", fact.entity.code)
    return render(request, "entities/strike.html", {"fact": fact, "form": form})
