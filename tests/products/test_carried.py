"""Products on sales channels: whose, when, and by whom."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from products import actions, permissions
from products.forms import ShelfForm
from products.models import Carried
from tests.factories.entities import SalesChannelFactory
from tests.factories.products import CarriedFactory, DossierFactory, ProductFactory
from tests.products.test_permissions import allowed

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = dt.date(2024, 4, 1), dt.date(2024, 10, 15)


@pytest.fixture
def channel(entity):
    return SalesChannelFactory(entity=entity, since=SPRING)


@pytest.fixture
def product(entity):
    return ProductFactory(entity=entity)


def test_who_keeps_the_shelf(people, channel):
    assert allowed(people, permissions.may_keep_shelf, channel) == {
        "producer",
        "commune_officer",
        "district_officer",
        "province_officer",
        "department_officer",
    }


def test_a_product_is_carried_from_day_to_day(people, channel, product):
    row = actions.put_on_channel(channel, product=product, since=SPRING, by=people["producer"])
    actions.take_off_channel(row, until=dt.date(2024, 6, 30), by=people["producer"])

    assert list(Carried.objects.on(dt.date(2024, 6, 30))) == [row]
    assert not Carried.objects.on(dt.date(2024, 7, 1)).exists()
    assert not Carried.objects.on(dt.date(2024, 3, 31)).exists()


def test_when_the_channel_ends_it_carries_nothing(channel, product):
    CarriedFactory(channel=channel, product=product)
    assert Carried.objects.on(AUTUMN).exists()

    type(channel).objects.update(until=dt.date(2024, 9, 30))
    assert not Carried.objects.on(AUTUMN).exists()


def test_strangers_are_refused(people, channel, product):
    with pytest.raises(PermissionDenied):
        actions.put_on_channel(channel, product=product, since=SPRING, by=people["other_producer"])
    with pytest.raises(PermissionDenied):
        actions.take_off_channel(
            CarriedFactory(channel=channel, product=product), until=AUTUMN, by=people["manager"]
        )


@pytest.mark.parametrize("since", [dt.date(2024, 3, 31), dt.date(2024, 12, 31)])
def test_a_product_is_on_the_shelf_only_while_the_channel_runs(people, channel, product, since):
    type(channel).objects.update(until=dt.date(2024, 11, 30))
    channel.refresh_from_db()

    with pytest.raises(ValidationError, match="trong thời gian kênh hoạt động"):
        actions.put_on_channel(channel, product=product, since=since, by=people["producer"])


def test_another_producers_product_and_the_same_one_twice_are_refused(people, channel, product):
    with pytest.raises(ValidationError, match="không thuộc chủ thể"):
        actions.put_on_channel(
            channel,
            product=ProductFactory(entity__area=channel.entity.area),
            since=SPRING,
            by=people["producer"],
        )
    actions.put_on_channel(channel, product=product, since=SPRING, by=people["producer"])
    with pytest.raises(ValidationError, match="đang được bán"):
        actions.put_on_channel(channel, product=product, since=AUTUMN, by=people["producer"])


def test_the_pages_add_a_product_and_end_it(client, people, channel, product):
    client.force_login(people["producer"])
    add = reverse("products:carried_new", args=[channel.code])
    assert product.name in client.get(add).content.decode()
    client.post(add, {"product": product.pk, "since": "2024-05-01"})

    end = reverse("products:carried_ending", args=[channel.code, product.code])
    assert client.get(end).status_code == 200
    refused = client.post(end, {"until": "2024-04-30"}).content.decode()
    assert "Ngày kết thúc không được trước ngày bắt đầu." in refused
    client.post(end, {"until": "2024-06-30"})
    assert Carried.objects.get().until == dt.date(2024, 6, 30)


def test_the_pages_are_closed_to_others(client, people, channel):
    add = reverse("products:carried_new", args=[channel.code])
    for name, status in (("other_producer", 404), ("manager", 403)):
        client.force_login(people[name])
        assert client.get(add).status_code == status


def offered(channel, user):
    """The products that the form offers this person."""
    return set(ShelfForm(channel=channel, user=user).fields["product"].queryset)


def test_offices_are_not_offered_what_stands_in_a_dossier_that_was_never_sent(people, channel, product):
    hidden = DossierFactory(product=ProductFactory(entity=channel.entity)).product

    assert offered(channel, people["producer"]) == {product, hidden}
    assert offered(channel, people["district_officer"]) == {product}


def test_control_a_dossier_that_was_sent_is_offered_to_the_office(people, channel):
    sent = DossierFactory(product=ProductFactory(entity=channel.entity), submitted_on=SPRING).product

    assert offered(channel, people["district_officer"]) == {sent}
