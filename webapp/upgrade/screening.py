"""Who may be sent a letter, asked of the database for ten thousand people at once.

These are the rules of ``eligibility`` and ``PostalAddress`` again, as SQL; the tests compare both, person by person.
"""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, col

from webapp.accounts.models import Employer, User
from webapp.accounts.postal_address import FEWEST, MOST
from webapp.config import BETWEEN_LETTERS, LETTERS_A_DAY, LETTERS_AT_MOST, LETTERS_COUNTED_OVER
from webapp.letters.models import AddressReport, Letter, Purpose
from webapp.upgrade.eligibility import Refusal

Condition = sa.ColumnElement[bool]


def people_with(db: Session, user_ids: Collection[int]) -> sa.Select[Any]:
    """A select of these ids as one parameter, however many they are: a list of 10,000 would be too long."""
    told = sa.literal(json.dumps(sorted(set(user_ids))))
    if db.get_bind().dialect.name == "postgresql":
        one = sa.func.json_array_elements_text(sa.cast(told, sa.JSON)).column_valued("told")
        return sa.select(sa.cast(one, sa.Integer).label("id"))
    return sa.select(sa.func.json_each(told).table_valued(sa.column("value", sa.Integer)).c.value.label("id"))


def refusal(now: datetime, purpose: Purpose = Purpose.UPGRADE) -> sa.Case[Any]:
    """The first reason why no letter may go to ``User`` of ``Employer``, as a word; NULL when one may."""
    recent = _letters(sa.func.count(), purpose).where(col(Letter.ordered_at) > now - LETTERS_COUNTED_OVER)
    reported = sa.exists().where(col(AddressReport.user_id) == col(User.id), col(AddressReport.settled_at).is_(None))
    return sa.case(
        (col(User.deactivated_at).is_not(None), Refusal.INACTIVE.value),
        *_not_for(purpose),
        (sa.not_(_address_is_complete()), Refusal.ADDRESS_INCOMPLETE.value),
        (reported, Refusal.ADDRESS_REPORTED.value),
        (sa.not_(had_letter(purpose)), None),
        (had_letter(purpose, col(Letter.printed_at).is_(None)), Refusal.LETTER_WAITING.value),
        (had_letter(purpose, col(Letter.ordered_at) > now - BETWEEN_LETTERS), Refusal.TOO_SOON.value),
        (recent.scalar_subquery() >= LETTERS_AT_MOST, Refusal.TOO_MANY.value),
        else_=None,
    )


def _not_for(purpose: Purpose) -> list[tuple[Condition, str]]:
    """To whom letters of this purpose never go."""
    upgraded = col(User.upgraded_at).is_not(None) | col(User.factor_since).is_not(None)
    if purpose is not Purpose.RECOVERY:
        return [(upgraded, Refusal.ALREADY_UPGRADED.value)]
    return [(sa.not_(upgraded), Refusal.NOT_UPGRADED.value), (col(User.clerk).is_(True), Refusal.FUND_STAFF.value)]


def had_letter(purpose: Purpose, *such: Condition) -> Condition:
    """Whether ``User`` was ever ordered such a letter that was not withdrawn, and that meets these conditions."""
    return _letters(sa.literal(1), purpose).where(*such).exists()


def left_for(db: Session, by: User, now: datetime) -> int | None:
    """How many letters ``by`` may still order for the people of the own company today; None: the fund is free."""
    if by.clerk:
        return None
    of_the_day = sa.select(sa.func.count()).select_from(Letter).join(User, col(User.id) == col(Letter.user_id))
    of_the_day = of_the_day.where(col(User.employer_id) == by.employer_id, col(Letter.withdrawn_at).is_(None))
    ordered = db.execute(of_the_day.where(col(Letter.ordered_at) > now - BETWEEN_LETTERS)).scalar_one()
    return max(LETTERS_A_DAY - ordered, 0)


def of_people(db: Session, user_ids: Collection[int], *asked: Any) -> sa.Select[Any]:
    """A select of these facts of each person: of ``User``, and of ``Employer`` if there is one."""
    people = sa.select(*asked).select_from(User).where(col(User.id).in_(people_with(db, user_ids)))
    return people.outerjoin(Employer, col(Employer.id) == col(User.employer_id))


def _letters(what: Any, purpose: Purpose) -> sa.Select[Any]:
    mine = sa.select(what).select_from(Letter).where(col(Letter.user_id) == col(User.id))
    mine = mine.where(col(Letter.purpose).in_(purpose.alike), col(Letter.withdrawn_at).is_(None))
    return mine.correlate(User)


def _address_is_complete() -> Condition:
    company = sa.func.coalesce(col(Employer.name), "")
    person = sa.func.trim(col(User.first_name) + " " + col(User.last_name))
    town = sa.func.trim(col(User.postcode) + " " + col(User.town))
    names = sa.case(((company == "") | (person == ""), _one_if(company != "")), (company == person, 1), else_=2)
    printed = names + Written(col(User.address_lines)) + _one_if(town != "")
    return printed.in_(range(FEWEST, MOST + 1)) & (col(User.postcode) != "") & (col(User.town) != "")


def _one_if(condition: Condition) -> sa.Case[int]:
    return sa.case((condition, 1), else_=0)


class Written(FunctionElement[int]):
    """How many texts of a JSON list are not empty; looked at one by one only where one may be empty."""

    type = sa.Integer()
    inherit_cache = True


@compiles(Written, "sqlite")
def _on_sqlite(element: Written, compiler: Any, **how: Any) -> str:
    texts = compiler.process(element.clauses, **how)
    counted = f"(SELECT count(*) FROM json_each({texts}) WHERE value <> '')"  # noqa: S608 -- a column's name
    return f"""CASE instr({texts}, '""') WHEN 0 THEN json_array_length({texts}) ELSE {counted} END"""


@compiles(Written, "postgresql")
def _on_postgresql(element: Written, compiler: Any, **how: Any) -> str:
    texts = compiler.process(element.clauses, **how)
    counted = f"(SELECT count(*) FROM json_array_elements_text({texts}) AS line WHERE line <> '')"  # noqa: S608 -- a column's name
    return f"""CASE strpos({texts}::text, '""') WHEN 0 THEN json_array_length({texts}) ELSE {counted} END"""
