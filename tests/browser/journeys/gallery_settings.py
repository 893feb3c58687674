"""One's own settings and sessions, and the pages of INFO that can be filled in, in every state."""

from tests.browser.journeys.gallery import REFUSED, Tour
from webapp.accounts.models import User

BARRIER = "/info/accessibility/barrier"


def own(tour: Tour, user: User) -> None:
    """Settings as they are, refused and saved; the language; two devices."""
    tour.as_(user).at("/account/settings").sends("/account/settings", REFUSED, phone="1").sees("settings refused")
    tour.sends("/account/settings", "#status .success", phone="021 555 01 02").sees("settings saved")
    tour.at("/administration/permissions").at("/account/language").at("/account/sessions", "one device")
    tour.stage.lets_in(tour.page.context, user, 1)
    tour.at("/account/sessions", "two devices").sends("/sessions/others/end", "#status .success").sees(
        "signed out there"
    )


def reading(tour: Tour) -> None:
    """What is explained, and the form for barriers."""
    tour.at("/info/help").at("/info/news").at(BARRIER).sends(BARRIER, REFUSED).sees("barrier refused")
