"""Acting for another company: what its administrators have let somebody do there, from when on and until when."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import JSON, Column, Field, SQLModel

from webapp.accounts.mandate_days import Days, Phase
from webapp.accounts.models import public_id
from webapp.accounts.topics import Rights
from webapp.database import UtcDateTime
from webapp.formats import local_day

RUNNING = sa.text("ended_at IS NULL")


class Mandate(SQLModel, table=True):
    """Somebody, of a fiduciary say, acts for a company that is not their own. Never as its administrator."""

    __tablename__ = "mandate"
    __table_args__ = (
        sa.Index(
            "uq_mandate_running",
            "user_id",
            "employer_id",
            unique=True,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, unique=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    topics: dict[str, str] = Field(  # level by topic, where it is not the usual one; see topics.py
        default_factory=dict, sa_column=Column(JSON, nullable=False, default=dict)
    )
    starts_on: date | None = None  # the first and
    ends_on: date | None = None  # the last day, in Switzerland
    given_at: datetime = Field(sa_type=UtcDateTime)
    given_by_id: int = Field(foreign_key="app_user.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end_announced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # by e-mail, when its end was near
    told_of_end_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # by e-mail, that it has run out

    @property
    def rights(self) -> Rights:
        """What it lets somebody do."""
        return Rights(kept=self.topics)

    @property
    def days(self) -> Days:
        """When it counts; one of old began when it was given."""
        return Days(self.starts_on or local_day(self.given_at), self.ends_on)

    def counts(self, today: date) -> bool:
        """Whether it opens anything on this day in Switzerland."""
        return self.ended_at is None and self.days.phase(today) is Phase.RUNNING

    def set_days(self, days: Days, now: datetime) -> None:
        """It counts on these days. Another last day is told of again, or, if it is near, is told of just now."""
        if days.last != self.ends_on:
            self.told_of_end_at = None
            self.end_announced_at = now if days.end_soon(local_day(now)) else None
        self.starts_on, self.ends_on = days
