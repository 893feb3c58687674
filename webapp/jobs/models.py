"""What we remember of the processes that do jobs; the jobs themselves stand in the engine's own tables."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from webapp.database import UtcDateTime


class JobExecutor(SQLModel, table=True):
    """A process that does jobs; ``seen_at`` is its pulse."""

    __tablename__ = "job_executor"

    name: str = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class JobTakeover(SQLModel, table=True):
    """How often a job was taken over from a dead process: the one that kills its process must not kill all in turn."""

    __tablename__ = "job_takeover"

    job: str = Field(primary_key=True)  # the engine's name for this piece of work
    times: int = 0
    last_at: datetime = Field(sa_type=UtcDateTime)
