"""Pages of product ideas."""

from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from entities.models import FieldVisit
from entities.permissions import may_plan_visit
from foundation.trail.models import Entry
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import FilterForm
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file, turned_away
from foundation.ui.lists import render_list
from products import actions, permissions
from products.forms import IdeaForm, NoteForm
from products.models import BusinessPlan, Dossier, Idea, IdeaStatus, PotentialProduct
from products.potential_forms import OpinionForm, ReasonForm, sets_today


class IdeaFilter(FilterForm):
    """Narrowing the list of ideas."""

    SEARCH = ("name__unaccent", "code", "entity__name__unaccent")
    LOOKUPS = {"trang_thai": "status"}
    SORTS = {"moi": ("Mới nhất", "-pk"), "ten": ("Tên sản phẩm", Alphabetical("name"))}

    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *IdeaStatus.choices]
    )


def _idea(request, code):
    return get_object_or_404(Idea.objects.visible_to(request.user).for_list(), code=code)


@page
def ideas(request):
    """The ideas that this person may see."""
    queryset = Idea.objects.visible_to(request.user).for_list()
    context = {"may_register": permissions.may_begin_idea(request.user)}
    return render_list(request, "products/ideas", queryset, IdeaFilter, context=context)


@page
def idea(request, code):
    """One idea: what it is, where it stands, what may be done with it."""
    record = _idea(request, code)
    user = request.user
    product = getattr(record, "product", None)
    context = {
        "idea": record,
        "timeline": Entry.objects.about(record).as_timeline(),
        "place": record.place_today,
        "can": {
            "edit": permissions.may_edit_idea(user, record),
            "judge": permissions.may_judge_idea(user, record),
            "say": permissions.may_give_opinion(user, record),
            "plan_visit": may_plan_visit(user, record.entity),
            "open_plan": product is not None and permissions.may_open_plan(user, product),
            "open_dossier": product is not None and permissions.may_open_dossier(user, product),
        },
        "product": product,
        "plans": BusinessPlan.objects.visible_to(user).filter(product=product).for_list() if product else (),
        "visits": FieldVisit.objects.visible_to(user).filter(about_idea__idea=record).for_list(),
        "dossier": Dossier.objects.visible_to(user).filter(product=product).first() if product else None,
    }
    return render(request, "products/ideas/idea.html", context)


@form_page
def idea_new(request):
    """Write down an idea, perhaps one that grows from a screening list; sending it is the next step."""
    if not permissions.may_begin_idea(request.user):
        raise Http404
    potential = _potential(request)
    initial = {**(prefilled(potential) if potential else {}), **_chosen_set(request)}
    form = IdeaForm(request.POST or None, request.FILES or None, user=request.user, initial=initial)
    if form.is_valid() and carried_out(
        form, actions.register_idea, by=request.user, potential=potential, **form.cleaned_data
    ):
        return redirect(form.outcome)
    context = {"form": form, "potential": potential, "finder": _finder(request)}
    return render(request, "products/ideas/form.html", context)


def _potential(request):
    """The line of a screening list that the address names, if an idea may grow from it; 404 when it may not."""
    if not (code := request.GET.get("tiem-nang", "")):
        return None
    record = get_object_or_404(PotentialProduct.objects.visible_to(request.user).for_list(), code=code)
    if not permissions.may_grow_idea(request.user, record):
        raise Http404
    return record


def prefilled(potential):
    """What a slip takes over from the screening list."""
    lacks = f"\n\nCòn thiếu: {potential.gaps}" if potential.gaps else ""
    return {
        "name": potential.name,
        "entity": potential.entity_id,
        "area": potential.area_id,
        "criteria_set": potential.criteria_set_id,
        "description": f"{potential.strengths}{lacks}",
    }


def _chosen_set(request):
    """The set that the finder has chosen, if one was."""
    code = request.GET.get("bo", "")[:80]
    found = sets_today().filter(code=code).first() if code else None
    return {"criteria_set": found.pk} if found else {}


def _finder(request, **more):
    """The finder of sets, which leads back here."""
    kept = {"tiem-nang": request.GET["tiem-nang"]} if request.GET.get("tiem-nang") else {}
    return f"{reverse('products:set_finder')}?{urlencode({**kept, **more})}"


@form_page
def idea_edit(request, code):
    """Change an idea that is still in its author's hands."""
    record = _idea(request, code)
    form = IdeaForm(
        request.POST or None,
        request.FILES or None,
        instance=record,
        user=request.user,
        initial=_chosen_set(request),
    )
    if not permissions.may_edit_idea(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.revise_idea, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    context = {"form": form, "idea": record, "finder": _finder(request, **{"y-tuong": code})}
    return render(request, "products/ideas/form.html", context)


@deed
def idea_submission(request, code):
    """Send the idea to the district."""
    return perform(request, actions.submit_idea, _idea(request, code), done="Đã gửi ý tưởng tới huyện.")


@deed
def idea_acceptance(request, code):
    """The district accepts the idea."""
    return perform(request, actions.accept_idea, _idea(request, code), done="Đã chấp nhận ý tưởng.")


@deed
def idea_withdrawal(request, code):
    """The author gives the idea up."""
    return perform(request, actions.withdraw_idea, _idea(request, code), done="Đã rút ý tưởng.")


@form_page
def idea_return(request, code):
    """The district sends the idea back and says what is missing."""
    record = _idea(request, code)
    form = NoteForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, actions.return_idea, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "products/ideas/return.html", {"idea": record, "form": form})


@form_page
def idea_rejection(request, code):
    """The district does not accept the idea and says why."""
    record = _idea(request, code)
    form = ReasonForm(
        request.POST or None, button="Không chấp nhận ý tưởng", hint="Người lập đọc đúng nội dung này."
    )
    if not permissions.may_judge_idea(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.reject_idea, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "products/ideas/reject.html", {"idea": record, "form": form})


@form_page
def idea_opinion(request, code):
    """The commune says what it thinks of the idea."""
    record = _idea(request, code)
    form = OpinionForm(request.POST or None)
    if not permissions.may_give_opinion(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.give_opinion, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "products/ideas/opinion.html", {"idea": record, "form": form})


@page
def idea_photo(request, code):
    """The photo of an idea, for those who may see the idea."""
    record = _idea(request, code)
    if not record.photo:
        raise Http404
    return serve_private_file(
        request, record.photo, f"{record.code}.jpg", inline=True, content_type="image/jpeg"
    )
