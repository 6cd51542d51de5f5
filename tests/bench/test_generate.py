"""Invented rows for measuring: how many, whose, and never outside a demonstration."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from entities.models import Entity, SalesChannel, Strengthening
from foundation import clock
from foundation.areas.models import Area
from products.models import (
    Certificate,
    Decision,
    Dossier,
    DossierStatus,
    Product,
    Rating,
    SelfScore,
)
from products.permissions import acts_for
from tests.factories.accounts import UserFactory

SMALL = {"producers": 12, "products": 30, "dossiers": 20}


@pytest.fixture
def generate(law, capsys):
    """Runs the command and returns what it printed."""

    def run(**options):
        call_command("generate", **{**SMALL, "seed": 7, **options})
        return capsys.readouterr().out

    return run


def facts():
    """What must be the same for the same seed."""
    return (
        list(Product.objects.order_by("code").values_list("code", "name", "area__code", "set_code")),
        list(
            Rating.objects.order_by("product__code").values_list(
                "product__code", "stars", "total", "starts_on"
            )
        ),
        list(
            SelfScore.objects.order_by("dossier__code", "criterion__position").values_list(
                "dossier__code", "criterion__code", "option__key"
            )
        ),
    )


def test_it_makes_as_many_as_asked_and_says_so(generate):
    said = generate()

    assert (Entity.objects.count(), Product.objects.count(), Dossier.objects.count()) == (12, 30, 20)
    assert f"Chủ thể: 12\nSản phẩm: 30\nHồ sơ: 20\nĐiểm tự chấm: {SelfScore.objects.count()}\n" in said
    assert "giây" in said


def test_every_row_that_can_says_that_it_is_invented(generate):
    generate()

    for model in (Entity, Product, Decision, User):
        assert model.objects.exists()
        assert not model.objects.filter(is_demo=False).exists()


def test_producers_sit_in_communes_that_exist_today(generate):
    generate()

    today = set(Area.objects.communes().on(clock.today()).values_list("pk", flat=True))
    assert set(Entity.objects.values_list("area", flat=True)) <= today


def test_ratings_are_in_force_and_their_total_lies_in_the_band_of_their_stars(generate):
    generate()

    ratings = Rating.objects.select_related("regime", "decision")
    assert ratings.count() == Rating.objects.in_force().count() > 10
    for rating in ratings:
        band = rating.regime.bands[rating.stars - 1]
        assert band.floor <= rating.total < (band.below or 101)
        assert rating.decision.level == rating.regime.level_for(rating.stars)


def test_dossiers_stand_in_several_states_and_those_sent_are_answered_whole(generate):
    generate()

    states = {DossierStatus.DRAFT, DossierStatus.SUBMITTED, DossierStatus.RETURNED, DossierStatus.ACCEPTED,
              DossierStatus.RATED}  # fmt: skip
    assert set(Dossier.objects.values_list("status", flat=True)) == states
    for dossier in Dossier.objects.all():
        assert bool(dossier.result().unanswered) == (dossier.status == DossierStatus.DRAFT)
        assert acts_for(dossier.created_by, dossier.product.entity)
    assert not Dossier.objects.filter(status=DossierStatus.RATED, rating=None).exists()
    assert not Dossier.objects.filter(status=DossierStatus.ACCEPTED, product_code="").exists()


def test_the_first_certificates_have_their_paper(generate):
    generate()

    certificates = Certificate.objects.all()
    assert certificates
    assert all(default_storage.exists(certificate.file.name) for certificate in certificates)


def test_the_same_seed_gives_the_same_rows(generate, db):
    with transaction.atomic():
        generate()
        first = facts()
        transaction.set_rollback(True)  # certificates and the register let nothing be deleted
    assert first[0]
    assert not Product.objects.exists()

    generate()
    assert facts() == first


def test_producers_have_channels_some_of_them_ended_and_some_were_strengthened(generate):
    generate(producers=60)

    assert SalesChannel.objects.modern().open_on().exists()
    assert SalesChannel.objects.exclude(until=None).exists()
    assert Strengthening.objects.exists()
    assert not SalesChannel.objects.filter(is_demo=False).exists()


def test_another_seed_gives_other_rows(generate):
    generate()
    first = set(Product.objects.values_list("name", flat=True))

    generate(seed=8)
    assert set(Product.objects.filter(code__startswith="g8-").values_list("name", flat=True)) != first


def test_a_seed_is_not_used_twice_by_accident(generate):
    generate()

    with pytest.raises(CommandError, match="--more"):
        generate()
    assert Product.objects.count() == 30

    generate(more=True)
    assert Product.objects.count() == 60


def test_people_for_measuring_are_not_offered_for_signing_in(generate):
    person = UserFactory(is_demo=True, title="Cán bộ huyện")
    generate()

    assert list(User.objects.demo()) == [person]


def test_outside_a_demonstration_nothing_is_made(generate, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="PORTAL_DEMO=1"):
        generate()
    assert not Entity.objects.exists()


@pytest.mark.parametrize("wrong", [{"producers": 0}, {"dossiers": 31}, {"products": -1}, {"seed": 10000}])
def test_numbers_that_cannot_be_are_refused(generate, wrong):
    with pytest.raises(CommandError):
        generate(**wrong)
    assert not Entity.objects.exists()
