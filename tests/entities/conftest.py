"""An officer of the commune, and a visit that this officer planned."""

import pytest

from tests.factories.support import FieldVisitFactory


@pytest.fixture
def officer(people):
    return people["commune_officer"]


@pytest.fixture
def visit(officer, entity):
    return FieldVisitFactory(entity=entity, officer=officer)


@pytest.fixture
def phone(client, officer):
    client.force_login(officer)
    return client
