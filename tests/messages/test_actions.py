"""Messages leave after the commit, once, and nobody can read them in the database."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from tests.messages.samples import MAILS
from tests.twins import Clock
from webapp.messages.actions import deliver, deliver_what_waits, send_mail, send_sms
from webapp.messages.models import Message
from webapp.ports import NeverDeliverable, Outside, TryAgainLater

NUMBER = "+41790000067"
CODE = "376649"
MAILBOX = "anne@company.example"


def a_code(db: Session, outside: Outside, **more: Any) -> Message:
    """The text message with a code, written but not committed."""
    until = more.pop("until", outside.now().replace(hour=23))
    sms = {"number": NUMBER, "name": "sms_code", "language": "fr", "code": CODE, "until": until}
    return send_sms(db, outside, user_id=None, **sms | more)


def a_notice(db: Session, outside: Outside) -> Message:
    """An e-mail, written but not committed."""
    facts = MAILS["letter_posted"]
    return send_mail(db, outside, user_id=None, recipient=MAILBOX, name="letter_posted", language="de", **facts)


def kept(db: Session) -> Message:
    """The one message as it is in the database now, without a transaction left open."""
    db.expire_all()
    found = db.exec(select(Message)).one()
    db.expunge(found)
    db.rollback()
    return found


def test_a_text_message_leaves_once_the_transaction_is_committed(db: Session, outside: Outside) -> None:
    message = a_code(db, outside)
    assert not outside.sms.sent
    db.commit()
    [sms] = outside.sms.sent
    assert (sms.number, sms.key) == (NUMBER, message.key)
    assert sms.text.startswith(CODE)
    assert sms.text.endswith(f"@localhost #{CODE}")


def test_an_e_mail_leaves_as_text_and_as_html(db: Session, outside: Outside) -> None:
    a_notice(db, outside)
    db.commit()
    [mail] = outside.mailer.sent
    assert mail.recipient == MAILBOX
    assert "27. November 2026" in mail.text
    assert "27. November 2026" in mail.html
    assert 'lang="de-CH"' in mail.html


def test_nothing_leaves_when_the_transaction_is_taken_back(db: Session, outside: Outside) -> None:
    a_code(db, outside)
    db.rollback()
    a_notice(db, outside)
    db.rollback()
    assert not outside.sms.sent
    assert not outside.mailer.sent
    assert not db.exec(select(Message)).all()


def test_a_message_that_left_is_not_sent_again(db: Session, outside: Outside) -> None:
    message = a_code(db, outside)
    db.commit()
    deliver(db, outside, message.id)
    deliver(db, outside, message.id)
    assert len(outside.sms.sent) == 1
    assert kept(db).tries == 1
    assert kept(db).sent_at == outside.now()


def test_a_message_waits_while_the_gateway_is_down(db: Session, outside: Outside, clock: Clock) -> None:
    outside.sms.refuses = TryAgainLater()
    a_code(db, outside)
    db.commit()
    assert (kept(db).sent_at, kept(db).tries) == (None, 1)
    assert kept(db).sealed
    clock.passes(minutes=2)
    outside.sms.refuses = None
    outside.jobs.again()
    assert len(outside.sms.sent) == 1
    assert (kept(db).sent_at, kept(db).tries, kept(db).sealed) == (clock(), 2, None)


def test_what_can_never_be_delivered_is_given_up(db: Session, outside: Outside) -> None:
    outside.mailer.refuses = NeverDeliverable()
    a_notice(db, outside)
    db.commit()
    assert (kept(db).sent_at, kept(db).given_up_at, kept(db).sealed) == (None, outside.now(), None)
    assert not outside.jobs.failed


def test_a_code_that_has_expired_while_it_waited_is_not_sent(db: Session, outside: Outside, clock: Clock) -> None:
    outside.sms.refuses = TryAgainLater()
    a_code(db, outside, until=clock.time.replace(minute=10))
    db.commit()
    outside.sms.refuses = None
    clock.passes(minutes=10)
    outside.jobs.again()
    assert not outside.sms.sent
    assert (kept(db).given_up_at, kept(db).sealed) == (clock(), None)


@pytest.mark.parametrize("refusal", [None, TryAgainLater(), NeverDeliverable()])
def test_nobody_can_read_a_message_in_the_database(db: Session, outside: Outside, refusal: Exception | None) -> None:
    outside.sms.refuses = outside.mailer.refuses = refusal
    a_code(db, outside)
    a_notice(db, outside)
    assert seen(db) == []
    db.commit()
    assert seen(db) == []


def test_an_unsealed_message_would_be_seen(db: Session, outside: Outside) -> None:
    a_code(db, outside).sealed = f"{NUMBER} {CODE}".encode()
    db.flush()
    assert CODE in seen(db)


def seen(db: Session) -> list[str]:
    """Which secrets stand in the table, as anyone with the database sees it."""
    rows = db.execute(sa.text("SELECT * FROM message")).mappings().all()
    assert rows
    values = [value for row in rows for value in row.values()]
    table = " ".join(bytes(v).decode(errors="replace") if isinstance(v, bytes | memoryview) else str(v) for v in values)
    return [secret for secret in (CODE, NUMBER, NUMBER[3:], MAILBOX, "27. November", "Anne-Lise") if secret in table]


def test_the_database_is_free_while_the_gateway_takes_its_time(db: Session, outside: Outside) -> None:
    send, engine = outside.sms.send, db.get_bind()

    def slowly(number: str, text: str, *, key: str) -> None:
        with Session(engine) as somebody_else:
            somebody_else.execute(sa.text("UPDATE app_user SET language = 'it'"))
            somebody_else.commit()
        send(number, text, key=key)

    outside.sms.send = slowly
    a_code(db, outside)
    db.commit()
    assert len(outside.sms.sent) == 1


def test_after_a_day_a_message_is_tried_again_and_after_five_it_is_given_up(
    db: Session, outside: Outside, clock: Clock
) -> None:
    outside.mailer.refuses = TryAgainLater()
    a_notice(db, outside)
    db.commit()
    outside.jobs.failed.clear()  # the worker has tried for a day
    clock.passes(hours=26)
    deliver_what_waits(db, outside)
    assert kept(db).tries == 2
    outside.jobs.failed.clear()
    clock.passes(days=4)
    deliver_what_waits(db, outside)
    assert (kept(db).tries, kept(db).given_up_at, kept(db).sealed) == (2, clock(), None)


def test_a_message_of_today_is_left_to_the_worker(db: Session, outside: Outside, clock: Clock) -> None:
    outside.mailer.refuses = TryAgainLater()
    a_notice(db, outside)
    db.commit()
    clock.passes(hours=24)
    deliver_what_waits(db, outside)
    assert kept(db).tries == 1


def test_a_message_keeps_its_key_and_no_other_has_it(db: Session, outside: Outside, clock: Clock) -> None:
    first = a_code(db, outside)
    clock.passes(seconds=1)
    second = a_code(db, outside)
    keys = [first.key, second.key]
    db.commit()
    db.expire_all()
    assert [first.key, second.key] == keys == sorted(keys)
    assert keys[0] != keys[1]
