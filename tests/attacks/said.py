"""What a page says, without what every showing of it draws anew."""

import re

from werkzeug.test import TestResponse

DRAWN = re.compile(r'name="(?:csrf_token|key)" value="[^"]*"')  # a token carries the second in which it was made


def said(answer: TestResponse) -> str:
    """The text of an answer, as two showings of the same can be compared."""
    return DRAWN.sub("", answer.text)
