"""Craft villages: public pages with story and photos, and the officers' book of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts.permissions import require
from entities import permissions
from entities.actions import villages as actions
from entities.exports.villages import village_sheet
from entities.filters import VillageBookFilter, VillageFilter
from entities.forms.villages import RecognitionForm, VillageForm, VillagePhotoForm, WithdrawalForm
from entities.models import CraftVillage, Entity, VillagePhoto
from foundation.areas.models import Succession
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file
from foundation.ui.languages import bilingual
from foundation.ui.lists import render_list

PHOTO_SECONDS = 86_400


def _village(code):
    return get_object_or_404(CraftVillage.objects.for_list(), code=code)


@bilingual
@page(public=True)
def villages(request):
    """Craft villages known from sources and from officers."""
    context = {"frame": "public.html"}
    rows = CraftVillage.objects.for_list()
    return render_list(request, "entities", rows, VillageFilter, context=context, name="villages")


@bilingual
@page(public=True)
def village(request, code):
    """One village: its craft and story, its place then and later, its producers and products."""
    record = _village(code)
    context = {
        "village": record,
        "photos": record.photos.all(),
        "products": record.products.public().for_list(),
        "producers": Entity.objects.known_to_public().of_village(record).order_by("alphabet"),
        "fate": Succession.objects.after(record.area),
        "place": record.place_today,
        "sources": record.sources.all(),
    }
    return render(request, "entities/village.html", context)


@page(public=True)
def village_photo(request, code, number):
    """A photo of a village; browsers may keep it for a day."""
    photo = get_object_or_404(VillagePhoto, village__code=code, code=number)
    if not photo.image.storage.exists(photo.image.name):
        raise Http404
    response = serve_private_file(
        request, photo.image, f"{photo.code}.jpg", inline=True, content_type="image/jpeg"
    )
    response["Cache-Control"] = f"public, max-age={PHOTO_SECONDS}"
    return response


# ---------------------------------------------------------------- the officers' book
@page
def village_book(request):
    """All villages with what officers filter and export."""
    require(permissions.may_keep_villages(request.user))
    rows = CraftVillage.objects.for_list()
    return render_list(
        request, "entities", rows, VillageBookFilter, export=village_sheet, name="village_book"
    )


@page
def village_record(request, code):
    """One village as officers keep it: decision, photos, story of the record, what may be done."""
    require(permissions.may_keep_villages(request.user))
    record, user = _village(code), request.user
    context = {
        "village": record,
        "photos": record.photos.all(),
        "place": record.place_today,
        "timeline": Entry.objects.about(record).as_timeline(),
        "can": {
            "edit": permissions.may_edit_village(user, record),
            "recognise": permissions.may_recognise_village(user, record),
            "withdraw": permissions.may_withdraw_village(user, record),
        },
    }
    return render(request, "entities/village_record.html", context)


@form_page
def village_new(request):
    """Write down a craft village."""
    require(permissions.may_keep_villages(request.user))
    form = VillageForm(request.POST or None, user=request.user)
    if form.is_valid() and carried_out(form, actions.register_village, by=request.user, **form.cleaned_data):
        messages.success(request, "Đã ghi làng nghề.")
        return redirect("entities:village_record", form.outcome.code)
    return render(request, "entities/village_form.html", {"form": form})


def _form_page(request, code, predicate, make, action, done, template):
    """A form about one village whose deed goes back to the officers' page."""
    record = _village(code)
    require(predicate(request.user, record))
    form = make(record)
    if form.is_valid() and carried_out(form, action, record, by=request.user, **form.cleaned_data):
        messages.success(request, done)
        return redirect("entities:village_record", code)
    return render(request, template, {"form": form, "village": record})


@form_page
def village_edit(request, code):
    """Correct what is written of a village."""
    return _form_page(
        request,
        code,
        permissions.may_edit_village,
        lambda record: VillageForm(request.POST or None, instance=record, user=request.user),
        actions.revise_village,
        "Đã sửa làng nghề.",
        "entities/village_form.html",
    )


@form_page
def village_recognition(request, code):
    """Enter the decision that recognises the village."""
    return _form_page(
        request,
        code,
        permissions.may_recognise_village,
        lambda record: RecognitionForm(request.POST or None, initial={"kind": record.kind}),
        actions.recognise_village,
        "Đã ghi quyết định công nhận.",
        "entities/village_decision.html",
    )


@form_page
def village_withdrawal(request, code):
    """Take the recognition back."""
    return _form_page(
        request,
        code,
        permissions.may_withdraw_village,
        lambda record: WithdrawalForm(request.POST or None),
        actions.withdraw_village,
        "Đã ghi việc thu hồi công nhận.",
        "entities/village_decision.html",
    )


@form_page
def village_photo_new(request, code):
    """Show a photo on the village's page."""
    return _form_page(
        request,
        code,
        permissions.may_edit_village,
        lambda record: VillagePhotoForm(request.POST or None, request.FILES or None),
        actions.add_photo,
        "Đã thêm ảnh.",
        "entities/village_form.html",
    )


@deed
def village_photo_removal(request, code, number):
    """Take a photo from the village's page."""
    photo = get_object_or_404(VillagePhoto, village__code=code, code=number)
    back = photo.village.get_absolute_url() + "so/"
    return perform(request, actions.remove_photo, photo, done="Đã bỏ ảnh.", goes_to=back)
