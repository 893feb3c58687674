"""The second factors that people hold, the tickets that let them enrol one, and the questions put to them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from webapp.accounts.models import public_id
from webapp.config import MESSAGE_CODE_TRIES
from webapp.database import UtcDateTime

ERASED = b""  # what is kept of a method that was removed


class EnrolmentTicket(SQLModel, table=True):
    """The right to enrol a method, opened by a code from a letter.

    For the upgrade any password session of the person resumes it. After a loss it belongs to one session: whoever knows
    only the password must not wait until somebody else has typed the code.
    """

    __tablename__ = "enrolment_ticket"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    origin: str = Field(unique=True)  # "upgrade-code:17": one ticket a code, whatever happens at once
    session_id: int | None = Field(default=None, foreign_key="login_session.id")  # None: any of the person's
    opened_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    def open(self, now: datetime) -> bool:
        """Whether a method may be enrolled with it."""
        return self.closed_at is None and now < self.expires_at


class Enrolment(SQLModel, table=True):
    """One second factor of one person; pending until the person has proved to hold it."""

    __tablename__ = "enrolment"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, unique=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    method: str  # slug: the file name in methods/
    kept: bytes  # sealed JSON; its shape belongs to the method
    shown_as: str  # how the person recognises it: +41 79 ••• •• 67
    name: str = Field(
        default="", sa_column_kwargs={"server_default": sa.text("''")}
    )  # given by the person: "Office telephone"
    preferred_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # the latest is asked for first
    started_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    def remove(self, now: datetime) -> None:
        """It counts no more, and nothing is kept of it but that it was there."""
        self.removed_at, self.kept = now, ERASED


class Challenge(SQLModel, table=True):
    """One question to a holder, bound to the session that asked; a newer one overwrites it."""

    __tablename__ = "challenge"

    id: int | None = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", index=True)
    session_id: int = Field(foreign_key="login_session.id", unique=True)  # one question a session at a time
    kept: bytes  # sealed JSON; its shape belongs to the method
    asked_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0
    tries_before: int = Field(default=0, sa_column_kwargs={"server_default": sa.text("0")})  # at earlier questions here
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    onward: str = Field(
        default="", sa_column_kwargs={"server_default": sa.text("''")}
    )  # the page that was asked for, for whoever comes back from elsewhere

    def waits(self, now: datetime) -> bool:
        """Whether an answer could still be right."""
        return self.answered_at is None and now < self.expires_at and self.tries < MESSAGE_CODE_TRIES
