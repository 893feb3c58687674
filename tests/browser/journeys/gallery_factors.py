"""The pages of every login method, in one language: what it is, its question, its help, and what can go wrong."""

from datetime import timedelta

from sqlmodel import col, select, update

from tests.browser.journeys.gallery import REFUSED, Tour
from tests.browser.journeys.holding import holds
from webapp.accounts.models import LoginSession, User
from webapp.login_methods.models import Challenge, Enrolment

SHELF, STEP, ARRIVAL = "/login-methods", "/sign-in/second-factor", "/login-methods/arrival"
ASKED = {
    "passkey": "[data-passkey]:visible",
    "otp": "svg.square",
    "certificate": "form[action^='https://certificates'] button",
    "suisseid": "a.button.primary[href^='https://identity']",
    "recovery_codes": "ol.codes",
}
WAITS = ("passkey", "certificate", "suisseid")  # what has to be asked for anew when one comes back


def registering(tour: Tour, user: User) -> None:
    """Everything on the shelf, from what it is to its question, refused in each way that costs little."""
    holds(tour.stage, user, "sms")
    tour.as_(user, level=2).at(SHELF, "shelf, everything")
    for slug, question in ASKED.items():
        tour.at(f"{SHELF}/{slug}/help", f"{slug}, help").at(f"{SHELF}/{slug}/new", f"{slug}, what it is")
        if slug == "suisseid":
            tour.sends("/new", REFUSED).sees("suisseid, no provider chosen").sends("/new", question, provider="tick")
        else:
            tour.sends("/new", question)
        tour.sees(f"{slug}, question")
    tour.sends("/confirmation", REFUSED, code="short").sees("recovery codes, too short")
    otp(tour)
    suisseid(tour, user)
    certificate(tour)
    passkey(tour, user)


def otp(tour: Tour) -> None:
    """The key as text, and a code that is not right."""
    tour.page.goto(f"{SHELF}/otp/new")
    tour.sends("/new", "svg.square").page.locator("main details summary").first.click()
    tour.sees("otp, the key").sends("/confirmation", REFUSED, code="000000").sees("otp, refused")


def suisseid(tour: Tour, user: User) -> None:
    """The way back without a proof, a provider that is silent, and one who took too long."""
    tour.page.goto(f"{SHELF}/suisseid/new")
    tour.sends("/new", ASKED["suisseid"], provider="tick").at(f"{ARRIVAL}?state=x&code=x", "suisseid, another attempt")
    lapses(tour, user)
    tour.page.reload()
    tour.sees("suisseid, lapsed").page.goto(f"{SHELF}/suisseid/new")
    tour.page.locator("#provider-1").check()
    tour.sends("/new", "main form[action$='/messages']").sees("suisseid, silent provider")


def certificate(tour: Tour) -> None:
    """The browser had none."""
    tour.page.goto(f"{SHELF}/certificate/new")
    tour.sends("/new", ASKED["certificate"]).at(ARRIVAL, "certificate, none")


def passkey(tour: Tour, user: User) -> None:
    """It took too long."""
    tour.page.goto(f"{SHELF}/passkey/new")
    tour.sends("/new", ASKED["passkey"])
    lapses(tour, user)
    tour.page.reload()
    tour.sees("passkey, lapsed")


def lapses(tour: Tour, user: User) -> None:
    """What was asked waits no longer."""
    sessions = select(LoginSession.id).where(LoginSession.user_id == user.id)
    with tour.stage.portal.db() as db:
        past = tour.stage.now() - timedelta(seconds=1)
        db.execute(update(Challenge).where(col(Challenge.session_id).in_(sessions)).values(expires_at=past))
        db.commit()


def signing_in(tour: Tour, user: User) -> None:
    """Whoever holds everything: the list, each question at sign-in, the other ways, and the fresh proof."""
    holds(tour.stage, user, *ASKED, "sms")
    tour.as_(user, level=2).at(SHELF, "shelf, everything held")
    own = str(tour.page.locator(f"main li a[href*='{SHELF}/otp/']").first.get_attribute("href"))
    tour.at(own, "own, may be asked for first").sends("/preference", "#status .success").sees("preferred")
    for slug, question in ASKED.items():
        with tour.stage.portal.db() as db:
            mine = update(Enrolment).where(col(Enrolment.user_id) == user.id, col(Enrolment.method) == slug)
            db.execute(mine.values(preferred_at=tour.stage.now()))
            db.commit()
        tour.as_(user).at(STEP, f"second step, {slug}")
        if slug in WAITS:
            tour.sends("/messages", question).sees(f"second step, {slug}, asked")
    tour.at(f"{STEP}/others", "every other way").as_(user, level=2)
    session_of(tour, user, proved_at=tour.stage.now() - timedelta(minutes=21))
    tour.at(f"{SHELF}/otp/new", "fresh proof").at(f"{STEP}/others?next={SHELF}", "fresh proof, another way")


def in_trouble(tour: Tour, user: User) -> None:
    """Somebody whose provider is one no more, and whom the fund wants to register another method."""
    kept = {"label": "Former Identity", "issuer": "https://former.example", "subject": "anne"}
    holds(tour.stage, user, "suisseid", kept=tour.stage.outside.seal.close(kept), shown_as=kept["label"])
    tour.as_(user).at(STEP, "suisseid, a provider no more").as_(user, level=2)
    session_of(tour, user, owes_method=True)
    tour.at(SHELF, "shelf, owing")


def session_of(tour: Tour, user: User, **facts: object) -> None:
    """What is true of the person's sessions."""
    with tour.stage.portal.db() as db:
        db.execute(update(LoginSession).where(col(LoginSession.user_id) == user.id).values(**facts))
        db.commit()
