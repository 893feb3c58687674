"""The blueprint, known to all its views."""

from flask import Blueprint

second_factor = Blueprint("second_factor", __name__, url_prefix="/sign-in/second-factor")
