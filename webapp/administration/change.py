"""What can be done to several people at once, besides ordering letters; its word stands in the address."""

from enum import StrEnum


class Change(StrEnum):
    """One of them."""

    DEACTIVATION = "deactivations"
    REMINDER = "upgrade-reminders"
    PERMISSIONS = "permissions"
