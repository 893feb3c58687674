"""Take the fund's register over: companies and people are added and brought up to date, never removed."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from webapp.accounts.models import Employer, LoginSession, User, public_id
from webapp.audit.events import Event
from webapp.register.differences import (
    changed_here,
    changes,
    company_changes,
    company_uid,
    happened,
    new_person,
)
from webapp.register.identifiers import compact_number
from webapp.register.known import Known
from webapp.register.register import Register
from webapp.register.rows import Problem, RegisterRow

AT_ONCE = 1000  # rows a statement
Row = TypeVar("Row")
Values = dict[str, Any]  # by column
Progress = Callable[[int], object]
Happened = list[tuple[Event, int, int]]  # what happened to whom, and in which company (ids)


def _silent(_rows: object) -> None:
    """Tell nobody."""


@dataclass
class Count:
    """How many were new, changed, and as they were."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class Imported:
    """What became of an import; where ``written`` is False, nothing was changed and the counts say what would be."""

    companies: Count = field(default_factory=Count)
    people: Count = field(default_factory=Count)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    happened: Happened = field(default_factory=list)  # to each person who is new or changed
    missing: int = 0  # active people here who are on no good line of the file
    written: bool = False

    @property
    def refused_lines(self) -> int:
        """How many lines were refused; one may have several problems."""
        return len({problem.line for problem in self.problems})


def import_register(
    db: Session,
    *,
    register: Register,
    now: datetime,
    dry_run: bool = False,
    skip_bad: bool = False,
    progress: Progress = _silent,
    before_commit: Callable[[Imported], object] = _silent,
) -> Imported:
    """Add and change what ``register`` says, in one transaction; a second time changes nothing.

    Nothing is written when a line is refused, unless ``skip_bad``. ``progress`` is told how many more rows are done,
    ``before_commit`` what is about to be committed.
    """
    known = _known(db)
    outcome = Imported(problems=list(register.problems), warnings=list(register.warnings))
    rows = [row for row in register.rows if known.accepts(row, outcome.problems, outcome.warnings)]
    outcome.warnings += [warning for row in rows for warning in _changed_here(row, known)]
    outcome.problems.sort(key=lambda problem: problem.line)
    outcome.missing = known.missing({row.email for row in rows})
    outcome.written = not dry_run and (skip_bad or not outcome.problems)
    _write_companies(db, rows, known, outcome.companies)
    outcome.happened = _write_people(db, rows, known, outcome.people, now=now, progress=progress)
    if outcome.written:
        before_commit(outcome)
        db.commit()
    else:
        db.rollback()
    return outcome


def _changed_here(row: RegisterRow, known: Known) -> Iterator[Problem]:
    person = known.person(row.email)
    for column in changed_here(row, person) if person else ():
        yield Problem(row.line, column, "This was changed in the portal since; that stays.")


def _known(db: Session) -> Known:
    if db.get_bind().dialect.name == "postgresql":  # two imports at once: the second waits
        db.execute(sa.text("LOCK TABLE employer IN SHARE ROW EXCLUSIVE MODE"))
    people = db.connection().execute(sa.select(*User.__table__.columns))  # type: ignore[attr-defined]
    return Known(_companies(db), {row["email"]: dict(row) for row in people.mappings()})


def _companies(db: Session) -> dict[str, dict[str, Any]]:
    found = db.connection().execute(sa.select(*Employer.__table__.columns))  # type: ignore[attr-defined]
    return {compact_number(row["member_number"]): dict(row) for row in found.mappings()}


def _write_companies(db: Session, rows: Sequence[RegisterRow], known: Known, count: Count) -> None:
    by_number: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        by_number[compact_number(row.member_number)].append(row)
    new: list[Values] = []
    changed: list[Values] = []
    for number, people in by_number.items():
        if company := known.companies.get(number):
            different = company_changes(people, company)
            changed += [{"row_id": company["id"], **different}] if different else []
        else:
            first = people[0]
            new.append({"member_number": first.member_number, "name": first.company, "uid": company_uid(people)})
    _insert(db, Employer, new)
    _update(db, Employer, changed)
    count.new, count.changed = len(new), len(changed)
    count.unchanged = len(by_number) - len(new) - len(changed)
    known.companies = _companies(db)


def _write_people(
    db: Session,
    rows: Sequence[RegisterRow],
    known: Known,
    count: Count,
    *,
    now: datetime,
    progress: Progress,
) -> Happened:
    new: list[Values] = []
    changed: list[Values] = []
    told: Happened = []
    for row in rows:
        if person := known.person(row.email):
            different = changes(row, person)
            told += [(event, person["id"], person["employer_id"]) for event in happened(different)]
            changed += [{"row_id": person["id"], **different}] if different else []
        else:
            employer_id = known.companies[compact_number(row.member_number)]["id"]
            new.append({"public_id": public_id(), "clerk": False, "employer_id": employer_id, **new_person(row)})
    count.new, count.changed = len(new), len(changed)
    count.unchanged = len(rows) - len(new) - len(changed)
    progress(count.unchanged)
    _insert(db, User, new, progress)
    _update(db, User, changed, progress)
    _end_sessions(db, [person["row_id"] for person in changed if person.get("deactivated_at")], now)
    return told + _created(db, [person["email"] for person in new])


def _created(db: Session, emails: Sequence[str]) -> Happened:
    made = sa.select(col(User.id), col(User.employer_id))
    some = (db.execute(made.where(col(User.email).in_(portion))).all() for portion in _batches(emails))
    return [(Event.USER_CREATED, user_id, employer_id) for people in some for user_id, employer_id in people]


def _insert(db: Session, table: type[SQLModel], rows: Sequence[Values], progress: Progress = _silent) -> None:
    for some in _batches(rows):
        db.connection().execute(sa.insert(table), some)
        progress(len(some))


def _update(db: Session, table: type[SQLModel], rows: Sequence[Values], progress: Progress = _silent) -> None:
    """Write only the columns that differ: what people change meanwhile in other columns is not undone."""
    alike: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for row in rows:
        alike[tuple(row)].append(row)
    statement = sa.update(table).where(sa.column("id") == sa.bindparam("row_id"))
    for group in alike.values():
        for some in _batches(group):
            db.connection().execute(statement, some)
            progress(len(some))


def _end_sessions(db: Session, user_ids: Sequence[int], now: datetime) -> None:
    for some in _batches(user_ids):
        live = sa.update(LoginSession).where(col(LoginSession.user_id).in_(some), col(LoginSession.ended_at).is_(None))
        db.execute(live.values(ended_at=now))


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
