"""T60: whoever takes lists out of the portal is named with the filters used, and stopped when it is too much."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import exports
from foundation.trail.models import Entry
from tests.conftest import person
from tests.factories.targets import OpeningBalanceFactory, TargetFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/ke-hoach/2024/chi-so/tong-san-pham/?tep={kind}&ngay=2024-10-01"


@pytest.fixture
def manager(client, province):
    """A manager, signed in, with something to export."""
    OpeningBalanceFactory()
    TargetFactory()
    user = person("manager", province)
    client.force_login(user)
    return user


def entries(user, act):
    """The story of this person's exports, oldest first."""
    return list(Entry.objects.about(user).filter(act=act))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_t60_an_export_is_in_the_trail_with_its_filters_and_rows(client, manager, kind):
    response = client.get(ADDRESS.format(kind=kind))
    assert response.status_code == 200
    assert b"".join(response.streaming_content)

    (entry,) = entries(manager, exports.TAKEN)
    assert entry.by == manager
    assert entry.note.startswith("tong-san-pham-35-2024-10-01." + kind)
    assert "1 dòng" in entry.note
    assert "ngay=2024-10-01" in entry.note


def test_t60_five_exports_in_a_row_pass_and_the_sixth_is_refused_with_a_clear_page(client, manager, settings):
    settings.EXPORTS_PER_HOUR = 5
    assert {client.get(ADDRESS.format(kind="csv")).status_code for _ in range(5)} == {200}

    refused = client.get(ADDRESS.format(kind="csv"))

    assert refused.status_code == 429
    assert "mỗi lần tải đều được ghi nhật ký" in refused.content.decode()
    assert len(entries(manager, exports.TAKEN)) == 5
    (alarm,) = entries(manager, exports.REFUSED)
    assert "ngay=2024-10-01" in alarm.note


def test_t60_an_hour_later_lists_may_be_taken_again(client, manager, settings, monkeypatch):
    settings.EXPORTS_PER_HOUR = 1
    client.get(ADDRESS.format(kind="csv"))
    assert client.get(ADDRESS.format(kind="csv")).status_code == 429

    later = timezone.now() + exports.HOUR
    monkeypatch.setattr(exports.timezone, "now", lambda: later)

    assert client.get(ADDRESS.format(kind="csv")).status_code == 200


def test_t60_looking_at_the_page_is_no_export(client, manager):
    assert client.get(reverse("targets:indicator", args=[2024, "tong-san-pham"])).status_code == 200

    assert entries(manager, exports.TAKEN) == []


def test_t60_without_the_gate_nothing_would_stop_or_name_them(client, manager, settings):
    """The control."""
    settings.EXPORTS_PER_HOUR = 1
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("ExportGate")]
    client.handler.load_middleware()

    assert {client.get(ADDRESS.format(kind="csv")).status_code for _ in range(3)} == {200}
    assert entries(manager, exports.TAKEN) == []
