"""What can be wrong with the answer of a provider: each fault has a sentence of its own, and nobody gets in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.openid.arriving import (
    AGOV,
    SWISSID,
    arrives,
    begins,
    confirmed,
    state_in,
    way_out,
    with_a_letter,
)
from tests.visitor import Visitor
from webapp.accounts.models import LoginSession
from webapp.config import Config
from webapp.login_methods.models import Enrolment
from webapp.login_methods.openid_answers import SKEW, Fault
from webapp.login_methods.openid_sentences import SENTENCES
from webapp.ports import Doubt, Outside

PLAIN_ON_SQLITE = pytest.mark.parametrize(("database", "visitor"), [("sqlite", "plain")], indirect=True)


@pytest.fixture
def config(config: Config) -> Config:
    """With SwissID."""
    return replace(config, openid_providers=(SWISSID,))


FAULTS = {
    "cancelled": ({"error": "access_denied"}, {}, Fault.CANCELLED),
    "cancelled, without our state": ({"error": "access_denied", "state": None}, {}, Fault.CANCELLED),
    "weak, as the provider says": ({"error": "unmet_authentication_requirements"}, {}, Fault.TOO_WEAK),
    "out of order": ({"error": "temporarily_unavailable"}, {}, Fault.OUT_OF_ORDER),
    "another error": ({"error": "invalid_request"}, {}, Fault.FAILED),
    "wrong state": ({"state": "0" * 43}, {}, Fault.STATE),
    "odd state": ({"state": "é"}, {}, Fault.STATE),
    "no state": ({"state": None}, {}, Fault.INCOMPLETE),
    "no code": ({"code": None}, {}, Fault.INCOMPLETE),
    "unknown code": ({"code": "never given"}, {}, Fault.CODE),
    "another provider": ({"iss": AGOV.issuer}, {}, Fault.ISSUER),
    "weak": ({}, {"acr": "loa-1"}, Fault.TOO_WEAK),
    "nothing said of strength": ({}, {"acr": None}, Fault.TOO_WEAK),
    "signed in earlier": ({}, {"ago": timedelta(minutes=2)}, Fault.STALE),
    "signed in a little too early": ({}, {"ago": SKEW + timedelta(seconds=1)}, Fault.STALE),
    "signed in later than now": ({}, {"ago": -SKEW - timedelta(seconds=1)}, Fault.STALE),
    "no time": ({}, {"signed_in_at": None}, Fault.UNDATED),
}


@PLAIN_ON_SQLITE
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_has_its_sentence_and_nobody_gets_in(
    fault: str, visitor: Visitor, db: Session, outside: Outside
) -> None:
    with_a_letter(visitor, db, outside)
    over, facts, expected = FAULTS[fault]
    ago = facts.get("ago")
    facts = {"signed_in_at": outside.now() - ago} if ago else facts
    query = {"state": state_in(way_out(begins(visitor))), "code": confirmed(outside, **facts)} | over
    arrives(visitor, **{name: value for name, value in query.items() if value is not None})
    visitor.sees(str(SENTENCES[expected]) % {"provider": "SwissID"})
    assert db.exec(select(Enrolment.confirmed_at)).all() == [None]
    assert set(db.exec(select(LoginSession.level))) == {1}


def test_every_fault_has_a_sentence_of_its_own() -> None:
    assert set(SENTENCES) == set(Fault)
    assert {doubt.value for doubt in Doubt} <= {fault.value for fault in Fault}
