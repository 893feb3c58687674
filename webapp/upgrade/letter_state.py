"""Where a person's letter stands: the one rule, for the list of people and for the fund's overview."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from webapp.accounts.models import User
from webapp.letters.models import AddressReport, Letter
from webapp.upgrade.models import UpgradeCode
from webapp.upgrade.state import State

UPGRADED = col(User.factor_since).is_not(None) | col(User.upgraded_at).is_not(None)
Moment = datetime | sa.BindParameter[datetime]  # the parameter: for a statement that is built once


def letter_state(now: Moment) -> sa.ColumnElement[str]:
    """Where the latest letter of ``User`` stands, as one of ``State``."""
    latest = _letters(_of_letter(now)).order_by(col(Letter.id).desc()).limit(1).scalar_subquery()
    return sa.case((UPGRADED, State.UPGRADED.value), else_=sa.func.coalesce(latest, State.NOT_ASKED.value))


def in_state(state: State, now: datetime) -> list[sa.ColumnElement[bool]]:
    """The conditions on ``User`` for being in ``state``: the same rule, asked so that a database finds its own way.

    Where there are few, first, by an index, who may be.
    """
    if state is State.UPGRADED:
        return [UPGRADED]
    if state is State.NOT_ASKED:
        return [~UPGRADED, ~_letters(sa.literal(1)).exists()]
    if state in (State.WAITING, State.HELD):
        waiting = (col(Letter.printed_at).is_(None), col(Letter.withdrawn_at).is_(None))
        return [col(User.id).in_(sa.select(col(Letter.user_id)).where(*waiting)), letter_state(now) == state.value]
    later = aliased(Letter)
    replaced = sa.exists().where(
        col(later.user_id) == col(Letter.user_id), col(later.id) > col(Letter.id), col(later.withdrawn_at).is_(None)
    )
    return [~UPGRADED, _letters(sa.literal(1)).where(_of_letter(now) == state.value, ~replaced).exists()]


def _letters(what: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Of each letter to ``User`` that was not withdrawn."""
    mine = sa.select(what).select_from(Letter).outerjoin(UpgradeCode, col(UpgradeCode.letter_id) == col(Letter.id))
    return mine.where(col(Letter.user_id) == col(User.id), col(Letter.withdrawn_at).is_(None)).correlate(User)


def _of_letter(now: Moment) -> sa.Case[str]:
    held = sa.exists().where(col(AddressReport.user_id) == col(Letter.user_id), col(AddressReport.settled_at).is_(None))
    useless = sa.or_(
        col(UpgradeCode.expires_at) <= now,
        col(UpgradeCode.voided_at).is_not(None),
        col(UpgradeCode.redeemed_at).is_not(None),
    )
    return sa.case(
        (col(Letter.printed_at).is_(None) & held, State.HELD.value),
        (col(Letter.printed_at).is_(None), State.WAITING.value),
        (col(Letter.returned_at).is_not(None), State.RETURNED.value),
        (useless, State.EXPIRED.value),
        (col(Letter.posted_at).is_(None), State.PRINTED.value),
        else_=State.POSTED.value,
    )
