"""The portal with a clock that can be put forward, the stage behind it, and a person before it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import Examiner
from tests.browser.journeys.examined import Examined
from tests.browser.journeys.holding import ISSUER, SILENT
from tests.browser.journeys.person import Person
from tests.browser.journeys.stage import Stage
from tests.browser.live import Portal
from tests.certificates import TestAuthority
from tests.databases import Databases

Desk = Callable[[], None]
PROVIDERS = [
    {"key": key, "label": label, "issuer": issuer, "client_id": "portal", "acr": ["loa-2"]}
    for key, label, issuer in (("one", "Identity One", ISSUER), ("silent", "Silent Identity", SILENT))
]
expect.set_options(timeout=20_000)  # milliseconds: two cores, and others at work


@pytest.fixture(scope="session")
def portal(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One for all journeys, each with people of its own; its clock is where the journey before has left it.

    Every login method can be registered; to present a certificate, or at a provider, nobody can go from here.
    """
    folder: Path = tmp_path_factory.mktemp("portal")
    authorities, lists = TestAuthority().published(folder)
    settings = {
        "OPENID_PROVIDERS": json.dumps(PROVIDERS),
        "CERTIFICATE_ADDRESS": "https://certificates.example",
        "CERTIFICATE_FROM": "proxy",
        "CERTIFICATE_PROXY_SECRET": "a-secret-of-nginx-and-the-portal-only",
        "CERTIFICATE_AUTHORITIES": str(authorities),
        "CERTIFICATE_REVOCATIONS": str(lists),
    }
    with databases.fresh("sqlite") as url:
        running = Portal(url, folder, app="tests.browser.journeys.later:app", **settings)
        yield running
        running.stop()


@pytest.fixture
def stage(portal: Portal) -> Stage:
    """Behind the portal."""
    return Stage(portal)


@pytest.fixture
def person(window: Page, portal: Portal) -> Person:
    """At the window, without a cookie."""
    return Person(window, portal)


@pytest.fixture
def examined(
    window: Page,
    portal: Portal,
    examiner: Examiner,
    language: str,
    script: bool,  # noqa: FBT001
) -> Iterator[Examined]:
    """Somebody without a mouse at the window; all that is shown and served must be without fault."""
    somebody = Examined(window, portal, language, examiner, script=script)
    yield somebody
    somebody.leaves()


@pytest.fixture
def the_fund_prints_and_posts(chromium: Browser, portal: Portal, stage: Stage, script: bool) -> Desk:  # noqa: FBT001
    """A clerk at the desk prints what waits, really, and says that it was posted; with script the page follows."""

    def at_the_desk() -> None:
        context = chromium.new_context(base_url=portal.url, locale="en-CH", java_script_enabled=script)
        stage.lets_in(context, stage.clerk(), level=2)
        clerk = Person(context.new_page(), portal)
        clerk.goes_to("/desk").page.get_by_role("button", name="Print the").click()
        clerk.sees("The print run has started")
        if not script:
            portal.waits_for(lambda: "Mark as posted" in _refreshed(clerk), "printed letters")
        clerk.presses("Mark as posted").sees("The letters were brought to the post on")
        context.close()

    return at_the_desk


def _refreshed(clerk: Person) -> str:
    clerk.page.reload()
    return clerk.page.locator("main").inner_text()
