"""What every test may ask for: a database, a session, the outside world, the app, a visitor."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.visitor", "tests.pages")

from webapp import config as settings  # noqa: E402 -- after asking for readable assertions

REAL_HASHES = {"password": dict(settings.PASSWORD_HASH), "letter code": dict(settings.LETTER_CODE_HASH)}
for hashing in (settings.PASSWORD_HASH, settings.LETTER_CODE_HASH):  # before anyone makes a hasher from them
    hashing.update(time_cost=1, memory_cost=8, parallelism=1)

from sqlmodel import Session  # noqa: E402

from tests.databases import KINDS, Databases  # noqa: E402
from tests.twins import CarrierTwin, Clock, JobsAtOnce, MailTwin, PressTwin, SmsTwin  # noqa: E402
from webapp.config import Config  # noqa: E402
from webapp.database import create_engine  # noqa: E402
from webapp.ports import Outside  # noqa: E402
from webapp.seal import Seal  # noqa: E402
from webapp.writing import TemplateWriter  # noqa: E402

PROVE = os.environ.get("PROVE", "") not in ("", "0")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell every test on both databases; a visitor comes plain on one and with htmx on the other, or all four ways."""
    given = {name for mark in metafunc.definition.iter_markers("parametrize") for name in mark.args[0].split(",")}
    wanted = {"database", "visitor"} & set(metafunc.fixturenames) - given
    if wanted == {"database", "visitor"}:
        ways = [(kind, way) for kind in KINDS for way in ("plain", "htmx")]
        ways = ways if PROVE else [("sqlite", "plain"), ("postgresql", "htmx")]
        metafunc.parametrize(("database", "visitor"), ways, indirect=True)
    elif wanted == {"database"}:
        metafunc.parametrize("database", KINDS, indirect=True)
    elif wanted == {"visitor"}:
        metafunc.parametrize("visitor", ("plain", "htmx"), indirect=True)


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
    jobs = JobsAtOnce()
    jobs.outside = Outside(
        config=config,
        seal=Seal(config.seal),
        sms=SmsTwin(),
        mailer=MailTwin(),
        press=PressTwin(),
        carrier=CarrierTwin(),
        writer=TemplateWriter(config),
        jobs=jobs,
        now=clock,
    )
    return jobs.outside
