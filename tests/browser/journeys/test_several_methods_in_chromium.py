"""A second telephone, registered and named by keyboard alone; in the dialog, and back from a fresh proof."""

import pytest
from playwright.sync_api import Page

from tests.browser.journeys.keyboard import Keyboard
from tests.browser.journeys.stage import Stage
from tests.browser.live import Portal
from webapp.login_methods.models import Enrolment


@pytest.fixture
def keyboard(window: Page, portal: Portal) -> Keyboard:
    """Somebody without a mouse at the window."""
    return Keyboard(window, portal)


def test_a_second_telephone(keyboard: Keyboard, stage: Stage) -> None:
    admin = stage.administrator()
    with stage.portal.db() as db:
        now = stage.now()
        kept = stage.outside.seal.close({"number": "+41" + keyboard.mobile.replace(" ", "")[1:]})
        facts = {"user_id": admin.id, "method": "sms", "shown_as": "+41 79 ••• •• 01"}
        db.add(Enrolment(kept=kept, started_at=now, confirmed_at=now, **facts))
        found = db.merge(admin)
        found.factor_since = found.upgraded_at = now
        db.commit()
    keyboard.signs_in(admin).fills("SMS code", keyboard.code_on_telephone()).keys("Enter")
    keyboard.sees("Welcome to PartnerWeb 2.0").follows("Login methods").sees("With these you sign in")
    stage.passes(minutes=19)
    keyboard.goes_to("/login-methods")
    stage.passes(minutes=2)
    keyboard.follows("Create an SMS login").sees("Please prove again that it is you").presses("Send the SMS")
    keyboard.fills("SMS code", keyboard.code_on_telephone()).keys("Enter").is_at("/login-methods/sms/new")
    stage.passes(minutes=1)
    keyboard.mobile = "078 123 45 99"
    keyboard.fills("Mobile number", keyboard.mobile).keys("Enter").sees("We have sent you a text message with a code.")
    keyboard.fills("SMS code", keyboard.code_on_telephone()).keys("Enter").sees("The data has been saved successfully")
    keyboard.sees("+41\N{NO-BREAK SPACE}78")
