"""Telling the demonstration: on other days, failing, refused, not yet told."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from ocop_portal.demo import seeding
from products.models import Dossier

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(dt.date(2025, 2, 1), marks=pytest.mark.drill),
        dt.date(2025, 9, 1),  # no districts any more
        pytest.param(dt.date(2026, 10, 1), marks=pytest.mark.drill),
    ],
)
def test_the_story_can_be_told_on_other_days(law, settings, day):
    settings.DEMO_DAY = day

    call_command("seed_demo")

    assert Dossier.objects.get(product__entity__code="td-trac-van").self_scores.count() == 6
    assert Dossier.objects.count() == 4


def test_a_failure_leaves_nothing_behind(law, monkeypatch):
    monkeypatch.setattr(seeding, "tell_idea", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("seed_demo")

    assert not User.objects.demo().exists()


@pytest.mark.parametrize("command", ["seed_demo", "demo_people"])
def test_outside_a_demonstration_both_commands_refuse(law, settings, command):
    settings.DEMO = False

    with pytest.raises(CommandError, match="PORTAL_DEMO=1"):
        call_command(command)

    assert not User.objects.demo().exists()


def test_the_table_says_how_to_get_people(law):
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("demo_people")
