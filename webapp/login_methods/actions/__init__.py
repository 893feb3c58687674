"""Enrolling second factors, being asked for them, answering, and changing which ones one holds."""

from webapp.login_methods.actions.answering import Answer, Outcome, answer
from webapp.login_methods.actions.asking import Asked, ask, circumstances
from webapp.login_methods.actions.changing import Keep, prefer, remove, rename
from webapp.login_methods.actions.enrolling import begin, close_tickets, hand_out, move_ticket, open_ticket
from webapp.login_methods.actions.forgetting import forget_abandoned, forget_sessions

__all__ = [
    "Answer",
    "Asked",
    "Keep",
    "Outcome",
    "answer",
    "ask",
    "begin",
    "circumstances",
    "close_tickets",
    "forget_abandoned",
    "forget_sessions",
    "hand_out",
    "move_ticket",
    "open_ticket",
    "prefer",
    "remove",
    "rename",
]
