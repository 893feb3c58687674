"""Signing in and out, the sessions that follow from it, and one's own password and e-mail address."""

from webapp.accounts.actions.email import Taken, activate_email, send_email_code_again, wish_email, withdraw_email
from webapp.accounts.actions.forgetting import ask_for_new_password
from webapp.accounts.actions.links import Found, Unopened, find_link, make_link, use_link, withdraw_links
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.password import Paused, change_password, choose_password
from webapp.accounts.actions.proving import Wrong
from webapp.accounts.actions.running_out import tell_of_ends
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
    renew_session,
    sign_out_elsewhere,
)
from webapp.accounts.actions.settings import Settings, change_language, change_settings
from webapp.accounts.actions.signing_in import SignIn, check_password
from webapp.accounts.actions.tidying import forget_mailed_codes, forget_tries
from webapp.accounts.actions.writing import write_to, write_to_the_fund

__all__ = [
    "Found",
    "Paused",
    "Settings",
    "SignIn",
    "Taken",
    "Unopened",
    "Wrong",
    "activate_email",
    "ask_for_new_password",
    "begin_session",
    "carry_on",
    "change_language",
    "change_password",
    "change_settings",
    "check_password",
    "choose_password",
    "due_to_be_kept_alive",
    "end_one_session",
    "end_other_sessions",
    "end_session",
    "find_link",
    "forget_mailed_codes",
    "forget_tries",
    "hold_still",
    "keep_alive",
    "make_link",
    "note_about",
    "recognise",
    "renew_session",
    "send_email_code_again",
    "sign_out_elsewhere",
    "tell_of_ends",
    "use_link",
    "wish_email",
    "withdraw_email",
    "withdraw_links",
    "write_to",
    "write_to_the_fund",
]
