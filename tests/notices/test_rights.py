"""T61: rights are those of the moment of sending. Whoever has changed unit, lost the role or left gets no content."""

import pytest

from accounts.actions.privacy import end_consent
from accounts.models import Letter, LetterStatus
from accounts.works import letters as works
from products import actions as products
from products.models import Idea
from tests.factories.products import IdeaFactory
from tests.notices.conftest import Post

pytestmark = pytest.mark.django_db


def changes_unit(officer, other_commune):
    """From now on the officer serves another district."""
    officer.assignments.update(area=other_commune.parent)


def loses_role(officer, other_commune):
    """The charge ended yesterday."""
    officer.assignments.update(until="2024-10-14")


def leaves(officer, other_commune):
    """The account is closed."""
    officer.is_active = False
    officer.save(update_fields=["is_active"])


CHANGES = [changes_unit, loses_role, leaves]


@pytest.fixture
def officer(sent_idea, reachable):
    return reachable["district_officer"]


def test_t61_an_officer_who_still_serves_gets_the_letter(post_office, officer, sent_idea):
    post = post_office()
    works.send_due_letters()

    assert post.recipients == [[officer.email]]
    assert sent_idea.name in post.texts[0]


@pytest.mark.parametrize("change", CHANGES)
def test_t61_who_may_not_see_the_record_any_more_gets_no_content(post_office, officer, other_commune, change):
    post = post_office()
    change(officer, other_commune)
    works.send_due_letters()

    letter = Letter.objects.get()
    assert (letter.status, letter.last_error) == (LetterStatus.DROPPED, "Người nhận không còn quyền xem.")
    assert post.mails == []


@pytest.mark.parametrize("change", [changes_unit, loses_role])
def test_t61_without_the_question_the_content_would_leak(
    post_office, officer, other_commune, sent_idea, monkeypatch, change
):
    monkeypatch.setattr(works, "may_read", lambda person, letter: True)
    post = post_office()
    change(officer, other_commune)
    works.send_due_letters()

    assert sent_idea.name in post.texts[0]


def test_t61_a_record_that_is_gone_is_told_to_nobody(post_office, officer, sent_idea):
    post = post_office()
    Idea.objects.filter(pk=sent_idea.pk).delete()
    works.send_due_letters()

    assert (Letter.objects.get().status, post.mails) == (LetterStatus.DROPPED, [])


def test_a_letter_goes_to_the_address_of_the_day(post_office, officer):
    post = post_office()
    officer.email = "moi@example.org"
    officer.save(update_fields=["email"])
    works.send_due_letters()

    assert post.recipients == [["moi@example.org"]]


def test_a_person_without_address_any_more_gets_none(post_office, officer):
    post = post_office(Post())
    officer.email = ""
    officer.save(update_fields=["email"])
    works.send_due_letters()

    assert (Letter.objects.get().last_error, post.mails) == ("Người nhận không có địa chỉ thư.", [])


def test_whoever_takes_the_consent_back_gets_no_mail_any_more(post_office, reachable, sent_idea):
    """Notices at the bell go on; what was on its way is dropped with its reason."""
    post = post_office()
    officer = reachable["district_officer"]
    end_consent(by=officer)

    works.send_due_letters()

    assert post.mails == []
    assert Letter.objects.get(person=officer).last_error == works.NO_CONSENT
    assert officer.notices.exists()


def test_without_a_consent_no_letter_is_written(reachable, entity):
    """The control is every other test here: with the consent there is one."""
    end_consent(by=reachable["district_officer"])
    idea = IdeaFactory(entity=entity, area=entity.area, created_by=reachable["producer"])

    products.submit_idea(idea, by=reachable["producer"])

    assert not Letter.objects.filter(person=reachable["district_officer"]).exists()
    assert reachable["district_officer"].notices.exists()
