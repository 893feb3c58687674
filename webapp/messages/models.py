"""E-mails and text messages on their way out: sealed while they wait, erased when they have left."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from webapp.database import UtcDateTime, one_of


class Channel(StrEnum):
    """By which way a message goes."""

    SMS = "sms"
    MAIL = "mail"


class Message(SQLModel, table=True):
    """One message; recipient and words are sealed together and erased once it has left or was given up."""

    __tablename__ = "message"

    id: int | None = Field(default=None, primary_key=True)
    channel: Channel = Field(sa_type=one_of(Channel))
    name: str  # the folder in templates/messages/
    user_id: int | None = Field(default=None, foreign_key="app_user.id", index=True)
    sealed: bytes | None = None
    written_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    given_up_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tries: int = 0

    @property
    def key(self) -> str:
        """What it is called outside: the same at every try, in the order of writing, unlike any other's.

        The number alone would come again in a new database, and a gateway would take the message for an old one.
        """
        return f"{self.written_at.astimezone(UTC):%Y%m%dT%H%M%S%f}-{self.id}"
