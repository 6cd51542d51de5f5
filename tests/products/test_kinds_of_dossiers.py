"""First time, upgrade, re-evaluation: which fits, what is copied, what has expired."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from products import actions, stages
from products.models import (
    Application,
    Dossier,
    DossierStatus,
    Evidence,
)
from tests.factories.products import (
    EvidenceFactory,
    ProductFactory,
    RatingFactory,
    opened,
)
from tests.products.test_actions import checked_file
from tests.products.whole import (
    again,
    handed_in,
    law_of_2026,
    under_2026,
)

pytestmark = pytest.mark.django_db
__all__ = ["under_2026"]
SCORE = ("score", "1.1")


def at(name, dossier, *more):
    return reverse(f"products:{name}", args=[dossier.code, *more])


def attach(dossier, people, kind):
    given = {"kind": kind, "title": "Phiếu", "criteria": []}
    return actions.attach(dossier, by=people["producer"], file=checked_file(kind.encode()), **given)


def test_an_upgrade_starts_from_a_copy_and_expired_papers_are_flagged(client, people, entity):
    old = handed_in(entity, people)
    with opened(old):
        old.self_scores.filter(criterion__code="1.1").update(option=None)  # no level reached: asked anew
        Evidence.objects.update(valid_until=dt.date(2024, 9, 30))
        paper = EvidenceFactory(dossier=old, kind="awards", title="Giải", valid_until=dt.date(2026, 1, 1))
        paper.criteria.add(old.criteria_set.criteria.first())
        EvidenceFactory(dossier=old, kind="mat_khau", title="Giấy lạ")
    Dossier.objects.update(status=DossierStatus.RATED)
    RatingFactory(product=old.product)

    dossier = actions.open_dossier(old.product, by=people["producer"], application=Application.UPGRADE)

    assert (dossier.copied_from, dossier.spec) == (old, old.spec)
    assert dossier.self_scores.count() == old.self_scores.exclude(option=None).count() > 20
    kept = {row.kind: row for row in dossier.evidence.all()}
    assert set(kept) == {"business_registration", "awards"}
    assert kept["awards"].criteria.get() == old.criteria_set.criteria.first()
    assert kept["awards"].file.name == paper.file.name
    with pytest.raises(ValidationError, match="đã hết hạn ngày 30/09/2024"):
        actions.submit(dossier, by=people["producer"])
    client.force_login(people["producer"])
    page = client.get(dossier.get_absolute_url()).content.decode()
    assert "Hết hạn" in page
    assert "bản chép của hồ sơ" in page
    actions.detach(kept["business_registration"], by=people["producer"])
    attach(dossier, people, "business_registration")
    first = dossier.criteria_set.criteria.get(code="1.1")
    actions.choose(dossier, first, None, version=0, by=people["producer"])
    actions.submit(again(dossier), by=people["producer"])
    assert Evidence.objects.filter(dossier=old).count() == 3  # the old dossier keeps its papers


def test_a_product_with_only_an_imported_rating_starts_empty_and_says_so(client, people, entity):
    product = ProductFactory(entity=entity, set_code="", idea=None)
    RatingFactory(product=product)
    client.force_login(people["producer"])
    begin = reverse("products:dossier_begin")
    assert product.name in client.get(begin).content.decode()
    sent = {"product": product.pk, "application": "again"}

    assert "Hãy chọn bộ sản phẩm" in client.post(begin, sent).content.decode()
    criteria_set = law_of_2026()["criteria_set"].__class__.objects.get(regime="qd148-2023", number=22)
    response = client.post(begin, sent | {"criteria_set": criteria_set.pk}, follow=True)

    assert "bắt đầu trống" in response.content.decode()
    assert Dossier.objects.get().application == Application.AGAIN


def test_kinds_follow_the_stars_a_product_has_or_had(people, entity):
    product = ProductFactory(entity=entity)
    assert stages.applications(product) == [Application.FIRST]
    rating = RatingFactory(product=product)
    assert stages.applications(product) == [Application.UPGRADE, Application.AGAIN]
    type(rating).objects.update(stars=5)
    assert stages.applications(product) == [Application.AGAIN]
    type(rating).objects.update(ends_on="2024-10-14")
    assert stages.applications(product) == [Application.AGAIN, Application.FIRST]
    with pytest.raises(ValidationError, match="không lập được hồ sơ “Nâng hạng”"):
        actions.open_dossier(product, by=people["producer"], application=Application.UPGRADE)


def test_the_form_says_which_kinds_fit(client, people, entity):
    product = ProductFactory(entity=entity)
    RatingFactory(product=product)
    client.force_login(people["producer"])
    sent = {"product": product.pk, "application": "first"}

    page = client.post(reverse("products:dossier_begin"), sent).content.decode()

    assert "“Nâng hạng” hoặc “Đánh giá lại”" in page
    assert not Dossier.objects.exists()
