"""The pages of signing in, and of one's own account."""

from webapp.accounts.views import companies, email, forgotten, own_sessions, password, session, settings, signing_in
from webapp.accounts.views.blueprint import account, sign_in, then

__all__ = [
    "account",
    "companies",
    "email",
    "forgotten",
    "own_sessions",
    "password",
    "session",
    "settings",
    "sign_in",
    "signing_in",
    "then",
]
