"""A real Chromium, a real server, and those who look at what is shown."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.checks import WIDE, Examiner
from tests.browser.live import Portal
from tests.browser.terminal import TextBrowser
from tests.browser.validator import Validator
from tests.databases import Databases

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def chromium(databases: Databases) -> Iterator[Browser]:
    """The browser; of each module its own, for Playwright keeps an event loop running in this thread meanwhile.

    While it runs, no Flask context can be left in this process: migrate before, and ask the portal over HTTP.
    """
    with databases.fresh("sqlite"):
        pass
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=[*QUIET, *root]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def portal(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal running on a fresh, empty database; the module's tests share it."""
    with Portal.fresh(databases, tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture(params=["en-CH"])
def locale(request: pytest.FixtureRequest) -> str:
    """What the browser asks for; parametrise to change it."""
    return str(request.param)


@pytest.fixture(params=[True], ids=["script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs JavaScript; parametrise to change it."""
    return bool(request.param)


@pytest.fixture
def window(chromium: Browser, portal: Portal, locale: str, script: bool) -> Iterator[Page]:  # noqa: FBT001
    """A fresh window on the portal, without cookies; whatever the console complains of fails the test."""
    context = chromium.new_context(
        base_url=portal.url,
        locale=locale,
        java_script_enabled=script,
        viewport=WIDE,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    complaints = [said for said in complaints if not re.search(r"status of 4(04|22)", said)]  # answers, not mistakes
    assert not complaints, complaints


@pytest.fixture(scope="session")
def validator() -> Iterator[Validator]:
    """The checker of HTML."""
    running = Validator()
    yield running
    running.stop()


@pytest.fixture
def examiner(validator: Validator) -> Iterator[Examiner]:
    """Looks at pages from all sides; what it found fails the test at its end."""
    looking = Examiner(validator, [])
    yield looking
    assert not looking.faults, "\n".join(looking.faults)


@pytest.fixture
def text_browser(portal: Portal, tmp_path: Path) -> Iterator[TextBrowser]:
    """w3m at the first page of the portal."""
    running = TextBrowser(portal.url, tmp_path)
    yield running
    running.closes()
