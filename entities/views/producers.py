"""Pages of producers: the list, one record with its sections, its facts, status, yearly figures and photos."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts.permissions import require
from entities import permissions
from entities.actions import producers as actions
from entities.exports.producers import producer_sheet
from entities.filters import ProducerFilter
from entities.forms.producers import ProducerForm, ProducerPhotoForm, StatusForm, YearForm
from entities.models import Entity, EntityPhoto, SupportPolicy, YearFigures
from entities.views.facts import find_producer
from foundation.areas import maps
from foundation.areas.models import Succession
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file
from foundation.ui.languages import bilingual
from foundation.ui.lists import render_list

PHOTO_SECONDS = 86_400
NEW_VISITS = 5


@page
def producers(request):
    """The producers that this person may see."""
    user = request.user
    require(permissions.may_see_producers(user))
    rows = Entity.objects.visible_to(user).standing().for_list()
    context = {
        "can": {
            "enter": permissions.may_enter_producers(user),
            "compare": permissions.may_find_duplicates(user),
        }
    }
    return render_list(
        request, "entities/producers", rows, ProducerFilter, export=producer_sheet, context=context
    )


@page
def producer(request, code):
    """One producer: facts, people, how it stood, what it makes, what it gets; later sections hook in by template."""
    record = find_producer(request, code)
    user = request.user
    context = {**whole(record, user), **extras(record, user)}
    return render(request, "entities/producers/producer.html", context)


def whole(record, user):
    """The record itself, its people and what may be one with it."""
    can = may(record, user)
    facts = {"name": record.name, "tax_code": record.tax_code, "phone": record.phone}
    like = Entity.objects.visible_to(user).like(**facts, besides=record).for_list()
    point = None
    if record.latitude is not None:
        point = maps.frame().place(float(record.longitude), float(record.latitude))
    return {
        "producer": record,
        "place": record.place_today,
        "point": point,
        "map": maps.shapes(),
        "spells": record.spells.all(),
        "timeline": Entry.objects.about(record).as_timeline(),
        "people": record.memberships.select_related("user").order_by("pk") if can["see_members"] else (),
        "merged": record.merged.all(),
        "like": like[:5] if can["status"] else (),
        "can": can,
    }


def may(record, user):
    """What this person may do with the record."""
    return {
        "edit": permissions.may_edit_producer(user, record),
        "status": permissions.may_change_status(user, record),
        "members": permissions.may_manage_members(user, record),
        "hand_over": permissions.may_hand_over(user, record),
        "see_members": permissions.may_see_members(user, record),
        "channel": permissions.may_keep_channels(user, record),
        "strengthen": permissions.may_record_strengthening(user, record),
    }


def extras(record, user):
    """What hangs on the producer. Products that nobody was told of yet are shown to its own people only."""
    rated = list(record.products.known_to(user, record).with_stars().for_list())
    best = max((product.stars or 0 for product in rated), default=0)
    return {
        "products": rated,
        "ideas": record.ideas.for_list().exclude(status="draft"),
        "channels": record.channels.all(),
        "strengthenings": record.strengthenings.all(),
        "visits": record.visits.for_list().order_by("-planned_on")[:NEW_VISITS],
        "policies": SupportPolicy.objects.fitting(record, stars=best).not_used_by(record),
        "years": record.years.all(),
        "photos": record.photos.all(),
        "sources": record.sources.all(),
    }


@form_page
def producer_new(request):
    """An officer writes a producer down."""
    require(permissions.may_enter_producers(request.user))
    form = ProducerForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid() and carried_out(form, actions.enter_producer, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã ghi chủ thể.")
        return redirect(form.outcome)
    return render(
        request, "entities/producers/form.html", {"form": form, "map": maps.shapes(), "frame": maps.frame()}
    )


@form_page
def producer_edit(request, code):
    """Put a producer's facts right."""
    record, user = find_producer(request, code), request.user
    require(permissions.may_edit_producer(user, record))
    form = ProducerForm(request.POST or None, request.FILES or None, instance=record, user=user)
    if form.is_valid() and carried_out(form, actions.revise_producer, record, by=user, **form.cleaned_data):
        messages.success(request, "Đã sửa chủ thể.")
        return redirect("entities:producer", code)
    context = {"form": form, "producer": record, "map": maps.shapes(), "frame": maps.frame()}
    return render(request, "entities/producers/form.html", context)


