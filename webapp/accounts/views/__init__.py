"""The pages of signing in, and of one's own account."""

from webapp.accounts.views import session, signing_in
from webapp.accounts.views.blueprint import account, sign_in, then

__all__ = ["account", "session", "sign_in", "signing_in", "then"]
