"""People with passkeys, and the answers that somebody else would make by hand: each wrong in one way."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Flask
from flask.testing import FlaskClient
from justhtml import JustHTML
from sqlmodel import Session, col, select, update
from werkzeug.test import TestResponse

from tests.devices import CHECKED, PRESENT, Device, base64url
from tests.doors import sign_in
from tests.factories import a_user
from webapp.accounts.models import LoginSession, User
from webapp.attempts import forgive
from webapp.login_methods.models import Challenge, Enrolment
from webapp.ports import Outside

SECOND_FACTOR = "/sign-in/second-factor"


@dataclass
class Someone:
    """Somebody whose passkey is on ``device``, at a browser that knows the password."""

    app: Flask
    db: Session
    outside: Outside
    user: User
    device: Device
    client: FlaskClient

    def options(self) -> str:
        """What the page asks the device now."""
        self.client.post(f"{SECOND_FACTOR}/messages")
        return options_in(self.client.get(SECOND_FACTOR))

    def answers(self, answer: str) -> TestResponse:
        """The script's part: the form is sent."""
        return self.client.post(SECOND_FACTOR, data={"code": answer})

    def is_in(self) -> bool:
        """Whether any session of this person has both factors."""
        self.db.rollback()
        both = select(LoginSession).where(col(LoginSession.user_id) == self.user.id, col(LoginSession.level) > 1)
        return self.db.exec(both).first() is not None

    def has_all_tries_again(self) -> None:
        """The same question, so that the next answer is looked at too."""
        forgive(self.db, f"message-code:{self.user.id}")
        self.db.execute(update(Challenge).values(tries=0))
        self.db.commit()

    def elsewhere(self) -> "Someone":
        """The same person in another session."""
        return replace(self, client=sign_in(self.app.test_client(), self.db, self.outside, self.user, 1))


def someone(app: Flask, db: Session, outside: Outside, device: Device) -> Someone:
    """Their passkey is on ``device``."""
    now = outside.now()
    user = a_user(db, language="en", factor_since=now, upgraded_at=now)
    kept = outside.seal.close(device.kept)
    dated = {"started_at": now, "confirmed_at": now}
    db.add(Enrolment(user_id=user.id, method="passkey", kept=kept, shown_as="Passkey", **dated))
    db.commit()
    return Someone(app, db, outside, user, device, sign_in(app.test_client(), db, outside, user, 1))


def options_in(page: TestResponse) -> str:
    (button,) = JustHTML(page.text, sanitize=False).query("[data-passkey]")
    return str(button.attrs["data-options"])


def sentences(page: TestResponse) -> list[str]:
    return [line.to_text() for line in JustHTML(page.text, sanitize=False).query(".error-summary li")]


def _another(whose: Someone) -> Device:
    """A key of one's own under somebody else's name."""
    return replace(Device(), id=whose.device.id)


def _after(whose: Someone) -> str:
    """An answer to a question that was asked before the last one."""
    earlier = whose.options()
    whose.options()
    return whose.device.gets(earlier)


def _elsewhere(whose: Someone) -> str:
    """An answer to what the same person is asked in another session meanwhile."""
    whose.options()
    return whose.device.gets(whose.elsewhere().options())


def _spoilt(answer: str, part: str) -> str:
    said = json.loads(answer)
    said["response"][part] = said["response"][part][:-8] + "AAAAAAAA"
    return json.dumps(said)


FORGED: dict[str, Callable[[Someone], str]] = {
    "an older question": _after,
    "the question of another session": _elsewhere,
    "no question of ours": lambda one: one.device.gets(one.options(), challenge=base64url(bytes(32))),
    "another site": lambda one: replace(one.device, origin="https://localhost.evil.example").gets(one.options()),
    "another port": lambda one: replace(one.device, origin="http://localhost:8080").gets(one.options()),
    "another scheme": lambda one: replace(one.device, origin="https://localhost").gets(one.options()),
    "a longer origin": lambda one: replace(one.device, origin="http://localhost/").gets(one.options()),
    "bound to another name": lambda one: replace(one.device, name="evil.example").gets(one.options()),
    "nobody was checked": lambda one: replace(one.device, flags=PRESENT).gets(one.options()),
    "nobody was there": lambda one: replace(one.device, flags=CHECKED).gets(one.options()),
    "in a frame": lambda one: replace(one.device, framed=True).gets(one.options()),
    "the counter stands still": lambda one: one.device.gets(one.options()),
    "the counter goes back": lambda one: replace(one.device, counter=4).gets(one.options()),
    "the counter is gone": lambda one: replace(one.device, counter=0).gets(one.options()),
    "for somebody else": lambda one: one.device.gets(one.options(), user=b"somebody else"),
    "a registration": lambda one: one.device.creates(one.options()),
    "as a registration": lambda one: one.device.gets(one.options(), type="webauthn.create"),
}
SIGNED_BY_OTHERS: dict[str, Callable[[Someone], str]] = {
    "another key": lambda one: _another(one).gets(one.options()),
    "a spoilt signature": lambda one: _spoilt(one.device.gets(one.options()), "signature"),
    "spoilt data": lambda one: _spoilt(one.device.gets(one.options()), "authenticatorData"),
}
RISING = {"the counter stands still", "the counter goes back", "the counter is gone"}
