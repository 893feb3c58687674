"""People who wait for a letter, and a stand-in for how their codes are drawn."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from tests.factories import a_user, an_employer
from webapp.accounts.models import User
from webapp.letters.enclosure import Enclosure
from webapp.letters.models import Letter, Purpose, Reason
from webapp.letters.working_days import end_of
from webapp.ports import Outside
from webapp.upgrade.models import UpgradeCode

ALPHABET = "123456789BCDFGHJKMNPQRSTVWXYZ"
PEOPLE = (  # language, company, first name, last name, lines, postcode, town
    ("fr", "Boulangerie Favre SA", "Marc", "Favre", ["Rue de l’Avenir 12"], "2502", "Bienne"),
    ("de", "Schreinerei Müller-Hämmerli & Söhne AG", "Annegret", "Müller-Hämmerli",
     ["c/o Treuhand Zürcher", "Postfach 123", "Bahnhofstrasse 117a"], "8001", "Zürich"),
    ("it", "Fondazione per l’accoglienza familiare diurna", "Gian Franco", "D’Alessandro-Bernasconi",
     ["c/o Studio fiduciario Però & Figli", "Casella postale 1234", "Via alla Chiesa 12"], "6900", "Lugano"),
    ("en", "Emma O’Brien", "Emma", "O’Brien", ["Lake Street 3"], "1201", "Genève"),
    ("fr", "Fondation intercommunale pour l’accueil de l’enfance du Nord vaudois et de la Broye", "Žaneta",
     "Nuñez-Łukasiewicz", ["Case postale 17"], "1400", "Yverdon-les-Bains"),
    ("de", "Gemeinde Sankt Å", "Ömer", "von Känel-Châtelain", ["Gässli 1"], "9000", "St. Gallen"),
)  # fmt: skip


def an_order(db: Session, user: User) -> Letter:
    """A letter that waits, committed; in large print for whoever wishes so."""
    letter = Letter(
        user_id=user.id or 0,
        purpose=Purpose.UPGRADE,
        reason=Reason.FIRST,
        ordered_at=user.activated_at,
        ordered_by_id=user.id or 0,
        large_print=user.large_print,
    )
    db.add(letter)
    db.commit()
    return letter


def orders(db: Session, count: int) -> None:
    """So many people who wait for a letter, in all languages, with all kinds of names and addresses; committed."""
    for number in range(count):
        language, company, first, last, lines, postcode, town = PEOPLE[number % len(PEOPLE)]
        name = last if number < len(PEOPLE) else f"{last} {number}"
        whole = f"{first} {name}" if company == f"{first} {last}" else company
        facts = {"first_name": first, "last_name": name, "address_lines": lines, "postcode": postcode, "town": town}
        facts["large_print"] = number >= len(PEOPLE)
        an_order(db, a_user(db, an_employer(db, name=whole), language=language, **facts))


def fingerprint(code: str) -> str:
    """How the stand-in recognises a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def draw(letters: Sequence[Letter], printed_on: date, outside: Outside) -> Mapping[int, Enclosure]:
    """A code for each letter."""
    last_day = printed_on + timedelta(days=30)
    drawn = {}
    for letter in letters:
        code = "".join(secrets.choice(ALPHABET) for _ in range(12))
        record = UpgradeCode(
            letter_id=letter.id or 0,
            user_id=letter.user_id,
            hash=fingerprint(code),
            last_day=last_day,
            expires_at=end_of(last_day),
        )
        drawn[letter.id or 0] = Enclosure(code, record)
    return drawn
