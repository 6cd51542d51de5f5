"""Where someone is signed in, and ending it."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.permissions import may_end_sessions, require
from foundation.trail.moves import write


def end_sessions_of(person, *, keep=None):
    """Every session of the person but the kept one dies at once; how many."""
    rows = UserSession.objects.filter(user=person).exclude(session_key=keep or "")
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def renew_key(session):
    """The session goes on under a new key, and the list of the person's sessions knows it."""
    old = session.session_key
    session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=session.session_key)


@transaction.atomic
def end_session(session, *, by):
    """One of one's own sessions, on whatever machine."""
    require(session.user_id == by.pk)
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()
    write(by, "Kết thúc một phiên đăng nhập", by=by)


@transaction.atomic
def end_other_sessions(person, *, by, keep):
    """All of one's own sessions but this one."""
    require(by == person)
    count = end_sessions_of(person, keep=keep)
    write(person, "Kết thúc các phiên đăng nhập khác", by=by, note=f"{count} phiên")


@transaction.atomic
def end_all_sessions(person, *, by):
    """An administrator signs a person out everywhere."""
    require(may_end_sessions(by, person))
    count = end_sessions_of(person)
    write(person, "Kết thúc mọi phiên đăng nhập", by=by, note=f"{count} phiên")
