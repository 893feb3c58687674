"""Login methods by keyboard alone: a second one, codes for the drawer, another way in, and the letter after a loss."""

import pytest
from playwright.sync_api import Page
from pyotp import TOTP

from tests.browser.journeys.holding import holds
from tests.browser.journeys.keyboard import Keyboard, in_languages
from tests.browser.journeys.stage import Stage
from tests.browser.live import Portal
from webapp.accounts.models import User


@pytest.fixture
def keyboard(window: Page, portal: Portal, language: str) -> Keyboard:
    """Somebody without a mouse at the window."""
    return Keyboard(window, portal, language)


@in_languages(("fr", True))
def test_from_a_telephone_to_its_loss(keyboard: Keyboard, stage: Stage, language: str, *, script: bool) -> None:
    user = stage.administrator(language=language)
    kept = {"number": "+41" + keyboard.mobile.replace(" ", "")[1:]}
    holds(stage, user, "sms", kept=stage.outside.seal.close(kept), shown_as="+41 79 ••• •• ••")
    keyboard.signs_in(user).sees("Second step").fills("SMS code", keyboard.code_on_telephone()).keys("Enter")
    keyboard.sees("Welcome to PartnerWeb 2.0").follows("Login methods").sees("With these you sign in")
    an_app(keyboard, stage)
    codes = codes_for_the_drawer(keyboard)
    keyboard.presses("Sign out").sees("You are signed out.")
    stage.passes(minutes=1)
    keyboard.signs_in(user).sees("Second step").follows("Another way to prove it")
    keyboard.presses("Use this : Recovery codes, 10 of 10 left").fills("Recovery code", codes[0].lower()).keys("Enter")
    keyboard.sees("Welcome to PartnerWeb 2.0").presses("Sign out").sees("You are signed out.")
    stage.passes(minutes=1)
    loses_it(keyboard, stage, user, script=script)


def an_app(keyboard: Keyboard, stage: Stage) -> None:
    """After a fresh proof, for the first is too old."""
    stage.passes(minutes=19)
    keyboard.goes_to("/login-methods")
    stage.passes(minutes=2)
    keyboard.follows("Create an OTP login").sees("Please prove again that it is you").presses("Send the SMS")
    keyboard.fills("SMS code", keyboard.code_on_telephone()).keys("Enter").is_at("/login-methods/otp/new")
    keyboard.presses("Continue").unfolds("Copy the key by hand").sees("Key (blanks do not count):")
    app = TOTP(keyboard.reach.locator(".code-shown").inner_text().replace(" ", ""))
    keyboard.fills("Code from the app", app.at(stage.now())).keys("Enter").sees("The data has been saved successfully.")


def codes_for_the_drawer(keyboard: Keyboard) -> list[str]:
    """Ten, one of which is typed back."""
    keyboard.follows("Create recovery codes").presses("Continue").sees("They are not shown again.")
    codes = keyboard.reach.locator("ol.codes li").all_inner_texts()
    keyboard.fills("Recovery code", codes[3]).keys("Enter").sees("The data has been saved successfully.")
    return codes


def loses_it(keyboard: Keyboard, stage: Stage, user: User, *, script: bool) -> None:
    """The letter, its code, and a telephone with another number in the place of what was lost."""
    heading = "title" if script else "body"
    keyboard.signs_in(user).follows("I no longer have my telephone").presses("Order the letter")
    keyboard.sees("Your letter is ordered.").has_focus_on(heading)
    code = stage.prints_and_posts(user)
    keyboard.follows("Enter the code").fills("Code from your letter", "4KTT 78ZD").keys("Enter")
    keyboard.has_focus_on("error-summary").fills("Code from your letter", code.lower()).keys("Enter")
    keyboard.sees("The code is right. Register a new login method now").has_focus_on(heading)
    stage.passes(minutes=1)
    keyboard.mobile = f"078 765 43 {keyboard.mobile[-2:]}"
    keyboard.follows("Create an SMS login").fills("Mobile number", keyboard.mobile).keys("Enter")
    keyboard.fills("SMS code", keyboard.code_on_telephone()).keys("Enter").sees("The data has been saved successfully.")
    keyboard.is_at("/login-methods").sees("With these you sign in", "+41\N{NO-BREAK SPACE}78")
