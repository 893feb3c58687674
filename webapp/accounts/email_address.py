"""What an e-mail address looks like that a mail server would take."""

import re

LONGEST = 254
LONGEST_NAME = 64  # before the @
SHAPE = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})"
)


def as_kept(text: str) -> str:
    """As addresses are kept and compared, everywhere: in small letters, which are no others than those typed."""
    return text.strip().lower()


def is_address(text: str) -> bool:
    """Whether ``text``, in lower case, is one (the dot-atom form of RFC 5321, without quotes)."""
    return bool(SHAPE.fullmatch(text)) and len(text) <= LONGEST and len(text.partition("@")[0]) <= LONGEST_NAME
