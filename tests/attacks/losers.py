"""What contestants do who have lost the second factor, or a letter."""

import time
from typing import Any

from webapp.accounts.models import LoginSession, User
from webapp.letters.models import Letter, Reason
from webapp.upgrade import queries
from webapp.upgrade.actions import ordering, redeeming, returning


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


def come_back_or_arrive(
    place: Any,
    comes_back: bool,  # noqa: FBT001
    *,
    user_id: int,
    letter_id: int,
    code: str,
    naively: bool = False,
) -> str:
    """The clerk takes the letter back, or its code is typed; ``naively``: it is only looked whether it was used."""
    user = place.db.get_one(User, user_id)
    place.db.commit()
    if not comes_back:
        given = {"terms": "1", "language": "fr"}
        return redeeming.redeem(place.db, place.outside, user, code, **given).outcome.value
    if naively:
        return _take_back_naively(place, user_id, letter_id)
    return "returned" if returning.take_back(place.db, place.outside, [letter_id], by=user, moved=False) else "stays"


def _take_back_naively(place: Any, user_id: int, letter_id: int) -> str:
    used = any(code.redeemed_at for code in queries.codes_of(place.db, place.db.get_one(User, user_id)))
    letter = place.db.get_one(Letter, letter_id)
    place.db.commit()
    if used or letter.returned_at:
        return "stays"
    time.sleep(0.05)
    letter.returned_at = place.outside.now()
    place.db.commit()
    return "returned"
