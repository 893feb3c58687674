"""The blueprints of the administration, and the two rooms in which the same list of people is shown."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort

from webapp.web.context import here

administration = Blueprint("administration", __name__, url_prefix="/administration")
desk_users = Blueprint("desk_users", __name__, url_prefix="/desk")
desk_orders = Blueprint("desk_orders", __name__, url_prefix="/desk/orders")


@dataclass(frozen=True)
class Room:
    """Whose people are shown, and where: the endpoints of the list, of one person, and of the two files."""

    scope: Callable[[], int | None]  # the company's id; None: all companies
    people: str
    person: str
    csv: str
    xlsx: str
    preview: str  # where letters are ordered for the selection
    orders: str  # and what was ordered before
    recovery: str  # where a letter for a new login is ordered for one person

    def of(self, view: str) -> str:
        """The endpoint of a view that each room has: of the changes to a person, say."""
        return f"{self.people.partition('.')[0]}.{view}"

    @property
    def everywhere(self) -> bool:
        """Whether it is the fund's."""
        return self is EVERYBODY


COMPANY = Room(
    scope=lambda: here().id or abort(404),
    people="administration.users",
    person="administration.person",
    csv="administration.as_csv",
    xlsx="administration.as_xlsx",
    preview="administration.preview",
    orders="administration.orders",
    recovery="administration.recovery",
)
EVERYBODY = Room(
    scope=lambda: None,
    people="desk_users.users",
    person="desk_users.person",
    csv="desk_users.as_csv",
    xlsx="desk_users.as_xlsx",
    preview="desk_orders.preview",
    orders="desk_orders.orders",
    recovery="desk_users.recovery",
)
