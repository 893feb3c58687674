"""What an administrator has ticked, kept on the server until it is ordered or cleared, and what was done to many."""

from datetime import datetime

from sqlmodel import JSON, Column, Field, SQLModel

from webapp.accounts.models import public_id
from webapp.accounts.topics import Level, Topic, level_of
from webapp.administration.change import Change
from webapp.database import UtcDateTime, one_of


class Selected(SQLModel, table=True):
    """One row that somebody has ticked: it survives paging, sorting, filtering and signing out."""

    __tablename__ = "selected"

    chooser_id: int = Field(foreign_key="app_user.id", primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", primary_key=True)


class BulkChange(SQLModel, table=True):
    """One press of an administrator, or of a clerk, that changed something for several people."""

    __tablename__ = "bulk_change"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, unique=True)
    key: str = Field(unique=True)  # of the form that was sent: sent again, it is the same change
    change: Change = Field(sa_type=one_of(Change))
    by_id: int = Field(foreign_key="app_user.id")
    employer_id: int | None = Field(default=None, foreign_key="employer.id", index=True)  # None: at the fund's desk
    topics: dict[str, str] | None = Field(default=None, sa_column=Column(JSON))  # level by topic, of permissions
    done_at: datetime = Field(sa_type=UtcDateTime)

    @property
    def levels(self) -> dict[Topic, Level]:
        """What was chosen, where it was permissions."""
        return {topic: level_of(self.topics[topic]) for topic in Topic if self.topics and topic in self.topics}


class BulkChangeLine(SQLModel, table=True):
    """What became of one person: done, or the reason why not."""

    __tablename__ = "bulk_change_line"

    bulk_change_id: int = Field(foreign_key="bulk_change.id", primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", primary_key=True)
    why_not: str | None = None  # a word of the slice whose rule it is
    topics_before: dict[str, str] | None = Field(default=None, sa_column=Column(JSON))  # kept, where it was permissions
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # by e-mail
