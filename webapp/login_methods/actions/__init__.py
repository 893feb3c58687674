"""Enrolling a second factor, being asked for it, and answering."""

from webapp.login_methods.actions.answering import Answer, Outcome, answer
from webapp.login_methods.actions.asking import Asked, ask
from webapp.login_methods.actions.enrolling import begin, hand_out, open_ticket

__all__ = ["Answer", "Asked", "Outcome", "answer", "ask", "begin", "hand_out", "open_ticket"]
