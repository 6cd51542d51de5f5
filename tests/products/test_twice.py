"""The same thing sent at once, many times, on the real database: one submission, one dossier; with the controls."""

from functools import partial

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from products.models import Dossier, DossierStatus, Submission
from tests.factories.products import DossierFactory, IdeaFactory, ProductFactory, RatingFactory
from tests.products.test_codes_at_once import at_once
from tests.products.whole import whole


def posts(person, address, many):
    """So many posts at once from browsers of one person; statuses of the answers."""
    browsers = [Client() for _ in range(many)]
    for browser in browsers:
        browser.force_login(person)
    answers = at_once([partial(browser.post, address) for browser in browsers])
    return [answer.status_code for answer in answers]


@pytest.mark.django_db(transaction=True)
def test_t03_t05_many_presses_at_once_make_one_dossier_and_one_submission(law, people, entity):
    product = ProductFactory(entity=entity, idea=IdeaFactory(entity=entity))
    opening = reverse("products:dossier_opening", args=[product.code])
    assert posts(people["producer"], opening, 10) == [302] * 10
    assert Dossier.objects.filter(product=product).count() == 1

    dossier = whole(entity)
    sending = reverse("products:submission", args=[dossier.code])
    assert set(posts(people["producer"], sending, 20)) <= {302, 403}
    assert Submission.objects.filter(dossier=dossier).count() == 1
    assert Dossier.objects.get(pk=dossier.pk).status == DossierStatus.SUBMITTED


@pytest.mark.django_db
def test_t05_the_database_keeps_one_live_dossier_per_product(entity):
    product = DossierFactory(product__entity=entity).product
    with pytest.raises(IntegrityError, match="dossier_one_live_per_product"), transaction.atomic():
        DossierFactory(product=product)
    with connection.cursor() as cursor:
        cursor.execute("drop index dossier_one_live_per_product")
    DossierFactory(product=product)  # control: without the index there would be two


@pytest.mark.django_db
def test_t05_an_ended_dossier_leaves_room_for_the_next(entity):
    product = DossierFactory(product__entity=entity, status=DossierStatus.WITHDRAWN).product
    assert DossierFactory(product=product).pk


@pytest.mark.django_db
def test_t05_a_second_dossier_is_refused_on_the_page_with_a_sentence(client, people, entity):
    dossier = DossierFactory(product=ProductFactory(entity=entity, idea=IdeaFactory(entity=entity)))
    client.force_login(people["producer"])
    address = reverse("products:dossier_begin")
    again = {"product": dossier.product_id, "application": "first", "criteria_set": ""}
    page = client.post(address, again)
    assert (page.status_code, Dossier.objects.count()) == (200, 1)
    assert page.context["form"].errors["product"]
    Dossier.objects.update(status=DossierStatus.WITHDRAWN)
    assert client.post(address, again).status_code == 302  # control
    assert Dossier.objects.count() == 2


@pytest.mark.django_db
def test_opening_what_cannot_be_opened_is_a_sentence(client, people, entity):
    """The press of a page that was open too long: the product has stars meanwhile."""
    product = ProductFactory(entity=entity, idea=IdeaFactory(entity=entity))
    RatingFactory(product=product)
    client.force_login(people["producer"])
    answer = client.post(reverse("products:dossier_opening", args=[product.code]))
    assert answer.status_code == 302
    assert any("không lập được hồ sơ" in str(said) for said in get_messages(answer.wsgi_request))
