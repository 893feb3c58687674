"""The pages of several login methods, in one language."""

from tests.browser.journeys.gallery import REFUSED, Tour
from webapp.accounts.models import User
from webapp.login_methods.models import Enrolment

OWN = "main li a[href*='/login-methods/sms/']:not([href$='/new'])"


def holder(tour: Tour, user: User) -> None:
    """One method, then two: the list, one of them, its removal, and the other ways at sign-in."""
    tour.as_(user, level=2).page.goto("/login-methods")
    own = str(tour.page.locator(OWN).first.get_attribute("href"))
    tour.at(f"{own}/removal", "removal refused")
    with tour.stage.portal.db() as db:
        now = tour.stage.now()
        kept = tour.stage.outside.seal.close({"number": "+41785552222"})
        facts = {"user_id": user.id, "method": "sms", "shown_as": "+41 78 ••• •• 22", "name": "Bureau"}
        db.add(Enrolment(kept=kept, started_at=now, confirmed_at=now, **facts))
        db.commit()
    tour.at("/login-methods", "two methods").at(own, "own method")
    tour.sends("/name", REFUSED, name="x" * 61).sees("name refused").at(f"{own}/removal", "removal")
    tour.sends("/removal", "#status .success").sees("removed")
    tour.as_(user).at("/sign-in/second-factor", "second step, not asked yet")
    tour.at("/sign-in/second-factor/others", "another way")
