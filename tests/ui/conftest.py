"""The browser that draws the gallery."""

import pytest


@pytest.fixture(scope="session")
def chromium(browser):
    """The one browser of this process; the driver allows no second one beside it."""
    return browser
