"""From where something was done: T98 and 15.3.4, the true address of the client; jobs and commands by name."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from foundation.jobs import queue
from foundation.jobs.models import JobState
from foundation.trail import origin
from foundation.trail.models import Entry
from foundation.trail.moves import write
from tests.factories.accounts import UserFactory

REAL, FAKE, BALANCER = "198.51.100.7", "203.0.113.66", "192.0.2.1"


def request(remote="127.0.0.1", forwarded=None, agent=""):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_USER_AGENT=agent, **headers)


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        (0, None, BALANCER),
        (0, FAKE, BALANCER),
        (1, REAL, REAL),
        (1, f"{FAKE}, {REAL}", REAL),
        (2, f"{FAKE}, {REAL}, {BALANCER}", REAL),
        (1, None, BALANCER),
        (1, " , ", BALANCER),
        (2, REAL, BALANCER),
        (1, "<script>", ""),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_only_what_trusted_proxies_saw_counts(settings, trusted, forwarded, expected):
    settings.TRUSTED_PROXIES = trusted

    assert origin.client_address(request(BALANCER, forwarded)) == expected


CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML) {}Chrome/128.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (CHROME.format(""), "Chrome 128, Windows"),
        (CHROME.format("") + " Edg/128.0.0.0", "Edge 128, Windows"),
        (CHROME.format("coc_coc_browser/126.0.0 "), "Cốc Cốc 126, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox 130, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari 17, iPhone",
        ),
        ("curl/8.5.0 và gì nữa", "curl/8.5.0"),
        ("x" * 500, "x" * 80),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_a_few_words(agent, expected):
    assert origin.short_agent(agent) == expected


def test_a_request_is_told_while_it_lasts_and_forgotten_after():
    seen = []

    def view(request):
        seen.append(origin.current())
        return HttpResponse()

    origin.RememberOrigin(view)(request(REAL, agent="curl/8"))

    assert seen == [origin.Origin(REAL, "curl/8")]
    assert origin.current() == origin.Origin(origin.COMMAND)


def test_it_is_forgotten_after_a_failure_too():
    def view(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        origin.RememberOrigin(view)(request(REAL))

    assert origin.current().address == origin.COMMAND


def test_an_entry_keeps_the_origin(person):
    with origin.told(origin.Origin(REAL, "Firefox 130, Linux")):
        write(person, "Lập", by=person)
    write(person, "Sửa", by=person)

    places = [entry.detail.place for entry in Entry.objects.about(person)]
    assert places == [f"{REAL} · Firefox 130, Linux", "lệnh"]


@queue.work
def leaves_an_entry(step, *, user_id):
    """A work that writes the trail."""
    write(UserFactory(), "Việc", by=None)


@pytest.mark.django_db
def test_a_job_is_named_as_such(person):
    job = queue.enqueue(leaves_an_entry, title="Việc", user_id=person.pk)
    queue.run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert Entry.objects.get().detail.address == "việc nền"
