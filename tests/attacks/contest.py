"""Many processes that do the same thing at the same moment: forked once, then started together, round after round."""

import multiprocessing
from collections.abc import Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from sqlmodel import Session

CONTESTANTS = "tests.attacks.contestants"


class Contest:
    """A pool of processes; each round they meet at a barrier and do the one thing they were told."""

    def __init__(self, size: int) -> None:
        context = multiprocessing.get_context("forkserver")  # imports once, then forks: 50 processes in a second
        context.set_forkserver_preload([CONTESTANTS])
        self.looked = 0  # hashes that were compared in the last round
        self._barrier = barrier = context.Barrier(size)  # kept: its semaphores live as long as it does
        self._lines: list[Connection] = []
        self._processes = []
        for _number in range(size):
            ours, theirs = context.Pipe()
            process = context.Process(target=_compete, args=(theirs, barrier), daemon=True)
            process.start()
            theirs.close()
            self._lines.append(ours)
            self._processes.append(process)

    def round(self, db: Session, what: str, *per_contestant: Sequence[Any], **given: Any) -> list[Any]:
        """What each contestant answered, an exception as its name; contestant i is given the i-th of each list."""
        url = db.get_bind().engine.url.render_as_string(hide_password=False)
        db.commit()  # an open transaction of the test would keep SQLite's lock
        for number, line in enumerate(self._lines):
            line.send((what, url, [some[number % len(some)] for some in per_contestant], given))
        answers = []
        for line in self._lines:
            assert line.poll(180), "a contestant is stuck"
            answers.append(line.recv())
        self.looked = sum(looked for _, looked in answers)
        return [answer for answer, _ in answers]

    def stop(self) -> None:
        """Send everybody home."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join(5)


def _compete(line: Connection, barrier: Any) -> None:
    contestants = import_module(CONTESTANTS)
    while True:
        what, url, mine, given = line.recv()
        try:
            with contestants.a_place(url) as place:
                barrier.wait(120)
                answer = getattr(contestants, what)(place, *mine, **given)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is an answer
            answer = f"{type(error).__name__}: {error}"[:200]
        line.send((answer, len(contestants.looked)))
