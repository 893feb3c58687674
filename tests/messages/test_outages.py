"""Real gateways that are down, and a worker that is killed: nothing is lost, nothing comes twice."""

import logging
import multiprocessing
import signal
from dataclasses import replace
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from sqlmodel import Session, select

from tests.gateways.mail_server import Postman, free_port, mail_server, said_by_us
from tests.messages.dying import Forgetful, deliver_and_die
from tests.messages.samples import MAILS
from tests.twins import JobsAtOnce
from webapp.config import LANGUAGES, Config
from webapp.gateways.mail_smtp import SmtpMailer
from webapp.gateways.sms_folder import FolderSms
from webapp.gateways.sms_http import HttpSms
from webapp.messages.actions import deliver, send_mail, send_sms
from webapp.messages.models import Message
from webapp.ports import Outside

NUMBER = "+41790000067"
spawn = multiprocessing.get_context("spawn")


def with_gateways(outside: Outside, **gateways: Any) -> Outside:
    """The same world with real gateways; its jobs know them too."""
    assert isinstance(outside.jobs, JobsAtOnce)
    outside.jobs.outside = replace(outside, **gateways)
    return outside.jobs.outside


def a_code(db: Session, outside: Outside) -> None:
    until = outside.now().replace(hour=23)
    send_sms(db, outside, user_id=None, number=NUMBER, name="sms_code", language="fr", code="376649", until=until)
    db.commit()


def waits(db: Session) -> bool:
    """Whether the one message is still to be sent."""
    message = db.exec(select(Message)).one()
    db.refresh(message)
    waiting = message.sealed is not None and message.sent_at is None
    db.rollback()
    return waiting


def test_e_mails_wait_for_the_mail_server(db: Session, outside: Outside) -> None:
    port, postman = free_port(), Postman()
    config = Config(smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none")
    outside = with_gateways(outside, mailer=SmtpMailer(config))
    facts = MAILS["letter_posted"]
    send_mail(db, outside, user_id=None, recipient="anne@company.example", name="letter_posted", language="fr", **facts)
    db.commit()
    assert waits(db)
    with mail_server(postman, port):
        outside.jobs.again()
        outside.jobs.again()
    assert not waits(db)
    assert postman.recipients == ["anne@company.example"]


def test_text_messages_wait_for_the_sms_gateway(db: Session, outside: Outside, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/sms").respond_with_data("maintenance", 503)
    httpserver.expect_ordered_request("/sms").respond_with_data("", 202)
    outside = with_gateways(outside, sms=HttpSms(Config(sms_url=httpserver.url_for("/sms"))))
    a_code(db, outside)
    assert waits(db)
    outside.jobs.again()
    outside.jobs.again()
    assert not waits(db)
    keys = [request.headers["Idempotency-Key"] for request, _answer in httpserver.log]
    assert len(keys) == 2
    assert len(set(keys)) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", sorted(MAILS))
def test_every_e_mail_goes_through_a_real_server_in_every_language(
    db: Session, outside: Outside, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    postman = Postman()
    with mail_server(postman) as port:
        config = Config(smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none")
        outside = with_gateways(outside, mailer=SmtpMailer(config))
        for language in LANGUAGES:
            send_mail(
                db, outside, user_id=None, recipient="anne@company.example", name=name, language=language, **MAILS[name]
            )
        db.commit()
    for language, mail in zip(LANGUAGES, postman.mails, strict=True):
        assert f'lang="{language}-CH"' in mail.get_body(("html",)).get_content()
        subject = outside.writer.write(f"messages/{name}/subject.txt", language, **MAILS[name])
        assert mail["Subject"] == subject
        assert outside.config.fund.opening(language) in mail.get_body(("plain",)).get_content()
        assert told_by(subject, name) == []
        assert told_by(said_by_us(caplog), name) == []
        if "code" in MAILS[name]:
            assert told_by(mail.get_body(("plain",)).get_content(), name)  # it would be noticed


def told_by(text: str, name: str) -> list[str]:
    """Which secrets of an e-mail a text says: the code, how it may be written, and whose address it is."""
    code = str(MAILS[name].get("code", ""))
    secrets = [
        code,
        code.replace(" ", ""),
        *code.split(),
        str(MAILS[name].get("new_email", "")),
        "anne@company.example",
    ]
    return [word for word in secrets if word and word.lower() in text.lower()]


@pytest.mark.parametrize(("gateway", "files"), [(FolderSms, 1), (Forgetful, 2)])
def test_killed_between_the_hand_over_and_the_mark_the_same_message_comes_again(
    db: Session, outside: Outside, config: Config, gateway: type[FolderSms], files: int
) -> None:
    outside.sms.refuses = KeyboardInterrupt()  # the worker of this process does not get to it
    with pytest.raises(KeyboardInterrupt):
        a_code(db, outside)
    message_id = db.exec(select(Message.id)).one()
    db.rollback()
    worker = spawn.Process(target=deliver_and_die, args=(config, gateway, message_id, outside.now()))
    worker.start()
    worker.join(120)
    assert worker.exitcode == -signal.SIGKILL
    assert waits(db)
    outside = with_gateways(outside, sms=gateway(config.outbox))
    for _ in range(2):
        deliver(db, outside, message_id)
        assert not waits(db)
    assert len(list(config.outbox.glob("*.sms.json"))) == files
