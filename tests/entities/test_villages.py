"""Craft villages in officers' hands: written down, recognised, withdrawn, shown with story and photos."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from entities import permissions
from entities.actions import villages as actions
from entities.models import CraftVillage, VillagePhoto, VillageStatus
from foundation.trail.models import Entry
from tests.factories.entities import CraftVillageFactory, VillagePhotoFactory
from tests.factories.products import ProductFactory, RatingFactory
from tests.products.test_permissions import allowed
from tests.ui.test_pictures import picture

pytestmark = pytest.mark.django_db
PAPER = {
    "kind": "traditional",
    "decision_number": "12/QĐ-UBND",
    "decided_on": dt.date(2020, 5, 1),
    "issuer": "Ủy ban nhân dân tỉnh Hà Nam",
}
OFFICERS = {"commune_officer", "district_officer", "province_officer", "department_officer"}


@pytest.fixture
def village(commune):
    return CraftVillageFactory(area=commune)


def test_who_may_do_what(people, village, commune):
    assert allowed(people, permissions.may_keep_villages) == OFFICERS | {"other_district_officer"}
    assert allowed(people, permissions.may_register_village, commune) == OFFICERS
    assert allowed(people, permissions.may_edit_village, village) == OFFICERS
    assert allowed(people, permissions.may_recognise_village, village) == {"province_officer"}
    assert allowed(people, permissions.may_withdraw_village, village) == set()

    village.status = VillageStatus.RECOGNISED
    assert allowed(people, permissions.may_recognise_village, village) == set()
    assert allowed(people, permissions.may_withdraw_village, village) == {"province_officer"}


def test_a_correction_that_changes_nothing_leaves_no_entry(people, village):
    for craft in ("dệt đũi", "dệt đũi"):
        actions.revise_village(village, by=people["commune_officer"], craft=craft)

    assert [entry.note for entry in Entry.objects.about(village)] == ["nghề: dệt lụa → dệt đũi"]


def test_a_village_is_recognised_withdrawn_and_recognised_again(people, village):
    by = people["province_officer"]
    actions.recognise_village(village, by=by, **PAPER)
    actions.withdraw_village(village, by=by, withdrawn_on=dt.date(2024, 6, 1), note="Không còn hộ làm nghề.")
    kept = CraftVillage.objects.get()
    assert (kept.status, kept.withdrawn_on, kept.kind, kept.recognised_year) == (
        "withdrawn",
        dt.date(2024, 6, 1),
        "traditional",
        2020,
    )

    again = PAPER | {"decided_on": dt.date(2024, 9, 1), "decision_number": "99/QĐ-UBND"}
    actions.recognise_village(kept, by=by, **again)
    told = [entry.note for entry in Entry.objects.about(village).order_by("pk")]
    assert CraftVillage.objects.get().withdrawn_on is None
    assert told[0].startswith("12/QĐ-UBND ngày 01/05/2020")
    assert told[1] == "Không còn hộ làm nghề."


@pytest.mark.parametrize("day", [dt.date(2020, 4, 30), dt.date(2024, 10, 16)])
def test_a_withdrawal_lies_between_the_decision_and_today(people, village, day):
    by = people["province_officer"]
    actions.recognise_village(village, by=by, **PAPER)

    with pytest.raises(ValidationError, match="từ ngày công nhận đến hôm nay"):
        actions.withdraw_village(village, by=by, withdrawn_on=day, note="x")


def test_a_decision_of_tomorrow_is_refused(people, village):
    with pytest.raises(ValidationError, match="không được sau hôm nay"):
        actions.recognise_village(
            village, by=people["province_officer"], **PAPER | {"decided_on": dt.date(2024, 10, 16)}
        )


def test_the_table_knows_no_recognition_without_a_decision(village):
    with pytest.raises(IntegrityError), transaction.atomic():
        CraftVillage.objects.update(status=VillageStatus.RECOGNISED)


def test_a_village_cannot_be_written_into_or_moved_to_a_foreign_commune(people, village, other_commune):
    by = people["commune_officer"]
    with pytest.raises(PermissionDenied):
        actions.register_village(by=by, area=other_commune, name="Làng xa", craft="gốm")
    with pytest.raises(PermissionDenied):
        actions.revise_village(village, by=by, area=other_commune)
    with pytest.raises(PermissionDenied):
        actions.revise_village(village, by=people["other_district_officer"], name="x")


def test_officers_write_a_village_and_its_page_tells_the_story(client, people, commune):
    client.force_login(people["commune_officer"])
    new = reverse("entities:village_new")
    assert commune.name in client.get(new).content.decode()
    client.post(
        new,
        {
            "name": "Làng dệt Thử",
            "craft": "dệt",
            "area": commune.pk,
            "households": "12",
            "story": "Nghề có từ lâu.",
        },
    )
    village = CraftVillage.objects.get()
    file = SimpleUploadedFile("anh.jpg", picture(), "image/jpeg")
    client.post(
        reverse("entities:village_photo_new", args=[village.code]), {"image": file, "caption": "Khung cửi"}
    )
    client.logout()

    text = client.get(village.get_absolute_url()).content.decode()
    photo = VillagePhoto.objects.get()
    assert "Nghề có từ lâu." in text
    assert "Khung cửi" in text
    shown = client.get(reverse("entities:village_photo", args=[village.code, photo.code]))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")


def test_a_file_that_is_no_image_is_refused(client, people, village):
    client.force_login(people["commune_officer"])
    fake = SimpleUploadedFile("anh.jpg", b"<svg onload=alert(1)>", "image/jpeg")

    answer = client.post(
        reverse("entities:village_photo_new", args=[village.code]), {"image": fake, "caption": "x"}
    )
    assert answer.status_code == 200
    assert not VillagePhoto.objects.exists()


def test_a_photo_is_taken_away_by_officers_of_the_area_alone(client, people, village):
    photo = VillagePhotoFactory(village=village)
    away = reverse("entities:village_photo_removal", args=[village.code, photo.code])
    client.force_login(people["other_district_officer"])
    assert client.post(away).status_code == 403

    client.force_login(people["commune_officer"])
    assert client.post(away).url == reverse("entities:village_record", args=[village.code])
    assert not VillagePhoto.objects.exists()


def test_edit_recognise_and_withdraw_by_their_pages(client, people, village):
    client.force_login(people["province_officer"])

    def go(name, data):
        address = reverse(f"entities:{name}", args=[village.code])
        assert client.get(address).status_code == 200
        client.post(address, data)
        village.refresh_from_db()

    go("village_edit", {"name": "Tên mới", "craft": "dệt", "area": village.area_id, "workers": "30"})
    assert (village.name, village.workers) == ("Tên mới", 30)
    go("village_recognition", {**PAPER, "decided_on": "2020-05-01"})
    assert village.status == "recognised"
    go("village_withdrawal", {"withdrawn_on": "2024-06-01", "note": "Hết nghề."})
    assert village.status == "withdrawn"
    assert "Đã thu hồi công nhận từ 01/06/2024" in client.get(village.get_absolute_url()).content.decode()


def test_the_book_is_for_officers_and_exports_as_filtered(client, people, village, real_data):
    client.force_login(people["producer"])
    assert client.get(reverse("entities:village_book")).status_code == 403

    client.force_login(people["district_officer"])
    book = reverse("entities:village_book")
    assert "<strong>13</strong>" in client.get(book).content.decode()
    assert "<strong>7</strong>" in client.get(book, {"loai": "traditional"}).content.decode()
    assert "Đọi Tam" in client.get(book, {"huyen": "349"}).content.decode()
    file = b"".join(client.get(book, {"q": "nha xa", "tep": "csv"}).streaming_content).decode()
    assert "Nha Xá" in file
    assert "Đọi Tam" not in file


def test_a_villages_page_names_producers_of_its_public_products_only(client, village, commune):
    shown = RatingFactory(product__village=village, product__entity__area=commune).product.entity
    hidden = ProductFactory(village=village, entity__area=commune).entity

    text = client.get(village.get_absolute_url()).content.decode()
    assert shown.name in text
    assert hidden.name not in text


def test_t87_a_photo_loses_where_it_was_taken(client, people, village):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (20.0, 32.0, 1.0)}
    client.force_login(people["commune_officer"])
    file = SimpleUploadedFile("anh.jpg", picture(exif=exif), "image/jpeg")
    assert Image.open(file).getexif()  # control: it was there
    file.seek(0)

    client.post(reverse("entities:village_photo_new", args=[village.code]), {"image": file, "caption": "x"})

    with VillagePhoto.objects.get().image.open() as kept:
        assert not Image.open(kept).getexif()


def test_t90_what_people_type_is_shown_as_text(client, village):
    CraftVillage.objects.update(name="<script>alert(1)</script>", story="<img src=x onerror=alert(1)>")

    text = client.get(village.get_absolute_url()).content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)" in text
