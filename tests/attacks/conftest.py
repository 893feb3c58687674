"""The contest is held by one pool of processes."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.attacks.contest import Contest

PROVE = os.environ.get("PROVE", "") not in ("", "0")


@pytest.fixture(scope="session")
def contest() -> Iterator[Contest]:
    """Fifty processes, or twenty when time is short."""
    pool = Contest(50 if PROVE else 20)
    yield pool
    pool.stop()


@pytest.fixture(scope="session")
def rounds() -> int:
    """How often a race is run."""
    return 100 if PROVE else 2


@pytest.fixture
def without_tokens(app: Flask) -> None:
    """The forms ask for no token: where something else is attacked."""
    app.config["WTF_CSRF_ENABLED"] = False
