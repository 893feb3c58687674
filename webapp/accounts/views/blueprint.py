"""The blueprints, known to all their views."""

from collections.abc import Callable

from flask import Blueprint

from webapp.web.navigation import menu

__all__ = ["account", "menu", "sign_in", "then"]

sign_in = Blueprint("sign_in", __name__)
account = Blueprint("account", __name__, url_prefix="/account")  # one's own
then: list[Callable[[], None]] = []  # what slices above do right after the password; create_app fills it
