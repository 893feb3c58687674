"""The pages of the second factor: the question, and what to do when it can't be answered any more."""

from webapp.second_factor.views import lost, lost_code, question
from webapp.second_factor.views.blueprint import second_factor

__all__ = ["lost", "lost_code", "question", "second_factor"]
