"""What is known of messages on their way out."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from webapp.messages.models import Channel, Message

MESSAGE: sa.Table = Message.__table__  # type: ignore[attr-defined]
SOON = timedelta(seconds=15)  # what a hand-over may take
LAST_SMS = (
    sa.select(MESSAGE.c.tries, MESSAGE.c.sent_at, MESSAGE.c.written_at)
    .where(MESSAGE.c.user_id == sa.bindparam("user"), MESSAGE.c.channel == Channel.SMS)
    .order_by(MESSAGE.c.id.desc())
    .limit(1)
)


def held_up(db: Session, user_id: int | None, now: datetime) -> bool:
    """Whether the last text message to a person was tried some time ago, and could not leave."""
    message = db.execute(LAST_SMS, {"user": user_id}).first()
    return message is not None and message.tries > 0 and message.sent_at is None and now - message.written_at > SOON
