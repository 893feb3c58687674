"""E-mails through a real SMTP server: read back, refused, interrupted."""

import socket
import ssl
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateways.mail_server import PASSWORD, USER, Postman, free_port, knows_us, mail_server, self_signed
from tests.gateways.samples import KEY, MAILBOX, WORDS, html_of
from webapp.config import LANGUAGES, Config
from webapp.gateways.mail_smtp import SmtpMailer
from webapp.ports import NeverDeliverable, TryAgainLater


def plain(port: int) -> SmtpMailer:
    """A mailer for a relay on this machine."""
    return SmtpMailer(Config(smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none", address="https://portal.example"))


def send(mailer: SmtpMailer, recipient: str = MAILBOX, language: str = "fr") -> None:
    """One e-mail whose subject and parts say the same words."""
    words = WORDS[language]
    mailer.send(recipient, words, words + "\n", html_of(words, language), key=KEY)


@pytest.fixture
def postman() -> Postman:
    """Keeps what arrives."""
    return Postman()


@pytest.fixture
def port(postman: Postman) -> Iterator[int]:
    """Where the server listens."""
    with mail_server(postman) as listening:
        yield listening


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_e_mail_arrives_as_text_and_html(language: str, port: int, postman: Postman) -> None:
    send(plain(port), language=language)
    [mail] = postman.mails
    assert postman.recipients == [MAILBOX]
    assert mail["Subject"] == WORDS[language]
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == WORDS[language] + "\n"
    assert html.get_content().replace("\r\n", "\n") == html_of(WORDS[language], language)


def test_an_e_mail_says_that_a_machine_wrote_it(port: int, postman: Postman) -> None:
    send(plain(port))
    [mail] = postman.mails
    assert mail["From"] == "PartnerWeb <portal@fund.example>"
    assert mail["To"] == MAILBOX
    assert mail["Message-ID"] == f"<{KEY}@portal.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime.tzinfo


def test_a_second_copy_has_the_same_message_id(port: int, postman: Postman) -> None:
    send(plain(port))
    send(plain(port))
    first, second = postman.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_a_subject_cannot_add_a_recipient(port: int, postman: Postman) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        plain(port).send(MAILBOX, "Hello\r\nBcc: all@company.example", "", "", key=KEY)
    assert not postman.mails


@pytest.mark.parametrize(
    ("answers", "raised"),
    [
        ({"RCPT": "550 5.1.1 no such mailbox"}, NeverDeliverable),
        ({"RCPT": "452 4.2.2 mailbox full"}, TryAgainLater),
        ({"RCPT": "451 4.7.1 greylisted"}, TryAgainLater),
        ({"DATA": "451 4.3.0 not now"}, TryAgainLater),
        ({"DATA": "554 5.7.1 not from you"}, TryAgainLater),
    ],
)
def test_a_refusal_says_whether_to_try_again(
    answers: dict[str, str], raised: type[Exception], port: int, postman: Postman
) -> None:
    postman.answers = answers
    with pytest.raises(raised) as refused:
        send(plain(port))
    told = "".join(traceback.format_exception(refused.value))
    assert MAILBOX not in told
    assert "lettre" not in told
    assert not postman.mails


def test_an_e_mail_that_was_taken_counts_whatever_the_good_bye_is(port: int, postman: Postman) -> None:
    postman.answers = {"QUIT": "421 the cleaner pulled the plug"}
    send(plain(port))
    assert len(postman.mails) == 1


@pytest.mark.parametrize("recipient", ["nobody", "anne@", "@company.example", "a b@company.example", ""])
def test_what_is_no_address_is_never_deliverable(recipient: str, port: int) -> None:
    with pytest.raises(NeverDeliverable) as refused:
        send(plain(port), recipient)
    assert not recipient or recipient not in "".join(traceback.format_exception(refused.value))


def test_a_domain_with_accents_travels_as_ascii(port: int, postman: Postman) -> None:
    send(plain(port), "anne@exämple.example")
    assert postman.recipients == ["anne@xn--exmple-cua.example"]


def test_a_server_that_is_down_is_tried_later() -> None:
    with pytest.raises(TryAgainLater):
        send(plain(free_port()))


def test_a_server_that_says_nothing_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.gateways.mail_smtp.TIME_OUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(TryAgainLater):
        send(plain(silent.getsockname()[1]))


def encrypted(port: int, believed: Path | None, password: str = PASSWORD) -> SmtpMailer:
    """A mailer for a relay that wants encryption and a password."""
    config = Config(smtp_host="127.0.0.1", smtp_port=port, smtp_user=USER, smtp_password=password)
    return SmtpMailer(config, ssl.create_default_context(cafile=believed))


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """The relay's certificate."""
    return self_signed(tmp_path)


@pytest.fixture
def relay(postman: Postman, certificate: Path) -> Iterator[int]:
    """A relay that takes nothing without STARTTLS and a password."""
    with mail_server(
        postman, certificate=certificate, require_starttls=True, authenticator=knows_us, auth_required=True
    ) as listening:
        yield listening


def test_a_relay_wants_encryption_and_a_password(relay: int, certificate: Path, postman: Postman) -> None:
    send(encrypted(relay, certificate))
    assert postman.encrypted == [True]
    assert postman.users == [USER]


def test_a_wrong_password_is_ours_to_mend(relay: int, certificate: Path, postman: Postman) -> None:
    wrong = "wrong-Relay-2026"
    with pytest.raises(TryAgainLater) as refused:
        send(encrypted(relay, certificate, wrong))
    assert wrong not in "".join(traceback.format_exception(refused.value))
    assert not postman.mails


def test_a_stranger_s_certificate_is_not_believed(relay: int, postman: Postman) -> None:
    with pytest.raises(TryAgainLater):
        send(encrypted(relay, None))
    assert not postman.mails


def test_nothing_is_said_in_the_open_when_encryption_is_not_offered(port: int, postman: Postman) -> None:
    with pytest.raises(TryAgainLater):
        send(encrypted(port, None))
    assert not postman.mails


def test_a_relay_may_speak_tls_from_the_first_byte(certificate: Path, postman: Postman) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with mail_server(postman, ssl_context=context) as listening:
        config = Config(smtp_host="127.0.0.1", smtp_port=listening, smtp_tls="tls")
        send(SmtpMailer(config, ssl.create_default_context(cafile=certificate)))
    assert len(postman.mails) == 1