def _form_page(request, code, allowed, make, action, done, title):
    """A small form about one producer whose deed goes back to its page."""
    record = find_producer(request, code)
    require(allowed(request.user, record))
    form = make(record)
    if form.is_valid() and carried_out(form, action, record, by=request.user, **form.cleaned_data):
        messages.success(request, done)
        return redirect("entities:producer", code)
    return render(
        request, "entities/producers/small_form.html", {"form": form, "producer": record, "title": title}
    )


@form_page
def producer_status(request, code):
    """Since when the producer takes part, pauses or has left."""
    return _form_page(
        request,
        code,
        permissions.may_change_status,
        lambda record: StatusForm(request.POST or None, entity=record),
        actions.change_status,
        "Đã đổi tình trạng.",
        "Đổi tình trạng tham gia",
    )


@form_page
def producer_year(request, code):
    """The figures of a year; a year that is stated already is stated anew."""
    return _form_page(
        request,
        code,
        permissions.may_edit_producer,
        lambda record: YearForm(request.POST or None),
        actions.keep_year,
        "Đã lưu số liệu năm.",
        "Số liệu năm",
    )


@deed
def producer_year_removal(request, code, year):
    """Take the figures of a year out."""
    record = find_producer(request, code)
    row = get_object_or_404(YearFigures, entity=record, year=year)
    return perform(request, actions.strike_year, row, done="Đã bỏ số liệu năm.", goes_to=record)


@form_page
def producer_photo_new(request, code):
    """Show a photo on the producer's page."""
    return _form_page(
        request,
        code,
        permissions.may_edit_producer,
        lambda record: ProducerPhotoForm(request.POST or None, request.FILES or None),
        actions.add_photo,
        "Đã thêm ảnh.",
        "Thêm ảnh",
    )


@deed
def producer_photo_removal(request, code, number):
    """Take a photo from the producer's page."""
    record = find_producer(request, code)
    photo = get_object_or_404(EntityPhoto, entity=record, code=number)
    return perform(request, actions.remove_photo, photo, done="Đã bỏ ảnh.", goes_to=record)


# ---------------------------------------------------------------- for everybody


@bilingual
@page(public=True)
def producer_public(request, code):
    """What everybody may know of a producer: its name, place, story in pictures and its products in the catalogue."""
    record = get_object_or_404(
        Entity.objects.known_to_public().for_list().select_related("village"), code=code
    )
    context = {
        "producer": record,
        "products": record.products.public().for_list(),
        "photos": record.photos.all(),
        "fate": Succession.objects.after(record.area),
        "place": record.place_today,
        "sources": record.sources.all(),
    }
    return render(request, "entities/producers/public.html", context)


def _picture(request, entity, file, name):
    """A picture of a producer: of public ones for everybody, else for those who may see the producer."""
    known = Entity.objects.known_to_public().filter(pk=entity.pk).exists()
    seen = (
        request.user.is_authenticated
        and Entity.objects.visible_to(request.user).filter(pk=entity.pk).exists()
    )
    if not (known or seen) or not file or not file.storage.exists(file.name):
        raise Http404
    response = serve_private_file(request, file, name, inline=True, content_type="image/jpeg")
    if known:
        response["Cache-Control"] = f"public, max-age={PHOTO_SECONDS}"
    return response


@page(public=True)
def producer_photo(request, code, number):
    """A photo of a producer; browsers may keep it for a day."""
    photo = get_object_or_404(EntityPhoto.objects.select_related("entity"), entity__code=code, code=number)
    return _picture(request, photo.entity, photo.image, f"{photo.code}.jpg")


@page(public=True)
def producer_logo(request, code):
    """The logo of a producer."""
    record = get_object_or_404(Entity, code=code)
    return _picture(request, record, record.logo, f"{record.code}.jpg")
