"""Stars taken back by decision, on a ground of the law of the day."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from accounts.models import Notice
from products import actions, renewals
from products.models import Happening, RegisterEntry
from tests.factories.certificates import rated
from tests.products.test_certificate_life import DAY

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 quyet dinh"


@pytest.fixture
def officer(people):
    return people["district_officer"]


@pytest.fixture
def paper(entity):
    return actions.issue_certificate(rated(entity), by=None)


def revoked(rating, by, **facts):
    given = {
        "ground": "criteria_missed",
        "number": "7/QĐ-UBND",
        "day": DAY,
        "note": "Kết luận",
        "file": ContentFile(PDF),
    }
    return actions.revoke(rating, by=by, **given | facts)


def test_revoked_stars_keep_their_page_and_say_why(paper, officer, people, client):
    revoked(paper.recognition, officer)
    paper.refresh_from_db()

    assert paper.state_on(DAY) == "revoked"
    text = client.get(paper.get_absolute_url()).content.decode()
    for word in ("Đã thu hồi", "7/QĐ-UBND", "tiêu chí bắt buộc"):
        assert word in text
    assert RegisterEntry.objects.last().happening == Happening.REVOKED
    assert Notice.objects.filter(kind="rating_revoked", person=people["producer"]).exists()
    with pytest.raises(ValidationError, match="đã bị thu hồi"):
        revoked(paper.recognition, officer)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"ground": "khac"}, "không có căn cứ"),
        ({"day": dt.date(2024, 10, 16)}, "Ngày quyết định"),
        ({"day": dt.date(2024, 9, 30)}, "Ngày quyết định"),
    ],
)
def test_a_revocation_that_cannot_be(paper, officer, facts, sentence):
    with pytest.raises(ValidationError, match=sentence):
        revoked(paper.recognition, officer, **facts)
    assert [ground for ground, _ in renewals.grounds(DAY)]


def test_only_the_office_that_keeps_the_papers_revokes(paper, people):
    for who in ("producer", "commune_officer", "other_district_officer", "province_officer", "manager"):
        with pytest.raises(PermissionDenied):
            revoked(paper.recognition, people[who])
