"""Work done after the answer: surely, in the background, also when a process dies. The one door to the job engine.

A job is a plain function ``(db, outside, *ids)``, marked with ``@job`` or ``@scheduled``. It may be done twice, so
doing it again must change nothing. It commits itself, and asks the outside world only while its transaction is closed:
on SQLite an open one makes everybody wait. The engine is imported when it is first needed; that takes half a second.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from sqlmodel import Session

from webapp.config import Config
from webapp.jobs.models import JobExecutor, JobTakeover
from webapp.jobs.rows import TABLES, backlog, is_job_table
from webapp.jobs.work import WORK, JobFailed, JobFunction, Pace, job, scheduled
from webapp.ports import Backlog, Outside

if TYPE_CHECKING:
    from webapp.jobs.engine import Client
    from webapp.jobs.worker import Worker

__all__ = [
    "TABLES",
    "Backlog",
    "JobExecutor",
    "JobFailed",
    "JobTakeover",
    "Jobs",
    "Pace",
    "is_job_table",
    "job",
    "migrate",
    "scheduled",
]


def migrate(url: str) -> None:
    """Make or renew the engine's tables in the application's database; safe to repeat."""
    from webapp.jobs import engine  # noqa: PLC0415 -- slow to import

    engine.migrate(url)


class Jobs:
    """The queue in the application's database; in a process that calls ``launch``, also its worker."""

    def __init__(self, config: Config, pace: Pace | None = None) -> None:
        """Open nothing, so that it may be made before a server forks."""
        self._config = config
        self._pace = pace or Pace()
        self._worker: Worker | None = None

    @cached_property
    def _client(self) -> "Client":
        from webapp.jobs import engine  # noqa: PLC0415 -- slow to import

        return engine.Client(engine.pool(self._config.database))

    def enqueue(self, db: Session, job: JobFunction, *ids: int) -> None:
        """Have ``job(db, outside, *ids)`` done once this transaction is committed; never if it is rolled back."""
        work = WORK[job]
        if any(type(number) is not int for number in ids):
            raise TypeError(f"{work.name}: a job is given row ids only, for its inputs stand in plain sight")
        self._client.add(db, work, *ids)

    def launch(self, outside: Outside, sessions: Callable[[], Session]) -> None:
        """Do jobs in this process from now on, each in a session of ``sessions``. Call it after the server has forked.

        Of several processes with the same executor name on one machine, one works and the others wait for its end.
        Raises when the engine's tables are missing: run ``migrate`` first.
        """
        from webapp.jobs.worker import Worker  # noqa: PLC0415 -- slow to import

        if self._worker is None:
            worker = Worker(self._config, self._pace, tuple(WORK.values()), outside, sessions)
            worker.start()
            self._worker = worker

    def stop(self) -> None:
        """Finish what is being done, for at most ten seconds; the rest is done by whoever is launched next."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def backlog(self, db: Session) -> Backlog:
        """How much is waiting, since when, and how much was given up in the last ninety days."""
        return backlog(db)
