"""Who takes part in the main job: a register of 10,000 people, and a choice that brings every kind of address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from babel.support import NullTranslations, Translations

from tests.conftest import PROVE
from tests.factories import PASSWORD, hashed
from tests.register_data import EXPORT_HEADINGS, HEADINGS, LETTERS, YES, Row, register_rows, write_csv, write_xlsx
from webapp.config import ROOT

LANGUAGE_OF = {letter: language for language, letter in LETTERS.items()}


@dataclass(frozen=True)
class Size:
    """How much of the main job is done: lines of the register, and how many of their people do what."""

    people: int
    companies: int
    order: int
    ask: int
    go_on: int


WHOLE = Size(10_000, 1_200, order=1_000, ask=40, go_on=40) if PROVE else Size(10_000, 1_200, order=60, ask=4, go_on=4)
SMALLER = WHOLE if PROVE else Size(1_000, 120, order=12, ask=2, go_on=2)


@dataclass(frozen=True)
class Person:
    """Somebody in the register, from nothing but their line in the export."""

    row: Row

    @property
    def company(self) -> str:
        """The member number: companies may have the same name."""
        return self.row[0]

    @property
    def name(self) -> str:
        """First name, last name."""
        last, first = self.row[8].split(", ")
        return f"{first} {last}"

    @property
    def email(self) -> str:
        """What they sign in with."""
        return self.row[9]

    @property
    def language(self) -> str:
        """fr, de, it or en."""
        return LANGUAGE_OF[self.row[10]]

    @property
    def administrator(self) -> bool:
        """Whether they may order."""
        return self.row[11] in YES.values()

    @property
    def address(self) -> tuple[str, ...]:
        """The lines that must show in the window."""
        names = [self.name] if self.row[1] == self.name else [self.row[1], self.name]
        return (*names, *filter(None, self.row[3:6]), f"{self.row[6]} {self.row[7]}")

    @property
    def words(self) -> NullTranslations:
        """Says what a button or a field is called on the pages of this person."""
        return Translations.load(ROOT / "webapp" / "translations", [self.language])


def everybody(size: Size) -> list[Person]:
    """The register."""
    return [Person(row) for row in register_rows(size.people, size.companies)]


def export(folder: Path, people: Sequence[Person], kind: str) -> Path:
    """What the fund's system writes, with the passwords of PartnerWeb 1.0: CSV with French headings, or a workbook."""
    rows = [(*person.row, hashed(PASSWORD)) for person in people]
    if kind == "xlsx":
        return write_xlsx(folder / "register.xlsx", rows, (*HEADINGS, "Password hash"))
    headings = [*EXPORT_HEADINGS["fr"].split(";"), "Hash du mot de passe"]
    return write_csv(folder / "register.csv", rows, headings)


def who_order(people: Sequence[Person], count: int) -> list[Person]:
    """So many administrators, one a company: as many with addresses of three lines as with four, five and six."""
    first = {person.company: person for person in reversed(people) if person.administrator and any(person.row[3:6])}
    lengths = ([person for person in first.values() if len(person.address) == lines] for lines in (3, 4, 5, 6))
    dealt = [person for four in zip_longest(*lengths) for person in four if person]
    return sorted(dealt[:count], key=people.index)


def who_ask(people: Sequence[Person], orderers: Sequence[Person], count: int) -> list[Person]:
    """Colleagues of those without administrator rights."""
    companies = {person.company for person in orderers}
    return [person for person in people if not person.administrator and person.company in companies][:count]


def varied(people: Sequence[Person], count: int, of: Callable[[Person], object]) -> list[Person]:
    """So many, and among them somebody of each kind."""
    one_each = {of(person): person for person in people}.values()
    others = [person for person in people if person not in one_each]
    return [*one_each, *others][:count]


def test_the_choice_brings_every_address_and_every_language() -> None:
    people = everybody(WHOLE)
    chosen = who_order(people, WHOLE.order)
    assert len({person.company for person in chosen}) == len(chosen) == WHOLE.order
    assert {len(person.address) for person in chosen} == {3, 4, 5, 6}
    assert {person.language for person in chosen} == set(LETTERS)
    assert any("’" in person.name or "'" in person.name for person in chosen)
    assert not any(person.administrator for person in who_ask(people, chosen, WHOLE.ask))
