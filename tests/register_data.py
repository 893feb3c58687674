"""A fund's register export as it might look: 10,000 invented people in 1,200 companies; the same for the same seed."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from tests import register_names as names

HEADINGS = (
    "Member number", "Company", "UID", "Address line 1", "Address line 2", "Address line 3", "Postcode", "Town",
    "Person", "E-mail", "Language", "Administrator", "Active since",
)  # fmt: skip
EXPORT_HEADINGS = {
    "fr": "N° d'affilié;Entreprise;IDE;Adresse 1;Adresse 2;Adresse 3;NPA;Localité;Nom, prénom;Adresse e-mail;Langue;"
    "Administrateur;Activé depuis",
    "de": "Mitgliednummer;Firma;UID-Nummer;Adresszeile 1;Adresszeile 2;Adresszeile 3;PLZ;Ort;Name, Vorname;E-Mail;"
    "Sprache;Administrator;Aktiviert seit",
    "it": "Numero di affiliato;Ragione sociale;IDI;Indirizzo 1;Indirizzo 2;Indirizzo 3;NPA;Località;Cognome, nome;"
    "Indirizzo e-mail;Lingua;Amministratore;Attivato dal",
}
LETTERS = {"fr": "F", "de": "A", "it": "I", "en": "E"}  # as in the guide: A is "allemand"
YES = {"fr": "oui", "de": "ja", "it": "sì", "en": "yes"}
NO = {"fr": "non", "de": "nein", "it": "no", "en": ""}
Row = tuple[str, ...]


def register_rows(people: int = 10_000, companies: int = 1_200, seed: int = 2026) -> list[Row]:
    """The lines of an export, in the order of HEADINGS: cells as text, dates as dd.mm.yyyy."""
    dice = Random(seed)
    sizes = [1] * companies
    weights = [min(dice.paretovariate(0.9), 200) for _ in sizes]  # many small companies, a few large ones
    for company in dice.choices(range(companies), weights, k=people - companies):
        sizes[company] += 1
    taken: set[str] = set()
    return [row for number, size in enumerate(sizes, start=1) for row in _company(dice, number, size, taken)]


def _company(dice: Random, number: int, size: int, taken: set[str]) -> Iterator[Row]:
    main = dice.choices(("fr", "de", "it", "en"), (40, 40, 15, 5))[0]
    owner = _person(dice, main)
    company = _company_name(dice, main, owner, number, size)
    member = f"{100 + number // 100}.{number:05d}.{number % 7}"
    where = (*_address(dice, main, sole=company == f"{owner[1]} {owner[0]}"), *_town(dice, main))
    seen: set[tuple[str, str]] = set()
    for place in range(size):
        language = main if dice.random() < 0.8 else dice.choice(("fr", "de", "it", "en"))
        person = owner if place == 0 else _person(dice, language)
        while person in seen:
            person = (f"{person[0]}-{dice.choice(names.LAST_NAMES[language])}", person[1])
        seen.add(person)
        administrator = (YES if place == 0 or dice.random() < 0.15 else NO)[main]
        since = date(2012, 1, 1) + timedelta(days=dice.randrange(5000))
        yield (
            member, company, _uid(number), *where, f"{person[0]}, {person[1]}", _email(person, number, taken),
            LETTERS[language], administrator, f"{since:%d.%m.%Y}",
        )  # fmt: skip


def _person(dice: Random, language: str) -> tuple[str, str]:
    """Last name, first name."""
    last = dice.choice(names.LAST_NAMES[language])
    if dice.random() < 0.15:
        last = f"{last}-{dice.choice(names.LAST_NAMES[dice.choice(('fr', 'de', 'it'))])}"
    if dice.random() < 0.08:
        last = dice.choice(names.PARTICLES[language]) + last
    return last, dice.choice(names.FIRST_NAMES[language])


def _company_name(dice: Random, language: str, owner: tuple[str, str], number: int, size: int) -> str:
    if size == 1 and dice.random() < 0.3:
        return f"{owner[1]} {owner[0]}"  # a sole trader
    if dice.random() < 0.02:
        return f"{names.LONG[language]} {number}"
    trade, form = dice.choice(names.TRADES[language]), dice.choice(names.FORMS[language])
    return f"{trade} {owner[0]} {form}"


def _address(dice: Random, language: str, *, sole: bool) -> tuple[str, str, str]:
    """Line 1 to 3: c/o, street and number, post box; a few villages need only the town."""
    if dice.random() < 0.03 and not sole:
        return "", "", ""
    street = f"{dice.choice(names.STREETS[language])} {dice.randrange(1, 190)}{dice.choice(('', '', '', 'a', 'bis'))}"
    care_of = f"c/o {names.CARE_OF[language]}" if dice.random() < 0.1 else ""
    box = f"{names.BOXES[language]} {dice.randrange(1, 900)}" if dice.random() < 0.2 else ""
    return care_of, street, box


def _town(dice: Random, language: str) -> tuple[str, str]:
    postcode, _, town = dice.choice(names.TOWNS[language]).partition(" ")
    return postcode, town


def _uid(number: int) -> str:
    """A UID whose check digit is right, or nothing where it would be 10 and is never issued."""
    digits = f"{20_000_000 + number * 37:08d}"
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, (5, 4, 3, 2, 7, 6, 5, 4), strict=True))
    check = (11 - weighed % 11) % 11
    return "" if check == 10 else f"CHE-{digits[:3]}.{digits[3:6]}.{digits[6:]}{check}"


def _email(person: tuple[str, str], number: int, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", f"{person[1]}.{person[0]}".lower().replace("œ", "oe"))
    local = "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign in ".-")).replace("..", ".")
    email = next(e for n in range(1, 99) if (e := f"{local}{n if n > 1 else ''}@firm{number:04d}.example") not in taken)
    taken.add(email)
    return email


def write_csv(
    path: Path,
    rows: Iterable[Row],
    headings: Sequence[str] = HEADINGS,
    *,
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
) -> Path:
    """``rows`` as a CSV file."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([headings, *rows])
    return path


def write_xlsx(path: Path, rows: Iterable[Row], headings: Sequence[str] = HEADINGS) -> Path:
    """``rows`` as a workbook: postcodes as numbers and days as dates, as an export would have them."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Register")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, headings)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if headings[column] == "Postcode" and cell.isdigit():
                sheet.write_number(line, column, int(cell))
            elif headings[column] == "Active since" and len(cell) == 10 and cell[2] == ".":
                sheet.write_datetime(line, column, date(int(cell[6:]), int(cell[3:5]), int(cell[:2])), day)
            else:
                sheet.write_string(line, column, cell)
    book.close()
    return path
