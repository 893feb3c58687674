"""What the fund's own side sees: the campaign, the print runs, and what waits for a clerk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.letters.models import AddressReport, Letter, PrintDocument, PrintRun
from webapp.upgrade.models import CodeWish, UpgradeCode

SHOWN = 50


class State(StrEnum):
    """Where a person stands in the campaign; each person is in exactly one state."""

    NOT_ASKED = "not_asked"  # no letter was ordered
    WAITING = "waiting"  # a letter is to be printed
    HELD = "held"  # it waits because the address is said to be wrong
    PRINTED = "printed"
    POSTED = "posted"
    EXPIRED = "expired"  # the last letter's code opens nothing any more
    UPGRADED = "upgraded"


def campaign(db: Session, now: datetime) -> Mapping[State, int]:
    """How many active people are in each state."""
    latest = (
        select(col(Letter.user_id), sa.func.max(Letter.id).label("id"))
        .where(col(Letter.withdrawn_at).is_(None))
        .group_by(col(Letter.user_id))
        .subquery()
    )
    state = _state(now)
    rows = db.execute(
        sa.select(state, sa.func.count())
        .select_from(User)
        .outerjoin(latest, latest.c.user_id == col(User.id))
        .outerjoin(Letter, col(Letter.id) == latest.c.id)
        .outerjoin(UpgradeCode, col(UpgradeCode.letter_id) == col(Letter.id))
        .outerjoin(
            AddressReport, (col(AddressReport.user_id) == col(User.id)) & col(AddressReport.settled_at).is_(None)
        )
        .where(col(User.clerk).is_(False), col(User.deactivated_at).is_(None))
        .group_by(state)
    )
    counted = {State(name): number for name, number in rows}
    return {one: counted.get(one, 0) for one in State}


def _state(now: datetime) -> sa.ColumnElement[str]:
    useless = sa.or_(
        col(UpgradeCode.expires_at) <= now,
        col(UpgradeCode.voided_at).is_not(None),
        col(UpgradeCode.redeemed_at).is_not(None),
    )
    return sa.case(
        (col(User.factor_since).is_not(None) | col(User.upgraded_at).is_not(None), State.UPGRADED.value),
        (col(Letter.id).is_(None), State.NOT_ASKED.value),
        (col(Letter.printed_at).is_(None) & col(AddressReport.id).is_not(None), State.HELD.value),
        (col(Letter.printed_at).is_(None), State.WAITING.value),
        (useless, State.EXPIRED.value),
        (col(Letter.posted_at).is_(None), State.PRINTED.value),
        else_=State.POSTED.value,
    )


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


def run_with(db: Session, public_id: str) -> PrintRun | None:
    """The print run behind an address."""
    return db.exec(select(PrintRun).where(PrintRun.public_id == public_id)).first()


@dataclass(frozen=True)
class WrongAddress:
    """A task: somebody says that the register has an old address."""

    report: AddressReport
    user: User
    employer: Employer | None

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
    return [WrongAddress(*row) for row in found]


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
