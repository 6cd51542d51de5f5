"""The law by period for everybody: its rules with source and confidence, and how two periods differ."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from foundation import clock
from foundation.regimes import differences, showing
from foundation.regimes.models import CriteriaSet, Regime
from foundation.ui.http import page

MOST = 400  # differing places on one page; two laws differ in thousands of words of their criteria


@page(public=True)
def regimes(request):
    """All periods, the newest first; which of them take dossiers today."""
    taken = {row.pk for row in Regime.objects.choices_for_filing(clock.today())}
    rows = [{"regime": row, "taken": row.pk in taken} for row in Regime.objects.all()]
    return render(request, "products/regimes/list.html", {"rows": rows, "today": clock.today()})


@page(public=True)
def regime(request, code):
    """One period: every rule with where it was read and how sure we are, and its criteria sets."""
    record = get_object_or_404(Regime, pk=code)
    data = record.data
    context = {
        "regime": record,
        "law": data["version"]["legal_basis"],
        "chapters": showing.chapters(data["version"], data["process"]),
        "sets": CriteriaSet.objects.of(record).defer("content").select_related(None),
        "others": Regime.objects.exclude(pk=record.pk).defer("data"),
    }
    return render(request, "products/regimes/regime.html", context)


@page(public=True)
def comparison(request, code, other):
    """How a period differs from another: process and star bands, or one criteria set (``?bo=``)."""
    old, new = (get_object_or_404(Regime, pk=pk) for pk in (code, other))
    chosen = request.GET.get("bo", "")
    before, after = (_content(row, chosen) for row in (old, new))
    rows = [showing.in_words(row) for row in differences.differences(before, after)]
    context = {
        "old": old,
        "new": new,
        "rows": rows[:MOST],
        "more": max(len(rows) - MOST, 0),
        "chosen": chosen,
        "sets": CriteriaSet.objects.of(new).defer("content").select_related(None),
    }
    return render(request, "products/regimes/comparison.html", context)


def _content(regime, chosen):
    """What is compared of a regime: the set that was chosen, else what the law decides besides the criteria."""
    if not chosen:
        return showing.comparable(regime.data)
    found = CriteriaSet.objects.of(regime).filter(code=chosen[:80]).values_list("content", flat=True).first()
    if found is None:
        raise Http404
    return {found["name"]: found}
