"""Stand-ins at the ports: they keep what they were given, so that a test can look at it."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from webapp.ports import NeverDeliverable, Outside, PrintedDocument, TryAgainLater, Unprintable

EXPECTED = (TryAgainLater, NeverDeliverable, Unprintable)


@dataclass
class Clock:
    """The time it is: stands still until a test moves it."""

    time: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, ten o'clock in Switzerland

    def __call__(self) -> datetime:
        """Now."""
        return self.time

    def passes(self, **how_long: float) -> datetime:
        """Let time pass: ``clock.passes(days=2, minutes=5)``."""
        self.time += timedelta(**how_long)
        return self.time


@dataclass(frozen=True)
class Sms:
    """A text message as the gateway received it."""

    number: str
    text: str
    key: str


@dataclass(frozen=True)
class Mail:
    """An e-mail as the relay received it."""

    recipient: str
    subject: str
    text: str
    html: str
    key: str


class Breakable:
    """A twin that can be told to refuse: ``twin.refuses = TryAgainLater()``."""

    refuses: Exception | None = None

    def _ask(self) -> None:
        if self.refuses:
            raise self.refuses


@dataclass
class SmsTwin(Breakable):
    """Keeps the text messages."""

    sent: list[Sms] = field(default_factory=list)

    def send(self, number: str, text: str, *, key: str) -> None:
        """Keep it."""
        self._ask()
        self.sent.append(Sms(number, text, key))


@dataclass
class MailTwin(Breakable):
    """Keeps the e-mails."""

    sent: list[Mail] = field(default_factory=list)

    def send(self, recipient: str, subject: str, text: str, html: str, *, key: str) -> None:
        """Keep it."""
        self._ask()
        self.sent.append(Mail(recipient, subject, text, html, key))


@dataclass
class PressTwin(Breakable):
    """Keeps what would have been printed; its "PDF" is the HTML after a header. WeasyPrint takes 50 ms a letter."""

    printed: list[str] = field(default_factory=list)

    def pdf(self, html: str) -> bytes:
        """The HTML again, marked as a PDF."""
        self._ask()
        self.printed.append(html)
        return b"%PDF-1.7 twin\n" + html.encode()


@dataclass
class CarrierTwin(Breakable):
    """Keeps the documents by run and name, and the manifests by run; counts how often a document was brought."""

    handed: dict[str, dict[str, PrintedDocument]] = field(default_factory=dict)
    manifests: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    brought: list[tuple[str, str]] = field(default_factory=list)

    def hand_over(self, run: str, document: PrintedDocument) -> None:
        """Keep it; a second time replaces the first."""
        self._ask()
        self.brought.append((run, document.name))
        self.handed.setdefault(run, {})[document.name] = document

    def finish(self, run: str, manifest: Mapping[str, Any]) -> None:
        """Keep the manifest."""
        self._ask()
        self.manifests[run] = manifest


@dataclass(frozen=True)
class Job:
    """A job, the engine it works on, and what stopped it the last time."""

    work: Callable[..., None]
    ids: tuple[int, ...]
    bind: Any = field(repr=False, compare=False)
    error: Exception | None = field(default=None, compare=False)


class JobsAtOnce:
    """Does each job as soon as its transaction is committed, in order, in a session of its own.

    What a gateway refuses is kept in ``failed`` until ``again()``; any other error is a mistake and reaches the test.
    """

    outside: Outside  # set by whoever puts the outside world together

    def __init__(self) -> None:
        self.done: list[Job] = []
        self.failed: list[Job] = []
        self._waiting: deque[Job] = deque()
        self._busy = False

    def enqueue(self, db: Session, job: Callable[..., None], *ids: int) -> None:
        """Remember ``job`` until ``db`` commits; like the real queue, it opens the transaction if there is none."""
        if "jobs" not in db.info:
            event.listen(db, "after_commit", self._committed)
            event.listen(db, "after_transaction_end", self._ended)
        db.connection()
        db.info.setdefault("jobs", []).append(Job(job, ids, db.get_bind()))

    def again(self) -> None:
        """Try what failed once more."""
        self._waiting.extend(self.failed)
        self.failed.clear()
        self._work()

    def _committed(self, db: Session) -> None:
        if not db.in_nested_transaction():
            self._waiting.extend(db.info["jobs"])
            db.info["jobs"] = []

    def _ended(self, db: Session, transaction: Any) -> None:
        if transaction.parent is None:
            db.info["jobs"] = []  # what a rollback left is never done
            self._work()

    def _work(self) -> None:
        if self._busy:  # a job that enqueues another: first things first
            return
        self._busy = True
        try:
            while self._waiting:
                self._do(self._waiting.popleft())
        finally:
            self._busy = False

    def _do(self, job: Job) -> None:
        with Session(job.bind) as db:
            try:
                job.work(db, self.outside, *job.ids)
            except EXPECTED as refused:
                self.failed.append(replace(job, error=refused))
            else:
                self.done.append(job)
