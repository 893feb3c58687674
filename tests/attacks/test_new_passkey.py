"""Registering a passkey under attack: what is wrong in one way registers nothing, and nobody comes in by it."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlmodel import Session

from tests.attacks.arranging import a_ticket
from tests.attacks.oddities import oddities
from tests.attacks.passkeys import Someone, options_in, sentences, someone
from tests.devices import CHECKED, PRESENT, Device, base64url
from tests.doors import sign_in
from tests.factories import a_user
from tests.test_routes import ONLY_SQLITE
from webapp.ports import Outside

pytestmark = pytest.mark.usefixtures("without_tokens")


@pytest.fixture
def newcomer(app: Flask, db: Session, outside: Outside) -> Someone:
    """Somebody with a letter's code, who begins to register a passkey."""
    user = a_user(db, language="en")
    a_ticket(db, outside, user)
    return Someone(app, db, outside, user, Device(), sign_in(app.test_client(), db, outside, user, 1))


def begins(one: Someone) -> tuple[str, str]:
    """Where the answer goes, and what the page asks the device."""
    path = one.client.post("/login-methods/passkey/new").location
    return path, options_in(one.client.get(path))


AT_REGISTRATION: dict[str, Callable[[Someone, str], str]] = {
    "an older question": lambda one, asked: [one.device.creates(asked), begins(one)][0],
    "no question of ours": lambda one, asked: one.device.creates(asked, challenge=base64url(bytes(32))),
    "another site": lambda one, asked: replace(one.device, origin="https://evil.example").creates(asked),
    "bound to another name": lambda one, asked: replace(one.device, name="evil.example").creates(asked),
    "nobody was checked": lambda one, asked: replace(one.device, flags=PRESENT).creates(asked),
    "nobody was there": lambda one, asked: replace(one.device, flags=CHECKED).creates(asked),
    "in a frame": lambda one, asked: replace(one.device, framed=True).creates(asked),
    "a sign-in": lambda one, asked: one.device.gets(asked),
    "as a sign-in": lambda one, asked: one.device.creates(asked, type="webauthn.get"),
    "another id than the device says": lambda one, asked: _renamed(one.device.creates(asked)),
}


def _renamed(answer: str) -> str:
    return json.dumps(json.loads(answer) | {"id": base64url(bytes(32))})


@pytest.mark.parametrize("forged", AT_REGISTRATION)
def test_a_registration_that_is_wrong_in_one_way_registers_nothing(forged: str, newcomer: Someone) -> None:
    path, asked = begins(newcomer)
    answer = newcomer.client.post(path, data={"code": AT_REGISTRATION[forged](newcomer, asked)})
    assert answer.status_code in (404, 422)  # not found: what was begun anew is another enrolment
    assert answer.status_code == 404 or len(sentences(answer)) == 1
    assert not newcomer.is_in()
    path, asked = begins(newcomer)
    assert newcomer.client.post(path, data={"code": newcomer.device.creates(asked)}).status_code == 303
    assert newcomer.is_in()


@ONLY_SQLITE
def test_nonsense_registers_nothing(newcomer: Someone) -> None:
    path, asked = begins(newcomer)
    right = newcomer.device.creates(asked)
    for odd in oddities(right):
        answer = newcomer.client.post(path, data={"code": odd})
        assert (answer.status_code, len(sentences(answer))) == (422, 1), odd[:200]
        newcomer.has_all_tries_again()
    assert not newcomer.is_in()
    assert newcomer.client.post(path, data={"code": right}).status_code == 303
    assert newcomer.is_in()


def test_the_question_of_one_registration_is_no_question_of_another(newcomer: Someone) -> None:
    path, asked = begins(newcomer)
    held = someone(newcomer.app, newcomer.db, newcomer.outside, Device())
    for answer in (held.device.creates(held.options()), held.device.gets(asked)):
        assert sentences(newcomer.client.post(path, data={"code": answer}))
    assert not newcomer.is_in()
    assert sentences(held.answers(held.device.creates(asked)))
    assert not held.is_in()
