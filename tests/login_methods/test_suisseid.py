"""The SuisseID login as people meet it: at the shelf, at sign-in, and when something is wrong at the provider."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from tests.attacks.arranging import a_ticket
from tests.factories import a_user
from tests.journeys.places import signs_in
from tests.openid.arriving import (
    AGOV,
    ANNE,
    SWISSID,
    arrives,
    begins,
    confirmed,
    registers,
    state_in,
    way_out,
    with_a_letter,
)
from tests.visitor import Visitor
from webapp.config import Config
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside, TryAgainLater

USERS = "/administration/users"
PLAIN_ON_SQLITE = pytest.mark.parametrize(("database", "visitor"), [("sqlite", "plain")], indirect=True)


@pytest.fixture
def config(config: Config, request: pytest.FixtureRequest) -> Config:
    """With SwissID; a test may ask for others."""
    mark = request.node.get_closest_marker("parametrize")
    given = request.node.callspec.params.get("providers", (SWISSID,)) if mark else (SWISSID,)
    return replace(config, openid_providers=given)


def test_registered_with_a_letter_and_asked_for_at_sign_in(visitor: Visitor, db: Session, outside: Outside) -> None:
    user = with_a_letter(visitor, db, outside)
    registers(visitor, outside).presses("Close").sees("Welcome to PartnerWeb 2.0")
    db.refresh(user)
    assert user.upgraded
    enrolment = db.exec(select(Enrolment)).one()
    assert outside.seal.open(enrolment.kept) == {"label": "SwissID", "issuer": SWISSID.issuer, "subject": ANNE}
    db.commit()
    signs_in(visitor, user.email).sees("Second step", "You sign in at SwissID")
    state = state_in(way_out(visitor))
    arrives(visitor, state=state, code=confirmed(outside), iss=SWISSID.issuer)
    visitor.is_at("/").does_not_see("The data has been saved").goes_to(USERS).is_at(USERS)
    arrives(visitor, state=state, code=confirmed(outside), iss=SWISSID.issuer)  # once more, with a good code
    visitor.sees("This answer was not expected here.")


def test_whoever_wanted_a_page_gets_there(visitor: Visitor, db: Session, outside: Outside) -> None:
    user = with_a_letter(visitor, db, outside)
    registers(visitor, outside).presses("Close").presses("Sign out")
    visitor.goes_to(USERS).fills("E-mail address", user.email)
    visitor.fills("Password", "demo-Portal-2026").presses("Sign in").sees("Second step")
    visitor.presses("Start again") if "Start again" in visitor.page.text else None
    arrives(visitor, state=state_in(way_out(visitor)), code=confirmed(outside)).is_at(USERS)


@pytest.mark.parametrize("providers", [(AGOV, SWISSID)])
def test_of_several_providers_one_is_chosen(
    visitor: Visitor, db: Session, outside: Outside, providers: tuple[object, ...]
) -> None:
    with_a_letter(visitor, db, outside)
    visitor.follows("Create a SuisseID login").presses("OK").sees("Choose a provider.")
    visitor.chooses("SwissID").presses("OK")
    address = way_out(visitor)
    assert address.startswith(SWISSID.issuer)
    arrives(visitor, state=state_in(address), code=confirmed(outside), iss=AGOV.issuer)
    visitor.sees("The answer did not come from SwissID")
    arrives(visitor, state=state_in(address), code=confirmed(outside), iss=SWISSID.issuer)
    visitor.sees("The data has been saved successfully", "SwissID")


@pytest.mark.parametrize("providers", [()])
def test_without_a_provider_it_is_not_offered(
    visitor: Visitor, db: Session, outside: Outside, providers: tuple[object, ...]
) -> None:
    with_a_letter(visitor, db, outside)
    visitor.does_not_see("SuisseID")
    assert visitor.client.get("/login-methods/suisseid/new").status_code == 404


def test_a_provider_that_can_not_be_reached_lets_nobody_in(visitor: Visitor, db: Session, outside: Outside) -> None:
    with_a_letter(visitor, db, outside)
    address = way_out(begins(visitor))
    outside.openid.refuses = TryAgainLater()
    arrives(visitor, state=state_in(address), code=confirmed(outside))
    visitor.sees("SwissID can’t be reached at the moment.").does_not_see("Continue with SwissID")
    visitor.presses("Start again").sees("SwissID can’t be reached at the moment.")
    outside.openid.refuses = None
    visitor.presses("Start again")
    arrives(visitor, state=state_in(way_out(visitor)), code=confirmed(outside)).sees("saved successfully")


@PLAIN_ON_SQLITE
@pytest.mark.parametrize(
    "other", [{"subject": "berta-0815"}, {"subject": ANNE.upper()}, {"subject": "ánne"}, {"issuer": AGOV.issuer}]
)
def test_only_the_same_person_at_the_same_provider_gets_in_again(
    other: dict[str, str], visitor: Visitor, db: Session, outside: Outside
) -> None:
    user = with_a_letter(visitor, db, outside)
    registers(visitor, outside).presses("Close").presses("Sign out")
    signs_in(visitor, user.email)
    state = state_in(way_out(visitor))
    arrives(visitor, state=state, code=confirmed(outside, **other)).sees("as somebody else than when you registered")
    visitor.goes_to(USERS).sees("Second step")
    arrives(visitor, state=state, code=confirmed(outside)).is_at("/").goes_to(USERS).is_at(USERS)


@PLAIN_ON_SQLITE
def test_a_provider_that_the_fund_gave_up_lets_nobody_in(visitor: Visitor, db: Session, outside: Outside) -> None:
    user = with_a_letter(visitor, db, outside)
    registers(visitor, outside).presses("Close").presses("Sign out")
    kept = db.exec(select(Enrolment)).one()
    kept.kept = outside.seal.close({"label": "AGOV", "issuer": AGOV.issuer, "subject": ANNE})
    db.add(kept)
    db.commit()
    signs_in(visitor, user.email).sees("The fund no longer accepts logins from AGOV").does_not_see("Continue with")
    arrives(visitor, code=confirmed(outside, AGOV), error="access_denied")
    visitor.sees("The fund no longer accepts logins from AGOV").goes_to(USERS).sees("Second step")


@PLAIN_ON_SQLITE
def test_too_late_is_too_late(visitor: Visitor, db: Session, outside: Outside) -> None:
    with_a_letter(visitor, db, outside)
    state = state_in(way_out(begins(visitor)))
    outside.now.passes(minutes=10)
    arrives(visitor, state=state, code=confirmed(outside)).sees("This took too long", "Start again")
    visitor.presses("Start again").sees("Continue with SwissID")
    assert state_in(way_out(visitor)) != state


@PLAIN_ON_SQLITE
def test_whoever_was_signed_out_meanwhile_takes_no_secret_along(
    visitor: Visitor, db: Session, outside: Outside
) -> None:
    with_a_letter(visitor, db, outside)
    query = {"state": state_in(way_out(begins(visitor))), "code": confirmed(outside)}
    outside.now.passes(hours=13)
    arrives(visitor, **query).is_at("/sign-in")
    assert not [secret for secret in query.values() if secret in visitor.path + str(visitor.page.text)]


@PLAIN_ON_SQLITE
def test_the_answer_of_one_person_is_nothing_to_another(visitor: Visitor, db: Session, outside: Outside) -> None:
    with_a_letter(visitor, db, outside)
    state = state_in(way_out(begins(visitor)))
    thief = visitor.somebody_else()
    other = a_user(db)
    a_ticket(db, outside, other)
    signs_in(thief, other.email)
    arrives(thief, state=state, code=confirmed(outside)).sees("This answer was not expected here.")
    begins(thief.goes_to("/login-methods"))
    arrives(thief, state=state, code=confirmed(outside)).sees("belongs to an earlier or to another attempt")
