"""A worker process to be killed: ``python -m tests.bench.worker DATABASE FOLDER`` does the measurement's own jobs.

Each writes a line into FOLDER/begun: its name, its number, and the time (seconds of the machine's monotonic clock).
"""

import sys
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session

from webapp.config import Config
from webapp.database import create_engine
from webapp.jobs import Jobs, job
from webapp.ports import Outside


class Note(NamedTuple):
    """One line that a job has written."""

    name: str
    number: int
    at: float


@job
def short(db: Session, outside: Outside, number: int) -> None:
    """Be done at once."""
    _note("short", number)


@job
def long(db: Session, outside: Outside, number: int) -> None:
    """Hang the first time, so that the process can be killed meanwhile; be done at once the next time."""
    before = [note for note in notes(_folder()) if note[:2] == ("long", number)]
    _note("long", number)
    if not before:
        time.sleep(60)
    _note("ended", number)


def notes(folder: Path) -> list[Note]:
    """What the jobs have written so far."""
    file = folder / "begun"
    lines = file.read_text().splitlines() if file.exists() else []
    return [Note(name, int(number), float(at)) for name, number, at in map(str.split, lines)]


def _folder() -> Path:
    return Path(sys.argv[2])


def _note(name: str, number: int) -> None:
    with (_folder() / "begun").open("a") as file:
        file.write(f"{name} {number} {time.monotonic()}\n")


def main() -> None:
    """Work until killed."""
    config = Config(database=sys.argv[1], data=_folder(), executor="bench")
    Jobs(config).launch(None, partial(Session, create_engine(config.database)))  # type: ignore[arg-type]
    (_folder() / "ready").write_text(str(time.monotonic()))
    time.sleep(600)


if __name__ == "__main__":
    from tests.bench import worker

    worker.main()  # jobs are named by their module, which must not be __main__
