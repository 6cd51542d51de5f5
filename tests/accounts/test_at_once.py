"""What many do at the same moment: counts lose nothing, a code serves one of them (T66, T69)."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import connection

from accounts import factors, limits
from accounts.models import Tries
from tests.accounts.conftest import code_at
from tests.factories.accounts import UserFactory, with_app

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, times):
    """So many threads, each with a connection of its own; what each got."""

    def alone(_):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(alone, range(times)))


def outcome(act):
    """Whether it was taken."""
    try:
        act()
    except ValidationError:
        return False
    return True


def test_t66_forty_tries_at_once_get_forty_numbers():
    numbers = at_once(lambda: [Tries.objects.add("account:x", 900)[0] for _ in range(5)], 8)

    assert sorted(number for row in numbers for number in row) == list(range(1, 41))


def test_t66_of_many_tries_at_once_only_ten_are_looked_at():
    taken = at_once(lambda: outcome(lambda: limits.count([(limits.ACCOUNT, "x")])), 24)

    assert taken.count(True) == limits.ACCOUNT.most


def test_t69_a_code_sent_four_times_at_once_serves_one():
    user = with_app(UserFactory())
    code = code_at(time.time())

    assert at_once(lambda: outcome(lambda: factors.accept_code(user, code)), 4).count(True) == 1


def test_t69_control_without_the_lock_it_would_serve_more(monkeypatch):
    user = with_app(UserFactory())
    own = Authenticator.objects.get(user=user)
    code = code_at(time.time())

    def unlocked():
        found = Authenticator.objects.get(pk=own.pk)
        time.sleep(0.1)
        return factors.fits(found, code)

    assert at_once(unlocked, 4).count(True) > 1
