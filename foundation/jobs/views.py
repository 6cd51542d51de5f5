"""What became of my jobs."""

from django.shortcuts import get_object_or_404, render

from foundation.jobs.models import Job
from foundation.ui.http import page
from foundation.ui.lists import render_list, wants_fragment


@page
def jobs(request):
    """Every job that this person asked for, the newest first."""
    return render_list(request, "jobs", Job.objects.visible_to(request.user).recent())


@page
def job(request, code):
    """One job: how far it is, and its result. Drawn alone for htmx, which asks again until it is finished."""
    found = get_object_or_404(Job.objects.visible_to(request.user), code=code)
    template = "jobs/_job.html" if wants_fragment(request) else "jobs/job.html"
    response = render(request, template, {"job": found})
    response["Vary"] = "HX-Request"
    return response
