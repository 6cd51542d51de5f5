"""Deeds on ideas and dossiers."""

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from entities.models import EntityKind
from foundation.regimes.models import Regime
from foundation.trail.models import Entry
from foundation.trail.moves import IllegalMove
from products import actions, papers
from products.models import (
    Certificate,
    Dossier,
    DossierStatus,
    Evidence,
    Idea,
    IdeaStatus,
    Product,
    Rating,
    Serial,
)
from tests.factories.products import (
    DossierFactory,
    EvidenceFactory,
    IdeaFactory,
    ProductFactory,
    answer_all,
    textile_set,
)

pytestmark = pytest.mark.django_db


def facts(entity, **other):
    """What an idea's slip says."""
    return {
        "entity": entity,
        "area": entity.area,
        "kind": "new",
        "criteria_set": textile_set(),
        "name": "Khăn lụa hoa sen",
        "description": "Dệt tay.",
    } | other


def checked_file(content=b"%PDF-1.7 minh chung"):
    """A file as the form's field leaves it."""
    file = ContentFile(content, name="dkkd.pdf")
    file.content_type, file.sha256 = "application/pdf", hashlib.sha256(content).hexdigest()
    return file


# ---------------------------------------------------------------- ideas


def test_register_gives_a_code_and_keeps_the_author(people, entity):
    first = actions.register_idea(by=people["producer"], **facts(entity))
    second = actions.register_idea(by=people["producer"], **facts(entity, name="Khăn lụa khác"))

    assert (first.code, second.code) == ("yt-2024-0001", "yt-2024-0002")
    assert first.created_by == people["producer"]
    assert first.status == IdeaStatus.DRAFT


def test_register_keeps_the_photo(people, entity):
    idea = actions.register_idea(
        by=people["producer"], photo=ContentFile(b"anh", name="x.jpg"), **facts(entity)
    )

    assert idea.photo.read() == b"anh"


def test_register_refuses_the_same_name_twice_in_words(people, entity):
    actions.register_idea(by=people["producer"], **facts(entity))

    with pytest.raises(ValidationError, match="đã có ý tưởng cùng tên"):
        actions.register_idea(by=people["producer"], **facts(entity))

    assert Serial.objects.get(name="idea-2024").last == 1


def test_an_association_registers_for_tourism_alone(people, entity):
    entity.kind = EntityKind.ASSOCIATION
    entity.save(update_fields=["kind"])

    with pytest.raises(ValidationError, match="chỉ tham gia với sản phẩm du lịch"):
        actions.register_idea(by=people["producer"], **facts(entity))

    assert not Idea.objects.exists()


@pytest.mark.parametrize("name", ["other_district_officer", "other_producer", "manager"])
def test_register_refuses_a_stranger(people, entity, name):
    with pytest.raises(PermissionDenied):
        actions.register_idea(by=people[name], **facts(entity))

    assert not Idea.objects.exists()


def test_revise_changes_a_draft(people, entity):
    idea = IdeaFactory(entity=entity)

    actions.revise_idea(idea, by=people["producer"], photo=ContentFile(b"moi", name="y.jpg"), name="Tên mới")

    idea.refresh_from_db()
    assert idea.name == "Tên mới"
    assert idea.photo.read() == b"moi"


def test_revise_without_a_new_photo_keeps_the_old_one(people, entity):
    idea = actions.register_idea(
        by=people["producer"], photo=ContentFile(b"anh", name="x.jpg"), **facts(entity)
    )

    actions.revise_idea(idea, by=people["producer"], description="Dệt tay và nhuộm tay.")

    idea.refresh_from_db()
    assert idea.photo.read() == b"anh"
    assert idea.description == "Dệt tay và nhuộm tay."


def test_revise_refuses_a_sent_idea_even_with_an_old_copy_in_hand(people, entity):
    idea = IdeaFactory(entity=entity)
    old_copy = Idea.objects.get(pk=idea.pk)
    actions.submit_idea(idea, by=people["producer"])

    with pytest.raises(PermissionDenied):
        actions.revise_idea(old_copy, by=people["producer"], name="Tên mới")


def test_revise_cannot_hand_an_idea_to_another_producer(people, entity):
    idea = IdeaFactory(entity=entity)
    foreign = people["other_producer"].memberships.get().entity

    with pytest.raises(PermissionDenied):
        actions.revise_idea(idea, by=people["producer"], entity=foreign, area=foreign.area)

    assert Idea.objects.get().entity == entity


