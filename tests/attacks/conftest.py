"""The contest is held by one pool of processes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.attacks.contest import Contest
from tests.conftest import PROVE
from webapp import create_app
from webapp.config import Config
from webapp.database import db as database_of_the_web
from webapp.ports import Outside


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


class Browser(FlaskClient):
    """At the address of a portal in production."""

    def open(self, path: str, **given: Any) -> Any:  # type: ignore[override]
        """Encrypted."""
        return super().open(path, base_url="https://portal.example", **given)


@pytest.fixture
def https(config: Config, outside: Outside, app: Flask) -> Iterator[FlaskClient]:
    """A browser at a portal in production."""
    settings = replace(config, mode="production", address="https://portal.example", sms="http", mail="smtp")
    portal = create_app(settings, lambda _config: replace(outside, config=settings))
    portal.config["PROPAGATE_EXCEPTIONS"] = False
    portal.test_client_class = Browser
    yield portal.test_client()
    with portal.app_context():
        database_of_the_web.engine.dispose()
