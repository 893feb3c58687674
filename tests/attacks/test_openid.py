"""The whole portal before a provider that forges: nobody gets in, and each is told why."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from joserfc.jwk import ECKey
from sqlmodel import Session, select

from tests.openid.arriving import arrives, begins, way_out, with_a_letter
from tests.openid.forger import SECRET, Forger, a_server, unsigned
from tests.visitor import Visitor
from webapp.accounts.models import LoginSession
from webapp.config import Config
from webapp.gateways.openid_authlib import AuthlibOpenId
from webapp.login_methods.models import Enrolment
from webapp.login_methods.openid_answers import Fault
from webapp.login_methods.openid_sentences import SENTENCES
from webapp.ports import Outside

pytestmark = pytest.mark.parametrize(("database", "visitor"), [("sqlite", "plain")], indirect=True)


@pytest.fixture
def forger() -> Iterator[Forger]:
    """SwissID, as far as the settings know."""
    with a_server() as server:
        yield Forger(server)


@pytest.fixture
def other(forger: Forger) -> Forger:
    """Another provider of the same settings."""
    return Forger(forger.server, key="agov", label="AGOV")


@pytest.fixture
def config(config: Config, forger: Forger, other: Forger) -> Config:
    """With both."""
    return replace(config, openid_providers=(forger.provider, other.provider))


@pytest.fixture
def outside(outside: Outside) -> Outside:
    """With the real adapter: it asks over HTTP."""
    outside.jobs.outside = replace(outside, openid=AuthlibOpenId(outside.config))  # type: ignore[attr-defined]
    return outside.jobs.outside  # type: ignore[attr-defined, no-any-return]


FORGED: dict[str, tuple[dict[str, Any], Fault]] = {
    "another key": ({"signs_with": ECKey.generate_key("P-256", {"kid": "one"})}, Fault.TOKEN),
    "no signature": ({"forges": unsigned}, Fault.TOKEN),
    "expired": ({"claims": {"exp": 1_000_000_000}}, Fault.EXPIRED),
    "another question": ({"claims": {"nonce": "another"}}, Fault.NONCE),
    "weak": ({"claims": {"acr": "loa-1"}}, Fault.TOO_WEAK),
    "nothing of strength": ({"claims": {"acr": None}}, Fault.TOO_WEAK),
    "a list of strengths": ({"claims": {"acr": ["loa-2"]}}, Fault.TOO_WEAK),
    "stale": ({"claims": {"auth_time": 1_000_000_000}}, Fault.STALE),
    "undated": ({"claims": {"auth_time": None}}, Fault.UNDATED),
    "dated in words": ({"claims": {"auth_time": "now"}}, Fault.TOKEN),
}


@pytest.mark.parametrize("forgery", [*FORGED, "honest"])
def test_only_an_honest_answer_lets_somebody_in(
    forgery: str, visitor: Visitor, db: Session, outside: Outside, forger: Forger
) -> None:
    with_a_letter(visitor, db, outside)
    how, fault = FORGED.get(forgery, ({}, None))
    for name, value in how.items():
        setattr(forger, name, value)
    address = way_out(begins(visitor, several=True))
    arrives(visitor, **forger.signs_in(address, outside.now()))
    visitor.sees(str(SENTENCES[fault]) % {"provider": "SwissID"} if fault else "saved successfully")
    assert set(db.exec(select(LoginSession.level).where(LoginSession.ended_at == None))) == {1 if fault else 2}  # noqa: E711
    assert [at is None for at in db.exec(select(Enrolment.confirmed_at))] == [bool(fault)]


def test_the_code_of_one_provider_is_nothing_to_the_other(
    visitor: Visitor, db: Session, outside: Outside, forger: Forger, other: Forger
) -> None:
    with_a_letter(visitor, db, outside)
    address = way_out(begins(visitor, several=True))
    back = other.signs_in(address.replace(forger.issuer, other.issuer), outside.now())
    arrives(visitor, **back).sees("The answer did not come from SwissID")
    arrives(visitor, **back | {"iss": forger.issuer}).sees("has been used already, or has expired")
    del back["iss"]
    arrives(visitor, **back).sees("The answer did not come from SwissID")  # it always says who it is
    assert [redeemed["code"] for redeemed in forger.redeemed] == [back["code"]]
    assert not other.redeemed


def test_an_answer_counts_once_also_for_the_second_question(
    visitor: Visitor, db: Session, outside: Outside, forger: Forger
) -> None:
    with_a_letter(visitor, db, outside)
    back = forger.signs_in(way_out(begins(visitor, several=True)), outside.now())
    again = way_out(visitor.goes_to("/login-methods") and begins(visitor, several=True))
    arrives(visitor, **back).sees("belongs to an earlier or to another attempt")
    back = forger.signs_in(again, outside.now())
    arrives(visitor, **back).sees("saved successfully")
    arrives(visitor, **back).sees("This answer was not expected here.")


def test_a_stolen_code_is_worth_nothing_elsewhere(
    visitor: Visitor, db: Session, outside: Outside, forger: Forger
) -> None:
    """A thief brings the victim's code to a question of their own: neither verifier nor nonce fit."""
    with_a_letter(visitor, db, outside)
    victims = forger.signs_in(way_out(begins(visitor, several=True)), outside.now())
    thief = visitor.somebody_else()
    with_a_letter(thief, db, outside)
    own = forger.signs_in(way_out(begins(thief, several=True)), outside.now())
    arrives(thief, **own | {"code": victims["code"]}).sees("was made for another attempt and was not accepted")


def test_nothing_of_it_is_told(
    visitor: Visitor, db: Session, outside: Outside, forger: Forger, caplog: pytest.LogCaptureFixture
) -> None:
    with_a_letter(visitor, db, outside)
    with caplog.at_level(logging.DEBUG):
        back = forger.signs_in(way_out(begins(visitor, several=True)), outside.now())
        forger.claims = {"nonce": "another"}
        arrives(visitor, **back)
        forger.server.clear()
        arrives(visitor, **back).sees("can’t be reached at the moment")
    ours = "\n".join(
        record.getMessage() for record in caplog.records if not record.name.startswith(("werkzeug", "urllib3"))
    )
    secrets = [SECRET, back["code"], back["state"], forger.subject]
    assert [secret for secret in secrets if secret in ours + visitor.path] == []


def test_five_attempts_are_enough_for_one_question(
    visitor: Visitor, db: Session, outside: Outside, forger: Forger
) -> None:
    with_a_letter(visitor, db, outside)
    address = way_out(begins(visitor, several=True))
    for _time in range(5):
        arrives(visitor, state="guessed", code="guessed")
    arrives(visitor, **forger.signs_in(address, outside.now())).sees("too many attempts", "Start again")
    assert not forger.redeemed
