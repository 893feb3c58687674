"""One's own account by keyboard alone, with script and without; each page that is reached is without fault."""

from tests.browser.journeys.examined import Examined
from tests.browser.journeys.keyboard import in_languages
from tests.browser.journeys.mailbox import Mailbox
from tests.browser.journeys.stage import Stage
from tests.factories import PASSWORD

NEW = "Regenschirm-lila-Kutsche"
CODE = "Code from the e-mail"
NONE_WAITS = "No new address waits to be activated."


@in_languages(("fr", True))
def test_devices_and_the_password(examined: Examined, stage: Stage, *, script: bool) -> None:
    user, heading = stage.administrator(language=examined.language), "title" if script else "body"
    stage.lets_in(examined.page.context, user, level=1)  # on a device that is not here
    examined.page.context.clear_cookies()
    examined.signs_in(user).sees("Upgrade now").goes_to("/administration").follows("Where you are signed in")
    examined.sees("You do not know one of these devices?", "You are here.").has_focus_on("body")
    examined.presses("Sign out everywhere else").sees("You are signed out everywhere else.").has_focus_on(heading)
    examined.sees("You are signed in on no other device.").goes_to("/administration").follows("Change password")
    examined.sees("Present password").presses("Change password").sees("Enter your present password.")
    examined.has_focus_on("error-summary").follows("Enter your present password.").has_focus_on("current")
    examined.types(PASSWORD).keys("Tab").types(NEW).keys("Tab").types(NEW).keys("Enter")
    examined.sees("Your password has been changed.").is_at("/administration").has_focus_on("body")
    examined.follows("What happened on my account").sees("Password changed", "Signed out on all other devices")
    examined.has_focus_on("body")


@in_languages(("de", True))
def test_another_address(examined: Examined, stage: Stage, *, script: bool) -> None:
    user, heading = stage.administrator(language=examined.language), "title" if script else "body"
    address = f"new.{user.email}"
    mailbox = Mailbox(stage.portal, address)
    examined.signs_in(user).sees("Upgrade now").goes_to("/administration").sees(NONE_WAITS).follows(
        "Change e-mail address"
    )
    examined.sees("You sign in with this address").fills("New e-mail address", "no").fills("Present password", PASSWORD)
    examined.keys("Enter").sees("This is not an e-mail address. Enter it like name@company.ch.").has_focus_on(
        "error-summary"
    )
    examined.follows("This is not an e-mail address. Enter it like name@company.ch.").has_focus_on("email").types(
        address
    )
    examined.fills("Present password", PASSWORD).presses("Send the code").sees("We have sent a code", address)
    examined.is_at("/account/email/activation").has_focus_on(heading)
    earlier = mailbox.code()
    examined.presses("Send a new code").sees("We have sent a new code.").has_focus_on(heading).fills(CODE, earlier)
    examined.keys("Enter").sees("This code is not valid any more.").has_focus_on("error-summary")
    examined.fills(CODE, mailbox.code()).keys("Enter").sees("Your new e-mail address is active.", address, NONE_WAITS)
    examined.is_at("/administration").has_focus_on("body")


@in_languages(("it", True))
def test_settings_and_the_language(examined: Examined, stage: Stage) -> None:
    user = stage.administrator(language=examined.language)
    examined.signs_in(user).sees("Upgrade now").goes_to("/administration").follows("Personal settings").sees(
        "Name as shown"
    )
    examined.fills("Name as shown", "Anna B.").fills("Telephone for queries", "1").keys("Enter")
    examined.sees("This is not a telephone number.").has_focus_on("error-summary")
    examined.fills("Telephone for queries", "021 555 01 02").ticks("Letters in large print").ticks("Low rows in tables")
    examined.presses("Save").sees("Your settings have been saved.", "Anna B.").has_focus_on("body")
    examined.finds_in("Telephone for queries", "+41 21 555 01 02").goes_to("/administration")
    examined.follows("Choose another language").sees("The language of your account").chooses("Deutsch").presses("Save")
    examined.language = "de"
    examined.sees("From now on PartnerWeb speaks and writes to you in English.").is_at("/administration")
    examined.has_focus_on("body")


@in_languages(("en", True), ("de", False))
def test_a_forgotten_password(examined: Examined, stage: Stage, *, script: bool) -> None:
    user, heading = stage.administrator(language=examined.language), "title" if script else "body"
    mailbox = Mailbox(stage.portal, user.email)
    examined.goes_to(f"/sign-in?lang={examined.language}").follows("Forgotten your password?").sees(
        "We send you a code"
    )
    examined.presses("Send the code").sees("Enter your e-mail address.").has_focus_on("error-summary")
    examined.follows("Enter your e-mail address.").has_focus_on("email").types(user.email).keys("Enter")
    examined.sees("an e-mail is on its way to it.").is_at("/sign-in/new-password").has_focus_on(heading)
    examined.fills(CODE, "4KTT 78ZD").keys("Enter").sees("Enter the new password.").has_focus_on("error-summary")
    examined.fills(CODE, mailbox.code().lower()).keys("Tab").types(NEW).keys("Tab").types(NEW).presses(
        "Set the password"
    )
    examined.sees("Your new password is set.").is_at("/upgrade/question").has_focus_on("body")
    examined.goes_to("/account/activity").sees("New password set with the link from the e-mail")
