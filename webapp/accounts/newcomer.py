"""Somebody new, as an administrator tells of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Newcomer:
    """Everything that is asked; where letters go is not: that is the register's word."""

    first_name: str
    last_name: str
    email: str  # lower case
    language: str
    administrator: bool = False
