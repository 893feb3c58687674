"""Real gateways that are down, and a worker that is killed: nothing is lost, nothing comes twice."""

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from sqlmodel import Session, select

import webapp.accounts.models  # noqa: F401 -- a message points to a person: the other process has to know the table
from tests.gateways.mail_server import Postman, free_port, mail_server
from tests.messages.samples import MAILS
from tests.twins import JobsAtOnce
from webapp.config import LANGUAGES, Config
from webapp.database import create_engine
from webapp.gateways.mail_smtp import SmtpMailer
from webapp.gateways.sms_folder import FolderSms
from webapp.gateways.sms_http import HttpSms
from webapp.messages.actions import deliver, send_mail, send_sms
from webapp.messages.models import Message
from webapp.ports import Outside
from webapp.seal import Seal
from webapp.writing import TemplateWriter

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
def test_every_e_mail_goes_through_a_real_server_in_every_language(db: Session, outside: Outside, name: str) -> None:
    postman = Postman()
    with mail_server(postman) as port:
        config = Config(smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none")
        outside = with_gateways(outside, mailer=SmtpMailer(config))
        for language in LANGUAGES:
            send_mail(
                db, outside, user_id=None, recipient="anne@company.example", name=name, language=language, **MAILS[name]
            )
        db.commit()
    assert [
        mail.get_body(("html",)).get_content().count(f'lang="{lang}-CH"')
        for lang, mail in zip(LANGUAGES, postman.mails, strict=True)
    ] == [1] * 4
    for language, mail in zip(LANGUAGES, postman.mails, strict=True):
        subject = outside.writer.write(f"messages/{name}/subject.txt", language, **MAILS[name])
        assert mail["Subject"] == subject
        assert outside.config.fund.opening(language) in mail.get_body(("plain",)).get_content()


class Killed:
    """Takes a text message, and then the power fails."""

    def __init__(self, gateway: FolderSms) -> None:
        self._gateway = gateway

    def send(self, number: str, text: str, *, key: str) -> None:
        self._gateway.send(number, text, key=key)
        os.kill(os.getpid(), signal.SIGKILL)


class Forgetful(FolderSms):
    """The naive twin: takes each try for another message."""

    def send(self, number: str, text: str, *, key: str) -> None:
        super().send(number, text, key=f"{os.getpid()}-{key}")


def deliver_in_a_process(config: Config, gateway: type[FolderSms], message_id: int, now: Any, *, dies: bool) -> None:
    """The worker's part, on its own connection."""
    folder = gateway(config.outbox)
    none: Any = None
    outside = Outside(
        config,
        Seal(config.seal),
        Killed(folder) if dies else folder,
        none,
        none,
        none,
        TemplateWriter(config),
        none,
        lambda: now,
    )
    engine = create_engine(config.database)
    with Session(engine) as db:
        deliver(db, outside, message_id)
    engine.dispose()


@pytest.mark.parametrize(("gateway", "files"), [(FolderSms, 1), (Forgetful, 2)])
def test_killed_between_the_hand_over_and_the_mark_the_same_message_comes_again(
    db: Session, outside: Outside, config: Config, gateway: type[FolderSms], files: int
) -> None:
    outside.sms.refuses = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        a_code(db, outside)
    message = db.exec(select(Message)).one()
    arguments = (config, gateway, message.id, outside.now())
    db.rollback()
    for dies, exit_code in ((True, -signal.SIGKILL), (False, 0), (False, 0)):
        worker = spawn.Process(target=deliver_in_a_process, args=arguments, kwargs={"dies": dies})
        worker.start()
        worker.join(60)
        assert worker.exitcode == exit_code
        assert waits(db) == dies
    assert len(list(Path(config.outbox).glob("*.sms.json"))) == files
