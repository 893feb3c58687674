"""The blueprint, known to all its views."""

from collections.abc import Callable

from flask import Blueprint

sign_in = Blueprint("sign_in", __name__)
then: list[Callable[[], None]] = []  # what slices above do right after the password; create_app fills it
