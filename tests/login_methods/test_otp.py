"""Which codes of an authenticator app count, and when."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask import Flask
from pyotp import TOTP

from tests.test_routes import ONLY_SQLITE
from tests.twins import Clock
from webapp.login_methods.forms import digits
from webapp.login_methods.method import Asking, NotProved, Proved
from webapp.login_methods.methods.otp import METHOD
from webapp.ports import Outside
from webapp.square import draw


def begun(outside: Outside) -> dict[str, Any]:
    return METHOD.begin({}, outside).kept


def another_app(key: str, seconds: float) -> str:
    """RFC 6238 from its text: an app that has nothing in common with our library."""
    counter = (int(seconds) // 30).to_bytes(8)
    digest = hmac.new(base64.b32decode(key), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def accepted(kept: dict[str, Any], clock: Clock, outside: Outside, off: int) -> list[int]:
    """The seconds of a step at which a device that goes ``off`` seconds wrong is let in."""
    start = clock.time
    seconds = []
    for second in range(30):
        clock.time = start + timedelta(seconds=second)
        code = another_app(kept["key"], clock.time.timestamp() + off)
        if isinstance(METHOD.proves(kept, {}, code, outside), Proved):
            seconds.append(second)
    clock.time = start
    return seconds


def test_the_other_app_is_right() -> None:
    """The test vectors of RFC 6238, appendix B, of which we show six digits."""
    key = base64.b32encode(b"12345678901234567890").decode()
    vectors = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}
    assert {at: another_app(key, at) for at in vectors} == vectors


@pytest.mark.parametrize(
    ("off", "when"),
    [
        (0, range(30)),
        (29, range(30)),
        (-29, range(30)),
        (31, range(29)),  # from the 30th second on it is two steps ahead
        (-31, range(1, 30)),
        (61, ()),
        (-61, ()),
        (3600, ()),
    ],
)
def test_a_clock_may_be_wrong_by_a_step(off: int, when: range, clock: Clock, outside: Outside) -> None:
    assert clock.time.timestamp() % 30 == 0
    for _ in range(2):  # two steps have the same code once in a million times
        found = accepted(begun(outside), clock, outside, off)
        if found == list(when):
            return
    assert found == list(when)


def test_a_step_counts_once_and_never_falls(clock: Clock, outside: Outside) -> None:
    kept = begun(outside)
    codes = [another_app(kept["key"], clock.time.timestamp() + 30 * step) for step in (-1, 0, 1)]
    for code in (codes[1], codes[2]):
        proof = METHOD.proves(kept, {}, code, outside)
        assert isinstance(proof, Proved)
        assert proof.kept
        kept = proof.kept
    for code in codes:  # all three would be within the window
        assert METHOD.proves(kept, {}, code, outside).why  # type: ignore[union-attr]
    clock.passes(seconds=60)
    assert isinstance(METHOD.proves(kept, {}, another_app(kept["key"], clock.time.timestamp()), outside), Proved)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "١٢٣٤٥٦", "None", "x" * 5000])
def test_nothing_else_is_a_code(typed: str, outside: Outside) -> None:
    kept = {**begun(outside), "step": 0}
    assert METHOD.proves(kept, {}, typed, outside) == NotProved()


def test_a_code_is_read_however_it_is_grouped() -> None:
    assert {digits(typed) for typed in ("123456", "123 456", "123-456", " 1 2 3 4 5 6")} == {"123456"}


def test_every_key_is_new_and_long_enough(outside: Outside) -> None:
    keys = {begun(outside)["key"] for _ in range(100)}
    assert len(keys) == 100
    assert {len(base64.b32decode(key)) * 8 for key in keys} == {160}


@ONLY_SQLITE
def test_any_authenticator_can_read_it(app: Flask, outside: Outside, clock: Clock) -> None:
    kept = begun(outside)
    shown = METHOD.shown(kept, None, asking(outside))
    parts = urlsplit(shown["address"])
    asked = parse_qs(parts.query)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert unquote(parts.path) == f"/{shown['issuer']}:{shown['account']}"
    assert asked.pop("secret") == [kept["key"]]
    assert asked.pop("issuer") == [shown["issuer"]]
    usual = {"algorithm": ["SHA1"], "digits": ["6"], "period": ["30"]}
    assert asked.items() <= usual.items()  # what all apps do, and some do only that
    assert shown["key"].replace(" ", "") == kept["key"]
    assert {len(group) for group in shown["key"].split()} == {4}
    assert shown["square"] == draw(shown["address"])
    assert TOTP(kept["key"]).at(clock.time) == another_app(kept["key"], clock.time.timestamp())


def test_after_the_first_proof_the_key_is_shown_to_no_page(outside: Outside, clock: Clock) -> None:
    kept = begun(outside)
    proof = METHOD.proves(kept, {}, another_app(kept["key"], clock.time.timestamp()), outside)
    assert isinstance(proof, Proved)
    assert METHOD.shown(proof.kept or {}, {}, asking(outside)) == {}


def asking(outside: Outside) -> Asking:
    """Somebody in front of the page."""
    return Asking(None, outside, 1, "anne@company.example", 1, "en", outside.now())  # type: ignore[arg-type]
