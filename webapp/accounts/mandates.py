"""Acting for another company: what its administrators have let somebody do there, and until when."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import JSON, Column, Field, SQLModel

from webapp.accounts.models import public_id
from webapp.accounts.topics import Rights
from webapp.database import UtcDateTime

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
    told_of_end_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # by e-mail, that it has run out

    @property
    def rights(self) -> Rights:
        """What it lets somebody do."""
        return Rights(kept=self.topics)

    def counts(self, today: date) -> bool:
        """Whether it opens anything on this day in Switzerland."""
        return self.ended_at is None and (self.ends_on is None or today <= self.ends_on)
