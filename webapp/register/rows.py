"""One line of the register, read: a person, their company and where letters to them go, or everything that is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from webapp.accounts.postal_address import PostalAddress
from webapp.register import cells, days, identifiers
from webapp.register.columns import ADDRESS, Column, Heading

FEWEST_LINES, MOST_LINES = 3, 6  # of an address, as the Swiss Post wants it
Value = TypeVar("Value")


@dataclass(frozen=True)
class Problem:
    """Something to tell about one line of the file; ``column`` is None where it concerns the whole line."""

    line: int
    column: Column | None
    sentence: str

    def __str__(self) -> str:
        """As it is printed: "Line 17, Postcode: “79539” is no postcode …"."""
        place = f"Line {self.line}, {self.column}" if self.column else f"Line {self.line}"
        return f"{place}: {self.sentence}"


@dataclass(frozen=True)
class RegisterRow:
    """What one line says; ``line`` is its number in the file."""

    line: int
    member_number: str
    company: str
    uid: str | None
    last_name: str
    first_name: str
    address_lines: tuple[str, ...]
    postcode: str
    town: str
    email: str
    language: str
    administrator: bool
    active_since: datetime
    inactive_since: datetime | None
    password_hash: str | None

    @property
    def address(self) -> PostalAddress:
        """Where letters to this person go."""
        person = f"{self.first_name} {self.last_name}".strip()
        return PostalAddress(self.company, person, self.address_lines, self.postcode, self.town)


class RowReader:
    """Reads the cells of one line by their columns and collects what is wrong with them."""

    def __init__(self, line: int, texts: Mapping[Column, str]) -> None:
        self.line = line
        self.texts = texts
        self.problems: list[Problem] = []

    def read(self, column: Column, reader: Callable[[str], Value], instead: Value) -> Value:
        """The value of one cell; ``instead`` when it is refused."""
        try:
            return reader(self.texts.get(column, ""))
        except cells.Refused as refused:
            self.refuse(column, str(refused))
            return instead

    def refuse(self, column: Column | None, sentence: str) -> None:
        """Remember what is wrong."""
        self.problems.append(Problem(self.line, column, sentence))

    def name(self) -> tuple[str, str]:
        """Last name and first name, from one column or from two; a person may have a last name only."""
        if Column.PERSON in self.texts:
            return self.read(Column.PERSON, cells.full_name, ("", ""))
        return self.read(Column.LAST_NAME, cells.required, ""), self.read(Column.FIRST_NAME, cells.words, "")

    def address_lines(self) -> tuple[str, ...]:
        """The lines that are not empty, in their order."""
        lines = (self.read(column, cells.address_line, "") for column in ADDRESS)
        return tuple(line for line in lines if line)


def read_row(line: int, texts: tuple[str, ...], heading: Heading, now: datetime) -> RegisterRow | list[Problem]:
    """What one line says, or all that is wrong with it."""
    by_column = {column: texts[place] for column, place in heading.places.items() if place < len(texts)}
    reader = RowReader(line, {column: by_column.get(column, "") for column in heading.places})
    if any(texts[heading.width :]):
        reader.refuse(None, f"There are {len(texts)} cells, but {heading.width} headings.")
        return reader.problems
    row = _row(reader, now)
    return reader.problems or row


def _row(reader: RowReader, now: datetime) -> RegisterRow:
    last_name, first_name = reader.name()
    row = RegisterRow(
        line=reader.line,
        member_number=reader.read(Column.MEMBER_NUMBER, identifiers.member_number, ""),
        company=reader.read(Column.COMPANY, cells.required, ""),
        uid=reader.read(Column.UID, identifiers.uid, None),
        last_name=last_name,
        first_name=first_name,
        address_lines=reader.address_lines(),
        postcode=reader.read(Column.POSTCODE, cells.postcode, ""),
        town=reader.read(Column.TOWN, cells.required, ""),
        email=reader.read(Column.EMAIL, identifiers.email, ""),
        language=reader.read(Column.LANGUAGE, cells.language, ""),
        administrator=reader.read(Column.ADMINISTRATOR, cells.yes_or_no, False),
        active_since=reader.read(Column.ACTIVE_SINCE, lambda text: days.began(text, now), now),
        inactive_since=reader.read(Column.INACTIVE_SINCE, lambda text: days.since(text, now), None),
        password_hash=reader.read(Column.PASSWORD_HASH, identifiers.password_hash, None),
    )
    _check_together(reader, row)
    return row


def _check_together(reader: RowReader, row: RegisterRow) -> None:
    if row.inactive_since and row.inactive_since < row.active_since:
        reader.refuse(Column.INACTIVE_SINCE, "The day lies before “Active since”.")
    if not reader.problems and not FEWEST_LINES <= len(row.address.printed) <= MOST_LINES:
        sentence = f"The address would have {len(row.address.printed)} lines on the envelope; it needs 3 to 6."
        reader.refuse(Column.ADDRESS_1, sentence)
