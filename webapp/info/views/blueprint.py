"""The blueprint, known to all its views."""

from flask import Blueprint

info = Blueprint("info", __name__, url_prefix="/info")
