"""The database's disk is full (SQLSTATE 53100): a calm page, nothing half kept; with room it goes on (T30).

The full form, on a real small volume, is tests/launcher/test_full_volume.py.
"""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation.trail.models import Entry
from products.models import Dossier
from tests.factories.products import DossierFactory

pytestmark = pytest.mark.django_db
FULL, OURS = "53100", "22012"  # disk_full; division_by_zero, a mistake of ours
FACTS = {"spec": "Hộp hai khăn", "capacity": "500 khăn", "introduction": "Từ năm 2010."}


@pytest.fixture
def failing():
    """Let the database answer every write of a table with an error: ``failing(table, code)``; no code: no more."""

    def set_up(table, code=None):
        with connection.cursor() as cursor:
            cursor.execute(f"drop trigger if exists no_room on {table}")
            if code:
                cursor.execute(
                    "create or replace function no_room() returns trigger language plpgsql as $$ begin "
                    f"raise exception 'could not extend file: No space left on device' using errcode = '{code}'; "
                    "end $$"
                )
                cursor.execute(
                    f"create trigger no_room before insert or update on {table} for each row execute function no_room()"
                )

    return set_up


@pytest.fixture
def browser(people):
    """A producer's browser that sees error pages instead of exceptions."""
    client = Client(raise_request_exception=False)
    client.force_login(people["producer"])
    return client


def test_t30_a_form_meets_a_full_disk(browser, entity, failing):
    dossier = DossierFactory(product__entity=entity, spec="Cũ")
    address = reverse("products:registration", args=[dossier.code])
    failing("products_dossier", FULL)
    answer = browser.post(address, FACTS)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Cổng đang tạm nghỉ" in answer.content.decode()
    assert "No space left" not in answer.content.decode()
    assert Dossier.objects.get().spec == "Cũ"
    assert browser.get(address).status_code == 200  # reading goes on

    failing("products_dossier", OURS)
    assert browser.post(address, FACTS).status_code == 500  # control: another error is not taken for it

    failing("products_dossier")
    assert browser.post(address, FACTS).status_code == 302
    assert Dossier.objects.get().spec == FACTS["spec"]


def test_t30_what_is_written_last_fails_and_nothing_of_the_deed_stays(browser, entity, failing):
    """The trail is written after the row: with it the row goes."""
    dossier = DossierFactory(product__entity=entity)
    address = reverse("products:dossier_withdrawal", args=[dossier.code])
    failing("trail_entry", FULL)
    assert browser.post(address, {"note": "Thôi."}).status_code == 503
    assert Dossier.objects.get().status == "draft"
    assert not Entry.objects.about(dossier).exists()

    failing("trail_entry")
    assert browser.post(address, {"note": "Thôi."}).status_code == 302
    assert Dossier.objects.get().status == "withdrawn"


def test_t30_a_field_that_saves_itself_is_not_acknowledged(browser, entity, failing):
    dossier = DossierFactory(product__entity=entity, spec="Cũ")
    address = reverse("products:field", args=[dossier.code])
    sent = {"o": "spec", "gia_tri": "Mới", "phien_ban": "0"}
    failing("products_dossier", FULL)
    assert browser.post(address, sent).status_code == 503
    assert Dossier.objects.get().spec == "Cũ"

    failing("products_dossier")
    assert browser.post(address, sent).status_code == 200
    assert Dossier.objects.get().spec == "Mới"
