"""What is known of messages on their way out."""

from sqlmodel import Session, col, select

from webapp.messages.models import Channel, Message


def held_up(db: Session, user_id: int | None) -> bool:
    """Whether the last text message to a person was tried, and could not leave."""
    last = select(Message).where(Message.user_id == user_id, Message.channel == Channel.SMS)
    message = db.exec(last.order_by(col(Message.id).desc()).limit(1)).first()
    return message is not None and message.tries > 0 and message.sent_at is None
