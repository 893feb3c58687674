"""The outside world of a story about the past: a clock that can be set, letters and messages read by their people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from webapp.ports import Backlog, Outside

FRIDAY = 4


class Past:
    """Stands between the actions and the real outside world; printing and handing over letters is real."""

    def __init__(self, outside: Outside) -> None:
        self.ends = self.now = outside.now()
        self.codes: dict[str, str] = {}  # by the number on the letter
        self.message = ""  # the last text message
        self.unread: set[str] = set()  # whose e-mails still lie there when the story ends
        self._real = outside
        self._jobs: list[tuple[Callable[..., None], tuple[int, ...]]] = []
        self.outside = replace(
            outside, writer=self, sms=_Telephone(self), mailer=_Mailbox(self), jobs=self, now=lambda: self.now
        )

    def go_to(self, days_ago: float, *, office: bool) -> None:
        """Set the clock; what the ``office`` does on a weekend was done on Friday, but not before the last step."""
        at = self.ends - timedelta(days=days_ago)
        if office:
            at = max(at - timedelta(days=max(0, at.weekday() - FRIDAY)), self.now)
        self.now = at

    def write(self, template: str, language: str, **context: Any) -> str:
        """Write as always, and see the codes as whoever opens the letter does."""
        self.codes |= {sheet.number: sheet.code for sheet in context.get("sheets", ())}
        return self._real.writer.write(template, language, **context)

    def enqueue(self, db: Session, job: Callable[..., None], *ids: int) -> None:
        """Remember a job until ``do_jobs``."""
        self._jobs.append((job, ids))

    def do_jobs(self, db: Session) -> None:
        """Do what was left to do, in order."""
        while self._jobs:
            job, ids = self._jobs.pop(0)
            job(db, self.outside, *ids)

    def deliver(self, recipient: str, subject: str, text: str, html: str, *, key: str) -> None:
        """An e-mail that somebody is still to read really leaves."""
        self._real.mailer.send(recipient, subject, text, html, key=key)

    def backlog(self, db: Session) -> Backlog:
        """Nothing of the past waits for the real worker."""
        return self._real.jobs.backlog(db)

    def launch(self, outside: Outside, sessions: Callable[[], Session]) -> None:
        """There is no worker in the past."""

    def stop(self) -> None:
        """There is no worker in the past."""


class _Telephone:
    def __init__(self, past: Past) -> None:
        self._past = past

    def send(self, number: str, text: str, *, key: str) -> None:
        """Somebody reads the message at once."""
        self._past.message = text


class _Mailbox:
    def __init__(self, past: Past) -> None:
        self._past = past

    def send(self, recipient: str, subject: str, text: str, html: str, *, key: str) -> None:
        """What was written in the past has long been read, save by those who have not looked yet."""
        if recipient in self._past.unread:
            self._past.deliver(recipient, subject, text, html, key=key)
