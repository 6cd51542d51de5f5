"""Telling people: once a day, in the deed's transaction, at a fixed cost."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Consent, Letter, MailWish, Notice, NoticeGroup, NoticeKind, NoticeSetting
from accounts.notices import tell
from foundation import clock
from tests.factories.accounts import NoticeFactory, NoticeSettingFactory, UserFactory
from tests.factories.products import IdeaFactory

pytestmark = pytest.mark.django_db
KIND = NoticeKind.IDEA_RETURNED


@pytest.fixture
def idea(commune):
    return IdeaFactory(entity__area=commune)


@pytest.fixture
def crowd():
    """So many people with an address: ``crowd(500)``."""

    def made(count):
        people = [UserFactory(email=f"a{n}@example.org") for n in range(count)]
        Consent.objects.grant(people, clock.today())
        return people

    return made


def test_told_twice_there_is_one_notice_and_one_letter(idea, crowd):
    people = crowd(2)
    for _ in range(2):
        tell(people, KIND, idea, text="Ý tưởng được trả lại.")

    assert Notice.objects.count() == Letter.objects.count() == 2


def test_without_the_constraint_there_would_be_two(idea, crowd):
    facts = {"person": crowd(1)[0], "kind": KIND, "subject": idea}
    NoticeFactory(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(**facts)

    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table accounts_notice drop constraint notice_once_a_day")
    NoticeFactory(**facts)
    assert Notice.objects.count() == 2


def test_told_again_the_same_day_the_notice_is_unread_again_and_no_second_letter_goes_out(idea, crowd):
    [one] = crowd(1)
    tell([one], KIND, idea, text="Lần thứ nhất.")
    Notice.objects.update(read_at="2024-10-15T08:00:00+07:00")
    Letter.objects.update(status="dropped")

    tell([one], KIND, idea, text="Lần thứ hai.")

    notice = Notice.objects.get()
    assert (notice.text, notice.read_at) == ("Lần thứ hai.", None)
    assert Letter.objects.get().status == "dropped"


def test_the_next_day_it_is_told_anew(idea, crowd, settings):
    people = crowd(1)
    tell(people, KIND, idea, text="a")
    settings.DEMO_DAY = settings.DEMO_DAY.replace(day=16)
    tell(people, KIND, idea, text="a")

    assert Notice.objects.count() == 2


def queries_of(people, idea):
    with CaptureQueriesContext(connection) as asked:
        tell(people, KIND, idea, text="Ý tưởng được trả lại.")
    return len(asked)


def test_one_person_and_five_hundred_cost_the_same_number_of_queries(idea, crowd):
    people = crowd(501)
    tell(people[:1], NoticeKind.IDEA_ACCEPTED, idea, text="để bộ nhớ đệm ấm")

    assert queries_of(people[:1], idea) == queries_of(people[1:], idea) == 4
    assert Letter.objects.filter(notice__kind=KIND).count() == 501


def test_a_deed_that_is_undone_has_told_nobody(idea, crowd):
    with transaction.atomic():
        tell(crowd(1), KIND, idea, text="a")
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert not Letter.objects.exists()


def test_whoever_did_it_and_who_has_left_are_not_told(idea, crowd):
    doer, left, other = crowd(3)
    left.is_active = False
    tell([doer, left, other, other], KIND, idea, text="a", by=doer)

    assert [notice.person for notice in Notice.objects.all()] == [other]


@pytest.mark.parametrize(("mail", "letters"), [(None, 1), *zip(MailWish, (1, 0, 0), strict=True)])
def test_mail_goes_out_at_once_only_to_who_wants_it(idea, crowd, mail, letters):
    [one] = crowd(1)
    if mail:
        NoticeSettingFactory(person=one, group=NoticeGroup.IDEAS, mail=mail)
    tell([one], KIND, idea, text="a")

    assert (Notice.objects.count(), Letter.objects.count()) == (1, letters)


def test_who_has_no_address_hears_the_bell_alone(idea):
    tell([UserFactory()], KIND, idea, text="a")

    assert (Notice.objects.count(), Letter.objects.count()) == (1, 0)


def test_every_kind_has_a_group_and_every_group_a_usual_wish():
    wish = NoticeSetting.objects.none().wishes([])

    assert {kind.group for kind in NoticeKind} == set(NoticeGroup)
    assert all(wish(1, group) in MailWish for group in NoticeGroup)


@pytest.mark.parametrize("url", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"])
def test_a_notice_never_leads_out_of_the_portal(law, url):
    with pytest.raises(IntegrityError):
        NoticeFactory(url=url)


def test_the_bell_counts_no_further_than_it_shows(law):
    user = UserFactory()
    NoticeFactory.create_batch(99, person=user)
    assert user.unread_count == 99

    NoticeFactory.create_batch(30, person=user)
    assert type(user).objects.get(pk=user.pk).unread_count == "99+"
