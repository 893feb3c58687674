"""The e-mails that somebody may do without; what tells of a change to one's own login always comes."""

from enum import StrEnum


class Notice(StrEnum):
    """By the name of the message."""

    LETTER_POSTED = "letter_posted"
    CODE_WISHED = "code_wished"  # to administrators: somebody of the company asks for a code
