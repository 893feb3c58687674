"""The whole round with two providers that others have written, in Chromium: the portal, the provider, and back."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from sqlmodel import select

from tests.attacks.arranging import a_ticket
from tests.browser.journeys.person import Person
from tests.browser.journeys.stage import Stage
from tests.browser.live import Portal
from tests.databases import Databases
from tests.openid.forger import SECRET
from tests.openid.real import from_npm, from_pypi
from tests.postgres import free_port
from webapp.accounts.models import User
from webapp.config import OpenIdProvider
from webapp.login_methods.models import Enrolment

pytestmark = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"], indirect=True)

FOREIGN = re.compile(r"^https?://(?!(localhost|127\.0\.0\.1):)")  # the one's page wants a style sheet from far away


@pytest.fixture(scope="module")
def providers(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[list[OpenIdProvider]]:
    """Both, on addresses of another site than the portal's."""
    with ExitStack() as running:
        one = running.enter_context(from_pypi(tmp_path_factory.mktemp("pypi")))
        back = f"http://localhost:{port}/login-methods/arrival"
        yield [one, running.enter_context(from_npm(tmp_path_factory.mktemp("npm"), back))]


@pytest.fixture(scope="module")
def port() -> int:
    """Where the portal will listen: one of the providers must know before it starts."""
    return free_port()


@pytest.fixture(scope="module")
def portal(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory, providers: list[OpenIdProvider], port: int
) -> Iterator[Portal]:
    """One of its own: it knows the providers, and its clock is right."""
    told = json.dumps([{**asdict(provider), "max_age": 0} for provider in providers])
    folder: Path = tmp_path_factory.mktemp("portal")
    with databases.fresh("sqlite") as url:
        running = Portal(url, folder, port=port, OPENID_PROVIDERS=told)
        yield running
        running.stop()


def with_a_ticket(person: Person, stage: Stage) -> User:
    """Somebody who has typed the code of a letter, before the shelf."""
    admin = stage.administrator()
    with stage.portal.db() as db:
        a_ticket(db, stage.outside, db.get_one(User, admin.id))
    person.signs_in(admin).goes_to("/login-methods").sees("Registration of multi-factor logins")
    return admin


def at_one(person: Person, account: str, acr: str = "loa-2") -> None:
    """Sign in at oidc-provider-mock, which says of people what it was told."""
    page = person.page
    page.get_by_placeholder("sub").fill(account)
    claims = json.dumps({"acr": acr, "auth_time": int(time.time())}).encode()
    address = f"{page.url.partition('/oauth2')[0]}/users/{account}"
    urlopen(Request(address, claims, {"Content-Type": "application/json"}, method="PUT"), timeout=20).close()
    page.get_by_role("button", name="Authorize", exact=True).click()


def at_two(person: Person, account: str, acr: str = "loa-2") -> None:
    """Sign in at oidc-provider."""
    page = person.page
    page.get_by_label("Account").fill(account)
    page.get_by_label("Strength").select_option(acr)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize(
    ("label", "signs_in", "refusal"), [("Provider One", at_one, "Deny"), ("Provider Two", at_two, "Refuse")]
)
def test_registered_and_asked_for_at_a_real_provider(
    person: Person, stage: Stage, label: str, signs_in: object, refusal: str
) -> None:
    assert callable(signs_in)
    person.page.route(FOREIGN, lambda route: route.fulfill(body="", content_type="text/css"))
    admin = with_a_ticket(person, stage)
    person.follows("Create a SuisseID login").chooses(label).presses("OK").follows(f"Continue with {label}")
    person.page.get_by_role("button", name=refusal).click()
    person.sees(f"You cancelled at {label}.").follows(f"Continue with {label}")
    signs_in(person, "anne", "loa-1")
    person.sees(f"{label} has confirmed you less strictly than the fund asks for.")
    person.follows(f"Continue with {label}")
    signs_in(person, "anne")
    person.sees("The data has been saved successfully", label).is_at("/login-methods")
    person.presses("Close").sees("Welcome to PartnerWeb 2.0").presses("Sign out").sees("You are signed out.")
    person.signs_in(admin).sees("Second step")
    person.page.context.clear_cookies(domain="127.0.0.1")  # a provider may ask what became of the one before
    person.follows(f"Continue with {label}")
    signs_in(person, "berta")
    person.sees("as somebody else than when you registered").is_at("/sign-in/second-factor")
    person.page.context.clear_cookies(domain="127.0.0.1")
    person.goes_to("/").sees("Second step").follows(f"Continue with {label}")
    signs_in(person, "anne")
    person.is_at("/").sees("General information").leaves_nothing_behind()
    person.page.go_back()
    person.goes_to("/administration/users").is_at("/administration/users")
    with stage.portal.db() as db:
        kept = db.exec(select(Enrolment.kept).where(Enrolment.user_id == admin.id)).one()
    assert stage.outside.seal.open(kept)["subject"] == "anne"
    assert not [secret for secret in (SECRET, "code=", "state=", "anne") if secret in stage.portal.log]
