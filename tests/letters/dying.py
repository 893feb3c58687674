"""Print runs in processes of their own, to be killed at any moment."""

import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.context import ForkProcess
from typing import Any

from sqlmodel import Session, col, select

from tests.letters.aftermath import a_session
from tests.letters.orders import draw
from tests.twins import PressTwin
from webapp.accounts.models import Employer, User
from webapp.config import Config
from webapp.gateways.letters_folder import FolderCarrier
from webapp.gateways.press_weasyprint import WeasyPress
from webapp.letters import actions
from webapp.letters.enclosure import enclose
from webapp.letters.models import Letter, PrintRun, Purpose
from webapp.letters.printing import print_document
from webapp.letters.queries import open_documents
from webapp.ports import Outside, PrintedDocument
from webapp.seal import Seal
from webapp.writing import TemplateWriter

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Unused:
    """A queue that nobody reads: these processes do the work themselves."""

    def enqueue(self, db: Session, job: Callable[..., None], *ids: int) -> None:
        """Forget it."""


def world(config: Config, *, real: bool) -> Outside:
    """The outside world of one process, with the real folder and, if asked for, the real press."""
    none: Any = None
    press = WeasyPress(config) if real else PressTwin()
    carrier = FolderCarrier(config.letters)
    writer = TemplateWriter(config)
    return Outside(config, Seal(config.seal), none, none, press, carrier, none, writer, Unused(), lambda: NOW)


def print_everything(config: Config, per_document: int, *, real: bool) -> None:
    """What `flask letters print` does."""
    actions.LETTERS_PER_DOCUMENT = per_document  # type: ignore[attr-defined]
    enclose(Purpose.UPGRADE, draw)
    outside = world(config, real=real)
    with a_session(config) as db:
        actions.start_run(db, outside, None)
        for run in db.exec(select(PrintRun).where(col(PrintRun.handed_over_at).is_(None))).all():
            documents = open_documents(db, run)
            db.rollback()
            for document in documents:
                print_document(db, outside, document)


def print_everything_naively(config: Config, per_document: int, *, real: bool) -> None:
    """The naive twin: bring everything under a name of the moment, then mark everything."""
    outside = world(config, real=real)
    with a_session(config) as db:
        waiting = db.exec(select(Letter).where(col(Letter.printed_at).is_(None)).order_by(col(Letter.id))).all()
        drawn = draw(waiting, NOW.date(), outside)
        people = {user.id: user for user in db.exec(select(User))}
        companies = {employer.id: employer.name for employer in db.exec(select(Employer))}
        db.rollback()
        for start in range(0, len(waiting), per_document):
            part = waiting[start : start + per_document]
            said = "\n".join(
                f'<section><p class="address">{" ".join(_address(people[one.user_id], companies))}</p>'
                f'<p>{one.number}</p><p class="code">{drawn[one.id or 0].code}</p></section>'
                for one in part
            )
            name = f"{time.time_ns()}.pdf"
            outside.carrier.hand_over("run-000001", PrintedDocument(name, b"%PDF-1.7 twin\n" + said.encode(), ()))
        for letter in waiting:
            letter.printed_at = NOW
            db.add(letter)
        db.add_all(enclosure.record for enclosure in drawn.values())
        db.commit()


def _address(user: User, companies: dict[int | None, str]) -> tuple[str, ...]:
    return user.address(companies[user.employer_id]).printed


def begun(work: Callable[..., None], config: Config, per_document: int, *, real: bool) -> ForkProcess:
    """``work`` in a process of its own, whose temporary files we can look at."""

    def run() -> None:
        tempfile.tempdir = str(config.data / "temporary")
        work(config, per_document, real=real)
        os._exit(0)

    (config.data / "temporary").mkdir(exist_ok=True)
    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    return process


def killed(process: ForkProcess) -> bool:
    """Pull the plug; whether it was still at work."""
    alive = process.is_alive()
    if alive and process.pid:
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return alive
