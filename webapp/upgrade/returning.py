"""Letters that the post brings back: why one of them can't be taken back."""

from datetime import datetime
from enum import StrEnum


class NotReturned(StrEnum):
    """Why nothing is done with a letter whose number was typed."""

    UNPOSTED = "unposted"  # so it can't have come back
    USED = "used"  # its code was typed, so it has arrived
    ALREADY = "already"


def why_not(
    *, posted_at: datetime | None, redeemed_at: datetime | None, returned_at: datetime | None
) -> NotReturned | None:
    """The first reason; None when the letter can be taken back."""
    if posted_at is None:
        return NotReturned.UNPOSTED
    if redeemed_at is not None:
        return NotReturned.USED
    return NotReturned.ALREADY if returned_at is not None else None
