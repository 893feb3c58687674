"""Registering multi-factor logins: the shelf, the dialog of each method, and what one holds."""

from webapp.login_methods.views import dialog, elsewhere, own, paper, shelf
from webapp.login_methods.views.blueprint import login_methods

__all__ = ["dialog", "elsewhere", "login_methods", "own", "paper", "shelf"]
