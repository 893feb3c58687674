"""What must be true of the printer's folder and of all other files once a print run is over, however it went."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from tests.letters.orders import fingerprint
from tests.letters.paper import pages
from webapp.accounts.models import Employer, User
from webapp.config import Config
from webapp.database import create_engine
from webapp.letters.models import Letter, PrintDocument
from webapp.upgrade.models import UpgradeCode

GROUP = "[1-9B-DF-HJ-KM-NP-TV-Z]{4}"
CODE = re.compile(rf"\b{GROUP} {GROUP} {GROUP}\b")
READABLE = re.compile(CODE.pattern.encode() + b"|/upgrade/code#")
NUMBER = re.compile(r"\b24-\d{6}\b")


@contextmanager
def a_session(config: Config) -> Iterator[Session]:
    """A session on a connection of its own."""
    engine = create_engine(config.database)
    with Session(engine) as db:
        yield db
    engine.dispose()


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
