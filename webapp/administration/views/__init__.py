"""The pages of the administration: the menu, the people, one person, and the list as a file."""

from webapp.administration.views import at_the_desk, export, menu, orders, person, recovery, users
from webapp.administration.views.way import administration, desk_orders, desk_users

__all__ = [
    "administration",
    "at_the_desk",
    "desk_orders",
    "desk_users",
    "export",
    "menu",
    "orders",
    "person",
    "recovery",
    "users",
]
