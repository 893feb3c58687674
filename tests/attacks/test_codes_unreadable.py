"""The key of an app, and recovery codes, can be read on one page until they count, and nowhere else at any time."""

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from tests.attacks.arranging import a_ticket
from tests.attacks.kept import everything
from tests.attacks.test_logs import Secrets, addresses
from tests.doors import sign_in
from tests.factories import a_user
from tests.journeys.authenticator import KEY
from tests.journeys.test_recovery_codes import PRINTED
from webapp.accounts.models import User
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside

ADDRESS = re.compile(r"otpauth://totp/[^\"]+")


def held(db: Session, slug: str) -> Enrolment:
    """The newest enrolment of that kind."""
    db.expire_all()
    return db.exec(select(Enrolment).where(Enrolment.method == slug).order_by(Enrolment.id.desc())).first()  # type: ignore[union-attr, return-value]


def registers(client: FlaskClient, db: Session, outside: Outside, slug: str, secrets: Secrets) -> None:
    """With a wrong code on the way; what the page showed is a secret from then on."""
    from tests.attacks.holding import App  # noqa: PLC0415

    where = client.post(f"/login-methods/{slug}/new").headers["Location"]
    page = client.get(where).text
    enrolment = held(db, slug)
    if slug == "otp":
        key = KEY.findall(page)[0]
        secrets.add(key, *ADDRESS.findall(page))
        code = App(enrolment, key.replace(" ", ""), "").code(outside)
        wrong = f"{(int(code) + 500_000) % 1_000_000:06}"
    else:
        codes = PRINTED.findall(page)
        secrets.add(*codes, *(one.replace("-", "") for one in codes))
        assert client.get(where.replace("confirmation", "paper")).status_code == 200
        code, wrong = codes[0], codes[0][::-1]
    assert client.post(where, data={"code": wrong}).status_code == 422
    assert client.post(where, data={"code": code}).status_code == 303


def pages(client: FlaskClient, db: Session, slug: str) -> list[str]:
    """Everything about it that can be opened once it counts."""
    mine = f"/login-methods/{slug}/{held(db, slug).public_id}"
    further = ("", "/removal", "/confirmation", "/paper")
    paths = [mine + end for end in further] + [f"/login-methods/{slug}/help", f"/login-methods/{slug}/new"]
    paths += ["/login-methods", "/sign-in/second-factor", "/sign-in/second-factor/others", "/", "/administration"]
    return [client.get(path, follow_redirects=True).text for path in paths]


@pytest.fixture
def user(db: Session, outside: Outside) -> User:
    """Somebody with the right to register a method."""
    person = a_user(db, language="en")
    a_ticket(db, outside, person)
    return person


@pytest.mark.usefixtures("without_tokens")
def test_what_was_shown_once_is_nowhere(
    app: Flask, db: Session, outside: Outside, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = Secrets()
    client = sign_in(app.test_client(), db, outside, user, level=1)
    with addresses(app) as visited:
        for slug in ("otp", "recovery_codes"):
            known = len(secrets.words)
            registers(client, db, outside, slug, secrets)
            assert len(secrets.words) > known
            client.post("/upgrade/completion")
        told = [page for slug in ("otp", "recovery_codes") for page in pages(client, db, slug)]
    mails = [mail.text + mail.html for mail in outside.mailer.sent]  # type: ignore[attr-defined]
    assert mails
    for text in (*told, *visited, *mails, caplog.text, repr(everything(db))):
        assert secrets.told_by(text) == []


@pytest.mark.usefixtures("without_tokens")
@pytest.mark.parametrize("slug", ["otp", "recovery_codes"])
def test_not_even_while_it_is_shown_does_the_database_say_it(
    slug: str, app: Flask, db: Session, outside: Outside, user: User
) -> None:
    client = sign_in(app.test_client(), db, outside, user, level=1)
    registers(client, db, outside, "otp", Secrets())
    client.post(f"/login-methods/{slug}/new")
    secrets = Secrets()
    kept = outside.seal.open(held(db, slug).kept)
    secrets.add(*(kept["new"] if "new" in kept else [kept["key"]]))
    assert secrets.told_by(repr(everything(db))) == []
    assert secrets.told_by(repr(kept))  # it would be noticed


def test_what_counts_can_no_longer_be_opened_from_the_seal(
    app: Flask, db: Session, outside: Outside, user: User, without_tokens: None
) -> None:
    client = sign_in(app.test_client(), db, outside, user, level=1)
    registers(client, db, outside, "otp", Secrets())
    secrets = Secrets()
    registers(client, db, outside, "recovery_codes", secrets)
    assert secrets.told_by(repr(outside.seal.open(held(db, "recovery_codes").kept))) == []
