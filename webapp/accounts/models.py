"""Employers, their users, and the sessions of those who are signed in."""

import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import JSON, Column, Field, SQLModel

from webapp.accounts.folding import searchable
from webapp.accounts.postal_address import PostalAddress
from webapp.accounts.topics import NOTHING as NO_RIGHTS
from webapp.accounts.topics import Rights
from webapp.config import SESSION_LIFE
from webapp.database import UtcDateTime

FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")  # both engines sort alike, and by an index

NOTHING, NO = {"server_default": sa.text("''")}, {"server_default": sa.false()}


def public_id() -> str:
    """128 random bits in hex: what stands in an address instead of a number that could be counted up."""
    return secrets.token_hex(16)


def _found_by(context: Any) -> str:
    row = context.get_current_parameters()
    return searchable(row["last_name"], row["first_name"], row["email"])


class Employer(SQLModel, table=True):
    """A company affiliated to the fund."""

    __tablename__ = "employer"

    id: int | None = Field(default=None, primary_key=True)
    member_number: str = Field(unique=True)
    name: str
    uid: str | None = None  # CHE-123.456.788


class User(SQLModel, table=True):
    """A person who signs in: for an employer, or as the fund's clerk (then without an employer)."""

    __tablename__ = "app_user"  # "user" is a reserved word in PostgreSQL
    __table_args__ = (
        sa.Index("ix_app_user_list", "employer_id", "search", "id"),  # a company's people by name
        sa.Index("ix_app_user_search", "search", "id"),  # everybody by name
        sa.Index("ix_app_user_since", "activated_at", "search", "id"),  # everybody by the day since when
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, unique=True)
    employer_id: int | None = Field(default=None, foreign_key="employer.id", index=True)
    clerk: bool = False
    first_name: str
    last_name: str
    email: str = Field(unique=True)  # lower case
    language: str
    administrator: bool = False
    activated_at: datetime = Field(sa_type=UtcDateTime)
    deactivated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    password_hash: str | None = None
    last_login_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    factor_since: datetime | None = Field(default=None, sa_type=UtcDateTime)  # signing in asks for a second factor
    upgraded_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime
    )  # neither is ever taken back: see the triggers
    address_lines: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    postcode: str = ""
    town: str = ""
    shown_name: str = Field(default="", sa_column_kwargs=NOTHING)  # on the pages; letters go to the register's name
    phone: str = Field(default="", sa_column_kwargs=NOTHING)  # for the fund's questions, as written internationally
    notices_off: str = Field(default="", sa_column_kwargs=NOTHING)  # messages done without: names with blanks between
    low_rows: bool = Field(default=False, sa_column_kwargs=NO)  # tables with little space between the rows
    large_print: bool = Field(default=False, sa_column_kwargs=NO)  # of letters
    longer_session: bool = Field(default=False, sa_column_kwargs=NO)  # at each sign-in, where the fund allows it
    register_said: dict[str, Any] = Field(  # of what was changed here since; see change_here
        default_factory=dict, sa_column=Column(JSON, nullable=True, default=dict)
    )
    topics: dict[str, str] = Field(  # level by topic, where it is not the usual one; see topics.py
        default_factory=dict, sa_column=Column(JSON, nullable=True, default=dict)
    )
    search: str = Field(  # names and e-mail without accents, what lists are searched and sorted by; never set by hand
        default="", sa_column=Column(FOLDED, nullable=False, default=_found_by, server_default=sa.text("''"))
    )

    @property
    def active(self) -> bool:
        """Whether the person may sign in."""
        return self.deactivated_at is None

    @property
    def new_here(self) -> bool:
        """Whether the person has never had a password: the welcome e-mail brings the first one."""
        return self.password_hash is None and self.last_login_at is None

    @property
    def upgraded(self) -> bool:
        """Whether the person has moved to a multi-factor login."""
        return self.upgraded_at is not None

    @property
    def rights(self) -> Rights:
        """What the person may do for their own company."""
        return NO_RIGHTS if self.clerk else Rights(self.administrator, self.topics or {})

    @property
    def called(self) -> str:
        """As the person wants to be called on the pages."""
        return self.shown_name or self.full_name

    @property
    def full_name(self) -> str:
        """As on an envelope: first name, last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def listed_name(self) -> str:
        """As in a list: last name, first name."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part)

    def change_here(self, **facts: Any) -> dict[str, Any]:
        """Take over what somebody changes in the portal; what it was before, where it is different.

        The register's own word is kept beside it, so that its next import neither undoes the change nor is undone.
        """
        before = {name: getattr(self, name) for name, value in facts.items() if getattr(self, name) != value}
        self.register_said = {**before, **self.register_said}
        for name in before:
            setattr(self, name, facts[name])
        return before

    def address(self, company: str) -> PostalAddress:
        """Where letters to this person go; from the fund's register only."""
        return PostalAddress(company, self.full_name, tuple(self.address_lines), self.postcode, self.town)


@sa.event.listens_for(User, "before_insert")
@sa.event.listens_for(User, "before_update")
def _keep_found(_mapper: Any, _connection: Any, user: User) -> None:
    user.search = searchable(user.last_name, user.first_name, user.email)


class LoginSession(SQLModel, table=True):
    """Somebody signed in on one device: the server's truth, so that ending it here ends it at once."""

    __tablename__ = "login_session"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)  # keyed fingerprint of the random word in the cookie
    user_id: int = Field(foreign_key="app_user.id", index=True)
    level: int = 1  # 1: password, 2: password and second factor
    started_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    proved_at: datetime = Field(sa_type=UtcDateTime)  # last fresh proof of the highest level
    idle_minutes: int = 20
    device: str = Field(default="", sa_column_kwargs=NOTHING)  # browser and system, in two words
    has_mandates: bool = Field(default=False, sa_column_kwargs=NO)  # when it began: there is a company to be chosen
    mandate_id: int | None = Field(default=None, foreign_key="mandate.id")  # the one chosen; none: one's own company
    chose_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # the company
    owes_method: bool = Field(default=False, sa_column_kwargs=NO)  # nothing else is open before a stronger method
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    def ends_at(self) -> datetime:
        """When it ends if nothing more is done."""
        return min(self.seen_at + timedelta(minutes=self.idle_minutes), self.started_at + SESSION_LIFE)

    def live(self, now: datetime) -> bool:
        """Whether it still counts."""
        return self.ended_at is None and now < self.ends_at()
