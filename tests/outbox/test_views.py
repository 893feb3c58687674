"""The outbox as a developer sees it; in any other configuration it does not exist."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.gateways.samples import KEY, MAILBOX, NUMBER, WORDS
from tests.visitor import Visitor
from webapp import create_app
from webapp.config import Config
from webapp.gateways.mail_folder import FolderMailer
from webapp.gateways.sms_folder import FolderSms

HTML = "<!DOCTYPE html><html lang='de-CH'><body><p>Guten Tag</p><script>alert(1)</script></body></html>"


def test_an_empty_outbox_says_so(visitor: Visitor) -> None:
    visitor.goes_to("/outbox?lang=en").sees("Outbox", "Nothing has left yet.")


def test_messages_and_letters_can_be_opened(visitor: Visitor, config: Config) -> None:
    FolderSms(config.outbox).send(NUMBER, "376649 is your code <b>\n\n@localhost #376649", key=KEY)
    FolderMailer(config).send(MAILBOX, "Guten Tag", WORDS["de"], HTML, key=KEY)
    (config.letters / "run-1").mkdir(parents=True)
    (config.letters / "run-1" / "fr-1.pdf").write_bytes(b"%PDF-1.7 letter")
    visitor.goes_to("/outbox?lang=en").sees(NUMBER, MAILBOX, "fr-1.pdf")
    assert visitor.downloads("fr-1.pdf") == b"%PDF-1.7 letter"
    visitor.follows("376649").sees("376649 is your code <b>", "@localhost #376649").follows("Back")
    visitor.follows("Guten Tag").sees("To", MAILBOX, WORDS["de"])


def test_an_e_mail_s_html_may_only_be_looked_at(visitor: Visitor, config: Config) -> None:
    FolderMailer(config).send(MAILBOX, "Guten Tag", WORDS["de"], HTML, key=KEY)
    answer = visitor.client.get(f"/outbox/messages/{KEY}.mail.eml/html")
    assert answer.text.strip() == HTML
    assert answer.mimetype == "text/html"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy


MISSING = [
    "messages/nobody.sms.json",
    "messages/..%2f..%2fsecret",
    "messages/nobody.mail.eml/html",
    "letters/../../secret.pdf",
    "letters/%2e%2e/secret.pdf",
    "letters//etc/passwd",
    "letters/run-1",
]


@pytest.mark.parametrize("path", MISSING)
def test_what_did_not_leave_is_not_found(path: str, visitor: Visitor, config: Config) -> None:
    (config.data / "secret.pdf").write_bytes(b"secret")
    assert visitor.client.get(f"/outbox/{path}").status_code in (404, 308)
    assert visitor.client.get(f"/outbox/{path}", follow_redirects=True).status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("other", [{"mode": "production"}, {"sms": "http"}, {"mail": "smtp"}])
def test_elsewhere_there_is_no_outbox(config: Config, app: Flask, other: dict[str, str]) -> None:
    assert any(rule.endpoint.startswith("outbox.") for rule in app.url_map.iter_rules())
    secrets = {"secret": "s" * 40, "pepper": "p" * 40, "seal": "x" * 40}
    elsewhere = create_app(replace(config, **secrets, **other))
    assert not any(rule.endpoint.startswith("outbox.") for rule in elsewhere.url_map.iter_rules())
