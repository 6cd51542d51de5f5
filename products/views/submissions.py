"""What was handed in, as it was: any submission, its files, and how two of them differ."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from foundation.ui.http import page
from products import freezing
from products.models import DossierStatus, Submission
from products.papers_served import serve_frozen
from products.views.dossiers import find


def _submission(request, code, number):
    rows = Submission.objects.visible_to(request.user).select_related("by")
    return get_object_or_404(rows, dossier__code=code, number=number)


@page
def frozen(request, code, number):
    """One submission."""
    dossier, submission = find(request, code), _submission(request, code, number)
    frozen = freezing.Frozen.of(submission.facts, submission)
    context = {
        "dossier": dossier,
        "submission": submission,
        "frozen": frozen,
        "facts": [(label, frozen.facts[name]) for name, label in freezing.REGISTRATION.items()],
        "rows": frozen.rows(dossier.criteria_set),
        "result": frozen.result(dossier.criteria_set),
        "is_whole": freezing.digest(submission.content) == submission.sha256,
        "others": dossier.submissions.exclude(pk=submission.pk),
    }
    return render(request, "products/dossiers/frozen.html", context)


@page
def frozen_file(request, code, number, paper):
    """One file of a submission, also when it was taken out of the dossier later."""
    submission = _submission(request, code, number)
    row = freezing.Frozen.of(submission.facts, submission).paper(paper)
    if row is None:
        raise Http404
    return serve_frozen(request, row)


@page
def differences(request, code, number, other):
    """How two submissions differ, the earlier one first."""
    dossier = find(request, code)
    first, second = (_submission(request, code, each) for each in sorted((number, other)))
    before, after = (freezing.Frozen.of(row.facts, row) for row in (first, second))
    return _differences(request, dossier, before, after, f"Lần nộp {second.number} so với lần {first.number}")


@page
def changes(request, code):
    """What has changed since the dossier was returned: against the last submission, or between the last two."""
    dossier = find(request, code)
    last = list(dossier.submissions.order_by("-number")[:2])
    if not last:
        raise Http404
    sides = [freezing.Frozen.of(row.facts, row) for row in reversed(last)]
    if dossier.status == DossierStatus.RETURNED:
        sides, title = [sides[-1], freezing.as_it_stands(dossier)], "Đang sửa so với bản đã nộp"
    else:
        title = "Lần nộp cuối so với lần trước"
    if len(sides) < 2:
        raise Http404
    return _differences(request, dossier, *sides, title)


def _differences(request, dossier, before, after, title):
    current = dossier.rounds.prefetch_related("items").last()
    asked = {(item.kind, item.key): item.why for item in current.items.all()} if current else {}
    rows = [
        {"change": change, "why": asked.get((change.kind, change.key), "")}
        for change in freezing.differences(before, after, dossier)
    ]
    context = {"dossier": dossier, "rows": rows, "title": title, "round": current}
    return render(request, "products/dossiers/differences.html", context)
