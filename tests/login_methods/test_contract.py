"""Whatever is on the shelf proves who somebody is, and nothing else does: each method from its beginning to its end."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from tests.attacks.arranging import a_session, a_telephone
from tests.factories import a_user
from tests.login_methods.samples import ODD, SAMPLES
from tests.test_routes import ONLY_SQLITE
from tests.twins import Clock
from webapp.accounts.models import LoginSession, User
from webapp.config import Config, OpenIdProvider
from webapp.login_methods import actions, queries
from webapp.login_methods.method import LoginMethod, NotProved
from webapp.login_methods.models import Enrolment
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside

METHODS = pytest.mark.parametrize(("slug", "method"), shelf().items())
# the others are proved by a device, by a certificate or elsewhere: each has tests of its own for that
ANSWERED_BY_TYPING = pytest.mark.parametrize(("slug", "method"), [(slug, shelf()[slug]) for slug in SAMPLES])


@pytest.fixture
def config(config: Config) -> Config:
    """With what every method on the shelf needs."""
    provider = OpenIdProvider("agov", "AGOV", "https://login.provider.example", "portal", acr=("loa-2",))
    certificates = {"certificate_address": "http://localhost:8444", "certificate_from": "proxy"}
    return replace(config, openid_providers=(provider,), certificate_proxy_secret="c" * 24, **certificates)


@pytest.fixture
def holder(db: Session, outside: Outside, clock: Clock) -> User:
    """Who holds a telephone already, so that what is only spare may be registered too."""
    user = a_user(db, language="en")
    a_telephone(db, outside, user, "079 555 77 77")
    clock.passes(days=1)
    return user


@pytest.fixture
def _in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/?lang=en"):
        yield


def begun(db: Session, outside: Outside, user: User, slug: str) -> tuple[LoginSession, Enrolment]:
    """A pending enrolment of ``slug``, and the session in which it was begun."""
    assert shelf()[slug].offered(outside.config)
    session = a_session(db, outside, user, level=2)
    answers = dict(SAMPLES[slug].answers) if slug in SAMPLES else {}
    return session, actions.begin(db, outside, user, session, slug=slug, answers=answers)[0]


def secrets_in(kept: Any) -> Iterator[str]:
    """Every text of some length that is kept."""
    if isinstance(kept, Mapping):
        for value in kept.values():
            yield from secrets_in(value)
    elif isinstance(kept, list):
        for value in kept:
            yield from secrets_in(value)
    elif isinstance(kept, str) and len(kept) > 5:
        yield kept


@ONLY_SQLITE
@METHODS
@pytest.mark.usefixtures("_in_a_request")
def test_what_is_kept_can_be_kept(slug: str, method: LoginMethod, db: Session, outside: Outside, holder: User) -> None:
    session, enrolment = begun(db, outside, holder, slug)
    question = queries.question_in(db, session)
    assert question
    for sealed in (enrolment.kept, question.kept):
        kept = outside.seal.open(sealed)
        assert json.loads(json.dumps(kept)) == kept
    kept = outside.seal.open(enrolment.kept)
    assert enrolment.shown_as
    assert not [secret for secret in secrets_in(kept) if secret in enrolment.shown_as]
    assert all(isinstance(budget, str) and budget for budget in method.budgets(kept))
    assert bool(method.budgets(kept)) is method.sends


@ONLY_SQLITE
@METHODS
@pytest.mark.usefixtures("_in_a_request")
def test_nothing_odd_proves_anything(
    slug: str, method: LoginMethod, db: Session, outside: Outside, holder: User
) -> None:
    session, enrolment = begun(db, outside, holder, slug)
    question = queries.question_in(db, session)
    assert question
    kept, asked = outside.seal.open(enrolment.kept), outside.seal.open(question.kept)
    db.commit()
    for typed in ODD:
        proof = method.proves(kept, asked, typed, outside)
        assert isinstance(proof, NotProved), typed[:50]
        assert proof.why is None or str(proof.why)
    assert len(ODD) > 100


@ONLY_SQLITE
@METHODS
@pytest.mark.usefixtures("_in_a_request")
def test_nothing_is_right_before_it_was_asked(
    slug: str, method: LoginMethod, db: Session, outside: Outside, holder: User
) -> None:
    _session, enrolment = begun(db, outside, holder, slug)
    other = a_session(db, outside, holder, level=2)
    if not method.asks:
        return
    typed = SAMPLES[slug].typed if slug in SAMPLES else None
    right = typed(outside.seal.open(enrolment.kept), outside) if typed else "{}"
    assert actions.answer(db, outside, holder, other, enrolment, right).outcome == "not_asked"


@ANSWERED_BY_TYPING
@pytest.mark.usefixtures("_in_a_request")
def test_a_proof_counts_once_and_gives_nothing_away(
    slug: str, method: LoginMethod, db: Session, outside: Outside, holder: User
) -> None:
    typed = SAMPLES[slug].typed
    assert typed
    session, enrolment = begun(db, outside, holder, slug)
    drawn = outside.seal.open(enrolment.kept)
    right = typed(drawn, outside)
    assert actions.answer(db, outside, holder, session, enrolment, right).outcome == "right"
    again = actions.answer(db, outside, holder, session, enrolment, right).outcome
    assert again != "right" or (not method.asks and "new" in drawn)  # typing one back uses nothing up
    kept = outside.seal.open(enrolment.kept)
    shown = method.shown(kept, None, actions.circumstances(db, outside, holder, session, outside.now()))
    told = f"{shown} {enrolment.shown_as} {[mail.text + mail.subject for mail in outside.mailer.sent]}"
    assert not [secret for secret in {*secrets_in(drawn), *secrets_in(kept)} if secret in told]
    assert {one.id for one in queries.held_by(db, holder)} > {enrolment.id}
