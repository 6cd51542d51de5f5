"""Pages of guidance: reading, its history, writing it, sample files, ticks of producers."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from entities import permissions, topics
from entities.actions import guides as actions
from entities.forms.guides import GuideForm, SampleForm, TickForm
from entities.models import Entity, Guide
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import FilterForm
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file, turned_away
from foundation.ui.lists import render_list

EVERY = ("", "Tất cả")


class GuideFilter(FilterForm):
    """Narrowing the list of guidance."""

    SEARCH = ("title__unaccent", "current__body__unaccent")
    SEARCH_LABEL = "Tên hoặc nội dung"
    LOOKUPS = {"chu_de": "topic"}
    SORTS = {"chu-de": ("Chủ đề", "topic", Alphabetical("title")), "moi": ("Mới cập nhật", "-current__at")}

    chu_de = forms.ChoiceField(label="Chủ đề", required=False, choices=lambda: [EVERY, *topics.choices()])


def find(request, code):
    """The page by its code; else 404."""
    return get_object_or_404(Guide.objects.known_to(request.user).for_list(), code=code)


def own_producer(request, code):
    """The producer that this person ticks for: the named one of theirs, else the first; None without any."""
    own = list(Entity.objects.run_by(request.user).order_by("alphabet"))
    return next((entity for entity in own if entity.code == code), own[0] if own else None), own


@page
def guides(request):
    """Guidance on all topics."""
    rows = Guide.objects.known_to(request.user).for_list()
    context = {"may_write": permissions.may_write_guides(request.user)}
    return render_list(request, "entities/guides", rows, GuideFilter, context=context)


@page
def guide(request, code):
    """The version in force, its checklist with the producer's own ticks, its sample files."""
    record = find(request, code)
    entity, own = own_producer(request, request.GET.get("chu-the", ""))
    ticked = set(entity.ticks.filter(item__guide=record).values_list("item", flat=True)) if entity else set()
    items = list(record.items.filter(is_current=True))
    for item in items:
        item.is_done = item.pk in ticked
    context = {
        "guide": record,
        "version": record.current,
        "items": items,
        "done": sum(item.is_done for item in items),
        "entity": entity,
        "own": own,
        "samples": record.samples.filter(removed_at=None),
        "may_write": permissions.may_write_guides(request.user),
    }
    return render(request, "entities/guides/guide.html", context)


@page
def guide_versions(request, code):
    """Every version of a page, newest first."""
    record = find(request, code)
    rows = record.versions.select_related("by")
    return render(request, "entities/guides/versions.html", {"guide": record, "versions": rows})


@page
def guide_version(request, code, number):
    """What the page said in one version."""
    record = find(request, code)
    version = get_object_or_404(record.versions.select_related("by"), number=number)
    return render(request, "entities/guides/version.html", {"guide": record, "version": version})


@form_page
def guide_new(request):
    """A new page."""
    if not permissions.may_write_guides(request.user):
        raise Http404
    form = GuideForm(request.POST or None)
    if form.is_valid() and carried_out(form, actions.write_guide, by=request.user, **form.cleaned_data):
        return redirect(form.outcome)
    return render(request, "entities/guides/form.html", {"form": form})


@form_page
def guide_edit(request, code):
    """A new version of a page."""
    record = find(request, code)
    form = GuideForm(request.POST or None, guide=record)
    if not permissions.may_write_guides(request.user):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.revise_guide, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "entities/guides/form.html", {"form": form, "guide": record})


@deed
def guide_ticks(request, code):
    """The producer says what is done."""
    record = find(request, code)
    entity, _ = own_producer(request, request.POST.get("chu-the", ""))
    if entity is None:
        raise Http404
    form = TickForm(request.POST, guide=record)
    done = form.cleaned_data["items"] if form.is_valid() else ()
    back = f"{record.get_absolute_url()}?chu-the={entity.code}"
    return perform(
        request,
        actions.tick,
        entity,
        done="Đã lưu những việc đã làm.",
        goes_to=back,
        guide=record,
        done_items=done,
    )


@form_page
def sample_new(request, code):
    """A sample file for the page."""
    record = find(request, code)
    form = SampleForm(request.POST or None, request.FILES or None)
    if not permissions.may_write_guides(request.user):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.add_sample, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "entities/guides/sample.html", {"form": form, "guide": record})


@page
def sample(request, code, number):
    """A sample file."""
    record = get_object_or_404(find(request, code).samples.filter(removed_at=None), code=number)
    ending = "pdf" if record.content_type == "application/pdf" else "jpg"
    name = f"{record.title}.{ending}"
    return serve_private_file(request, record.file, name, inline=True, content_type=record.content_type)


@deed
def sample_removal(request, code, number):
    """The page no longer offers the file."""
    record = find(request, code)
    found = get_object_or_404(record.samples.filter(removed_at=None), code=number)
    return perform(request, actions.remove_sample, found, done="Đã gỡ tệp mẫu.", goes_to=record)
