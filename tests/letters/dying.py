"""Print runs in processes of their own, to be killed at any moment; and what must be true of the folder afterwards."""

import multiprocessing
import os
import re
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from tests.letters.orders import draw, fingerprint
from tests.letters.paper import pages
from tests.twins import PressTwin
from webapp.accounts.models import Employer, User
from webapp.config import Config
from webapp.database import create_engine
from webapp.gateways.letters_folder import FolderCarrier
from webapp.gateways.press_weasyprint import WeasyPress
from webapp.letters import actions
from webapp.letters.enclosure import enclose
from webapp.letters.models import Letter, PrintDocument, PrintRun, Purpose
from webapp.letters.printing import print_document
from webapp.letters.queries import open_documents
from webapp.ports import Outside, PrintedDocument
from webapp.seal import Seal
from webapp.upgrade.models import UpgradeCode
from webapp.writing import TemplateWriter

GROUP = "[1-9B-DF-HJ-KM-NP-TV-Z]{4}"
CODE = re.compile(rf"\b{GROUP} {GROUP} {GROUP}\b")
READABLE = re.compile(CODE.pattern.encode() + b"|/upgrade/code#")
NUMBER = re.compile(r"\b24-\d{6}\b")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Unused:
    """A queue that nobody reads: these processes do the work themselves."""

    def enqueue(self, db: Session, job: Callable[..., None], *ids: int) -> None:
        """Forget it."""


@contextmanager
def a_session(config: Config) -> Iterator[Session]:
    """A session on a connection of its own."""
    engine = create_engine(config.database)
    with Session(engine) as db:
        yield db
    engine.dispose()


def world(config: Config, *, real: bool) -> Outside:
    """The outside world of one process, with the real folder and, if asked for, the real press."""
    none: Any = None
    press = WeasyPress(config) if real else PressTwin()
    carrier = FolderCarrier(config.letters)
    return Outside(config, Seal(config.seal), none, none, press, carrier, TemplateWriter(config), Unused(), lambda: NOW)


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


@dataclass(frozen=True)
class Sheet:
    """What one sheet says."""

    number: str
    address: str
    code: str


def read(pdf: bytes, side: str) -> list[Sheet]:
    """Every sheet of a document, printed by the real press or by its twin."""
    if pdf.startswith(b"%PDF-1.7 twin"):
        return [_from_html(part) for part in pdf.decode().split("<section")[1:]]
    found = []
    for whole, window in zip(pages(pdf), pages(pdf, side), strict=True):
        [number] = NUMBER.findall(whole)
        [code] = CODE.findall(whole)
        _sender, _, address = window.strip().partition("\n")
        found.append(Sheet(number, " ".join(address.split()), code.replace(" ", "")))
    return found


def _from_html(html: str) -> Sheet:
    address = re.search(r'class="address"[^>]*>(.*?)</p>', html, re.DOTALL)
    code = re.search(r'class="code">(.*?)</p>', html)
    number = NUMBER.search(html)
    assert address
    assert code
    assert number
    words = re.sub(r"<br>|\s+", " ", address[1]).replace("&amp;", "&").replace("&#39;", "'")
    return Sheet(number[0], " ".join(words.split()), code[1].replace(" ", ""))


def faults(config: Config) -> list[str]:
    """What is wrong with the folder: letters lost, doubled, mixed up, or not known to the database."""
    found = []
    files = [file for file in config.letters.rglob("*") if file.is_file()]
    read_back = [sheet for file in files if file.suffix == ".pdf" for sheet in read(file.read_bytes(), config.window)]
    seen = Counter(sheet.number for sheet in read_back)
    with a_session(config) as db:
        rows = db.exec(
            select(Letter, User, Employer.name, UpgradeCode.hash)
            .join(User, col(User.id) == Letter.user_id)
            .join(Employer, col(Employer.id) == User.employer_id)
            .join(UpgradeCode, col(UpgradeCode.letter_id) == Letter.id, isouter=True)
        ).all()
        known = {
            letter.number: (" ".join(user.address(company).printed), hashed) for letter, user, company, hashed in rows
        }
        left = db.exec(select(PrintDocument).where(col(PrintDocument.sealed_pdf).is_not(None))).all()
    found += [f"lost: {number}" for number in known if not seen[number]]
    found += [f"doubled: {number}" for number, times in seen.items() if times > 1]
    found += [
        f"mixed up: {sheet.number}"
        for sheet in read_back
        if known.get(sheet.number) != (sheet.address, fingerprint(sheet.code))
    ]
    found += [f"left over: {file.name}" for file in files if file.suffix not in (".pdf", ".json")]
    found += [f"not erased: {document.name}" for document in left]
    return found


def readable_codes(config: Config) -> list[Path]:
    """Files in which a code can be read, other than the letters themselves and half letters that nobody took yet."""
    letters = config.letters
    return [
        file
        for file in config.data.rglob("*")
        if file.is_file() and not file.is_relative_to(letters) and READABLE.search(file.read_bytes())
    ]
