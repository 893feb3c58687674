"""A telephone number for questions: any that can be called from Switzerland."""

import phonenumbers


def as_kept(typed: str) -> str | None:
    """As it is written internationally, "+41 21 555 01 02"; None when it can be no number."""
    try:
        number = phonenumbers.parse(typed, "CH")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