def test_an_idea_goes_back_and_forth_and_becomes_a_product(people, entity):
    idea = IdeaFactory(entity=entity)

    actions.submit_idea(idea, by=people["producer"])
    actions.return_idea(idea, by=people["district_officer"], note="Thiếu ảnh.")
    actions.submit_idea(idea, by=people["producer"])
    product = actions.accept_idea(idea, by=people["district_officer"])

    assert Idea.objects.get().status == IdeaStatus.ACCEPTED
    assert (product.entity, product.set_code, product.industry) == (entity, "22-vai-may-mac", "IV")
    assert [entry.new for entry in Entry.objects.about(idea)] == [
        "submitted",
        "returned",
        "submitted",
        "accepted",
    ]


def test_a_second_officer_who_decides_too_late_reads_a_message(people, entity):
    idea = IdeaFactory(entity=entity, status=IdeaStatus.SUBMITTED, submitted_on="2024-10-15")
    old_copy = Idea.objects.select_related("area").get(pk=idea.pk)
    actions.accept_idea(idea, by=people["district_officer"])

    with pytest.raises(IllegalMove):
        actions.return_idea(old_copy, by=people["district_officer"], note="Muộn.")

    assert Product.objects.count() == 1


def test_withdraw_ends_an_idea(people, entity):
    idea = IdeaFactory(entity=entity)

    actions.withdraw_idea(idea, by=people["producer"])

    assert Idea.objects.get().status == IdeaStatus.WITHDRAWN


# ---------------------------------------------------------------- dossiers


@pytest.fixture
def product(entity):
    return ProductFactory(entity=entity, idea=IdeaFactory(entity=entity))


@pytest.fixture
def dossier(product):
    return DossierFactory(product=product)


def test_a_dossier_takes_the_regime_of_the_day_and_marks_it_used(people, product):
    dossier = actions.open_dossier(product, by=people["producer"])

    assert dossier.regime_id == "qd148-2023"
    assert dossier.criteria_set == textile_set()
    assert Regime.objects.get(pk="qd148-2023").used_at is not None


def test_t05_a_product_has_one_live_dossier(people, product):
    actions.open_dossier(product, by=people["producer"])

    with pytest.raises(ValidationError, match="chưa xong"):
        actions.open_dossier(product, by=people["producer"])

    assert Dossier.objects.count() == 1


def test_save_registration_keeps_the_facts(people, dossier):
    actions.save_registration(dossier, by=people["producer"], spec="Hộp hai khăn")

    assert Dossier.objects.get().spec == "Hộp hai khăn"


def test_a_choice_is_kept_with_its_version(people, dossier):
    criterion = dossier.criteria_set.criteria.first()
    low, high = criterion.options.order_by("points")[:2]

    actions.choose(dossier, criterion, low, version=0, by=people["producer"])
    row = actions.choose(dossier, criterion, high, version=1, by=people["producer"], note="Có hợp đồng.")

    assert (row.option, row.version, row.note) == (high, 2, "Có hợp đồng.")


def test_a_choice_sent_again_because_its_answer_was_lost_is_not_stale(people, dossier):
    criterion = dossier.criteria_set.criteria.first()
    option = criterion.options.first()
    first = actions.choose(dossier, criterion, option, version=0, by=people["producer"])

    again = actions.choose(dossier, criterion, option, version=0, by=people["producer"])

    assert (again.pk, again.version) == (first.pk, 1)


def test_a_choice_from_a_stale_tab_is_refused_and_shows_what_stands(people, dossier):
    criterion = dossier.criteria_set.criteria.first()
    low, high = criterion.options.order_by("points")[:2]
    actions.choose(dossier, criterion, high, version=0, by=people["producer"])

    with pytest.raises(actions.StaleChoice) as refusal:
        actions.choose(dossier, criterion, low, version=0, by=people["producer"])

    assert refusal.value.current.option == high
    assert dossier.self_scores.get().option == high


def test_evidence_is_attached_once_and_taken_out_again(people, dossier, django_capture_on_commit_callbacks):
    criterion = dossier.criteria_set.criteria.first()
    given = {"kind": "business_registration", "title": "ĐKKD", "criteria": [criterion]}

    evidence = actions.attach(dossier, by=people["producer"], file=checked_file(), **given)
    with pytest.raises(ValidationError, match="đã có trong hồ sơ"):
        actions.attach(dossier, by=people["producer"], file=checked_file(), **given)
    assert list(evidence.criteria.all()) == [criterion]

    storage, name = evidence.file.storage, evidence.file.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.detach(evidence, by=people["producer"])
    assert not Evidence.objects.exists()
    assert not storage.exists(name)


