"""What people hold already, and letters after a loss, as the database keeps them; nobody has to click for it."""

from datetime import timedelta
from typing import Any

from tests.browser.journeys.stage import Stage
from tests.devices import Device
from tests.journeys.places import code_in_letter_to
from webapp.accounts.models import User
from webapp.letters.models import Reason
from webapp.login_methods.models import Enrolment
from webapp.upgrade.actions.ordering import order_recovery

ISSUER, SILENT = "https://identity.example", "https://silent.example"  # the other never answers
OTP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def kept_of(stage: Stage, slug: str) -> tuple[dict[str, Any], str]:
    """What a confirmed method keeps, and by what people recognise it."""
    return {
        "sms": ({"number": "+41785552222"}, "+41 78 ••• •• 22"),
        "otp": ({"key": OTP_KEY, "tag": "K7M", "step": 1}, "PartnerWeb (K7M)"),
        "passkey": (Device(origin=stage.portal.url).kept, "Windows Hello, 23.11.2026"),
        "certificate": ({"sha256": "0" * 64, "shown_as": "Anne Favre, 2029"}, "Anne Favre, 2029"),
        "suisseid": ({"label": "Identity One", "issuer": ISSUER, "subject": "anne"}, "Identity One"),
        "recovery_codes": ({"left": dict.fromkeys("7BZ", "-"), "used": {}}, "3/10"),
    }[slug]


def holds(stage: Stage, user: User, *slugs: str, **facts: Any) -> None:
    """Confirmed methods of these kinds, the first asked for first; whoever has one has upgraded."""
    now = stage.now() - timedelta(minutes=1)
    with stage.portal.db() as db:
        found = db.get_one(User, user.id)
        found.factor_since = found.upgraded_at = now
        for number, slug in enumerate(slugs):
            kept, shown_as = kept_of(stage, slug)
            dated = {"started_at": now, "confirmed_at": now, "preferred_at": now - timedelta(seconds=number)}
            row = {"kept": stage.outside.seal.close(kept), "shown_as": shown_as} | dated | facts
            db.add(Enrolment(user_id=user.id, method=slug, **row))
        db.commit()


def letter_after_a_loss(stage: Stage, user: User, *, days_ago: float = 0, reason: Reason = Reason.FIRST) -> str:
    """The code in a letter that was ordered, printed and posted so long ago."""
    stage.back = timedelta(days=days_ago)
    with stage.portal.db() as db:
        found = db.get_one(User, user.id)
        refusal = order_recovery(db, stage.outside, found, by=found, reason=reason)
        assert not refusal, refusal
    stage.prints_and_posts(user)
    stage.back = timedelta()
    return code_in_letter_to(stage.outside, user.full_name)
