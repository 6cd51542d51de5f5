"""Real mail servers that accept, refuse or hang, and people whom mail can reach."""

import email
import os
import signal
import socket
import subprocess
import sys
from email import policy
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from django.db import connection

from accounts.models import Consent, Letter, Role, User
from foundation import clock
from products import actions as products
from tests.conftest import person
from tests.factories.products import IdeaFactory

LONG_AGO = "2020-01-01T00:00:00+07:00"


class Post:
    """A mail server's rules: it keeps what it accepts, and answers as ``answer`` says."""

    def __init__(self, answer="250 OK", kills=None):
        self.answer, self.kills = answer, [] if kills is None else kills
        self.offered, self.mails, self.recipients = [], [], []

    async def handle_DATA(self, server, session, envelope):
        """Somebody hands a mail over; ``kills`` names processes that do not live to hear the answer."""
        mail = email.message_from_bytes(envelope.content, policy=policy.default)
        self.offered.append(mail["Message-ID"])
        if self.answer.startswith("250") or self.kills:
            self.mails.append(mail)
            self.recipients.append(envelope.rcpt_tos)
        while self.kills:
            os.kill(self.kills.pop().pid, signal.SIGKILL)
        return self.answer

    @property
    def texts(self):
        """What the mails say, as their readers see it."""
        return [mail.get_content().replace("\r\n", "\n") for mail in self.mails]


@pytest.fixture
def post_office(settings):
    """Start a real server with these rules and point the portal to it: ``post_office(Post("451 later"))``."""
    running = []

    def start(post=None):
        post = post or Post()
        controller = Controller(post, hostname="127.0.0.1", port=free_port(), ready_timeout=30)
        controller.start()
        running.append(controller)
        use_server(settings, controller.port)
        post.port = controller.port
        return post

    yield start
    for controller in running:
        controller.stop()


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def use_server(settings, port):
    """The portal's settings for a mail server on this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAIL_SERVER, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 0.5


@pytest.fixture
def silent_server(settings):
    """A server that takes the call and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        use_server(settings, listening.getsockname()[1])
        yield


@pytest.fixture
def nobody_listens(settings):
    """A port where no server is."""
    use_server(settings, free_port())


@pytest.fixture
def reachable(people):
    """Everybody has an address for mail and agreed to be told by it; the commune's officer reads at the portal only."""
    for name, user in people.items():
        if name == "commune_officer":
            continue
        user.email = f"{name.replace('_', '.')}@example.org"
        user.save(update_fields=["email"])
    Consent.objects.grant(people.values(), clock.today())
    return people


@pytest.fixture
def sent_idea(reachable, entity):
    """An idea that the producer has sent to the district: its officer has a notice and a letter."""
    idea = IdeaFactory(entity=entity, area=entity.area, created_by=reachable["producer"])
    products.submit_idea(idea, by=reachable["producer"])
    return idea


@pytest.fixture
def second_officer(commune):
    """A colleague of the district's officer."""
    colleague = person(Role.DISTRICT_OFFICER, commune.parent, email="dong.nghiep@example.org")
    Consent.objects.grant([colleague], clock.today())
    return colleague


def fresh(user):
    """The person as a new request sees them, without remembered charges."""
    return User.objects.get(pk=user.pk)


def make_due():
    """Let every waiting letter's time come."""
    Letter.objects.waiting().update(next_try_at=LONG_AGO)


def sender_process(port):
    """The post office in a process of its own, on the test database."""
    row = connection.settings_dict
    place = f"{row['HOST']}:{row['PORT']}/{row['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ocop_portal.settings",
        "DATABASE_URL": f"postgresql://{quote(row['USER'])}:{quote(row['PASSWORD'])}@{place}",
        "PORTAL_DEMO": "1",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    script = (
        "import sys, django; django.setup(); from accounts.works import letters as works;"
        "sys.stdin.readline(); works.send_due_letters()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script], cwd=django_settings.BASE_DIR, env=environment, stdin=subprocess.PIPE
    )
