"""Behind a real cache that people share nobody gets another's page, nor a fragment for a page."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from flask.sessions import SecureCookieSessionInterface

from tests.browser.attacks.shared_cache import SharedCaches
from tests.browser.journeys.stage import Stage, _keys
from tests.browser.live import Portal
from tests.conftest import PROVE
from tests.factories import a_user, an_administrator, an_employer
from webapp.accounts.actions import begin_session

FRAGMENT = {"HX-Request": "true", "HX-Target": "main"}
AGAIN = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
PAGES = """/ /administration /administration/users /administration/users.csv /upgrade/letter /upgrade/address-report
    /upgrade/question /letters /login-methods /sign-in /info/contact /nowhere""".split()
ASKED = 2000 if PROVE else 150


@pytest.fixture(scope="module")
def caches(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedCaches]:
    """Between people and the portal."""
    folder: Path = tmp_path_factory.mktemp("nginx")
    running = SharedCaches(portal.url, folder)
    yield running
    running.stop()


@dataclass
class Person:
    """Somebody with a name that nobody else's pages may show, and a live session."""

    name: str
    cookies: dict[str, str]


@pytest.fixture
def people(stage: Stage) -> list[Person]:
    """Two administrators of two companies, and nobody in particular."""
    return [signed_in(stage, name) for name in ("Kanarienvogel", "Gelbspötter")] + [Person("Niemand", {})]


def signed_in(stage: Stage, name: str) -> Person:
    """An administrator whose company, colleague and town are called so too."""
    signer = SecureCookieSessionInterface().get_signing_serializer(_keys(stage.outside.config.secret))
    assert signer
    with stage.portal.db() as db:
        company = an_employer(db, name=f"{name} AG")
        user = an_administrator(db, company, last_name=name, town=name, language="en")
        a_user(db, company, last_name=name)
        word, _row = begin_session(db, stage.outside, user, level=1, replacing=None)
    return Person(name, {"portal": signer.dumps({"_user_id": word})})


def crossed(cache: str, people: list[Person], times: int = ASKED) -> list[str]:
    """What somebody got that was not theirs, or a fragment for a page and the reverse, in so many mixed requests."""
    chances, faults = random.Random(34), []
    for _time in range(times):
        person, path = chances.choice(people), chances.choice(PAGES)
        headers = chances.choice(({}, FRAGMENT, AGAIN))
        answer = requests.get(cache + path, headers=headers, cookies=person.cookies, timeout=30)
        others = [other.name for other in people if other is not person and other.name in answer.text]
        faults += [f"{person.name} got {name} at {path}" for name in others]
        whole = answer.text.startswith("<!doctype html>")
        if not path.endswith("csv") and answer.status_code < 300 and whole != (headers is not FRAGMENT):
            faults.append(f"a {'page' if whole else 'fragment'} at {path}")
        if answer.headers["X-Cache"] == "HIT":
            faults.append(f"kept: {path}")
    return faults


def test_nobody_gets_what_is_somebody_elses(caches: SharedCaches, people: list[Person]) -> None:
    assert crossed(caches.careful, people) == []
    assert crossed(caches.forgetful, people) == []


def test_what_is_the_same_for_all_is_kept(caches: SharedCaches) -> None:
    for path in ("/brand.css", "/logo"):
        answers = [requests.get(caches.careful + path, timeout=30) for _ in range(2)]
        assert [answer.headers["X-Cache"] for answer in answers] == ["MISS", "HIT"]


def test_a_portal_that_lets_itself_be_kept_is_caught(caches: SharedCaches, people: list[Person]) -> None:
    faults = crossed(caches.twin, people, 150)
    assert any("got" in fault for fault in faults)
    assert any("fragment at" in fault for fault in faults)
    assert any("page at" in fault for fault in faults)


@pytest.mark.parametrize("headers", [{}, FRAGMENT, AGAIN])
def test_every_page_says_what_it_depends_on(headers: dict[str, str], portal: Portal, people: list[Person]) -> None:
    for path in PAGES:
        answer = requests.get(
            portal.url + path, headers=headers, cookies=people[0].cookies, timeout=30, allow_redirects=False
        )
        assert answer.headers["Cache-Control"] == "no-store", path
        vary = {name.strip() for name in answer.headers["Vary"].split(",")}
        assert "Cookie" in vary, path
        if answer.status_code < 300 and not path.endswith("csv"):
            assert {"HX-Request", "HX-Target", "HX-Boosted", "HX-History-Restore-Request"} <= vary, path
