"""Passkeys in Chromium, with a virtual device: registered, used, refused, cancelled, and a page without script."""

import base64
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.checks import Examiner
from tests.browser.journeys.person import Person
from tests.browser.journeys.stage import Stage
from tests.devices import Device
from webapp.accounts.models import User
from webapp.login_methods.models import Enrolment

FIELD = "Registration / upgrade code"
REFUSED = "Nothing came from your device"
USUAL = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}


class Devices:
    """The devices that the browser of a window can ask."""

    def __init__(self, page: Page) -> None:
        self._line: CDPSession = page.context.new_cdp_session(page)
        self._line.send("WebAuthn.enable")
        self._here: list[str] = []

    def adds(self, *, checks: bool = True, answers: bool = True, **facts: Any) -> None:
        """A device that is at hand; ``checks``: it recognises its holder; ``answers``: somebody touches it."""
        options = USUAL | {"isUserVerified": checks, "automaticPresenceSimulation": answers} | facts
        added = self._line.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self._here.append(added["authenticatorId"])

    def takes_away(self) -> None:
        """The last one is no longer at hand."""
        self._line.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self._here.pop()})

    def recognises(self, *, the_holder: bool) -> None:
        """Whether the finger is the right one."""
        state = {"authenticatorId": self._here[-1], "isUserVerified": the_holder}
        self._line.send("WebAuthn.setUserVerified", state)

    def knows(self, device: Device) -> None:
        """The passkey of ``device`` is on the one at hand."""
        passkey = {"rpId": device.name, "isResidentCredential": False, "signCount": device.counter}
        passkey |= {"credentialId": _base64(device.id), "privateKey": _base64(device.private)}
        self._line.send("WebAuthn.addCredential", {"authenticatorId": self._here[-1], "credential": passkey})


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


@pytest.fixture
def devices(window: Page) -> Devices:
    """None yet."""
    return Devices(window)


def with_a_letter(person: Person, stage: Stage, user: User) -> Person:
    """Before the shelf, with the right to register a method."""
    code = stage.letter_to(user)
    person.signs_in(user).goes_to("/upgrade/code").fills(FIELD, code).ticks("I accept the terms of use in force")
    return person.presses("Continue").sees("Choose how you want to prove")


def test_the_first_method_the_second_and_every_sign_in(
    person: Person, stage: Stage, devices: Devices, examiner: Examiner
) -> None:
    admin = stage.administrator()
    devices.adds()
    with_a_letter(person, stage, admin).goes_to("/login-methods").follows("Create a passkey")
    person.sees("There is no code to type").presses("Continue").sees("Your browser asks which device")
    expect(person.reach.get_by_role("button", name="Create the passkey")).to_be_focused()
    examiner.look(person.page, "passkey, dialog")
    person.presses("Create the passkey").sees("The data has been saved successfully", "Passkey, ")
    person.presses("Close").sees("Welcome to PartnerWeb 2.0").presses("Sign out").sees("You are signed out.")
    person.signs_in(admin).sees("Second step", "Confirm with your passkey “Passkey, ")
    examiner.look(person.page, "passkey, sign-in")
    person.presses("Use the passkey").sees("Welcome to PartnerWeb 2.0").goes_to("/login-methods/passkey/new")
    person.presses("Continue").presses("Create the passkey").sees("This device holds a passkey of yours already")
    examiner.look(person.page, "passkey, already registered")
    devices.takes_away()
    devices.adds(transport="usb")
    person.presses("Create the passkey").sees("The data has been saved successfully")
    expect(person.page.get_by_role("link", name="Change or remove")).to_have_count(2)
    person.presses("Sign out").signs_in(admin).presses("Use the passkey").sees("Welcome to PartnerWeb 2.0")


