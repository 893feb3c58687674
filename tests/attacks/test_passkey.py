"""Signing in with a passkey under attack: answers made by hand; a naive portal falls to them in the same test."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask
from sqlmodel import Session
from webauthn.helpers import base64url_to_bytes

from tests.attacks.oddities import oddities
from tests.attacks.passkeys import FORGED, RISING, SIGNED_BY_OTHERS, Someone, sentences
from tests.attacks.passkeys import someone as somebody
from tests.devices import Device
from tests.test_routes import ONLY_SQLITE
from webapp.login_methods.authenticator import Doubt
from webapp.login_methods.methods import passkey
from webapp.ports import Outside

pytestmark = pytest.mark.usefixtures("without_tokens")
OVER = "This took too long, or was wrong too often. Please start again."
World = Callable[..., Someone]


@pytest.fixture
def someone(app: Flask, db: Session, outside: Outside) -> World:
    """People with passkeys; what is given turns their device wrong."""
    return lambda **facts: somebody(app, db, outside, Device(**facts))


def prepared(name: str, someone: World) -> Someone:
    """A device that counts has counted to 5, and goes on by itself where something else is wrong."""
    one = someone(counter=5)
    one.device.counter += name not in RISING
    return one


@pytest.mark.parametrize("forged", [*FORGED, *SIGNED_BY_OTHERS])
def test_what_is_wrong_in_one_way_opens_nothing(forged: str, someone: World) -> None:
    one = prepared(forged, someone)
    answer = one.answers((FORGED | SIGNED_BY_OTHERS)[forged](one))
    assert answer.status_code == 422
    assert len(sentences(answer)) == 1
    assert not one.is_in()
    one.device.counter = 9
    assert one.answers(one.device.gets(one.options())).status_code == 303
    assert one.is_in()


def naive(_party: Any, kept: dict[str, Any], _question: Any, typed: str) -> dict[str, Any] | Doubt:
    """Whether the key has signed what came, whatever that is."""
    said = {name: base64url_to_bytes(part) for name, part in json.loads(typed)["response"].items()}
    numbers = cbor2.loads(base64url_to_bytes(kept["key"]))
    point = b"\x04" + numbers[-2] + numbers[-3]
    try:
        key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
        client = hashlib.sha256(said["clientDataJSON"]).digest()
        key.verify(said["signature"], said["authenticatorData"] + client, ECDSA(SHA256()))
    except InvalidSignature:
        return Doubt.WRONG
    return dict(kept)


@ONLY_SQLITE
@pytest.mark.parametrize("forged", [name for name in FORGED if name != "a registration"])
def test_a_portal_that_looks_at_signatures_only_falls(
    forged: str, someone: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(forged, someone)
    monkeypatch.setattr(passkey, "signed", naive)
    assert one.answers(FORGED[forged](one)).status_code == 303
    assert one.is_in()


def test_an_answer_counts_once(someone: World) -> None:
    one = someone()
    answer = one.device.gets(one.options())
    assert one.answers(answer).status_code == 303
    assert sentences(one.answers(answer)) == [OVER]
    other = one.elsewhere()
    assert "took too long" in sentences(other.answers(answer))[0]
    other.options()
    assert "4 more tries" in sentences(other.answers(answer))[0]
    assert other.client.get("/").status_code == 303


def test_the_passkey_of_one_person_opens_nothing_of_another(someone: World) -> None:
    one, other = someone(), someone()
    assert "4 more tries" in sentences(one.answers(other.device.gets(one.options())))[0]
    assert "3 more tries" in sentences(one.answers(other.device.gets(other.options())))[0]
    assert not one.is_in()
    assert not other.is_in()


def test_a_question_is_over_after_ten_minutes_and_after_five_tries(someone: World) -> None:
    one = someone()
    right = one.device.gets(one.options())
    for left in (4, 3, 2, 1):
        assert f"You have {left} more tr" in sentences(one.answers("{}"))[0]
    for typed in ("{}", right):
        assert sentences(one.answers(typed)) == [OVER]
    right = one.device.gets(one.options())
    one.outside.now.passes(minutes=10)  # type: ignore[attr-defined]
    assert sentences(one.answers(right)) == [OVER]
    assert not one.is_in()


@ONLY_SQLITE
def test_two_hundred_kinds_of_nonsense_are_answers_that_are_not_right(someone: World) -> None:
    one = someone(counter=5)
    one.device.counter = 6
    options = one.options()
    right = one.device.gets(options)
    tried = list(oddities(right))
    assert len(tried) > 200
    for odd in tried:
        answer = one.answers(odd)
        assert (answer.status_code, len(sentences(answer))) == (422, 1), odd[:200]
        one.has_all_tries_again()
    assert not one.is_in()
    assert one.answers(right).status_code == 303
    assert one.is_in()
