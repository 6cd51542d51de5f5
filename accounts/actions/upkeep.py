"""Sweeping after the sign-in: what has run out is forgotten."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Tries

FORGOTTEN_AFTER = dt.timedelta(days=1)  # longer than every window of accounts.limits


@transaction.atomic
def forget_what_ran_out():
    """Old counts, ended sessions and their list, stale cache rows; how many rows of each."""
    now = timezone.now()
    tries, _ = Tries.objects.before(now - FORGOTTEN_AFTER).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    listed, _ = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    with connection.cursor() as cursor:
        cursor.execute("delete from portal_cache where expires < %s", [now])
        cached = cursor.rowcount
    return tries, sessions, listed, cached
