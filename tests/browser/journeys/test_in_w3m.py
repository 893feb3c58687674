"""In w3m, which knows neither script nor style: the whole way to PartnerWeb 2.0, and codes for many at once."""

import pytest

from tests.browser.journeys.many import a_company
from tests.browser.journeys.person import Telephone
from tests.browser.journeys.stage import Stage
from tests.browser.journeys.words import said_in
from tests.browser.live import Portal
from tests.browser.terminal import TextBrowser
from tests.conftest import PROVE
from tests.factories import PASSWORD
from webapp.config import LANGUAGES

pytestmark = pytest.mark.parametrize("language", LANGUAGES if PROVE else ["fr"])
FIELD = "Registration / upgrade code"
ACCEPT = "I accept the terms of use in force"
WRONG = "This is not the code of the last text message. You have 4 more tries."


def test_the_whole_way(portal: Portal, stage: Stage, text_browser: TextBrowser, language: str) -> None:
    admin, mobile = stage.administrator(language=language), f"079 234 56 {70 + LANGUAGES.index(language)}"
    sms = Telephone(portal, mobile)
    text_browser.sees("Sign in").reads(language).sees("I cannot sign in")
    text_browser.fills("E-mail address", admin.email).fills("Password", PASSWORD).presses("Sign in")
    text_browser.sees("Upgrade now").follows("Yes").sees("Is this address right?")
    text_browser.presses("Request the upgrade code").sees("Your letter is ordered.")
    code = stage.prints_and_posts(admin)
    text_browser.presses("Enter the code").sees("Switch to the multi-factor login")
    text_browser.fills(FIELD, "4KTT 78ZD TZ6M").presses("Continue").sees("Compare with the letter: S and 5")
    text_browser.sees("Accept the terms of use to go on.").fills(FIELD, code.lower())
    text_browser.ticks(" ]" + said_in(language, "I accept the terms of use in force")).presses("Continue").sees(
        "Choose how you want to prove"
    )
    text_browser.follows("Create an SMS login").fills("Mobile number", mobile).presses("OK").sees(
        f"••• •• {mobile[-2:]}"
    )
    text_browser.fills("SMS code", sms.code(right=False)).presses("OK").sees(WRONG)
    text_browser.fills("SMS code", portal.sms()[-1]["text"][:6]).presses("OK")
    text_browser.sees("The data has been saved successfully").presses("Close").sees("Welcome to PartnerWeb 2.0")
    text_browser.presses("Sign out").sees("You are signed out.")
    stage.passes(minutes=1)
    text_browser.fills("E-mail address", admin.email).fills("Password", PASSWORD).presses("Sign in").sees("Second step")
    text_browser.fills("SMS code", sms.code()).presses("OK").sees("Welcome to PartnerWeb 2.0")


def test_codes_for_many_at_once(portal: Portal, stage: Stage, text_browser: TextBrowser, language: str) -> None:
    company = a_company(stage, language)
    text_browser.sees("Sign in").reads(language).sees("I cannot sign in")
    text_browser.fills("E-mail address", company.admin.email).fills("Password", PASSWORD).presses("Sign in")
    text_browser.presses("Not now").sees("General information").follows("Administration").sees("Manage other users")
    text_browser.follows("Manage other users").sees("5 people found").sees("1 person has asked for an upgrade code.")
    text_browser.fills("Name or e-mail", "buhrer").presses("Show").sees("4 people found")
    text_browser.ticks_first().presses("Update the selection").sees("1 person selected")
    text_browser.presses("Select all 4 that match").sees("4 people selected")
    text_browser.presses("Request the upgrade code").sees("2 get a letter.").sees("Already upgraded")
    text_browser.follows("Remove").sees("3 people are selected.")
    text_browser.presses("Order 1 letter").sees("1 letter is ordered.").sees("None: Account not active")
    text_browser.follows("Earlier orders").sees("Letters to be printed")
