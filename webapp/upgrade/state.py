"""The states in which a person's letter can be."""

from enum import StrEnum


class State(StrEnum):
    """Where a person's letter stands; each person is in exactly one state."""

    NOT_ASKED = "not_asked"  # no letter was ordered
    WAITING = "waiting"  # a letter is to be printed
    HELD = "held"  # it waits because the address is said to be wrong
    PRINTED = "printed"
    POSTED = "posted"
    RETURNED = "returned"  # the post could not deliver it
    EXPIRED = "expired"  # the last letter's code opens nothing any more
    UPGRADED = "upgraded"
