"""The pages of a loss, in one language: for whoever has lost a method, for the administrators, and at the desk."""

from pyotp import TOTP
from sqlmodel import select

from tests.browser.journeys.gallery import REFUSED, Tour
from tests.browser.journeys.holding import holds, letter_after_a_loss
from webapp.accounts.models import User
from webapp.login_methods.models import Enrolment
from webapp.upgrade.code import draw

LOST, NEW = "/sign-in/second-factor/lost", "/login-methods/otp/new"


def loser(tour: Tour, user: User, clerk: User) -> None:
    """Nothing is ordered yet; then a letter is, and its address is wrong. A clerk gets none."""
    holds(tour.stage, user, "sms")
    tour.as_(user).at(LOST, "lost").at(f"{LOST}/code", "lost, no letter")
    tour.page.goto(LOST)
    tour.sends("/lost/letters", ".facts").sees("lost, ordered").at(f"{LOST}/address-report", "lost, address")
    tour.sends("/address-report", REFUSED, remark="x" * 501).sees("lost, address refused")
    tour.sends("/address-report", "#status .success", remark="Rue Neuve 3").sees("lost, held")
    tour.at(f"{LOST}/code", "lost, code held")
    holds(tour.stage, clerk, "sms")
    tour.as_(clerk).at(LOST, "lost, clerk")


def finisher(tour: Tour, user: User) -> None:
    """The letter has come: a wrong code, the right one, and a new method in the place of the lost one."""
    holds(tour.stage, user, "sms")
    code = letter_after_a_loss(tour.stage, user, days_ago=2)
    tour.as_(user).at(LOST, "lost, in the post").at(f"{LOST}/code", "lost, code")
    tour.sends("/lost/code", REFUSED, code=draw()).sees("lost, wrong code")
    tour.sends("/lost/code", "#status .success", code=code).sees("lost, what can be registered")
    tour.at(LOST, "lost, code accepted").page.goto(NEW)
    tour.sends("/new", "svg.square")
    with tour.stage.portal.db() as db:
        kept = db.exec(select(Enrolment.kept).where(Enrolment.user_id == user.id, Enrolment.method == "otp")).one()
    now = TOTP(tour.stage.outside.seal.open(kept)["key"]).at(tour.stage.now())
    with tour.page.expect_navigation(url="**/login-methods"):
        tour.sends("/confirmation", "#status .success", code=now)
    tour.sees("lost, replaced").at("/letters", "letters, after a loss")


def started_by_others(tour: Tour, admin: User, colleague: User, clerk: User) -> None:
    """By an administrator for a colleague, and at the desk for the administrator."""
    for user in (admin, colleague):
        holds(tour.stage, user, "sms")
    for user, person in (
        (admin, f"/administration/users/{colleague.public_id}"),
        (clerk, f"/desk/users/{admin.public_id}"),
    ):
        who = "desk" if user is clerk else "administrator"
        tour.as_(user, level=2).at(person, f"recovery, {who}, person").at(
            f"{person}/recovery-letter", f"recovery, {who}"
        )
        tour.sends("/recovery-letter", "#status .success").sees(f"recovery, {who}, ordered")
        tour.at(f"{person}/recovery-letter", f"recovery, {who}, not twice")
