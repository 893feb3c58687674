"""An installation whose workers can be started, killed and watched; and the jobs that they are given."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.config import Config
from webapp.database import create_engine
from webapp.jobs import Backlog, JobExecutor, Jobs, Pace, job, scheduled
from webapp.ports import Outside, TryAgainLater

QUICK = Pace(later=(0.2, 0.2, 0.2), bugs=(0.2, 0.2), deaths=2, beat=0.3, silence=3)
NOBODY = cast(Outside, None)  # these jobs ask nothing of the outside world
BEGUN = sa.Table("begun", sa.MetaData(), sa.Column("job", sa.String), sa.Column("number", sa.Integer))


def begin(db: Session, name: str, number: int = 0) -> int:
    """Note that a job begins; how often it has begun."""
    db.execute(BEGUN.insert().values(job=name, number=number))
    begun = count(db, name, number)
    db.commit()
    return begun


def count(db: Session, name: str, number: int) -> int:
    """How often a job has begun."""
    query = sa.select(sa.func.count()).select_from(BEGUN).where(BEGUN.c.job == name, BEGUN.c.number == number)
    return int(db.execute(query).scalar_one())


@job
def simple(db: Session, outside: Outside, number: int) -> None:
    """Be done at once."""
    begin(db, "simple", number)


@job(queue="letters")
def put_off_twice(db: Session, outside: Outside, number: int) -> None:
    """Be taken the third time."""
    if begin(db, "put off", number) < 3:
        raise TryAgainLater


@job
def refused(db: Session, outside: Outside, number: int) -> None:
    """Never be taken."""
    begin(db, "refused", number)
    raise TryAgainLater


@job
def wrong(db: Session, outside: Outside, number: int) -> None:
    """Fail with somebody's name in the message."""
    begin(db, "wrong", number)
    raise ValueError("Anna Muster")


@job
def hanging(db: Session, outside: Outside, number: int) -> None:
    """Hang the first time, end the second."""
    if begin(db, "hanging", number) == 1:
        time.sleep(60)
    begin(db, "ended", number)


@job
def deadly(db: Session, outside: Outside, number: int) -> None:
    """Take the whole process along."""
    begin(db, "deadly", number)
    os.kill(os.getpid(), signal.SIGKILL)


@scheduled("17 3 * * *")
def nightly(db: Session, outside: Outside) -> None:
    """Be done by itself, put off once."""
    if begin(db, "nightly") == 1:
        raise TryAgainLater


@dataclass
class Place:
    """One installation: its database, its queue, its processes."""

    config: Config
    jobs: Jobs
    sessions: Callable[[], Session]

    def leaves(self, function: Callable[..., None], *ids: int) -> None:
        """Enqueue and commit."""
        with self.sessions() as db:
            self.jobs.enqueue(db, function, *ids)
            db.commit()

    def times(self, name: str, number: int = 0) -> int:
        """How often a job has begun."""
        with self.sessions() as db:
            return count(db, name, number)

    def sees(self, name: str, often: int, number: int = 0, within: float = 15) -> bool:
        """Whether the job has begun ``often`` times before the time (seconds) is over."""
        return comes_true(lambda: self.times(name, number) >= often, within)

    def backlog(self) -> Backlog:
        """What is waiting."""
        with self.sessions() as db:
            return self.jobs.backlog(db)

    def executors(self) -> set[str]:
        """The processes that are remembered."""
        with self.sessions() as db:
            return set(db.exec(select(col(JobExecutor.name))))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands in the engine's tables; write {} before a table's name."""
        schema = "dbos." if "postgresql" in self.config.database else ""
        with self.sessions() as db:
            return [tuple(row) for row in db.execute(sa.text(query.format(schema)))]

    def changes(self, statement: str) -> None:
        """Change what stands in the engine's tables; write {} before a table's name."""
        schema = "dbos." if "postgresql" in self.config.database else ""
        with self.sessions() as db:
            db.execute(sa.text(statement.format(schema)))
            db.commit()

    @contextmanager
    def works(self) -> Iterator[None]:
        """A worker in this process."""
        self.jobs.launch(NOBODY, self.sessions)
        try:
            yield
        finally:
            self.jobs.stop()

    @contextmanager
    def process(self, executor: str) -> Iterator["Process"]:
        """A worker in a process of its own; killed with -9 at the end."""
        process = Process(replace(self.config, executor=executor))
        try:
            yield process
        finally:
            process.kill()


class Process:
    """A process that does jobs until it is killed; forked, as a web server forks its own."""

    def __init__(self, config: Config) -> None:
        self._code: int | None = None
        self._pid = os.fork()
        if self._pid == 0:
            try:
                engine = create_engine(config.database)
                Jobs(config, QUICK).launch(NOBODY, lambda: Session(engine))
                time.sleep(120)
            finally:
                os._exit(1)

    def ended(self) -> bool:
        """Whether it is no more."""
        if self._code is None:
            pid, code = os.waitpid(self._pid, os.WNOHANG)
            self._code = code if pid else None
        return self._code is not None

    def kill(self) -> None:
        """Kill it, without a word."""
        if not self.ended():
            os.kill(self._pid, signal.SIGKILL)
            _, self._code = os.waitpid(self._pid, 0)


def comes_true(condition: Callable[[], bool], within: float = 15) -> bool:
    """Ask until it is true or the time (seconds) is over."""
    until = time.monotonic() + within
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
