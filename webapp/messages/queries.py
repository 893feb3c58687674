"""What is known of messages on their way out."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from webapp.messages.models import Channel, Message

SOON = timedelta(seconds=15)  # what a hand-over may take


def held_up(db: Session, user_id: int | None, now: datetime) -> bool:
    """Whether the last text message to a person was tried some time ago, and could not leave."""
    last = select(Message).where(Message.user_id == user_id, Message.channel == Channel.SMS)
    message = db.exec(last.order_by(col(Message.id).desc()).limit(1)).first()
    waits = message is not None and message.tries > 0 and message.sent_at is None
    return bool(waits and message and now - message.written_at > SOON)
