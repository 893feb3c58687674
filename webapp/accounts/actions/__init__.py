"""Signing in and out, and the sessions that follow from it."""

from webapp.accounts.actions.links import Found, Unopened, find_link, make_link, use_link, withdraw_links
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.sessions import (
    begin_session,
    carry_on,
    due_to_be_kept_alive,
    end_one_session,
    end_other_sessions,
    end_session,
    hold_still,
    keep_alive,
    recognise,
    sign_out_elsewhere,
)
from webapp.accounts.actions.settings import Settings, change_language, change_settings
from webapp.accounts.actions.signing_in import SignIn, check_password
from webapp.accounts.actions.writing import write_to, write_to_the_fund

__all__ = [
    "Found",
    "Settings",
    "SignIn",
    "Unopened",
    "begin_session",
    "carry_on",
    "change_language",
    "change_settings",
    "check_password",
    "due_to_be_kept_alive",
    "end_one_session",
    "end_other_sessions",
    "end_session",
    "find_link",
    "hold_still",
    "keep_alive",
    "make_link",
    "note_about",
    "recognise",
    "sign_out_elsewhere",
    "use_link",
    "withdraw_links",
    "write_to",
    "write_to_the_fund",
]
