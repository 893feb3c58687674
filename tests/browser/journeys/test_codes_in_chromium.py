"""An authenticator app and recovery codes in Chromium, with script and without: registered, looked at, used."""

import re
from io import BytesIO

import pytest
import segno
from PIL import Image

from tests.attacks.arranging import a_ticket
from tests.browser.checks import Examiner
from tests.browser.journeys.person import Person
from tests.browser.journeys.stage import Stage
from tests.journeys.authenticator import Authenticator
from tests.journeys.test_recovery_codes import PRINTED
from webapp.accounts.models import User

BOTH = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"], indirect=True)
MARGIN = 4  # modules of white round the square, as the standard wants


@pytest.fixture
def admin(person: Person, stage: Stage) -> User:
    """Signed in with the password, the letter's code typed, before the methods that can be registered."""
    admin = stage.administrator()
    with stage.portal.db() as db:
        a_ticket(db, stage.outside, admin)
    person.signs_in(admin).goes_to("/login-methods")
    return admin


def camera(person: Person, side: int) -> list[list[bool]]:
    """The square as a camera sees it, sampled in the middle of each module; True is dark."""
    shot = Image.open(BytesIO(person.page.locator("svg.square").screenshot(caret="initial"))).convert("L")
    whole = side + 2 * MARGIN
    at = [round((one + 0.5) * shot.width / whole) for one in range(whole)]
    return [[int(shot.getpixel((x, y))) < 128 for x in at] for y in at]  # type: ignore[arg-type]


def modules(address: str) -> list[list[bool]]:
    """What a QR code of ``address`` looks like with its white margin."""
    drawn = segno.make(address, error="m", mask=4, boost_error=False, micro=False)
    return [[bool(module) for module in row] for row in drawn.matrix_iter(border=MARGIN)]


def sets_up(person: Person, stage: Stage) -> Authenticator:
    """The app holds the key that the link carries; the square says the same, on dark paper too."""
    person.follows("Create an OTP login").presses("Continue").sees("Scan this square")
    address = person.page.get_by_role("link", name="The app is on this device").get_attribute("href")
    assert address
    for scheme in ("light", "dark"):
        person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        wanted = modules(address)
        assert camera(person, len(wanted) - 2 * MARGIN) == wanted
    person.page.get_by_text("Copy the key by hand").click()
    key = Authenticator(address, stage.now).key  # type: ignore[arg-type]
    person.sees(" ".join(re.findall("....", key)))
    return Authenticator(address, stage.now)  # type: ignore[arg-type]


@BOTH
def test_an_app_then_codes_on_paper(person: Person, stage: Stage, admin: User) -> None:
    app = sets_up(person, stage)
    person.fills("Code from the app", "12345").presses("OK").sees("The code has 6 digits. You typed 5.")
    person.fills("Code from the app", app.shows()).presses("OK").sees("The data has been saved successfully")
    person.presses("Close").sees("Welcome to PartnerWeb 2.0").goes_to("/login-methods")
    person.follows("Create recovery codes").presses("Continue").sees("They are not shown again")
    codes = PRINTED.findall(person.reach.inner_text())
    assert len(codes) == 10
    with person.page.expect_download() as download:
        person.follows("Sheet to print (PDF)")
    assert download.value.path().read_bytes().startswith(b"%PDF")
    person.fills("Recovery code", codes[0].lower()).presses("OK").sees(
        "The data has been saved successfully", "10 of 10 left"
    )
    person.presses("Sign out").signs_in(admin).sees("Open your authenticator app")
    person.follows("Another way to prove it").presses("Use this : Recovery codes, 10 of 10 left").sees("10 are left")
    person.fills("Recovery code", codes[0]).presses("OK").sees("Welcome to PartnerWeb 2.0")


def test_from_all_sides(person: Person, stage: Stage, admin: User, examiner: Examiner) -> None:
    person.goes_to("/login-methods/otp/new").presses("Continue").sees("Scan this square")
    person.page.get_by_text("Copy the key by hand").click()
    examiner.look(person.page, "setting up an app")
    address = person.page.get_by_role("link", name="The app is on this device").get_attribute("href") or ""
    person.fills("Code from the app", Authenticator(address, stage.now).shows()).presses("OK")  # type: ignore[arg-type]
    person.presses("Close").goes_to("/login-methods/recovery_codes/new").presses("Continue").sees("not shown again")
    examiner.look(person.page, "ten new codes")
    for slug in ("otp", "recovery_codes"):
        person.goes_to(f"/login-methods/{slug}/help").sees("Still nothing?" if slug == "otp" else "Nothing works")
        examiner.look(person.page, f"help with {slug}")
    person.presses("Sign out").signs_in(admin).sees("Open your authenticator app")
    examiner.look(person.page, "the code of an app")
