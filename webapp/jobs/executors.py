"""The processes that do jobs: one under each name, each with a pulse, and whose work another has to take over."""

import fcntl
import os
import re
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from webapp.database import insert_unless_there
from webapp.jobs.models import JobExecutor, JobTakeover


class Slot:
    """The right to work under a name on this machine; the system takes it back when the process dies."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"worker-{re.sub(r'[^A-Za-z0-9_.-]', '-', name)}.lock"
        self._file: int | None = None

    def take(self) -> bool:
        """Whether the slot is ours now; False while another process has it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def give_back(self) -> None:
        """Let another process have the slot."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def beat(db: Session, name: str, now: datetime) -> None:
    """Show that ``name`` is alive."""
    insert_unless_there(db, JobExecutor, name=name, seen_at=now)
    db.execute(update(JobExecutor).where(col(JobExecutor.name) == name).values(seen_at=now))
    db.commit()


def claim_dead(db: Session, silent_since: datetime, now: datetime) -> list[str]:
    """The names without a pulse since ``silent_since``, each given to one caller only.

    The claim is a pulse: should the caller die over it, the name falls silent and is claimed again.
    """
    silent = col(JobExecutor.seen_at) < silent_since
    # one statement: of two that look at the same time, the second finds the silence broken
    claim = update(JobExecutor).where(silent).values(seen_at=now).returning(col(JobExecutor.name))
    ours = list(db.execute(claim).scalars())
    db.commit()
    return ours


def count_takeover(db: Session, job: str, now: datetime) -> int:
    """How often ``job`` has been taken over, this time included; counted before it is done."""
    insert_unless_there(db, JobTakeover, job=job, times=0, last_at=now)
    here = col(JobTakeover.job) == job
    db.execute(update(JobTakeover).where(here).values(times=JobTakeover.times + 1, last_at=now))
    times = db.exec(select(JobTakeover.times).where(here)).one()
    db.commit()
    return times


def bury(db: Session, name: str, claimed_at: datetime) -> None:
    """Forget the dead ``name``, unless it has come back since it was claimed."""
    db.execute(delete(JobExecutor).where(col(JobExecutor.name) == name, col(JobExecutor.seen_at) == claimed_at))
    db.commit()


def forget_takeovers(db: Session, before: datetime) -> None:
    """Forget the counts that have not moved since ``before``."""
    db.execute(delete(JobTakeover).where(col(JobTakeover.last_at) < before))
    db.commit()
