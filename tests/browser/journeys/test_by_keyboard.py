"""The whole way by keyboard alone, with script and without; where the focus is after each step."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys.keyboard import IN_LANGUAGES, Keyboard
from tests.browser.journeys.stage import Stage
from tests.browser.live import Portal

WRONG = "This is not the code of the last text message. You have 4 more tries."


@pytest.fixture
def keyboard(window: Page, portal: Portal, language: str) -> Keyboard:
    """Somebody without a mouse at the window."""
    return Keyboard(window, portal, language)


@IN_LANGUAGES
def test_the_whole_way(keyboard: Keyboard, stage: Stage, language: str, *, script: bool) -> None:
    admin, heading = stage.administrator(language=language), "title" if script else "body"
    keyboard.goes_to(f"/sign-in?lang={language}").follows("Skip to the content").keys(
        "Tab", "Tab", "Tab", "Tab", "Enter"
    )
    keyboard.has_focus_on("error-summary").signs_in(admin).sees("Upgrade now").has_focus_on("body")
    keyboard.follows("Yes").presses("Request the upgrade code").sees("Your letter is ordered.").has_focus_on(heading)
    code = stage.prints_and_posts(admin)
    keyboard.follows("Home").follows("Go on with the upgrade").is_at("/upgrade/code").has_focus_on("body")
    keyboard.unfolds("Show the terms of use")
    expect(keyboard.page.locator("details[open] :is(h2, h3)").first).to_be_visible()
    keyboard.presses("Continue").has_focus_on("error-summary").follows("Enter the code from your letter.")
    keyboard.has_focus_on("code").types(code.lower()).ticks("I accept the terms of use in force").presses("Continue")
    keyboard.sees("Registration of multi-factor logins").has_focus_on(heading)
    registers_a_telephone(keyboard, script=script)
    keyboard.presses("Close").sees("Welcome to PartnerWeb 2.0").is_at("/").has_focus_on("body")
    keyboard.presses("Sign out").sees("You are signed out.").has_focus_on("body")
    stage.passes(minutes=1)
    keyboard.signs_in(admin).sees("Second step").fills("SMS code", keyboard.code_on_telephone(right=False))
    keyboard.keys("Enter").sees(WRONG).has_focus_on("error-summary")
    stage.passes(minutes=1)
    keyboard.presses("Resend the SMS").sees("We have sent you a text message with a code.").has_focus_on(heading)
    keyboard.fills("SMS code", keyboard.code_on_telephone()).keys("Enter").sees("Welcome to PartnerWeb 2.0")


def registers_a_telephone(keyboard: Keyboard, *, script: bool) -> None:
    """In the dialog, if there is one: the focus is in it, stays in it, and goes back where it came from."""
    dialog = keyboard.page.locator("dialog:modal")
    link = keyboard.page.get_by_role("link", name=keyboard.words("Create an SMS login"))
    keyboard.follows("Create an SMS login").sees("Mobile number")
    if script:
        keyboard.has_focus_on("number").keys("Escape")
        expect(dialog).to_have_count(0)
        expect(link).to_be_focused()
        keyboard.keys("Enter").has_focus_on("number")
        stays_inside(keyboard)
    keyboard.fills("Mobile number", "1").keys("Enter").has_focus_on("error-summary")
    keyboard.fills("Mobile number", keyboard.mobile).keys("Enter").sees("••• ••")
    keyboard.has_focus_on("code" if script else "body")
    keyboard.fills("SMS code", keyboard.code_on_telephone(right=False)).keys("Enter").has_focus_on("error-summary")
    keyboard.sees(WRONG).presses("Resend the SMS").sees("You can have the next text message")
    right = keyboard.portal.sms()[-1]["text"][:6]
    keyboard.fills("SMS code", right).keys("Enter").sees("The data has been saved successfully").has_focus_on("body")


def stays_inside(keyboard: Keyboard) -> None:
    """However often Tab is pressed; the browser's own buttons, which count as the body, excepted."""
    for _ in range(12):
        keyboard.keys("Tab")
        inside = "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert keyboard.page.evaluate(inside)
