"""Where the pages of login methods hang."""

from flask import Blueprint

login_methods = Blueprint("login_methods", __name__, url_prefix="/login-methods")
