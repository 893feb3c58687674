"""What contestants do who have lost the second factor."""

from typing import Any

from webapp.accounts.models import LoginSession, User
from webapp.letters.models import Reason
from webapp.upgrade.actions import ordering, redeeming


def recover(place: Any, session_id: int, code: str, *, user_id: int) -> str:
    """Type the code of a letter after a loss."""
    user, session = place.db.get_one(User, user_id), place.db.get_one(LoginSession, session_id)
    place.db.commit()
    return redeeming.recover(place.db, place.outside, user, code, session).outcome.value


def order_recovery(place: Any, *, user_id: int) -> str | None:
    """Order the letter; why not."""
    user = place.db.get_one(User, user_id)
    place.db.commit()
    return ordering.order_recovery(place.db, place.outside, user, by=user, reason=Reason.FIRST)
