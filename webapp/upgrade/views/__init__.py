"""The pages of the upgrade, from the question after sign-in to the multi-factor login."""

from webapp.upgrade.views import code, letter, question
from webapp.upgrade.views.way import upgrade

__all__ = ["code", "letter", "question", "upgrade"]
