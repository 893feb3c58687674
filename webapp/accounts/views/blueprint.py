"""The blueprints, known to all their views."""

from collections.abc import Callable

from flask import Blueprint

sign_in = Blueprint("sign_in", __name__)
account = Blueprint("account", __name__, url_prefix="/account")  # one's own
then: list[Callable[[], None]] = []  # what slices above do right after the password; create_app fills it
