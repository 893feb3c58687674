"""The pages of the INFO tab."""

from webapp.info.views import barriers, reading, terms
from webapp.info.views.blueprint import info

__all__ = ["barriers", "info", "reading", "terms"]
