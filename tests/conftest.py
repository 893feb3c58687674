"""What every test may ask for: a database, a session, the outside world, the app, a visitor."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

pytest.register_assert_rewrite("tests.visitor", "tests.window", "tests.pages")

from webapp import config as settings  # noqa: E402 -- after asking for readable assertions

REAL_HASHES = {"password": dict(settings.PASSWORD_HASH), "letter code": dict(settings.LETTER_CODE_HASH)}
for hashing in (settings.PASSWORD_HASH, settings.LETTER_CODE_HASH):  # before anyone makes a hasher from them
    hashing.update(time_cost=1, memory_cost=8, parallelism=1)

from sqlmodel import Session  # noqa: E402

from tests.bytecode import KeptInMemory  # noqa: E402
from tests.databases import KINDS, Databases  # noqa: E402
from tests.outside import all_twins  # noqa: E402
from tests.twins import Clock  # noqa: E402
from tests.visitor import Visitor  # noqa: E402
from webapp import create_app  # noqa: E402
from webapp.config import Config  # noqa: E402
from webapp.database import create_engine  # noqa: E402
from webapp.database import db as database_of_the_web  # noqa: E402
from webapp.letters.enclosure import enclose  # noqa: E402
from webapp.letters.models import Purpose  # noqa: E402
from webapp.ports import Outside  # noqa: E402
from webapp.upgrade.actions import redeeming  # noqa: E402

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Flask.jinja_options = {"bytecode_cache": KeptInMemory()}

PROVE = os.environ.get("PROVE", "") not in ("", "0")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell every test on both databases; a visitor comes plain on one and with htmx on the other, or all four ways."""
    marks = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    given = {name.strip() for names in marks for name in (names.split(",") if isinstance(names, str) else names)}
    wanted = {"database", "visitor"} & set(metafunc.fixturenames) - given
    if wanted == {"database", "visitor"}:
        ways = [(kind, way) for kind in KINDS for way in ("plain", "htmx")]
        ways = ways if PROVE else [("sqlite", "plain"), ("postgresql", "htmx")]
        metafunc.parametrize(("database", "visitor"), ways, indirect=True)
    elif wanted == {"database"}:
        metafunc.parametrize("database", KINDS, indirect=True)
    elif wanted == {"visitor"}:
        metafunc.parametrize("visitor", ("plain", "htmx"), indirect=True)


@pytest.fixture(autouse=True)
def _codes_of_the_portal() -> None:
    """Letters hold the codes that the portal draws, whatever an earlier test had put in their place."""
    enclose(Purpose.UPGRADE, redeeming.enclosures)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where fresh databases come from."""
    found = Databases(tmp_path_factory.mktemp("databases"))
    yield found
    found.stop()


@pytest.fixture
def database(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """The URL of a fresh, migrated database."""
    with databases.fresh(request.param) as url:
        yield url


@pytest.fixture
def db(database: str) -> Iterator[Session]:
    """A session on the fresh database."""
    engine = create_engine(database)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    """The time it is."""
    return Clock()


@pytest.fixture
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Config:
    """A configuration; on the fresh database, if the test asked for one."""
    usual = Config(data=tmp_path, address="http://localhost", embedded_worker=False)
    asked = "database" in request.fixturenames
    return replace(usual, database=request.getfixturevalue("database")) if asked else usual


@pytest.fixture
def outside(config: Config, clock: Clock) -> Outside:
    """The outside world, all twins; jobs are done at once after the commit."""
    return all_twins(config, clock)


@pytest.fixture
def app(outside: Outside, db: Session) -> Iterator[Flask]:
    """The portal on the fresh database, with the twins. What ``db`` has done is committed before each request."""
    portal = create_app(outside.config, lambda _config: outside)
    portal.config["PROPAGATE_EXCEPTIONS"] = True  # a mistake of ours reaches the test, not the page that excuses it
    answer = portal.wsgi_app

    def after_the_test(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        db.commit()  # an open transaction of the test would lock SQLite, and hide what it arranged
        return answer(environ, start)

    portal.wsgi_app = after_the_test  # type: ignore[method-assign]
    yield portal
    with portal.app_context():
        for engine in database_of_the_web.engines.values():
            engine.dispose()


@pytest.fixture
def visitor(app: Flask, request: pytest.FixtureRequest) -> Visitor:
    """A person at a browser: plain, or with htmx."""
    return Visitor(app.test_client(), htmx=request.param == "htmx")
