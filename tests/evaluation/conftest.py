"""A district council and a provincial one, with their people."""

import pytest

from evaluation.models import Post
from products.models import DossierStatus
from tests.evaluation.stories import holder
from tests.factories.evaluation import case_before, council_of
from tests.factories.products import DossierFactory


@pytest.fixture
def council(commune):
    """Chair, member and secretary of the district council of Duy Tiên."""
    return council_of(commune.parent)


@pytest.fixture
def upper(province):
    """The provincial council."""
    return council_of(province, level="province", issuer="Ủy ban nhân dân tỉnh Hà Nam")


@pytest.fixture
def chair(council):
    return holder(council, Post.CHAIR)


@pytest.fixture
def member(council):
    return holder(council, Post.MEMBER)


@pytest.fixture
def secretary(council):
    return holder(council, Post.SECRETARY)


@pytest.fixture
def dossier(entity):
    """An accepted dossier of the producer in the commune."""
    return DossierFactory(
        product__entity=entity,
        status=DossierStatus.ACCEPTED,
        submitted_on="2024-09-01",
        accepted_on="2024-09-10",
    )


@pytest.fixture
def case(council, commune):
    """A case before the district council, sheets empty."""
    return case_before(council, area=commune)


@pytest.fixture
def as_user(client):
    """The client, signed in as that person."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in
