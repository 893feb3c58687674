"""The pages of the administration: the menu, the people, one person, and the list as a file."""

from webapp.administration.views import (
    admitting,
    at_the_desk,
    changes,
    export,
    mandates,
    menu,
    newcomer,
    orders,
    person,
    recovery,
    rights,
    several,
    topics,
    users,
    welcoming,
)
from webapp.administration.views.way import administration, desk_orders, desk_users

__all__ = [
    "administration",
    "admitting",
    "at_the_desk",
    "changes",
    "desk_orders",
    "desk_users",
    "export",
    "mandates",
    "menu",
    "newcomer",
    "orders",
    "person",
    "recovery",
    "rights",
    "several",
    "topics",
    "users",
    "welcoming",
]
