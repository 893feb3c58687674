"""The portal in w3m: no script, no style, one column of text."""

from tests.browser.live import Portal
from tests.browser.terminal import TextBrowser
from tests.factories import PASSWORD, an_administrator


def test_one_can_sign_in(portal: Portal, text_browser: TextBrowser) -> None:
    with portal.db() as db:
        email = an_administrator(db, email="w3m@company.example").email
    text_browser.sees("Sign in").follows("English").sees("Sign in")
    text_browser.fills("E-mail", email).fills("Password", "wrong-wrong-wrong").presses("Sign in")
    text_browser.sees("do not match").fills("Password", PASSWORD).presses("Sign in").sees("Sign out")
