"""The same world as the matrix of rights."""

import logging

import pytest

from tests.rights.conftest import world  # noqa: F401 – a fixture
from tests.rights.matrix import Visitor


@pytest.fixture(autouse=True)
def _quiet():
    """A line for each refusal would be thousands."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def visit(world):  # noqa: F811
    """A function: one request as that role, taken back afterwards; gives the response and its bytes."""
    visitors = {}

    def ask(role, method, address, data=None, **headers):
        visitor = visitors.setdefault(role, Visitor(world, role))
        response, body, _, _ = visitor.ask(method, address, data, **headers)
        return response, body

    return ask
