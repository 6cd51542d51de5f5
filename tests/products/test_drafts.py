"""Fields that save themselves: acknowledged when committed, a second tab is asked, nothing is lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from products import actions
from products.models import Dossier, DossierStatus
from tests.factories.products import DossierFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(entity):
    return DossierFactory(product__entity=entity, spec="", capacity="", introduction="")


@pytest.fixture
def as_producer(client, people):
    client.force_login(people["producer"])
    return client


def at(dossier):
    return reverse("products:field", args=[dossier.code])


def save(client, dossier, value, version, name="spec"):
    return client.post(at(dossier), {"o": name, "gia_tri": value, "phien_ban": version})


def test_each_save_is_acknowledged_with_the_next_version(as_producer, dossier):
    assert save(as_producer, dossier, "Hộp", 0).json()["version"] == 1
    answer = save(as_producer, dossier, "Hộp hai khăn", 1)

    assert answer.json()["version"] == 2
    assert Dossier.objects.get().spec == "Hộp hai khăn"
    assert Dossier.objects.get().versions == {"spec": 2}


def test_a_second_tab_reads_what_stands_and_writes_nothing_over(as_producer, dossier):
    save(as_producer, dossier, "Bản của tab một", 0)

    answer = save(as_producer, dossier, "Bản của tab hai", 0)

    assert answer.status_code == 409
    assert answer.json()["current"] == {"text": "Bản của tab một", "version": 1}
    assert Dossier.objects.get().spec == "Bản của tab một"
    assert save(as_producer, dossier, "Bản của tab hai", 1).status_code == 200  # chosen to keep


def test_control_fields_do_not_stand_in_each_others_way(as_producer, dossier):
    save(as_producer, dossier, "Hộp", 0)

    assert save(as_producer, dossier, "500 khăn", 0, name="capacity").status_code == 200


def test_a_save_sent_again_because_its_answer_was_lost_is_no_clash(as_producer, dossier):
    save(as_producer, dossier, "Hộp", 0)

    assert save(as_producer, dossier, "Hộp", 0).json()["version"] == 1


@pytest.mark.parametrize("version", ["", "x", "9" * 30, "-1"])
def test_a_version_that_is_none_is_a_clash_not_an_error(as_producer, dossier, version):
    save(as_producer, dossier, "Hộp", 0)

    assert save(as_producer, dossier, "khác", version).status_code == 409


def test_too_much_is_refused_with_a_sentence_and_unknown_fields_are_not_there(as_producer, dossier):
    answer = save(as_producer, dossier, "x" * 301, 0)

    assert answer.status_code == 422
    assert "300" in answer.json()["message"]
    assert save(as_producer, dossier, "x", 0, name="status").status_code == 404
    assert save(as_producer, dossier, "e\u0302\u0301", 0).status_code == 200
    assert Dossier.objects.get().spec == "ế"  # T122: stored composed


def test_what_was_sent_is_closed_and_strangers_find_nothing(as_producer, client, people, dossier):
    Dossier.objects.update(status=DossierStatus.SUBMITTED, submitted_on="2024-10-15")
    assert save(as_producer, dossier, "x", 0).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.save_field(dossier, by=people["producer"], name="spec", value="x", version=0)
    client.force_login(people["other_producer"])
    assert save(client, dossier, "x", 0).status_code == 404


def test_without_a_session_it_leads_to_signing_in_and_keeps_nothing(client, dossier):
    assert save(client, dossier, "x", 0).status_code == 302
    assert Dossier.objects.get().spec == ""


def test_the_whole_form_does_not_write_over_what_another_tab_saved(as_producer, dossier):
    address = reverse("products:registration", args=[dossier.code])
    page = as_producer.get(address).content.decode()
    assert 'data-field="spec" data-version="0"' in page
    save(as_producer, dossier, "Bản của tab hai", 0)
    sent = {"spec": "Bản của tab một", "capacity": "b", "introduction": "c"} | {
        "v-spec": "0",
        "v-capacity": "0",
    }

    page = as_producer.post(address, sent).content.decode()

    assert "vừa được sửa ở nơi khác thành: “Bản của tab hai”" in page
    assert 'data-field="spec" data-version="1"' in page
    assert Dossier.objects.get().spec == "Bản của tab hai"
    assert as_producer.post(address, sent | {"v-spec": "1"}).status_code == 302
    assert Dossier.objects.get().spec == "Bản của tab một"
