"""The public home, the signed-in person's desk, and signs of life."""

import datetime as dt

from django.conf import settings
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import DataRequest
from entities.models import AgreedAction, CraftVillage, FieldVisit, SignUp
from evaluation.models import Case, Petition, ScoreSheet
from foundation import clock
from foundation.jobs.models import Job, Pulse
from foundation.jobs.queue import backlog_seconds
from foundation.regimes.models import Regime
from foundation.ui.http import page
from foundation.ui.languages import bilingual
from ocop_portal import desks
from ocop_portal.volumes import crowded
from products.models import BusinessPlan, Dossier, Idea, Product, RenewalStep
from products.models.cycle import calendar_of
from promotion.models import Event
from targets.models import PlanTask

ALIVE_SECONDS = 15


@bilingual
@page(public=True)
def home(request):
    """The front door: find a product, check a certificate, see villages and events."""
    context = {
        "products": Product.objects.public().for_list().featured()[:8],
        "industries": Regime.objects.industries(clock.today()),
        "villages": CraftVillage.objects.for_list()[:6],
        "events": Event.objects.for_list()[:4],
    }
    return render(request, "home.html", context)


@page
def desk(request):
    """What waits for this person, and the jobs they started."""
    user = request.user
    waiting = [
        *desks.ideas(Idea.objects.waiting_for(user).for_list()),
        *desks.plans(BusinessPlan.objects.waiting_for(user).for_list()),
        *desks.dossiers(Dossier.objects.waiting_for(user).for_list()),
        *desks.sheets(ScoreSheet.objects.waiting_for(user)),
        *desks.cases(Case.objects.waiting_for(user).for_list()),
        *desks.petitions(Petition.objects.waiting_for(user).for_list()),
        *desks.renewals(RenewalStep.objects.waiting_for(user).for_list()),
        *desks.visits(FieldVisit.objects.waiting_for(user).for_list()),
        *desks.agreed(AgreedAction.objects.waiting_for(user).for_list()),
        *desks.plan_tasks(PlanTask.objects.waiting_for(user).for_list()),
        *desks.signups(SignUp.objects.waiting_for(user).for_list()),
        *desks.data_requests(DataRequest.objects.waiting_for(user).for_list()),
    ]
    context = {
        "waiting": waiting,
        "jobs": Job.objects.visible_to(user).recent()[:5],
        "starts": list(desks.starts(user)),
        "cycle": calendar_of(user),
    }
    return render(request, "desk.html", context)


@page(public=True)
def health(request):
    """Signs of life as JSON: 200 when the database answers, with worker and beat by their last pulse."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    alive = timezone.now() - dt.timedelta(seconds=ALIVE_SECONDS)
    beating = set(Pulse.objects.filter(at__gte=alive).values_list("name", flat=True))
    return JsonResponse(
        {
            "web": True,
            "database": True,
            "worker": "worker" in beating,
            "beat": "beat" in beating,
            "backlog_seconds": backlog_seconds(),
            "room": not crowded(),
            "demo": settings.DEMO,
        },
        headers={"Cache-Control": "no-store"},
    )
