"""What is noted. A new event is one line here and one sentence in ``webapp/activity/words.py``."""

import json
import re
from collections.abc import Mapping
from enum import StrEnum


class Event(StrEnum):
    """What happened to an account, a company or the fund; the words are kept, so they never change."""

    # signing in
    SIGNED_IN = "signed_in"  # factors
    PASSWORD_GIVEN = "password_given"  # noqa: S105 -- the second step is still to come
    ANSWER_REFUSED = "answer_refused"  # the second factor was not proved; method
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_ELSEWHERE = "signed_out_elsewhere"  # what = all: nowhere it stays signed in
    SESSION_ENDED = "session_ended"  # on one other device
    COMPANY_CHOSEN = "company_chosen"  # in the chain of that company
    # password and e-mail address
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- a word for an event
    PASSWORD_LINK_SENT = "password_link_sent"  # noqa: S105 -- a word for an event
    PASSWORD_RENEWED = "password_renewed"  # noqa: S105 -- by the link, after it was forgotten
    EMAIL_CHANGE_BEGUN = "email_change_begun"
    EMAIL_CHANGE_WITHDRAWN = "email_change_withdrawn"
    EMAIL_CHANGED = "email_changed"
    SETTINGS_CHANGED = "settings_changed"  # language, if it is that
    # the letter and its code
    LETTER_ORDERED = "letter_ordered"  # purpose, reason
    LETTERS_ORDERED = "letters_ordered"  # one press for many: letters, people, order
    LETTER_WISHED = "letter_wished"
    LETTER_POSTED = "letter_posted"  # purpose
    LETTER_RETURNED = "letter_returned"
    CODE_WRONG = "code_wrong"
    CODE_REDEEMED = "code_redeemed"  # purpose
    CODES_VOIDED = "codes_voided"  # because = lost, guessed
    TERMS_ACCEPTED = "terms_accepted"  # version
    ADDRESS_REPORTED = "address_reported"
    ADDRESS_SETTLED = "address_settled"
    # login methods
    METHOD_ADDED = "method_added"  # method
    METHOD_REMOVED = "method_removed"
    METHOD_RENAMED = "method_renamed"
    METHOD_PREFERRED = "method_preferred"
    SPARE_CODE_USED = "spare_code_used"  # left
    UPGRADED = "upgraded"
    RECOVERY_ENDED = "recovery_ended"
    # what administrators and the fund do to accounts; because = register: its import did it
    USER_CREATED = "user_created"
    USER_CHANGED = "user_changed"
    USER_DEACTIVATED = "user_deactivated"
    USER_ACTIVATED = "user_activated"
    USER_INVITED = "user_invited"
    ADMINISTRATOR_MADE = "administrator_made"
    ADMINISTRATOR_UNMADE = "administrator_unmade"
    RIGHTS_CHANGED = "rights_changed"  # topic, level
    MANDATE_GIVEN = "mandate_given"
    MANDATE_CHANGED = "mandate_changed"
    MANDATE_ENDED = "mandate_ended"
    MANDATE_RUN_OUT = "mandate_run_out"  # its last day is over
    # what the fund does
    RUN_STARTED = "run_started"  # run, letters
    RUN_PRINTED = "run_printed"  # run, letters: as on the delivery note
    RUN_POSTED = "run_posted"  # run, letters
    REGISTER_IMPORTED = "register_imported"  # new, changed, deactivated
    ANCHORED = "anchored"  # lines


WORD = re.compile("[a-z][a-z_]{0,29}")
VERSION = re.compile(r"\d{1,4}(-\d{2}){0,2}")
NUMBER = re.compile(r"\d{1,9}")
DETAILS: Mapping[str, re.Pattern[str]] = {  # nothing else is ever kept: no name, address, number or code
    **dict.fromkeys(("method", "purpose", "reason", "because", "topic", "level", "language", "what"), WORD),
    **dict.fromkeys(("factors", "letters", "people", "order", "run", "left", "lines"), NUMBER),
    **dict.fromkeys(("new", "changed", "companies"), NUMBER),
    "version": VERSION,
}


def written(details: Mapping[str, object]) -> str:
    """The details as they are kept; ValueError for one that may not be kept, and it does not repeat it."""
    for name, value in details.items():
        if name not in DETAILS or not DETAILS[name].fullmatch(str(value)):
            raise ValueError(f"the detail {name} may not be kept in the audit like this")
    return json.dumps(dict(sorted(details.items())), separators=(",", ":"))


def read(details: str) -> dict[str, object]:
    """The details of an event."""
    return dict(json.loads(details))
