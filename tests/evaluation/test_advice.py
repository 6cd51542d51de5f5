"""The advisory team's sheets: sealed like the others, shown beside them after the opening, counted in nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from evaluation import actions
from evaluation.laws import criteria_of
from evaluation.models import AdvisoryScore, AdvisorySheet, SheetStatus
from tests.evaluation.browsing import url
from tests.evaluation.stories import THREE_STARS, again, concluded, opened
from tests.factories.evaluation import AdviserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(case):
    """A person of the advisory team, with an empty sheet."""
    user = AdviserFactory(council=case.council).user
    AdvisorySheet.objects.lay_before(case, [user])
    return user


def sheet_by(user):
    return AdvisorySheet.objects.with_scores().get(user=user)


def lowest(case):
    """The least level of every criterion."""
    law = criteria_of(case.dossier.criteria_set)
    return {code: min(ask.options.values(), key=lambda row: row.points).key for code, ask in law.items()}


def advise(case, user, **facts):
    sheet = sheet_by(user)
    told = {"seen": sheet.mark, "by": user, **facts}
    return actions.advise(sheet, told.pop("answers", lowest(case)), **told)


def test_advice_is_saved_and_handed_in_once(case, adviser):
    advise(case, adviser, answers={"1.4": "1.4:2", "1.1": None})
    assert sheet_by(adviser).answers() == {"1.4": "1.4:2", "1.1": None}
    advise(case, adviser, answers={"1.4": "1.4:2"})
    assert AdvisoryScore.objects.get(criterion__code="1.4").version == 1
    with pytest.raises(ValidationError, match="Còn 25 tiêu chí chưa chấm"):
        advise(case, adviser, answers={}, final=True)

    advise(case, adviser, final=True)

    assert sheet_by(adviser).status == SheetStatus.HANDED_IN
    with pytest.raises(ValidationError, match="không sửa được nữa"):
        advise(case, adviser)
    assert str(sheet_by(adviser)) == f"{case.pk} – {adviser}"


def test_advice_refuses_what_is_not_offered_and_stale_tabs_and_others(case, adviser, member):
    for wrong in ({"1.4": None}, {"1.4": "1.4:9"}, {"99": None}):
        with pytest.raises(ValidationError, match="một mức có trong phiếu"):
            advise(case, adviser, answers=wrong)
    with pytest.raises(ValidationError, match="vừa được lưu ở nơi khác"):
        advise(case, adviser, seen="khác")
    with pytest.raises(PermissionDenied):
        advise(case, adviser, by=member)


def test_advice_never_counts_and_is_shown_beside_the_rest_after_the_opening(as_user, case, adviser, chair):
    advise(case, adviser, final=True)
    case = opened(case, **THREE_STARS)
    for name in ("comparison", "spread_desk"):
        page = as_user(chair).get(url(name, case)).content.decode()
        assert str(adviser) in page
        assert "không tính" in page
        assert "ự chấm" in page
    actions.conclude(case, by=chair, conclusion="Đạt.")
    assert again(case).total == 59


def test_the_same_without_advice(case):
    assert concluded(case, **THREE_STARS).total == 59


def test_advice_is_read_by_its_author_alone_until_the_opening(as_user, case, adviser, chair):
    advise(case, adviser, final=True)
    assert not AdvisorySheet.objects.known_to(chair).exists()
    assert AdvisorySheet.objects.known_to(adviser).exists()
    adviser.looked_through_by = chair
    assert not AdvisorySheet.objects.of(adviser).exists()
    opened(case)
    assert AdvisorySheet.objects.known_to(chair).exists()


def test_the_page_saves_and_hands_in(as_user, case, adviser, member):
    client, address = as_user(adviser), url("advice", case)
    answers = {f"c-{code}": key for code, key in lowest(case).items()}
    assert f'href="{address}"' in client.get(reverse("evaluation:cases")).content.decode()
    seen = client.get(address).context["form"]["seen"].value()
    assert client.post(address, {"c-1.1": "0", "seen": seen}).url == address
    stale = client.post(address, {"c-1.1": "0", "seen": seen}).content.decode()
    assert "vừa được lưu ở nơi khác" in stale
    seen = client.get(address).context["form"]["seen"].value()
    client.post(address, answers | {"seen": seen, "nop": "1"})
    assert sheet_by(adviser).status == SheetStatus.HANDED_IN
    assert client.get(address).status_code == 302
    assert as_user(member).get(address).status_code == 404


CHANGES = (
    "update evaluation_advisoryscore set version = 9",
    "delete from evaluation_advisoryscore",
    "update evaluation_advisorysheet set status = 'draft'",
    "delete from evaluation_advisorysheet",
)


@pytest.mark.parametrize("change", CHANGES)
def test_handed_in_advice_stays(case, adviser, change):
    advise(case, adviser, answers={"1.4": "1.4:2"})
    with connection.cursor() as cursor:
        cursor.execute(CHANGES[0])  # control: a draft changes
    advise(case, adviser, final=True)

    with (
        pytest.raises(IntegrityError, match="không sửa được nữa"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
