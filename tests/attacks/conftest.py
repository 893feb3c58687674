"""The contest is held by one pool of processes."""

import os
from collections.abc import Callable, Iterator

import pytest

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
def known(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Say that an attack still succeeds, and why; once it is repelled, the test says so."""

    def mark(reason: str, *, on: str = "", always: bool = True) -> None:
        if on in request.getfixturevalue("database"):
            request.applymarker(pytest.mark.xfail(reason=reason, strict=always))

    return mark
