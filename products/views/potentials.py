"""Pages of the screening list, and the finder of sets."""

import re
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.permissions import require
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, deed, form_page, page, perform, turned_away
from foundation.ui.lists import render_list
from products import permissions, sets, sheets
from products.actions import potentials as actions
from products.models import Idea, PotentialProduct, PotentialStatus
from products.potential_forms import PotentialFilter, PotentialForm, ReasonForm, SetSearch, sets_today

CODE = re.compile(r"[-a-z0-9]{1,20}")


def find(request, code):
    """The potential product by its code, if this person may see it; else 404."""
    return get_object_or_404(PotentialProduct.objects.visible_to(request.user).for_list(), code=code)


@page
def potentials(request):
    """The screening lists that this person may see; for the district all communes together."""
    require(permissions.may_see_screening(request.user))
    rows = PotentialProduct.objects.visible_to(request.user).for_list()
    context = {"may_screen": permissions.may_begin_screening(request.user)}
    if not request.GET.get("tep"):
        context["counts"] = counts_of(PotentialFilter(request.GET).narrow(rows))
    return render_list(
        request, "products/potentials", rows, PotentialFilter, export=sheets.potentials, context=context
    )


def counts_of(rows):
    """(state, how many) of the rows that are shown, in the order of the states."""
    found = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    return [(label, found.get(value, 0)) for value, label in PotentialStatus.choices]


@page
def potential(request, code):
    """One line of a list: what it says, what became of it."""
    record, user = find(request, code), request.user
    context = {
        "potential": record,
        "place": record.place_today,
        "ideas": Idea.objects.visible_to(user).filter(potential=record).for_list(),
        "timeline": Entry.objects.about(record).as_timeline(),
        "can": {
            "revise": permissions.may_revise_potential(user, record),
            "drop": permissions.may_drop_potential(user, record),
            "propose": permissions.may_propose_again(user, record),
            "grow": permissions.may_grow_idea(user, record),
        },
    }
    return render(request, "products/potentials/potential.html", context)


@form_page
def potential_new(request):
    """Put a product on the list."""
    require(permissions.may_begin_screening(request.user))
    form = PotentialForm(request.POST or None, user=request.user)
    if form.is_valid() and carried_out(form, actions.screen_product, by=request.user, **form.cleaned_data):
        messages.success(request, f"Đã đưa {form.outcome.name} vào danh sách tiềm năng.")
        return redirect(form.outcome)
    return render(request, "products/potentials/form.html", {"form": form})


@form_page
def potential_edit(request, code):
    """Put a line right."""
    record = find(request, code)
    form = PotentialForm(request.POST or None, instance=record, user=request.user)
    if not permissions.may_revise_potential(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.revise_potential, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "products/potentials/form.html", {"form": form, "potential": record})


@form_page
def potential_drop(request, code):
    """The office above the commune leaves it out and says why."""
    record = find(request, code)
    form = ReasonForm(
        request.POST or None,
        button="Không đưa vào",
        hint="Xã đọc được lý do này. Sản phẩm vẫn nằm trong danh sách và có thể được xem xét lại.",
    )
    if not permissions.may_drop_potential(request.user, record):
        return turned_away(request, form, record)
    if form.is_valid() and carried_out(
        form, actions.drop_potential, record, by=request.user, **form.cleaned_data
    ):
        return redirect(record)
    return render(request, "products/potentials/drop.html", {"form": form, "potential": record})


@deed
def potential_again(request, code):
    """What was left out is considered again."""
    return perform(
        request, actions.propose_again, find(request, code), done="Đã đưa lại vào danh sách đề xuất."
    )


# ---------------------------------------------------------------- the finder of sets


@page
def set_finder(request):
    """Find one of the 26 sets by words or by answering short questions; leads back to the slip of the idea."""
    form = SetSearch(request.GET)
    asked = form.chosen
    rows = list(sets_today())
    by_code = {row.code: row for row in rows}
    question = sets.question(asked.get("hoi", ""))
    kept = {name: request.GET[name] for name in ("tiem-nang", "y-tuong") if request.GET.get(name)}
    context = {
        "form": form,
        "typed": asked.get("q", ""),
        "found": [(row, slip_address(row, kept)) for row in sets.matching(rows, asked.get("q", ""))],
        "question": question,
        "answers": [
            (answer, step_address(answer.next, kept), None)
            if answer.next
            else (answer, slip_address(by_code[answer.set], kept), by_code[answer.set])
            for answer in question.answers
            if answer.next or answer.set in by_code
        ],
        "way": [(row, answer, step_address(row.code, kept)) for row, answer in sets.way_to(question.code)],
        "kept": kept,
        "source": sets.source(),
    }
    return render(request, "products/sets/finder.html", context)


def step_address(code, kept):
    """The finder at that question."""
    return f"{reverse('products:set_finder')}?{urlencode({**kept, 'hoi': code})}"


def slip_address(row, kept):
    """The slip of the idea with this set chosen."""
    if CODE.fullmatch(code := kept.get("y-tuong", "")):
        return f"{reverse('products:idea_edit', args=[code])}?{urlencode({'bo': row.code})}"
    more = {name: value for name, value in kept.items() if name != "y-tuong"}
    return f"{reverse('products:idea_new')}?{urlencode({**more, 'bo': row.code})}"
