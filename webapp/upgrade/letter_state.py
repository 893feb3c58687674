"""Where a person's letter stands: the one rule, for the list of people and for the fund's overview."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from webapp.accounts.models import User
from webapp.letters.models import AddressReport, Letter
from webapp.upgrade.models import UpgradeCode
from webapp.upgrade.state import State

Moment = datetime | sa.BindParameter[datetime]  # the parameter: for a statement that is built once


def letter_state(now: Moment) -> sa.ColumnElement[str]:
    """Where the latest letter of ``User`` stands, as one of ``State``."""
    return sa.case(
        (col(User.factor_since).is_not(None) | col(User.upgraded_at).is_not(None), State.UPGRADED.value),
        else_=sa.func.coalesce(_of_latest_letter(now), State.NOT_ASKED.value),
    )


def _of_latest_letter(now: Moment) -> sa.ScalarSelect[str]:
    held = sa.exists().where(col(AddressReport.user_id) == col(Letter.user_id), col(AddressReport.settled_at).is_(None))
    useless = sa.or_(
        col(UpgradeCode.expires_at) <= now,
        col(UpgradeCode.voided_at).is_not(None),
        col(UpgradeCode.redeemed_at).is_not(None),
    )
    state = sa.case(
        (col(Letter.printed_at).is_(None) & held, State.HELD.value),
        (col(Letter.printed_at).is_(None), State.WAITING.value),
        (useless, State.EXPIRED.value),
        (col(Letter.posted_at).is_(None), State.PRINTED.value),
        else_=State.POSTED.value,
    )
    mine = sa.select(state).outerjoin(UpgradeCode, col(UpgradeCode.letter_id) == col(Letter.id))
    mine = mine.where(col(Letter.user_id) == col(User.id), col(Letter.withdrawn_at).is_(None))
    return mine.order_by(col(Letter.id).desc()).limit(1).correlate(User).scalar_subquery()


def in_state(state: State, now: datetime) -> list[sa.ColumnElement[bool]]:
    """The conditions on ``User`` for being in ``state``; first, where there are few, by an index who may be."""
    exactly = letter_state(now) == state.value
    if state not in (State.WAITING, State.HELD):
        return [exactly]
    waiting = sa.select(col(Letter.user_id)).where(col(Letter.printed_at).is_(None), col(Letter.withdrawn_at).is_(None))
    return [col(User.id).in_(waiting), exactly]
