"""What people type stays text: T96 (templates and formats), T-1.3.11 (mail headers)."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.template import Context, Template
from django.urls import reverse

from accounts import notices
from accounts.models import Letter, LetterKind, Notice
from accounts.notices import compose, write_to
from accounts.works import letters as works
from products import actions as products
from tests.factories.accounts import LetterFactory, UserFactory
from tests.factories.products import IdeaFactory

pytestmark = pytest.mark.django_db
CORPUS = [
    "{}",
    "{0}",
    "{0.__class__.__mro__}",
    "{settings.SECRET_KEY}",
    "{{ settings.SECRET_KEY }}",
    "{{ person.password }}",
    "{% include 'base.html' %}",
    "{% debug %}",
    "{# lời ghi #}",
    "%s %d %(person)s %",
    "${jndi:ldap://a}",
    "<b>đậm</b> & \"nháy\" 'đơn'",
]
TEMPLATES = sorted(path.name for path in (Path(settings.BASE_DIR) / "templates" / "mail").iterdir())


@pytest.mark.parametrize("typed", CORPUS)
def test_t96_placeholders_in_names_come_out_as_typed(post_office, reachable, entity, client, typed):
    post = post_office()
    officer = reachable["district_officer"]
    type(officer).objects.filter(pk=officer.pk).update(full_name=typed)
    idea = IdeaFactory(entity=entity, name=typed, created_by=reachable["producer"])
    products.submit_idea(idea, by=reachable["producer"])
    works.send_due_letters()

    [mail], [text] = post.mails, post.texts
    assert f"“{typed}”" in text
    assert f"Kính gửi {typed}," in text
    assert f"“{typed}”" in mail["Subject"]
    client.force_login(officer)
    page = client.get(reverse("notices")).content.decode()
    assert settings.SECRET_KEY not in page
    assert Notice.objects.get(person=officer).text in client.get(reverse("notices")).context["page"][0].text


@pytest.mark.parametrize("typed", ["{{ person.password }}", "{# lời ghi #}"])
def test_t96_a_template_made_of_a_name_would_say_something_else(typed):
    made = Template(f"Kính gửi {typed}").render(Context({"person": UserFactory(password="bi-mat")}))

    assert typed not in made


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_letter_begins_with_its_subject_and_is_plain_text(template):
    """T95: nothing in it that a mail program or a server would fetch."""
    subject, body = compose(
        f"mail/{template}", {"person": "Nguyễn Văn A", "texts": ["một", "hai"], "text": "ba"}
    )

    assert subject.startswith("[OCOP Hà Nam] ")
    assert subject not in body
    assert "<" not in body
    assert body.endswith("\n")


HEADERS = [
    "A\r\nBcc: ke-gian@example.org",
    "A\nBcc: ke-gian@example.org",
    "A\rBcc: x@example.org",
    "A\u2028Bcc: x",
]


@pytest.mark.parametrize("typed", HEADERS)
def test_no_name_can_add_a_line_to_the_head_or_the_text(post_office, reachable, entity, typed):
    """T-1.3.11."""
    post = post_office()
    idea = IdeaFactory(entity=entity, name=typed, created_by=reachable["producer"])
    products.submit_idea(idea, by=reachable["producer"])
    works.send_due_letters()

    [mail] = post.mails
    assert mail["Bcc"] is None
    assert post.recipients == [[reachable["district_officer"].email]]
    assert "A Bcc: " in mail["Subject"]
    assert not any(line.startswith("Bcc") for line in post.texts[0].splitlines())


@pytest.mark.parametrize("typed", HEADERS[:2])
def test_without_flattening_a_name_would_begin_lines_of_its_own(typed, monkeypatch):
    """Control of T-1.3.11: even then the head stays whole, because the subject is one line and the column says so."""
    monkeypatch.setattr(notices, "flat", str)
    subject, body = compose("mail/notice.txt", {"text": typed, "person": "B", "link": "/"})

    assert "Bcc" not in subject
    assert any(line.startswith("Bcc") for line in body.splitlines())


@pytest.mark.parametrize(
    "fact",
    [{"subject": "a\r\nBcc: b@example.org"}, {"to": "a@example.org,b@example.org"}, {"to": "a@b.vn\nX: y"}],
)
def test_the_database_refuses_a_head_of_two_lines(fact):
    with pytest.raises(IntegrityError):
        LetterFactory(**fact)


@pytest.mark.parametrize(
    "address", ["a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "không phải", ""]
)
def test_a_letter_to_what_is_no_address_is_refused(address):
    with pytest.raises(ValidationError):
        write_to(address, "mail/invitation.txt", {}, kind=LetterKind.INVITATION, key="moi-1")


def test_write_to_twice_with_one_key_is_one_letter():
    facts = {
        "inviter": "Lê Thị B",
        "role": "Cán bộ xã",
        "until": "20/10/2024",
        "link": "http://localhost:8000/moi/",
    }
    first, second = (
        write_to("moi@example.org", "mail/invitation.txt", facts, kind=LetterKind.INVITATION, key="moi-1")
        for _ in range(2)
    )

    assert first == second == Letter.objects.get()
    assert "Lê Thị B mời bạn" in first.body
    assert "http://localhost:8000/moi/" in first.body


def test_write_to_a_person_goes_to_their_address():
    person = UserFactory(email="a@example.org", full_name="Trần Văn C")
    letter = write_to(person, "mail/password_reset.txt", {}, kind=LetterKind.PASSWORD, key="mk-1")

    assert (letter.person, letter.to) == (person, "a@example.org")
    assert "Kính gửi Trần Văn C," in letter.body
