"""What may be left for later: functions under lasting names, and how patiently they are tried."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, overload

QUEUES = {  # jobs at once in each process, and seconds between two looks: people wait for messages, not for the printer
    "messages": (16, 0.1),
    "mails": (8, 0.25),  # apart, so that an order of 10,000 keeps no text message waiting
    "letters": (1, 0.5),
}

JobFunction = Callable[..., None]


class JobFailed(Exception):
    """A job was given up; the sentence names the job and the place in the code, never what it was about."""


@dataclass(frozen=True)
class Work:
    """A function that may be enqueued; ``cron`` says when it is due by itself, in Swiss time."""

    name: str
    function: JobFunction
    queue: str
    cron: str | None = None


@dataclass(frozen=True)
class Pace:
    """How patient the worker is; times in seconds."""

    later: tuple[float, ...] = (5, 30, 120, 600, *(3600,) * 24)  # waits after TryAgainLater; a day in all
    bugs: tuple[float, ...] = (5, 60, 600)  # waits after any other exception
    deaths: int = 3  # how often a job may be begun again after its process died
    beat: float = 10  # between two signs of life
    silence: float = 60  # after which a process counts as dead


@dataclass(frozen=True)
class Attempt:
    """One try at a piece of work; its number is kept in the engine's own id, so the inputs stay row ids only."""

    root: str
    later: int = 0  # tries that the other side put off
    bugs: int = 0  # tries that failed

    @classmethod
    def named(cls, workflow_id: str) -> "Attempt":
        """The attempt with this id; an id without numbers is the first."""
        root, *numbers = workflow_id.split("~")
        return cls(root, *map(int, numbers))

    def __str__(self) -> str:
        """The engine's id of this attempt."""
        return f"{self.root}~{self.later}~{self.bugs}"

    def wait(self, pace: Pace, *, put_off: bool) -> float | None:
        """Seconds until the next attempt; None when there have been enough."""
        waits, count = (pace.later, self.later) if put_off else (pace.bugs, self.bugs)
        return waits[count] if count < len(waits) else None

    def following(self, *, put_off: bool) -> "Attempt":
        """The attempt after this one."""
        return Attempt(self.root, self.later + put_off, self.bugs + (not put_off))


WORK: dict[JobFunction, Work] = {}


@overload
def job(function: JobFunction) -> JobFunction: ...
@overload
def job(*, queue: str) -> Callable[[JobFunction], JobFunction]: ...
def job(function: JobFunction | None = None, *, queue: str = "messages") -> Any:
    """Make ``function`` one that may be enqueued, under the name "<slice>.<function>", which must never change."""
    return _mark(queue) if function is None else _mark(queue)(function)


def scheduled(cron: str, *, queue: str = "messages") -> Callable[[JobFunction], JobFunction]:
    """Have ``function(db, outside)`` done at ``cron``, Swiss time; a time that passed while nothing ran is made up."""
    return _mark(queue, cron)


def _mark(queue: str, cron: str | None = None) -> Callable[[JobFunction], JobFunction]:
    def mark(function: JobFunction) -> JobFunction:
        place = function.__module__.removeprefix("webapp.").partition(".")[0]
        work = Work(f"{place}.{function.__name__}", function, queue, cron)
        if queue not in QUEUES or work.name in {known.name for known in WORK.values()}:
            raise ValueError(f"{work.name}: its queue does not exist, or another job has the same name")
        WORK[function] = work
        return function

    return mark