def test_what_the_device_refuses_can_be_tried_again(person: Person, stage: Stage, devices: Devices) -> None:
    admin = stage.administrator()
    with_a_letter(person, stage, admin).goes_to("/login-methods/passkey/new").presses("Continue")
    devices.adds(answers=False)
    button = person.page.locator("[data-passkey]")
    button.evaluate("node => node.dataset.options = node.dataset.options.replace('300000', '1000')")
    person.presses("Create the passkey").sees("Your browser asks you now")
    person.presses("Create the passkey").sees("Your browser asks you now").does_not_see(REFUSED)
    person.sees(REFUSED)
    devices.takes_away()
    devices.adds(checks=False)
    person.presses("Create the passkey").sees(REFUSED)
    devices.recognises(the_holder=True)
    person.presses("Create the passkey").sees("The data has been saved successfully").presses("Close")
    person.presses("Sign out").signs_in(admin).sees("Confirm with your passkey")
    devices.recognises(the_holder=False)
    person.presses("Use the passkey").sees(REFUSED).goes_to("/").sees("Second step")
    devices.recognises(the_holder=True)
    person.presses("Use the passkey").sees("Welcome to PartnerWeb 2.0")


def test_a_device_without_a_lock_is_refused(person: Person, stage: Stage, devices: Devices) -> None:
    devices.adds(hasUserVerification=False)
    with_a_letter(person, stage, stage.administrator()).follows("Create a passkey").presses("Continue")
    person.presses("Create the passkey").sees("device").does_not_see("saved successfully")
    expect(person.reach.locator(".error[role=status]")).not_to_be_empty()
    person.follows("Cancel").sees("Choose how you want to prove")


def test_an_answer_that_is_not_right_has_its_sentence(person: Person, stage: Stage, devices: Devices) -> None:
    """The device believes what the page says; the portal does not."""
    devices.adds()
    with_a_letter(person, stage, stage.administrator()).follows("Create a passkey").presses("Continue")
    button = person.reach.get_by_role("button", name="Create the passkey")
    button.evaluate("node => node.dataset.options = node.dataset.options.replace(/(challenge.*?: )\"..../, '$1\"AAAA')")
    person.presses("Create the passkey").sees("You have 4 more tries").has_focus_on("error-summary")
    person.presses("Create the passkey").sees("The data has been saved successfully")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"], indirect=True)
def test_where_there_is_no_passkey_the_others_are_offered(
    person: Person,
    stage: Stage,
    examiner: Examiner,
    script: bool,  # noqa: FBT001
) -> None:
    """No script; or script in a browser that knows no passkeys, where axe can look: what is seen is the same."""
    person.page.add_init_script("delete window.PublicKeyCredential")
    look = examiner.look if script else lambda page, name: None
    with_a_letter(person, stage, stage.administrator()).sees("Not possible in this browser: ")
    person.goes_to("/login-methods")
    look(person.page, "shelf without passkeys")
    person.follows("Create a passkey").presses("Continue").sees("A passkey needs a current browser")
    expect(person.page.get_by_role("button", name="Create the passkey")).to_have_count(0)
    look(person.page, "passkey impossible")
    person.follows("Choose another login method").is_at("/login-methods")
    person.follows("Create an SMS login").sees("Mobile number")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"], indirect=True)
def test_one_way_and_another_at_sign_in(person: Person, stage: Stage, devices: Devices, *, script: bool) -> None:
    admin = stage.administrator()
    device = Device(origin=stage.portal.url)
    holds(stage, admin, device, person.mobile)
    devices.adds()
    devices.knows(device)
    person.signs_in(admin).sees("Confirm with your passkey")
    if not script:
        person.sees("Choose “Another way to prove it” below")
    person.follows("Another way to prove it").presses("Use this : SMS login, sms").sees("SMS code")
    if script:  # and back: the question comes as a fragment
        person.follows("Another way to prove it").presses("Use this : Passkey, passkey").sees(
            "Confirm with your passkey"
        )
        person.presses("Use the passkey").sees("Welcome to PartnerWeb 2.0")
    else:
        person.fills("SMS code", person.code_on_telephone()).presses("OK").sees("Welcome to PartnerWeb 2.0")


def holds(stage: Stage, user: User, device: Device, mobile: str) -> None:
    """A passkey on ``device``, asked for first, and a telephone."""
    now, number = stage.now(), "+41" + mobile.replace(" ", "")[1:]
    with stage.portal.db() as db:
        found = db.get_one(User, user.id)
        found.factor_since = found.upgraded_at = now
        for slug, kept in (("passkey", device.kept), ("sms", {"number": number})):
            dated = {"started_at": now, "confirmed_at": now, "preferred_at": now if slug == "passkey" else None}
            sealed = stage.outside.seal.close(kept)
            db.add(Enrolment(user_id=user.id, method=slug, kept=sealed, shown_as=slug, **dated))
        db.commit()
