"""What the fund's own side sees: the campaign, the print runs, and what waits for a clerk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.letters.models import AddressReport, Letter, PrintDocument, PrintRun
from webapp.upgrade.letter_state import letter_state
from webapp.upgrade.models import CodeWish
from webapp.upgrade.state import State

SHOWN = 50


def campaign(db: Session, now: datetime) -> Mapping[State, int]:
    """How many active people are in each state."""
    people = sa.select(letter_state(now).label("state")).where(col(User.clerk).is_(False))
    each = people.where(col(User.deactivated_at).is_(None)).subquery()
    counted = dict(db.execute(sa.select(each.c.state, sa.func.count()).group_by(each.c.state)).all())
    return {one: counted.get(one.value, 0) for one in State}


@dataclass(frozen=True)
class RunLine:
    """One print run in the list."""

    run: PrintRun
    letters: int


def runs(db: Session) -> list[RunLine]:
    """The latest print runs, newest first."""
    total = sa.func.coalesce(sa.func.sum(PrintDocument.letters), 0)
    lines = (
        sa.select(PrintRun, total)
        .outerjoin(PrintDocument, col(PrintDocument.run_id) == col(PrintRun.id))
        .group_by(*PrintRun.__table__.c)  # type: ignore[attr-defined]
        .order_by(col(PrintRun.id).desc())
        .limit(SHOWN)
    )
    return [RunLine(run, letters) for run, letters in db.execute(lines)]


RUN = select(PrintRun).where(col(PrintRun.public_id) == sa.bindparam("public_id"))


def run_with(db: Session, public_id: str) -> PrintRun | None:
    """The print run behind an address."""
    return db.exec(RUN, params={"public_id": public_id}).first()


@dataclass(frozen=True)
class WrongAddress:
    """A task: somebody says that the register has an old address."""

    report: AddressReport
    user: User
    employer: Employer | None
    came_back: Sequence[str]  # the numbers of the letters that did, newest first

    @property
    def lines(self) -> Sequence[str]:
        """The address in the register."""
        return self.user.address(self.employer.name if self.employer else "").printed


def wrong_addresses(db: Session) -> list[WrongAddress]:
    """The open tasks, the oldest first."""
    found = db.exec(
        select(AddressReport, User, Employer)
        .join(User, col(User.id) == AddressReport.user_id)
        .join(Employer, col(Employer.id) == User.employer_id, isouter=True)
        .where(col(AddressReport.settled_at).is_(None))
        .order_by(col(AddressReport.reported_at))
        .limit(SHOWN)
    )
    rows = found.all()
    came_back = _came_back(db, [user.id or 0 for _report, user, _employer in rows])
    return [WrongAddress(report, user, employer, came_back[user.id or 0]) for report, user, employer in rows]


def _came_back(db: Session, user_ids: Sequence[int]) -> Mapping[int, list[str]]:
    letters = select(Letter).where(col(Letter.user_id).in_(user_ids), col(Letter.returned_at).is_not(None))
    numbers = defaultdict[int, list[str]](list)
    for letter in db.exec(letters.order_by(col(Letter.id).desc())):
        numbers[letter.user_id].append(letter.number)
    return numbers


@dataclass(frozen=True)
class Wish:
    """Somebody without administrator rights asked for a code and waits for the company's administrators."""

    wish: CodeWish
    user: User
    employer: Employer


def wishes(db: Session) -> list[Wish]:
    """The unanswered wishes, the oldest first."""
    found = db.exec(
        select(CodeWish, User, Employer)
        .join(User, col(User.id) == CodeWish.user_id)
        .join(Employer, col(Employer.id) == User.employer_id)
        .where(col(CodeWish.answered_at).is_(None))
        .order_by(col(CodeWish.asked_at))
        .limit(SHOWN)
    )
    return [Wish(*row) for row in found]


def open_tasks(db: Session) -> tuple[int, int]:
    """How many wrong addresses and how many wishes are open."""
    reports = select(sa.func.count()).select_from(AddressReport).where(col(AddressReport.settled_at).is_(None))
    wished = select(sa.func.count()).select_from(CodeWish).where(col(CodeWish.answered_at).is_(None))
    return db.exec(reports).one(), db.exec(wished).one()
