"""What we remember of an upgrade: dated facts, from which the step is computed."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from webapp.accounts.models import public_id
from webapp.database import UtcDateTime, one_of
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.standing import opens


class UpgradeCode(SQLModel, table=True):
    """What we remember of a code sent by post: enough to recognise it once, never to print it again."""

    __tablename__ = "upgrade_code"

    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", unique=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    hash: str  # Argon2id with an own salt; the pepper is in the configuration
    last_day: date  # printed on the letter
    expires_at: datetime = Field(sa_type=UtcDateTime)  # the end of that day in Switzerland
    redeemed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    voided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    voided_by_id: int | None = Field(default=None, foreign_key="app_user.id")  # None: nobody pressed anything for it

    def usable(self, now: datetime) -> bool:
        """Whether it would still open something."""
        return opens(self, now)


class Postponement(SQLModel, table=True):
    """Somebody said "not now"."""

    __tablename__ = "postponement"

    user_id: int = Field(foreign_key="app_user.id", primary_key=True)
    postponed_at: datetime = Field(sa_type=UtcDateTime)


class Reminder(SQLModel, table=True):
    """When somebody was last asked by e-mail to move to the multi-factor login."""

    __tablename__ = "reminder"

    user_id: int = Field(foreign_key="app_user.id", primary_key=True)
    reminded_at: datetime = Field(sa_type=UtcDateTime)


class CodeWish(SQLModel, table=True):
    """Somebody without administrator rights asked the company's administrators for a code."""

    __tablename__ = "code_wish"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # a letter was ordered


class TermsAcceptance(SQLModel, table=True):
    """Which version of the terms of use a person accepted, when, and in which language it was read."""

    __tablename__ = "terms_acceptance"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    version: str
    language: str
    accepted_at: datetime = Field(sa_type=UtcDateTime)


class BulkOrder(SQLModel, table=True):
    """One press of an administrator, or of a clerk, that ordered letters for many people."""

    __tablename__ = "bulk_order"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, unique=True)
    key: str = Field(unique=True)  # of the form that was sent: sent again, it is the same order
    ordered_by_id: int = Field(foreign_key="app_user.id")
    employer_id: int | None = Field(default=None, foreign_key="employer.id", index=True)  # None: at the fund's desk
    ordered_at: datetime = Field(sa_type=UtcDateTime)


class BulkOrderLine(SQLModel, table=True):
    """What an order brought one person: a letter, or the reason why there is none."""

    __tablename__ = "bulk_order_line"

    order_id: int = Field(foreign_key="bulk_order.id", primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", primary_key=True)
    letter_id: int | None = Field(default=None, foreign_key="letter.id", unique=True)
    refusal: Refusal | None = Field(default=None, sa_type=one_of(Refusal), nullable=True)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # by e-mail that a letter comes
