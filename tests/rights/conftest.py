"""One world for each module, taken back at its end."""

import pytest
from django.db import transaction

from tests.conftest import load_law_and_map
from tests.rights.world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Four producers with the same records, and everybody who might look at them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_law_and_map()
        yield build()
        transaction.set_rollback(True)
