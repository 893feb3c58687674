"""What is on the paper of the main job, whether it belongs together, and that nobody else can read it."""

import hashlib
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.factories import a_user
from tests.journeys.places import PRINTED
from tests.journeys.test_main_people import Person
from tests.letters.paper import MILLIMETRE, Line, in_window
from webapp.accounts.models import User
from webapp.hashing import verify_hash
from webapp.letters.models import Letter
from webapp.ports import Outside
from webapp.upgrade.code import draw, peppered
from webapp.upgrade.models import UpgradeCode

XHTML = "{http://www.w3.org/1999/xhtml}"
NUMBER = re.compile(r"\d\d-\d{6}")


@dataclass(frozen=True)
class Sheet:
    """One letter, read from the paper."""

    number: str
    language: str
    address: str  # its lines, joined by blanks: a long line may be broken
    code: str  # with its blanks
    below: str  # all that stands under the window


def the_sheets(folder: Path, document: dict[str, Any]) -> Iterator[Sheet]:
    """The sheets of one file, in the order of the delivery note, as Poppler reads them."""
    file = folder / document["name"]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == document["sha256"]
    for number, page in zip(document["numbers"], poppler(file).iter(f"{XHTML}page"), strict=True):
        lines = list(lines_of(page))
        texts = [line.text for line in lines]
        assert [text for text in texts if NUMBER.fullmatch(text)] == [number]
        [code] = [text for text in texts if PRINTED.fullmatch(text)]
        address = " ".join(line.text for line in in_window(lines, "right")[1:])
        below = " ".join(line.text for line in lines if line.top > 95)
        yield Sheet(number, document["language"], address, code, below)


def poppler(file: Path) -> ET.Element:
    """Every word of a PDF and where it stands."""
    found = subprocess.run(["pdftotext", "-bbox-layout", file, "-"], capture_output=True, check=True).stdout
    return ET.fromstring(found)


def lines_of(page: ET.Element) -> Iterator[Line]:
    """The lines of one sheet, with their places in millimetres."""
    for line in page.iter(f"{XHTML}line"):
        left, top, right, bottom = (float(line.attrib[side]) / MILLIMETRE for side in ("xMin", "yMin", "xMax", "yMax"))
        yield Line(" ".join(word.text or "" for word in line), left, top, right, bottom, size=0, font="")


def belongs_together(db: Session, outside: Outside, letters: Sequence[Sheet], ordering: Sequence[Person]) -> None:
    """Each person who ordered has one sheet: their own address, name, language and code."""
    people = {" ".join(person.address): person for person in ordering}
    assert Counter(sheet.address for sheet in letters) == Counter(people.keys())
    assert len({sheet.code for sheet in letters}) == len(letters)
    rows = select(Letter, User.email, UpgradeCode.hash).where(
        User.id == Letter.user_id, UpgradeCode.letter_id == Letter.id
    )
    kept = {letter.number: (email, hashed) for letter, email, hashed in db.exec(rows)}
    db.rollback()
    for sheet in letters:
        person, (email, hashed) = people[sheet.address], kept[sheet.number]
        assert (email, sheet.language) == (person.email, person.language)
        assert person.name in sheet.below
        assert verify_hash(hashed, peppered(sheet.code.replace(" ", ""), outside.config.pepper))


def swapped(letters: Sequence[Sheet]) -> list[Sheet]:
    """What a careless printer would make: two people have each other's code."""
    first, second, *others = letters
    return [replace(first, code=second.code), replace(second, code=first.code), *others]


def nobody_else_knows(db: Session, outside: Outside, letters: Sequence[Sheet], ordering: Sequence[Person]) -> None:
    """After the hand-over no code can be read in the database, in an e-mail or in an SMS."""
    said = "\n".join(map(repr, [*outside.mailer.sent, *outside.sms.sent]))
    kept = everything_in(db)
    codes = [sheet.code for sheet in letters]
    assert (readable(codes, said), readable(codes, kept)) == ([], [])
    assert ordering[0].email in said
    assert ordering[0].email in kept


def readable(codes: Sequence[str], text: str) -> list[str]:
    """Which of the codes stand in a text, in groups or in one piece."""
    return [code for code in codes if any(code.replace(" ", sign) in text for sign in (" ", "", "-"))]


def everything_in(db: Session) -> str:
    """All that the database holds: the file as it lies there with its log, or every row of every table."""
    db.rollback()
    bind = db.get_bind()
    if bind.dialect.name == "sqlite":
        file = Path(str(bind.engine.url.database))
        return "\n".join(path.read_bytes().decode("latin-1") for path in file.parent.glob(f"{file.name}*"))
    inspector = sa.inspect(bind)
    schemas = [schema for schema in inspector.get_schema_names() if schema != "information_schema"]
    tables = [f'"{schema}"."{table}"' for schema in schemas for table in inspector.get_table_names(schema)]
    rows = [row for table in tables for row in db.execute(sa.text(f"SELECT t::text FROM {table} t")).scalars()]
    db.rollback()
    return "\n".join(rows)


@pytest.mark.parametrize("written", ["{}", "Your code: {}.", "…/upgrade/code#{}"])
def test_a_code_that_was_kept_would_be_seen(db: Session, written: str) -> None:
    code = draw()
    grouped = f"{code[:4]} {code[4:8]} {code[8:]}"
    person = a_user(db)
    assert readable([grouped], everything_in(db)) == []
    db.execute(sa.update(User).where(col(User.id) == person.id).values(town=written.format(code)))
    db.commit()
    assert readable([grouped], everything_in(db)) == [grouped]
