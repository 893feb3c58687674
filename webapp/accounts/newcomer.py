"""Somebody new, as an administrator tells of them, and who is welcomed by an e-mail."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Newcomer:
    """Everything that is asked; where letters go is not: that is the register's word."""

    first_name: str
    last_name: str
    email: str  # lower case
    language: str
    administrator: bool = False
    key: str = ""  # of the form that was sent: sent again, it is the same person


class NotWelcomed(StrEnum):
    """Why somebody is sent no welcome e-mail."""

    INACTIVE = "inactive"
    HAS_PASSWORD = "has_password"  # noqa: S105 -- a word for a reason


def why_no_welcome(*, active: bool, new: bool) -> NotWelcomed | None:
    """The first reason; None for an active account whose holder has never had a password."""
    if not active:
        return NotWelcomed.INACTIVE
    return None if new else NotWelcomed.HAS_PASSWORD
