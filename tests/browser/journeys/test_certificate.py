"""Certificates presented by Chromium, to the shipped nginx and to gunicorn: only the right one gets in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.journeys.person import Person
from tests.browser.journeys.stage import Stage
from tests.certificate_hosts import CertificateHosts
from tests.certificates import CLIENT, DAY, SERVER, Held, TestAuthority
from tests.databases import Databases
from webapp.accounts.models import User
from webapp.login_methods.certificates import holder
from webapp.login_methods.models import Enrolment

Holder = Callable[..., Person]
BUTTON = "Present the certificate"


@pytest.fixture(scope="module")
def authority() -> TestAuthority:
    """Whom the fund believes."""
    return TestAuthority()


@pytest.fixture(scope="module", params=["proxy", "tls"], ids=["nginx", "gunicorn"])
def hosts(
    request: pytest.FixtureRequest,
    chromium: Browser,
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
    authority: TestAuthority,
) -> Iterator[CertificateHosts]:
    """The portal, and a host that asks for certificates."""
    with databases.fresh("sqlite") as url:
        running = CertificateHosts(url, tmp_path_factory.mktemp("hosts"), authority, request.param)
        yield running
        running.stop()


@pytest.fixture
def stage(hosts: CertificateHosts) -> Stage:
    """Behind the portal."""
    return Stage(hosts.portal)


@contextmanager
def at_a_browser(chromium: Browser, hosts: CertificateHosts, held: Held | None, *, script: bool) -> Iterator[Person]:
    """Somebody whose browser presents ``held`` wherever certificates are asked for."""
    own = [{"origin": hosts.certificates, "cert": held.pem, "key": held.key_pem}] if held else None
    context = chromium.new_context(
        base_url=hosts.address,
        locale="en-CH",
        ignore_https_errors=True,
        java_script_enabled=script,
        client_certificates=own,  # type: ignore[arg-type]
    )
    yield Person(context.new_page(), hosts.portal)
    context.close()


def upgraded(stage: Stage, held: Held) -> User:
    """Somebody who has registered ``held``."""
    since = {"factor_since": stage.now(), "upgraded_at": stage.now()}
    user = stage.administrator(**since)
    shown = holder.shown_as(held.certificate)
    kept = {"sha256": holder.fingerprint(held.certificate), "shown_as": shown}
    with stage.portal.db() as db:
        facts = {"kept": stage.outside.seal.close(kept), "started_at": stage.now(), "confirmed_at": stage.now()}
        db.add(Enrolment(user_id=user.id, method="certificate", shown_as=shown, **facts))
        db.commit()
    return user


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_certificate_is_registered_with_a_letter_and_opens_the_portal(
    chromium: Browser,
    hosts: CertificateHosts,
    stage: Stage,
    authority: TestAuthority,
    script: bool,  # noqa: FBT001
) -> None:
    admin = stage.administrator()
    code = stage.letter_to(admin)
    held = authority.issues(number=None if script else "1100-1234-5678-9012")
    with at_a_browser(chromium, hosts, held, script=script) as person:
        person.signs_in(admin).sees("Upgrade now").goes_to("/upgrade/code")
        person.fills("Registration / upgrade code", code).ticks("I accept the terms of use in force")
        person.presses("Continue").follows("Create a login by certificate").presses("Continue")
        person.sees("We keep its fingerprint").presses(BUTTON).sees("The data has been saved successfully")
        person.sees("Anne Favre" if script else "SuisseID 1100-1234-5678-9012").presses("Close")
        person.sees("Welcome to PartnerWeb 2.0").presses("Sign out").sees("You are signed out.")
        person.signs_in(admin).sees("Second step").goes_to("/").sees("Second step", holder.shown_as(held.certificate))
        person.presses(BUTTON).sees("Welcome to PartnerWeb 2.0")
        assert person.page.url == f"{hosts.address}/"


SENTENCES = {
    "none": "Your browser has presented no certificate",
    "another": "This is not the certificate that you have registered. Choose this one: Anne Favre",
    "revoked": "This certificate has been revoked",
    "expired": "This certificate has expired",
    "not yet": "This certificate is not valid yet",
    "of another authority with the same name": "comes from an authority that the fund does not accept",
    "for servers": "This certificate is not made for signing in",
    "for anything": "This certificate is not made for signing in",
}
TURNED_AWAY_BY_TLS = ("expired", "not yet", "of another authority with the same name", "for servers")


def wrong_ones(authority: TestAuthority) -> dict[str, Held | None]:
    """One of each kind that must not get in."""
    return {
        "none": None,
        "another": authority.issues(),
        "revoked": authority.issues(),
        "expired": authority.issues(life=(-9 * DAY, -DAY)),
        "not yet": authority.issues(life=(DAY, 9 * DAY)),
        "of another authority with the same name": TestAuthority().issues(),
        "for servers": authority.issues(purposes=(SERVER,)),
        "for anything": authority.issues(purposes=None),
    }


def test_only_the_right_one_gets_in(
    chromium: Browser, hosts: CertificateHosts, stage: Stage, authority: TestAuthority
) -> None:
    right, wrong = authority.issues(purposes=(CLIENT,)), wrong_ones(authority)
    revoked = wrong["revoked"]
    assert revoked
    authority.revokes(revoked).published(hosts.folder)
    for kind, held in wrong.items():
        each = upgraded(stage, held if held and kind != "another" else right)
        with at_a_browser(chromium, hosts, held, script=False) as person:
            person.signs_in(each).sees("Second step").presses(BUTTON)
            if hosts.way == "proxy" or kind not in TURNED_AWAY_BY_TLS:
                person.sees(SENTENCES[kind]).presses("Try again").sees("You have time until")
            else:  # the browser has nothing but its own words for it
                expect(person.page.locator("body")).not_to_contain_text("Second step")
            person.goes_to("/").sees("Second step")
    with at_a_browser(chromium, hosts, right, script=False) as person:
        person.signs_in(upgraded(stage, right)).sees("Second step").presses(BUTTON).sees("Welcome to PartnerWeb 2.0")