def test_submit_is_refused_while_something_is_missing(people, dossier):
    with pytest.raises(ValidationError, match="27 tiêu chí chưa tự chấm; Giấy đăng ký kinh doanh"):
        actions.submit(dossier, by=people["producer"])

    assert Dossier.objects.get().status == DossierStatus.DRAFT


def test_a_whole_dossier_is_submitted_returned_and_accepted_with_its_code(people, dossier, commune):
    answer_all(dossier)
    EvidenceFactory(dossier=dossier)

    actions.submit(dossier, by=people["producer"])
    actions.send_back(
        dossier,
        by=people["district_officer"],
        items={("evidence", "test_results"): "Thiếu phiếu kiểm nghiệm."},
    )
    actions.submit(dossier, by=people["producer"])
    actions.accept(dossier, by=people["district_officer"])

    dossier = Dossier.objects.get()
    assert dossier.status == DossierStatus.ACCEPTED
    assert dossier.product_code == f"35-349-{commune.code}-1-2024"
    assert dossier.accepted_on == dt.date(2024, 10, 15)


def test_nothing_changes_in_a_dossier_that_was_sent(people, dossier):
    answer_all(dossier)
    evidence = EvidenceFactory(dossier=dossier)
    actions.submit(dossier, by=people["producer"])
    criterion = dossier.criteria_set.criteria.first()

    with pytest.raises(PermissionDenied):
        actions.choose(dossier, criterion, None, version=1, by=people["producer"])
    with pytest.raises(PermissionDenied):
        actions.detach(evidence, by=people["producer"])
    with pytest.raises(PermissionDenied):
        actions.save_registration(dossier, by=people["producer"], spec="khác")


def test_withdraw_ends_a_dossier_and_makes_room_for_another(people, dossier, product):
    actions.withdraw(dossier, by=people["producer"])

    assert actions.open_dossier(product, by=people["producer"]).pk != dossier.pk


# ---------------------------------------------------------------- outcomes


@pytest.fixture
def before_council(dossier, people):
    dossier.status, dossier.submitted_on = DossierStatus.ACCEPTED, dt.date(2024, 10, 15)
    dossier.product_code = "35-349-13345-1-2024"
    dossier.save()
    actions.begin_evaluation(dossier, by=people["judge"])
    return dossier


def outcome(area, **other):
    """What a council's secretary records."""
    return {
        "stars": 4,
        "total": "83.5",
        "decision_number": "1234/QĐ-UBND",
        "decided_on": dt.date(2024, 10, 15),
        "level": "province",
        "issuer": "Ủy ban nhân dân tỉnh Hà Nam",
        "area": area,
    } | other


def test_a_rating_runs_thirty_six_months_and_has_a_certificate(people, before_council, province):
    rating = actions.grant_rating(before_council, by=people["judge"], **outcome(province))

    certificate = rating.certificate
    assert (rating.stars, rating.ends_on) == (4, dt.date(2027, 10, 15))
    assert Dossier.objects.get().status == DossierStatus.RATED
    assert certificate.number == "35-35/2024/0001"
    assert hashlib.sha256(certificate.file.read()).hexdigest() == certificate.sha256


def test_the_same_register_data_print_the_same_paper(people, before_council, province):
    rating = actions.grant_rating(before_council, by=people["judge"], **outcome(province))

    _, digest = papers.certificate_paper(Certificate.objects.get())

    assert digest == rating.certificate.sha256


def test_a_rating_cannot_be_granted_twice(people, before_council, province):
    actions.grant_rating(before_council, by=people["judge"], **outcome(province))

    with pytest.raises(IllegalMove):
        actions.grant_rating(
            before_council, by=people["judge"], **outcome(province, decision_number="2/QĐ-UBND")
        )

    assert Rating.objects.count() == Certificate.objects.count() == 1


def test_an_evaluation_may_end_without_stars(people, before_council):
    actions.close_unrated(before_council, by=people["judge"], note="42 điểm.")

    assert Dossier.objects.get().status == DossierStatus.UNRATED
    assert not Rating.objects.exists()
