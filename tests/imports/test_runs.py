"""An import on its way: columns, rights, bad files, two people at once, a worker killed in the middle, time limits."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import connection

from accounts.actions import imports as actions
from accounts.imports import guess, importers
from accounts.models import Fate, ImportMapping, ImportRow, ImportRun, ImportStatus
from accounts.works import imports as works
from entities.models import CraftVillage, Entity, EntityKind
from foundation import clock
from foundation.jobs import queue
from foundation.jobs.models import Job, JobState
from foundation.trail.models import Entry
from foundation.trail.moves import IllegalMove
from products.models import Product, Rating
from tests.imports.books import master_book, master_row, plain_book, repacked
from tests.imports.conftest import checked, imported, reasons, send, worked

PRODUCERS = ["Tên chủ thể", "Loại hình", "Xã/phường", "Ghi chú"]


def producers(*rows):
    """A list of producers."""
    return plain_book(PRODUCERS, rows)


ONE = producers(["HTX Một", "HTX", "Chuyên Ngoại", "ghi"])


# ------------------------------------------------------------ the way of an import
def test_producers_and_villages_come_in_and_change_by_what_the_list_says(people, commune):
    officer = people["commune_officer"]
    imported(ONE, officer, "producers")
    maker = Entity.objects.get(name="HTX Một")
    assert (maker.kind, maker.area, maker.note) == (EntityKind.COOPERATIVE, commune, "ghi")

    run = checked(producers(["HTX  MỘT", "Tổ hợp tác", "Xã Chuyên Ngoại", None]), officer, "producers")
    assert run.rows.get().changes == [["Loại hình", "Hợp tác xã", "Tổ hợp tác"]]
    actions.confirm(run, by=officer)
    worked(run)

    maker.refresh_from_db()
    assert (maker.kind, maker.note) == (EntityKind.COOPERATIVE_GROUP, "ghi")
    heads = ["Tên làng nghề", "Nghề", "Xã", "Năm công nhận"]
    villages = imported(
        plain_book(heads, [["Làng dệt Mới", "dệt", "Chuyên Ngoại", 2015]]), officer, "villages"
    )
    assert villages.counts == {Fate.NEW: 1}
    assert CraftVillage.objects.get(name="Làng dệt Mới").recognised_year == 2015


def test_each_step_is_in_the_trail_and_the_record_says_from_which_line(people):
    run = imported(ONE, people["commune_officer"], "producers")

    told = Entry.objects.about(run)
    assert [entry.act for entry in told] == [
        "Tải tệp lên", "Chờ chọn cột", "Đang kiểm tra", "Chờ xác nhận", "Đang ghi", "Đã ghi",
    ]  # fmt: skip
    assert Entry.objects.about(Entity.objects.get(name="HTX Một")).get().note == "danh-sach.xlsx, dòng 2"


def test_the_choice_of_columns_is_remembered_per_person_and_kind(people):
    officer, heads = people["commune_officer"], ["Cột A", "Cột B", "Cột C"]
    run = send(plain_book(heads, [["HTX Một", "Chuyên Ngoại", "HTX"]]), officer, "producers")
    actions.choose_columns(run, {"name": 0, "commune": 1}, by=officer)

    kept = ImportMapping.objects.get(person=officer, importer="producers").heads

    assert kept == {"name": "Cột A", "commune": "Cột B"}
    assert guess(importers()["producers"].columns, ["Cột B", "Cột A"], kept) == {"name": 1, "commune": 0}


def test_a_second_confirmation_is_refused(people):
    run = checked(ONE, people["commune_officer"], "producers")
    actions.confirm(run, by=people["commune_officer"])

    with pytest.raises(IllegalMove):
        actions.confirm(run, by=people["commune_officer"])

    assert Job.objects.doing("accounts.works.imports.store_rows").count() == 1


def test_an_import_of_which_no_row_is_right_has_nothing_to_confirm(people):
    run = checked(producers(["HTX Một", "HTX", "Xã Không Có", None]), people["commune_officer"], "producers")

    with pytest.raises(ValidationError, match="Không có dòng nào"):
        actions.confirm(run, by=people["commune_officer"])

    assert ImportRun.objects.get(pk=run.pk).status == ImportStatus.READY


# ------------------------------------------------------------ whose area
def test_officers_bring_in_rows_of_their_own_area_only(people):
    rows = [["HTX Một", "HTX", name, None] for name in ("Chuyên Ngoại", "Trác Văn", "Phù Vân")]
    allowed = {
        who: checked(producers(*rows), people[who], "producers").counts.get(Fate.NEW)
        for who in ("commune_officer", "district_officer", "province_officer")
    }

    assert allowed == {"commune_officer": 1, "district_officer": 2, "province_officer": 3}


@pytest.mark.parametrize("who", ["producer", "department_officer", "manager", "administrator", "judge"])
def test_others_may_not_import(people, who):
    with pytest.raises(PermissionDenied):
        send(ONE, people[who], "producers")


def test_a_commune_officer_may_not_send_the_list_of_products(people):
    with pytest.raises(PermissionDenied):
        send(master_book([master_row(1, "A", "B")]), people["commune_officer"])


def test_an_import_is_its_persons_alone(people):
    run = checked(ONE, people["commune_officer"], "producers")

    with pytest.raises(PermissionDenied):
        actions.confirm(run, by=people["district_officer"])
    assert not ImportRun.objects.visible_to(people["district_officer"]).exists()


def test_whoever_lost_the_role_meanwhile_brings_nothing_in(people):
    officer = people["commune_officer"]
    run = checked(ONE, officer, "producers")
    actions.confirm(run, by=officer)
    officer.assignments.update(revoked_on=clock.today())

    run = worked(run)

    assert run.counts == {Fate.ERROR: 1}
    assert not Entity.objects.filter(name="HTX Một").exists()


# ------------------------------------------------------------ files that are none
def test_a_macro_file_is_refused_with_its_reason_and_nothing_is_kept_of_its_rows(people):
    run = send(repacked(ONE, more=[("xl/vbaProject.bin", b"x")]), people["commune_officer"], "producers")

    assert run.status == ImportStatus.REFUSED
    assert "mã lệnh" in run.refusal
    assert not ImportRow.objects.exists()


def test_too_many_open_imports_are_refused(people, monkeypatch):
    monkeypatch.setattr(actions, "MOST_OPEN", 1)
    send(ONE, people["commune_officer"], "producers")

    with pytest.raises(ValidationError, match="chưa xong"):
        send(ONE, people["commune_officer"], "producers")


# ------------------------------------------------------------ at once, killed, past
def test_what_changed_since_the_preview_goes_back_instead_of_in(people):
    officer = people["commune_officer"]
    imported(ONE, officer, "producers")
    run = checked(producers(["HTX Một", "THT", "Chuyên Ngoại", None]), officer, "producers")
    Entity.objects.filter(name="HTX Một").update(kind=EntityKind.FARM)
    actions.confirm(run, by=officer)

    run = worked(run)

    assert run.counts == {Fate.ERROR: 1}
    assert "đã thay đổi từ khi xem trước" in reasons(run)[2]
    assert Entity.objects.get(name="HTX Một").kind == EntityKind.FARM


@pytest.mark.django_db(transaction=True)
def test_two_people_who_import_the_same_list_at_once_bring_it_in_once(people):
    content = master_book([master_row(n, f"Khăn {n}", f"HTX {n // 2}") for n in range(40)])
    runs = [checked(content, people[who]) for who in ("district_officer", "province_officer")]
    for run in runs:
        actions.confirm(run, by=run.by)
        run.refresh_from_db()

    def work(run):
        queue.run(run.job_id)
        connection.close()

    threads = [threading.Thread(target=work, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    counts = [ImportRun.objects.get(pk=run.pk).counts for run in runs]
    assert sorted(counts, key=str) == [{Fate.NEW: 40}, {Fate.SAME: 40}]
    assert (Product.objects.count(), Rating.objects.count()) == (40, 40)


@pytest.mark.django_db(transaction=True)
def test_without_the_turn_the_same_list_would_come_in_twice(people, monkeypatch):
    monkeypatch.setattr(works, "wait_for_turn", lambda step: barrier.wait(10))
    barrier = threading.Barrier(2)
    content = producers(["HTX Một", "HTX", "Chuyên Ngoại", None])
    runs = [checked(content, people[who], "producers") for who in ("district_officer", "commune_officer")]
    for run in runs:
        actions.confirm(run, by=run.by)
        run.refresh_from_db()
    held = threading.Barrier(2)
    plan = works.settle
    monkeypatch.setattr(works, "settle", lambda *args: (held.wait(10), plan(*args))[1])

    def work(run):
        queue.run(run.job_id)
        connection.close()

    threads = [threading.Thread(target=work, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Entity.objects.filter(name="HTX Một").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_half_saved_and_the_job_runs_again(
    people,
    workers,
    tmp_path,
    settings,
    monkeypatch,
):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media")},
        }
    }
    content = master_book([master_row(n, f"Khăn {n}", f"HTX {n // 2}") for n in range(2_500)])
    run = checked(content, people["district_officer"])
    actions.confirm(run, by=run.by)
    run.refresh_from_db()
    before = Entity.objects.count()
    office = workers(JOB_STEP_PAUSE="1.0", JOB_LEASE_SECONDS="2")
    office.start()
    office.until(run.job, lambda row: row.state == JobState.RUNNING and row.progress >= 30, seconds=60)
    office.kill()

    assert (Entity.objects.count(), Product.objects.count(), Rating.objects.count()) == (before, 0, 0)
    assert ImportRun.objects.get(pk=run.pk).status == ImportStatus.STORING

    office.start()
    done = office.until(run.job, lambda row: row.state == JobState.DONE, seconds=90)
    assert done.attempts == 2
    assert (Product.objects.count(), Rating.objects.count()) == (2_500, 2_500)


def test_a_job_that_was_given_up_can_run_again(people):
    officer = people["commune_officer"]
    run = checked(ONE, officer, "producers")
    actions.confirm(run, by=officer)
    with pytest.raises(ValidationError, match="đang chạy"):
        actions.run_again(run, by=officer)
    run.refresh_from_db()
    Job.objects.filter(pk=run.job_id).update(state=JobState.FAILED)

    actions.run_again(run, by=officer)

    assert worked(run).status == ImportStatus.DONE


def test_a_dropped_import_keeps_neither_rows_nor_file(people, django_capture_on_commit_callbacks):
    run = checked(ONE, people["commune_officer"], "producers")
    name = run.file.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop(run, by=run.by)

    assert not default_storage.exists(name)
    assert not ImportRow.objects.exists()


def test_files_and_rows_are_cleared_after_their_time_and_the_story_stays(people):
    run = imported(ONE, people["commune_officer"], "producers")
    assert actions.clear_past() == 0
    ImportRun.objects.update(created_at=clock.now() - dt.timedelta(days=31))

    assert actions.clear_past() == 1
    assert actions.clear_past() == 0

    run.refresh_from_db()
    assert (run.status, run.file.name, run.counts) == (ImportStatus.DONE, "", {Fate.NEW: 1})
    assert Entity.objects.filter(name="HTX Một").exists()


def test_clearing_what_is_cleared_already_takes_nothing_more(people):
    run = imported(ONE, people["commune_officer"], "producers")
    for _ in range(2):
        actions.clear(run)

    assert run.file.name == ""
