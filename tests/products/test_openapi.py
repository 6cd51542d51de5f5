"""The open-data interface under what its OpenAPI allows and much that it does not: no 500, no breach of schema."""

import json
from contextlib import contextmanager

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from ocop_portal.wsgi import application
from products.views import api
from tests.factories.products import CertificateFactory, RatingFactory

pytestmark = pytest.mark.django_db
EXAMPLES = 12  # of each operation; the full drill tries fifty times as many
MANY = 600


def schema(client):
    """The document as it is served."""
    document = json.loads(client.get(reverse("products:api_document")).content)
    return schemathesis.openapi.from_dict({**document, "servers": [{"url": "http://localhost:8000"}]})


@contextmanager
def one_connection():
    """The application does not hang up after each answer: the test's rows live in its transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def examine(client, examples):
    """Ask every operation so many times, readable questions and unreadable ones; the operations that were asked."""
    loaded = schema(client)
    loaded.app = application
    quiet = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    asked = set()
    for found in loaded.get_all_operations():
        modes = [GenerationMode.POSITIVE]
        if found.ok().definition.raw.get("parameters"):  # what takes nothing cannot be asked wrongly
            modes.append(GenerationMode.NEGATIVE)
        for mode in modes:
            asked.add(found.ok().label)
            with one_connection():
                quiet(given(case=found.ok().as_strategy(generation_mode=mode))(validate))()
    return asked


def validate(case):
    """Ask, and hold the answer against the document."""
    case.call_and_validate()


@pytest.fixture
def filled(real_data, commune):
    """Real products, and one with everything."""
    CertificateFactory(rating=RatingFactory(product__entity__area=commune))


def test_no_answer_breaks_the_document(client, filled):
    assert len(examine(client, EXAMPLES)) == 8


def test_an_answer_that_breaks_the_document_is_noticed(client, filled, monkeypatch):
    monkeypatch.setattr(api, "village_facts", lambda village: {"code": 7})

    with pytest.raises(FailureGroup):
        examine(client, EXAMPLES)


@pytest.mark.drill
def test_no_answer_breaks_the_document_however_often_it_is_asked(client, filled):
    assert len(examine(client, MANY)) == 8
