"""Who acts: the chosen role of a person, and an administrator who looks through another person's eyes."""

from django.db import connection
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from accounts import permissions
from accounts.models import User
from foundation.ui.http import WriteRefused, reading

ROLE = "vai_tro"
EYES = "nhin_qua"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ENDS_LOOKING = frozenset({"accounts:looking_end", "account_logout"})
# What belongs to the person alone: keys, factors, sessions, roles. Other eyes do not look there.
PERSONAL = ("account_", "accounts:", "mfa_", "usersessions_", "socialaccount_", "openid_")


class ActingPerson:
    """Puts the person who acts into ``request.user``: with the role chosen in this session, or looked through."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        signed_in = request.user
        request.user = SimpleLazyObject(lambda: acting_person(request, signed_in))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Eyes only look: while another person's are used, nothing is done and nothing is written."""
        if EYES not in request.session or request.user.looked_through_by is None:
            return None
        name = request.resolver_match.view_name
        if name in ENDS_LOOKING:
            return None
        if request.method not in SAFE or name.startswith(PERSONAL):
            return only_looking(request)
        try:
            with reading(connection):
                return view(request, *args, **kwargs)
        except WriteRefused:
            return only_looking(request)


def only_looking(request):
    """Why nothing happens."""
    return render(request, "accounts/only_looking.html", status=403)


def acting_person(request, signed_in):
    """The signed-in person in the chosen role; for an administrator who looks, the person looked through."""
    if not signed_in.is_authenticated:
        return signed_in
    signed_in.acting_pk = request.session.get(ROLE, 0)
    if EYES not in request.session:
        return signed_in
    other = User.objects.filter(pk=request.session[EYES]).first()
    if other is None or not permissions.may_look_through(signed_in, other):
        return signed_in
    other.acting_pk, other.looked_through_by = 0, signed_in
    return other
