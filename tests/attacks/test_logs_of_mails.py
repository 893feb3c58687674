"""E-mails with codes go through a real server, which refuses some: neither logs nor subjects say what is in them."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from tests.administration.inside import a_company
from tests.attacks.test_logs import Secrets, addresses
from tests.doors import sign_in
from tests.factories import PASSWORD
from tests.gateways.mail_server import Postman, mail_server, said_by_us
from tests.journeys.mail import MAILED
from tests.test_routes import ONLY_SQLITE
from webapp.accounts.models import User
from webapp.config import Config
from webapp.gateways.mail_smtp import SmtpMailer
from webapp.ports import Outside

pytestmark = [ONLY_SQLITE, pytest.mark.usefixtures("without_tokens")]
OLD, NEW, NEWCOMER = "zq@company.example", "quillonbert@home.example", "xylomont@neu.example"
ANOTHER, FIRST = "Regenschirm-lila-Kutsche", "kanal-Turm-Zwieback-88"
REFUSED = {"RCPT": "451 4.7.1 greylisted"}


@dataclass
class Chatty:
    """A naive mailer: it logs one thing about what it sends."""

    mailer: SmtpMailer
    about: str

    def send(self, recipient: str, subject: str, text: str, html: str, *, key: str) -> None:
        """And it sends."""
        logging.getLogger("naive").info("sent: %s", {"recipient": recipient, "text": text}[self.about])
        self.mailer.send(recipient, subject, text, html, key=key)


@pytest.fixture
def postman(outside: Outside, request: pytest.FixtureRequest) -> Iterator[Postman]:
    """A real server, to which all e-mails go."""
    postman, about = Postman(), getattr(request, "param", "")
    with mail_server(postman) as port:
        mailer: Any = SmtpMailer(Config(smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none"))
        mailer = Chatty(mailer, about) if about else mailer
        outside.jobs.outside = replace(outside, mailer=mailer)  # type: ignore[attr-defined]
        yield postman


def code_in(postman: Postman, secrets: Secrets) -> str:
    """The code of the last e-mail that holds one; it, and the link to it, are secrets from now on."""
    texts = [mail.get_body(("plain",)).get_content().replace("\r\n", "\n") for mail in postman.mails]  # type: ignore[union-attr]
    code = next(found[0] for text in reversed(texts) if (found := MAILED.search(text)))
    [link] = {found for text in texts for found in re.findall(r"\S+#\S+", text) if code.replace(" ", "") in found}
    secrets.add(code, link)
    return str(code)


def takes_another_address(client: FlaskClient, postman: Postman, secrets: Secrets) -> None:
    """With a wrong password first, and a wrong code."""
    for current in ("Wrong-Canary-2026", ANOTHER):
        client.post("/account/email", data={"email": NEW, "current": current}, follow_redirects=True)
    code_in(postman, secrets)
    client.post("/account/email/activation/messages", follow_redirects=True)
    code = code_in(postman, secrets)
    for typed in (code[:-1], "BBBB", code):
        client.post("/account/email/activation", data={"code": typed}, follow_redirects=True)


def chooses_a_password(client: FlaskClient, code: str, new: str) -> None:
    """With a mistake first."""
    for first, again in ((new, "Wrong-Canary-2026"), (new, new)):
        answers = {"code": code, "new": first, "again": again}
        client.post("/sign-in/new-password", data=answers, follow_redirects=True)


def invites(client: FlaskClient, db: Session, outside: Outside, postman: Postman, secrets: Secrets) -> None:
    """Twice: the first e-mail is not taken at once."""
    given = {"first_name": "Xylo", "last_name": "Mont", "email": NEWCOMER, "language": "en", "welcome": "y"}
    given["key"] = "0" * 32
    postman.answers = REFUSED
    client.post("/administration/users/new", data=given, follow_redirects=True)
    postman.answers = {}
    outside.jobs.again()  # type: ignore[attr-defined]
    code_in(postman, secrets)
    newcomer = db.exec(select(User).where(User.email == NEWCOMER)).one()
    outside.now.passes(hours=1)  # type: ignore[attr-defined]
    client.post(f"/administration/users/{newcomer.public_id}/welcome-email", follow_redirects=True)
    chooses_a_password(client.application.test_client(), code_in(postman, secrets), FIRST)
    db.refresh(newcomer)
    assert newcomer.password_hash


@pytest.mark.parametrize("postman", ["", "recipient", "text"], indirect=True)
def test_neither_a_code_nor_a_link_nor_an_address_is_told(
    request: pytest.FixtureRequest,
    app: Flask,
    db: Session,
    outside: Outside,
    postman: Postman,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    company, secrets = a_company(db), Secrets()
    company.admin.email = OLD
    db.commit()
    secrets.add(PASSWORD, ANOTHER, FIRST, "Wrong-Canary-2026", OLD, NEW, NEWCOMER)
    stranger, client = app.test_client(), app.test_client()
    with addresses(app) as visited:
        stranger.post("/sign-in/forgotten", data={"email": OLD}, follow_redirects=True)
        chooses_a_password(stranger, code_in(postman, secrets), ANOTHER)
        sign_in(client, db, outside, company.admin, 2)
        takes_another_address(client, postman, secrets)
        invites(client, db, outside, postman, secrets)
    db.refresh(company.admin)
    assert company.admin.email == NEW
    assert {OLD, NEW, NEWCOMER} <= set(postman.recipients)
    assert len(postman.mails) >= 8
    subjects = [str(mail["Subject"]) for mail in postman.mails]
    assert [secrets.told_by(text) for text in (*subjects, *visited)] == [[]] * (len(subjects) + len(visited))
    naive = request.node.callspec.params["postman"]
    assert bool(secrets.told_by(said_by_us(caplog))) is bool(naive)
