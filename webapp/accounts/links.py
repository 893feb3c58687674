"""What we remember of a code sent by e-mail: enough to recognise it once, never to send it again."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from webapp.database import UtcDateTime, one_of

OPEN = sa.text("used_at IS NULL AND withdrawn_at IS NULL")


class LinkPurpose(StrEnum):
    """What a code sent by e-mail is for."""

    PASSWORD = "password"  # noqa: S105 -- a new one, for who has forgotten it
    EMAIL = "email"  # the code goes to the new address, and shows that it can be read
    INVITATION = "invitation"  # the first password of somebody new


class AccountLink(SQLModel, table=True):
    """One code for one person and purpose; of those that are still open, the database allows one."""

    __tablename__ = "account_link"
    __table_args__ = (
        sa.Index("uq_account_link_open", "user_id", "purpose", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    purpose: LinkPurpose = Field(sa_type=one_of(LinkPurpose))
    key: str = Field(unique=True)  # keyed fingerprint of the code
    new_email: str | None = None  # where the code went, if it is to become the person's address
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # a newer one was made, or nobody wants it


class ForgottenPassword(SQLModel, table=True):
    """Somebody asks for a new password: kept until a job has looked whether there is an account to write to.

    So each address costs the request itself the same work, whether it is somebody's or nobody's.
    """

    __tablename__ = "forgotten_password"

    id: int | None = Field(default=None, primary_key=True)
    sealed: bytes  # the address that was typed
    asked_at: datetime = Field(sa_type=UtcDateTime)
