"""One's own password and e-mail address, and the forgotten password, in every state."""

from datetime import timedelta

from playwright.sync_api import expect
from sqlmodel import update

from tests.browser.journeys.gallery import REFUSED, Tour
from tests.factories import PASSWORD
from webapp.accounts.actions import make_link
from webapp.accounts.links import AccountLink, LinkPurpose
from webapp.accounts.models import User
from webapp.codes import as_printed

FORGOTTEN, CHOSEN, OWN, EMAIL = "/sign-in/forgotten", "/sign-in/new-password", "/account/password", "/account/email"
ACTIVATION = f"{EMAIL}/activation"
NEW = {"new": "Regenschirm-lila-Kutsche", "again": "Regenschirm-lila-Kutsche"}
HOUR = timedelta(hours=1)


def invited(tour: Tour, user: User) -> str:
    """The code for a first password, in place of an earlier one."""
    with tour.stage.portal.db() as db:
        code = make_link(db, tour.stage.outside, user, LinkPurpose.INVITATION, life=HOUR)
        db.commit()
    return code


def forgotten(tour: Tour, user: User) -> None:
    """From the address to the new password; the link of the e-mail brings its code along."""
    tour.at(FORGOTTEN).sends(FORGOTTEN, REFUSED).sees("forgotten, no address")
    tour.sends(FORGOTTEN, "#status .notice", email=user.email).sees("forgotten, sent")
    tour.sends(CHOSEN, REFUSED).sees("new password, nothing typed")
    earlier, code = invited(tour, user), invited(tour, user)
    tour.page.goto(CHOSEN)
    tour.sends(CHOSEN, REFUSED, code=earlier, **NEW).sees("new password, a code that counts no more")
    tour.page.goto("about:blank")
    tour.page.goto(f"{CHOSEN}#{code}")
    expect(tour.page.locator("#code")).to_have_value(as_printed(code))
    assert "#" not in tour.page.url
    weak = {"new": f"{user.first_name}-2026-2026", "again": "another"}
    tour.sends(CHOSEN, REFUSED, **weak).sees("new password, slip")
    tour.sends(CHOSEN, REFUSED, **dict.fromkeys(weak, weak["new"])).sees("new password, weak")
    tour.sends(CHOSEN, "#status .success", **NEW)


def own(tour: Tour, user: User) -> None:
    """The new address from the wish to the end, and the password."""
    tour.as_(user).at(EMAIL).sends(EMAIL, REFUSED, email="no", current="").sees("address refused")
    tour.sends(EMAIL, "#code", email=f"new.{user.email}", current=PASSWORD).sees("activation")
    tour.at("/administration", "administration, an address waits").at(EMAIL, "address, another one waits")
    tour.page.goto(ACTIVATION)
    tour.sends(ACTIVATION, REFUSED, code="4KTT").sees("activation refused")
    with tour.stage.portal.db() as db:
        db.execute(update(AccountLink).values(expires_at=tour.stage.now() - HOUR))
        db.commit()
    tour.at(ACTIVATION, "activation, expired").sends("/activation/messages", "#status .success")
    tour.sends("/activation/withdrawal", "#status .success").at(ACTIVATION, "activation, none")
    tour.at(OWN).sends(OWN, REFUSED).sees("password, nothing typed")
    tour.sends(OWN, REFUSED, current="wrong-wrong", **NEW).sees("password, wrong")
    tour.sends(OWN, "#status .success", current=PASSWORD, **NEW).sees("password changed")
