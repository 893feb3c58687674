"""How soon a job starts when nothing else is to do, and what becomes of jobs whose process is killed."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from sqlmodel import Session

from tests.bench.measuring import Line, at_most, often, percentile, told
from tests.bench.place import databases
from tests.bench.worker import long, notes, short
from tests.browser.live import ENDING_WITH_US
from webapp.config import ROOT, Config
from webapp.database import create_engine
from webapp.jobs import Jobs

PATIENCE = 60
HANGING = 12  # jobs under way when the process is killed; 16 may be
WAITING = 20  # jobs behind them


class Installation:
    """A queue, and the worker process that is killed."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url, self.folder, self.ready = url, folder, folder / "ready"
        self._engine = create_engine(url)
        self._jobs = Jobs(Config(database=url, data=folder))
        self._process: subprocess.Popen[bytes] | None = None

    def starts(self) -> float:
        """Start the worker; when that was."""
        self.ready.unlink(missing_ok=True)
        begun = time.monotonic()
        command = [*ENDING_WITH_US, sys.executable, "-m", "tests.bench.worker", self._url, str(self.folder)]
        self._process = subprocess.Popen(command, cwd=ROOT)
        return begun

    def is_killed(self) -> None:
        """``kill -9``."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def leaves(self, job: Callable[..., None], *numbers: int) -> float:
        """Enqueue one job a number; when that was committed."""
        with Session(self._engine) as db:
            for number in numbers:
                self._jobs.enqueue(db, job, number)
            db.commit()
        return time.monotonic()

    def when(self, name: str, number: int, nth: int = 1) -> float:
        """The time at which the job began for the nth time; waits for it."""
        wait_until(lambda: len(self._times(name, number)) >= nth)
        return self._times(name, number)[nth - 1]

    def _times(self, name: str, number: int) -> list[float]:
        return [note.at for note in notes(self.folder) if note[:2] == (name, number)]


def wait_until(happened: Callable[[], bool]) -> None:
    """Look every few milliseconds; RuntimeError after a minute."""
    until = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > until:
            raise RuntimeError("a job did not begin")
        time.sleep(0.005)


def lines() -> Iterator[Line]:
    """Goal 8, on both databases."""
    with databases() as found:
        for kind in ("sqlite", "postgresql"):
            with found.fresh(kind) as url, tempfile.TemporaryDirectory(prefix="partnerweb-bench-") as folder:
                here = Installation(url, Path(folder))
                try:
                    yield from _measured(here, {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[kind])
                finally:
                    here.is_killed()


def _measured(here: Installation, kind: str) -> Iterator[Line]:
    here.starts()
    wait_until(here.ready.exists)
    late = []
    for number in range(1, often(40, 12) + 1):
        time.sleep(0.2 + number % 7 * 0.01)  # idle again, and not in step with the worker's looks
        left = here.leaves(short, number)
        late.append(here.when("short", number) - left)
    yield at_most(f"A job starts when the worker is idle, median, {kind}", median(late), 0.15, " s")
    yield told("  nineteen of twenty within", percentile(late, 0.95), " s")
    here.leaves(long, *range(HANGING))
    for number in range(HANGING):
        here.when("long", number)
    here.leaves(short, *range(1000, 1000 + WAITING))
    here.is_killed()
    restarted = here.starts()
    again = [here.when("long", number, nth=2) - restarted for number in range(HANGING)]
    yield at_most(f"After kill -9 and a restart all of {HANGING} jobs have begun again, {kind}", max(again), 3, " s")
    yield told("  of it, until the new process has started", float(here.ready.read_text()) - restarted, " s")
    for number in range(WAITING):
        here.when("short", 1000 + number)
    ended = [note.number for note in notes(here.folder) if note.name == "ended"]
    lost = float(HANGING - len(set(ended)))
    yield at_most("  jobs lost, of those under way and those behind them", lost, 0, " jobs")
