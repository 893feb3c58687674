"""The whole way in w3m, which knows neither script nor style: from the password to PartnerWeb 2.0."""

from tests.browser.journeys.person import Telephone
from tests.browser.journeys.stage import Stage
from tests.browser.live import Portal
from tests.browser.terminal import TextBrowser
from tests.factories import PASSWORD

FIELD = "Registration / upgrade code"


def test_the_whole_way(portal: Portal, stage: Stage, text_browser: TextBrowser) -> None:
    admin, sms = stage.administrator(), Telephone(portal, "079 234 56 78")
    text_browser.sees("Sign in").follows("English").sees("I cannot sign in")
    text_browser.fills("E-mail address", admin.email).fills("Password", PASSWORD).presses("Sign in")
    text_browser.sees("Upgrade now").follows("Yes").sees("Is this address right?")
    text_browser.presses("Request the upgrade code").sees("Your letter is ordered")
    code = stage.prints_and_posts(admin)
    text_browser.presses("Enter the code").sees("Switch to the multi-factor login")
    text_browser.fills(FIELD, "4KTT 78ZD TZ6M").presses("Continue").sees("One character seems mistyped")
    text_browser.sees("Accept the terms of use to go on.").fills(FIELD, code.lower())
    text_browser.ticks(" ]I accept the terms").presses("Continue").sees("Choose how you want to prove")
    text_browser.follows("Create an SMS login").fills("Mobile number", "079 234 56 78").presses("OK").sees("••• •• 78")
    text_browser.fills("SMS code", sms.code(right=False)).presses("OK").sees("You have 4 more tries")
    text_browser.fills("SMS code", portal.sms()[-1]["text"][:6]).presses("OK")
    text_browser.sees("The data has been saved successfully").presses("Close").sees("Welcome to PartnerWeb 2.0")
    text_browser.presses("Sign out").sees("You are signed out")
    stage.passes(minutes=1)
    text_browser.fills("E-mail address", admin.email).fills("Password", PASSWORD).presses("Sign in").sees("Second step")
    text_browser.fills("SMS code", sms.code()).presses("OK").sees("Welcome to PartnerWeb 2.0")
