"""One portal for all attacks from outside; each has people of its own."""

from collections.abc import Iterator

import pytest

from tests.browser.journeys.stage import Stage
from tests.browser.live import Portal
from tests.databases import Databases


@pytest.fixture(scope="session")
def portal(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal running on a fresh, empty database."""
    with Portal.fresh(databases, tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def stage(portal: Portal) -> Stage:
    """Behind the portal."""
    return Stage(portal)
