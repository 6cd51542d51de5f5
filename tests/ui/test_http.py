"""The three kinds of view and how deeds answer."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse

from foundation.ui.http import (
    COLLISION,
    WriteRefused,
    carried_out,
    deed,
    form_page,
    is_reading,
    page,
    perform,
    serve_private_file,
    typed_words,
)

WHEN = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def write(request):
    Session.objects.create(session_key="a", session_data="x", expire_date=WHEN)
    return HttpResponse("written")


@pytest.mark.django_db
def test_a_page_cannot_write(rf):
    with pytest.raises(WriteRefused), transaction.atomic():
        page(write)(rf.get("/"))
    assert not Session.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "method"), [(form_page, "post"), (deed, "post")])
def test_the_other_kinds_can_write(rf, kind, method):
    assert kind(write)(getattr(rf, method)("/")).content == b"written"
    assert Session.objects.count() == 1


@pytest.mark.django_db
def test_the_refusal_ends_with_the_page(rf):
    page(lambda request: HttpResponse(""))(rf.get("/"))
    write(None)
    assert Session.objects.count() == 1


@pytest.mark.django_db
def test_a_page_may_read_through_a_savepoint_and_an_iterator(rf):
    write(None)

    @page
    def view(request):
        with transaction.atomic():
            return HttpResponse(",".join(row.session_key for row in Session.objects.iterator()))

    assert view(rf.get("/")).content == b"a"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda: Session.objects.filter(pk="a").update(session_data="y"),
        lambda: Session.objects.all().delete(),
        lambda: Session.objects.bulk_create([Session(session_key="b", session_data="", expire_date=WHEN)]),
        lambda: connection.cursor().execute(
            "with gone as (delete from django_session returning 1) select 1 from gone"
        ),
        lambda: connection.cursor().execute("select 1; delete from django_session"),
        lambda: connection.cursor().execute("truncate django_session"),
        lambda: connection.cursor().executemany(
            "insert into django_session values (%s, %s, now())", [("c", "d")]
        ),
    ],
)
def test_every_way_of_writing_is_refused_under_a_page(rf, change):
    write(None)

    def view(request):
        change()
        return HttpResponse("")

    with pytest.raises(WriteRefused), transaction.atomic():
        page(view)(rf.get("/"))
    assert Session.objects.get().session_data == "x"


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "t"."update", \'delete it\' FROM t',
        " with x as (select 1) select * from x",
        "SELECT 1 FOR UPDATE",
        "(SELECT 1) UNION ALL (SELECT 2)",
        'SAVEPOINT "s1"',
        "select 1;",
    ],
)
def test_words_inside_quotes_and_locks_do_not_count_as_writing(sql):
    assert is_reading(sql)


@pytest.mark.parametrize(
    ("kind", "name", "methods", "allowed"),
    [
        (page, "page", ("GET", "HEAD"), {"get": 200, "post": 405}),
        (form_page, "form_page", ("GET", "HEAD", "POST"), {"get": 200, "post": 200, "put": 405}),
        (deed, "deed", ("POST",), {"get": 405, "post": 200}),
    ],
)
def test_each_kind_answers_its_own_methods_and_says_so(rf, kind, name, methods, allowed):
    view = kind(lambda request: HttpResponse(""))
    assert (view.kind, view.methods, view.public) == (name, methods, False)
    for method, status in allowed.items():
        assert view(getattr(rf, method)("/")).status_code == status


def test_a_view_is_closed_unless_it_is_marked_public():
    assert getattr(page(lambda request: None), "login_required", True)
    assert not page(public=True)(lambda request: None).login_required


def test_signed_in_pages_are_stored_nowhere_and_public_ones_may_be(rf):
    assert "no-store" in page(lambda request: HttpResponse(""))(rf.get("/"))["Cache-Control"]
    assert (
        not page(public=True)(lambda request: HttpResponse(""))
        .__call__(rf.get("/"))
        .has_header("Cache-Control")
    )


def test_a_public_page_seen_by_a_signed_in_person_is_stored_nowhere(rf):
    request = rf.get("/")
    request.user = request._cached_user = SimpleNamespace(is_authenticated=True)
    assert "no-store" in page(public=True)(lambda request: HttpResponse(""))(request)["Cache-Control"]


# ---------------------------------------------------------------- deeds
class Said:
    """Stands where messages are kept and remembers them."""

    def __init__(self):
        self.said = []

    def add(self, level, message, extra_tags=""):
        self.said.append((level, str(message)))


@pytest.fixture
def request_of_a_person(rf):
    request = rf.post("/")
    request.user = SimpleNamespace(is_authenticated=True)
    request._messages = Said()
    return request


def test_perform_says_done_and_goes_back(request_of_a_person):
    seen = {}

    def act(subject, *, by, note):
        seen.update(subject=subject, by=by, note=note)

    answer = perform(request_of_a_person, act, "/ho-so/1/", done="Đã nộp.", note="n")
    assert answer.url == "/ho-so/1/"
    assert seen == {"subject": "/ho-so/1/", "by": request_of_a_person.user, "note": "n"}
    assert request_of_a_person._messages.said == [(25, "Đã nộp.")]


@pytest.mark.parametrize(
    ("refusal", "words"),
    [(ValidationError(["Thiếu ảnh.", "Thiếu tên."]), "Thiếu ảnh. Thiếu tên."), (IntegrityError(), COLLISION)],
)
def test_perform_turns_a_refusal_into_a_message(request_of_a_person, refusal, words):
    def act(subject, *, by):
        raise refusal

    perform(request_of_a_person, act, "/x/", done="Đã nộp.")
    assert request_of_a_person._messages.said == [(40, words)]


def test_perform_leaves_a_missing_right_to_become_403(request_of_a_person):
    def act(subject, *, by):
        raise PermissionDenied

    with pytest.raises(PermissionDenied):
        perform(request_of_a_person, act, "/x/", done="")


class NoteForm(forms.Form):
    note = forms.CharField()


def filled():
    form = NoteForm({"note": "gõ rồi"})
    assert form.is_valid()
    return form


def test_carried_out_keeps_what_the_action_returned():
    form = filled()
    assert carried_out(form, lambda *, by: f"by {by}", by="an")
    assert form.outcome == "by an"


def test_a_refusal_stands_beside_its_field_and_typed_text_stays():
    form = filled()

    def act():
        raise ValidationError({"note": "Quá ngắn.", "elsewhere": "Sai nơi khác."})

    assert not carried_out(form, act)
    assert form.errors["note"] == ["Quá ngắn."]
    assert form.non_field_errors() == ["Sai nơi khác."]
    assert form["note"].value() == "gõ rồi"


# ---------------------------------------------------------------- files
@pytest.mark.parametrize(
    ("content_type", "disposition"),
    [("application/pdf", "inline"), ("text/html", "attachment"), ("image/svg+xml", "attachment")],
)
def test_only_harmless_types_open_in_the_browser(rf, content_type, disposition):
    answer = serve_private_file(rf.get("/"), ContentFile(b"x"), "tep", inline=True, content_type=content_type)
    assert answer["Content-Disposition"].startswith(disposition)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in answer["Cache-Control"]


def test_a_hostile_file_name_stays_a_name(rf):
    answer = serve_private_file(rf.get("/"), ContentFile(b"x"), 'a"\r\nSet-Cookie: x/..\\b.pdf')
    assert "\n" not in answer["Content-Disposition"]
    assert "/" not in answer["Content-Disposition"]


def test_behind_nginx_the_bytes_are_left_to_nginx(rf, settings):
    settings.X_ACCEL_PREFIX = "/kho/"
    stored = SimpleNamespace(name="tai-lieu/a b.pdf", storage=object())
    answer = serve_private_file(rf.get("/"), stored, "a.pdf", content_type="application/pdf")
    assert answer["X-Accel-Redirect"] == "/kho/tai-lieu/a%20b.pdf"
    assert answer.content == b""


def test_a_collision_in_the_database_becomes_the_forms_own_error():
    form = filled()

    def act():
        raise IntegrityError("duplicate key")

    assert not carried_out(form, act)
    assert form.non_field_errors() == [COLLISION]


def test_only_typed_text_is_given_back_never_a_password_a_choice_or_a_hidden_field():
    class Slip(forms.Form):
        name = forms.CharField(label="Tên")
        empty = forms.CharField(label="Bỏ trống")
        password = forms.CharField(widget=forms.PasswordInput)
        hidden = forms.CharField(widget=forms.HiddenInput)
        choice = forms.ChoiceField(choices=[("a", "Bà Xa Lạ")])

    sent = {"name": " Nhà in ", "password": "bi-mat", "hidden": "an", "choice": "a"}
    assert typed_words(Slip(sent)) == [("Tên", "Nhà in")]
