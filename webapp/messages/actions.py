"""Write a message now, in the same transaction as what it tells; have it leave after the commit.

Each message has a folder in ``templates/messages/``; the first line of its template names the context it needs.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col, select, update

from webapp.jobs import job, scheduled
from webapp.messages.models import Channel, Message
from webapp.messages.paragraphs import one_line, paragraphs
from webapp.ports import NeverDeliverable, Outside

TRIED_AT_A_STRETCH = timedelta(hours=25)  # a little longer than the worker tries by itself
KEPT_AT_MOST = timedelta(days=5)  # a notice of last week only confuses


def send_sms(
    db: Session,
    outside: Outside,
    *,
    user_id: int | None,
    number: str,
    name: str,
    language: str,
    until: datetime | None = None,
    **context: Any,
) -> Message:
    """Have the text message ``name`` leave for the E.164 ``number`` once the caller has committed.

    From ``until`` on it would be useless: if it still waits then, it is given up. The template sees it as ``until``.
    """
    host = urlsplit(outside.config.address).hostname
    text = outside.writer.write(f"messages/{name}/sms.txt", language, host=host, until=until, **context).strip()
    content = {"recipient": number, "subject": "", "text": text, "html": ""}
    return _post(db, outside, Channel.SMS, user_id, name, content, until)


def send_mail(
    db: Session,
    outside: Outside,
    *,
    user_id: int | None,
    recipient: str,
    name: str,
    language: str,
    until: datetime | None = None,
    **context: Any,
) -> Message:
    """Have the e-mail ``name`` leave for the address ``recipient`` once the caller has committed.

    From ``until`` on it would be useless, as with a text message. The template sees it as ``until``.
    """
    context |= {"until": until}
    subject = one_line(outside.writer.write(f"messages/{name}/subject.txt", language, **context))
    body = paragraphs(outside.writer.write(f"messages/{name}/body.txt", language, **context))
    html = outside.writer.write("layouts/mail.html", language, subject=subject, paragraphs=body)
    content = {"recipient": recipient, "subject": subject, "text": "\n\n".join(body) + "\n", "html": html}
    return _post(db, outside, Channel.MAIL, user_id, name, content, until)


def _post(
    db: Session,
    outside: Outside,
    channel: Channel,
    user_id: int | None,
    name: str,
    content: dict[str, str],
    until: datetime | None,
) -> Message:
    sealed = outside.seal.close({**content, "until": until.isoformat() if until else None})
    message = Message(channel=channel, name=name, user_id=user_id, sealed=sealed, written_at=outside.now())
    db.add(message)
    db.flush()
    _leave(db, outside, channel, message.id)
    return message


def _leave(db: Session, outside: Outside, channel: Channel, message_id: int | None) -> None:
    outside.jobs.enqueue(db, deliver_mail if channel == Channel.MAIL else deliver, message_id or 0)


@job
def deliver(db: Session, outside: Outside, message_id: int) -> None:
    """Hand one message over and erase its words; done twice, it does nothing the second time.

    Killed between the hand-over and the mark, it is handed over again under the same key.
    Raises TryAgainLater when the other side could not take it now; the message then waits, sealed.
    """
    message = db.get(Message, message_id)
    if message is None or message.sealed is None:
        return
    channel, key, content = message.channel, message.key, outside.seal.open(message.sealed)
    message.tries += 1
    db.commit()  # the try counts whatever happens, and no transaction is open while the other side takes its time
    try:
        _refuse_if_late(content["until"], outside.now())
        _hand_over(outside, channel, content, key)
    except NeverDeliverable:
        _close(db, message_id, given_up_at=outside.now())
    else:
        _close(db, message_id, sent_at=outside.now())


@job(queue="mails")
def deliver_mail(db: Session, outside: Outside, message_id: int) -> None:
    """The same for an e-mail, in a queue of its own: for a code by SMS somebody sits and waits."""
    deliver(db, outside, message_id)


@scheduled("23 5 * * *")
def deliver_what_waits(db: Session, outside: Outside) -> None:
    """Begin again, once a day, with what a gateway could not take for a whole day; give up what is too old."""
    now = outside.now()
    waiting = select(Message.id).where(col(Message.sealed).is_not(None))
    for message_id in db.exec(waiting.where(col(Message.written_at) <= now - KEPT_AT_MOST)).all():
        _close(db, message_id, given_up_at=now)
    again = select(Message.channel, Message.id).where(col(Message.sealed).is_not(None))
    for channel, message_id in db.exec(again.where(col(Message.written_at) <= now - TRIED_AT_A_STRETCH)).all():
        _leave(db, outside, Channel(channel), message_id)
    db.commit()


def _refuse_if_late(until: str | None, now: datetime) -> None:
    if until and now >= datetime.fromisoformat(until):
        raise NeverDeliverable("it has become useless while it waited")


def _hand_over(outside: Outside, channel: Channel, content: dict[str, str], key: str) -> None:
    recipient, text = content["recipient"], content["text"]
    if channel == Channel.SMS:
        outside.sms.send(recipient, text, key=key)
    else:
        outside.mailer.send(recipient, content["subject"], text, content["html"], key=key)


def _close(db: Session, message_id: int | None, **ended: datetime) -> None:
    db.execute(update(Message).where(col(Message.id) == message_id).values(sealed=None, **ended))
    db.commit()
