"""Registering multi-factor logins: the shelf, the dialog of each method, and what one holds."""

from webapp.login_methods.views import dialog, elsewhere, own, paper, presenting, shelf
from webapp.login_methods.views.blueprint import login_methods
from webapp.login_methods.views.presenting import certificates

__all__ = ["certificates", "dialog", "elsewhere", "login_methods", "own", "paper", "presenting", "shelf"]
