"""A fund with 100,000 users: a company of 10,000, the others in 1,200 companies; in every state, all invented."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from tests.bench.place import Place
from tests.factories import LONG_AGO, a_clerk, an_administrator, an_employer
from tests.register_names import FIRST_NAMES, LAST_NAMES
from webapp.accounts.folding import searchable
from webapp.accounts.models import Employer, User, public_id
from webapp.letters.models import AddressReport, Letter
from webapp.login_methods.models import Enrolment
from webapp.upgrade.models import CodeWish, UpgradeCode

LARGE, COMPANIES = 10_000, 1_200
RARE = "xyzwicki"  # a name that one person in 10,000 has


@dataclass(frozen=True)
class Crowd:
    """Who looks at them."""

    company: Employer  # the large one
    admin: User  # of the large company
    clerk: User


def crowd(place: Place, people: int = 100_000, upgraded: float = 0.2) -> Crowd:
    """Make them with one statement a table: a few seconds. ``upgraded``: the share who have moved already."""
    db, now = place.db, place.outside.now()
    company = an_employer(db, name="Muster Handel AG")
    admin = an_administrator(db, company, last_name="Aaa")
    clerk = a_clerk(db, upgraded_at=now, factor_since=now)
    chance = random.Random(3)
    others = [{"member_number": f"998.{number:05}", "name": f"Exemple {number} SA"} for number in range(COMPANIES)]
    ids = db.execute(sa.insert(Employer).returning(Employer.id), others).scalars().all()  # type: ignore[call-overload]
    db.connection().execute(sa.insert(User), list(_people(chance, people, [company.id or 0, *ids], place, upgraded)))
    told = sa.select(User.id, User.upgraded_at).where(User.email.like("%@crowd.example"))  # type: ignore[call-overload,attr-defined]
    rows = db.execute(told.order_by(User.id)).all()
    for table, made in _letters(chance, rows, admin, place).items():
        db.connection().execute(sa.insert(table), made)
    db.commit()
    _look_at_the_tables(place)
    return Crowd(company, admin, clerk)


def _people(chance: random.Random, count: int, companies: list[int], place: Place, share: float) -> Iterator[Any]:
    first = [name for names in FIRST_NAMES.values() for name in names]
    last = [name for names in LAST_NAMES.values() for name in names]
    now = place.outside.now()
    for number in chance.sample(range(count), count):
        one = {"last_name": f"{chance.choice(last)}-{chance.choice(last)}", "first_name": chance.choice(first)}
        if number % 10_000 == 7:
            one["last_name"] = RARE.title()
        one["email"] = f"p{number}@crowd.example"
        yield {
            **one,
            "search": searchable(**one),
            "public_id": public_id(),
            "employer_id": companies[0] if number < LARGE else chance.choice(companies[1:]),
            "clerk": False,
            "administrator": False,
            "language": chance.choice(("fr", "de", "it", "en")),
            "activated_at": LONG_AGO + timedelta(days=chance.randrange(400)),
            "deactivated_at": LONG_AGO if chance.random() < 0.05 else None,
            "upgraded_at": (upgraded := now - timedelta(days=3) if chance.random() < share else None),
            "factor_since": upgraded,
            "address_lines": ["Rue du Marché 7"],
            "postcode": "1800" if chance.random() < 0.98 else "",
            "town": "Vevey",
        }


def _letters(chance: random.Random, rows: Any, admin: User, place: Place) -> dict[type, list[dict[str, Any]]]:
    """Every fifth person was sent a letter once, a few wait for theirs, a few addresses are wrong."""
    now, letters, codes = place.outside.now(), [], []
    lettered = [row for row in rows if row.upgraded_at or chance.random() < 0.2]
    for number, (user_id, _upgraded) in enumerate(lettered, start=1):
        ordered, waits = now - timedelta(days=chance.randrange(2, 60)), chance.random() < 0.02
        facts = {"purpose": "upgrade", "reason": "first", "ordered_at": ordered, "ordered_by_id": admin.id}
        printed = {"printed_at": None if waits else ordered, "posted_at": None if waits else ordered}
        letters.append({"id": number, "public_id": public_id(), "user_id": user_id, **facts, **printed})
        if not waits:
            until = ordered + timedelta(days=30)
            codes.append({"letter_id": number, "user_id": user_id, "hash": "", "last_day": until, "expires_at": until})
    wrong = [{"user_id": row.id, "reported_at": now, "remark": ""} for row in chance.sample(rows, len(rows) // 300)]
    wishes = [{"user_id": row.id, "asked_at": now} for row in chance.sample(rows, len(rows) // 200)]
    methods = [
        {"public_id": public_id(), "user_id": row.id, "method": "sms", "kept": b"", "shown_as": "", "started_at": now}
        | {"confirmed_at": now, "used_at": now}
        for row in rows
        if row.upgraded_at
    ]
    made = {Letter: letters, UpgradeCode: codes, AddressReport: wrong, CodeWish: wishes, Enrolment: methods}
    return {table: rows for table, rows in made.items() if rows}


def _look_at_the_tables(place: Place) -> None:
    """As PostgreSQL does by itself a minute later; and identities go on after the rows that were given theirs."""
    db = place.db
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.text("SELECT setval('letter_id_seq', greatest((SELECT max(id) FROM letter), 1))"))
        db.commit()
        swept(db)


def swept(db: Session) -> None:
    """What PostgreSQL's autovacuum does after many rows have come or gone; SQLite needs nothing of the kind."""
    if db.get_bind().dialect.name == "postgresql":
        with db.get_bind().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:  # type: ignore[union-attr]
            connection.execute(sa.text("VACUUM ANALYZE"))
