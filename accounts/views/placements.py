"""Records whose unit is no more and that wait to be assigned: where they wait, and the assigning itself."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import capfirst

from accounts.actions import placements as actions
from accounts.forms.places import PlacementForm
from accounts.models import Role
from accounts.permissions import may_see_placements, require
from foundation import clock
from foundation.areas.located import located_models
from foundation.areas.models import Area, Placement, Whereabouts
from foundation.ui.http import carried_out, form_page, page

MOST = 100  # rows of one kind on one page; the others come up when these are done


def _units(user):
    """Units that are no more and whose waiting records this person looks after."""
    require(may_see_placements(user))
    everywhere = user.has_role(Role.ADMINISTRATOR)
    areas = None if everywhere else user.areas_as(Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER)
    return Area.objects.looked_after(areas).with_parents().order_by("valid_to", "code")


def _unit(user, slug):
    """The unit of the address, among those; 404 for every other."""
    code = slug.partition("-")[0]
    unit = next((unit for unit in _units(user).filter(code=code) if unit.slug == slug), None)
    if unit is None:
        raise Http404
    return unit


@page
def waiting(request):
    """The units that are no more, with how many records of each still wait."""
    units = list(_units(request.user))
    today, rows = clock.today(), []
    left = Whereabouts.objects.on(today).left()
    counts = {
        model: model.objects.assignable().count_pending(today, left) for model in located_models().values()
    }
    for unit in units:
        kinds = [(model._meta.verbose_name, found[unit.pk]) for model, found in counts.items()]
        total = sum(count for _, count in kinds)
        rows.append({"unit": unit, "kinds": [kind for kind in kinds if kind[1]], "total": total})
    decided = set(
        Placement.objects.in_force(today).filter(left__in=left.values()).values_list("left", flat=True)
    )
    context = {
        "rows": [row for row in rows if row["total"]],
        "done": [row["unit"] for row in rows if not row["total"] and row["unit"].pk in decided],
        "total": sum(row["total"] for row in rows),
    }
    return render(request, "accounts/placements/waiting.html", context)


@page
def waiting_from(request, slug):
    """The waiting records of one former unit, to be ticked; and those assigned already, to be corrected."""
    unit = _unit(request.user, slug)
    kinds = [
        {
            "word": word,
            "label": capfirst(model._meta.verbose_name),
            "waiting": model.objects.assignable().pending_from(unit).order_by("pk")[:MOST],
            "placed": _placed(model, unit),
        }
        for word, model in located_models().items()
    ]
    context = {
        "unit": unit,
        "kinds": kinds,
        "any_waiting": any(kind["waiting"] for kind in kinds),
        "any_placed": any(kind["placed"] for kind in kinds),
        "most": MOST,
        "at": unit.place_on(clock.today()).unit,
    }
    return render(request, "accounts/placements/records.html", context)


def _placed(model, unit):
    """Records that were assigned after the unit was no more, each with the unit chosen for it (``placed_in``)."""
    rows = list(model.objects.assignable().placed_from(unit).order_by("pk")[:MOST])
    decided = Placement.objects.of(model).in_force(clock.today()).filter(left=unit)
    units = {row.subject_id: row.unit for row in decided.select_related("unit")} if rows else {}
    for row in rows:
        row.placed_in = units[row.pk]
    return rows


@form_page
def placement(request, slug):
    """Choose the unit, look at what becomes of each record, then confirm; all records or none."""
    unit = _unit(request.user, slug)
    step = request.POST.get("buoc", "")
    records = _chosen(request.POST or request.GET, unit)
    if not records:
        messages.error(request, "Chưa chọn bản ghi nào còn chờ xác định. Hãy đánh dấu ít nhất một bản ghi.")
        return redirect("accounts:waiting_from", unit.slug)
    form = PlacementForm(request.POST if step and step != "chon" else None, left=unit)
    ready = form.is_valid() and step != "sua"
    if ready and step == "xac-nhan":
        if carried_out(form, actions.place, records, by=request.user, **form.cleaned_data):
            messages.success(request, f"Đã xác định đơn vị cho {len(records)} bản ghi.")
            return redirect("accounts:waiting_from", unit.slug)
        ready = False
    context = {"unit": unit, "records": records, "form": form}
    if ready:
        context["chosen"] = form.cleaned_data["unit"]
        context["later"] = context["chosen"].place_on(clock.today())
        return render(request, "accounts/placements/rehearsal.html", context)
    return render(request, "accounts/placements/form.html", context)


def _chosen(data, unit):
    """The ticked records that wait after this unit, or were assigned after it; others are left out."""
    found = []
    for word, model in located_models().items():
        codes = [key.partition(":")[2] for key in data.getlist("chon") if key.startswith(f"{word}:")]
        if codes:
            found += model.objects.assignable().after(unit, codes)
    for row in found:
        row.key = f"{row._meta.model_name}:{row.code}"
        row.kind = capfirst(row._meta.verbose_name)
    return found
