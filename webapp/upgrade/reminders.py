"""Who is asked again, by e-mail, to move to the multi-factor login, and who is not."""

from datetime import datetime
from enum import StrEnum

from webapp.config import BETWEEN_REMINDERS


class NotReminded(StrEnum):
    """Why somebody is not asked again."""

    INACTIVE = "inactive"
    ALREADY_UPGRADED = "already_upgraded"
    REMINDED = "reminded"  # not long ago


def why_not(*, active: bool, upgraded: bool, reminded_at: datetime | None, now: datetime) -> NotReminded | None:
    """The first reason; None when an e-mail may go."""
    if not active:
        return NotReminded.INACTIVE
    if upgraded:
        return NotReminded.ALREADY_UPGRADED
    return NotReminded.REMINDED if reminded_at and now - reminded_at < BETWEEN_REMINDERS else None
