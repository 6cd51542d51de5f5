"""The daily job of the register: signed and mailed, or told to be broken."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Letter
from foundation.jobs.models import Job
from ocop_portal import register_works
from ocop_portal.tasks import sign_register_of_the_day
from products import actions
from products.models import RegisterHead
from tests.factories.certificates import rated

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(entity, settings):
    settings.TRAIL_WITNESSES = ["a@example.vn"]
    return actions.issue_certificate(rated(entity), by=None)


def run():
    register_works.sign_register(lambda *said: None, day="2024-10-15")


def test_a_whole_register_is_signed_and_mailed_once(paper, tmp_path):
    run()
    run()
    head = RegisterHead.objects.get()

    assert head.root in Letter.objects.get().body
    kept = tmp_path / "dau.json"
    kept.write_text(f'{{"heads": [{json.dumps(head.published)}]}}')
    call_command("verify_register", "--against", str(kept))
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("verify_register", "--against", str(tmp_path / "khong-co"))


def test_a_broken_register_is_told_and_not_signed(paper):
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table products_registerentry disable trigger user")
        cursor.execute("update products_registerentry set text = '{}'")
    run()

    assert not RegisterHead.objects.exists()
    assert "Dòng 0 không khớp" in Letter.objects.get().body
    with pytest.raises(CommandError, match="KHÔNG NGUYÊN VẸN"):
        call_command("verify_register")


def test_the_clock_asks_once_a_day(db):
    sign_register_of_the_day()
    sign_register_of_the_day()

    assert Job.objects.filter(effect_key__startswith="register-head:").count() == 1
