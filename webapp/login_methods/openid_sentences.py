"""What is said when a provider of identities did not confirm somebody."""

from flask_babel import lazy_gettext as _l

from webapp.login_methods.openid_answers import Fault

SENTENCES = {
    Fault.GONE: _l("The fund no longer accepts logins from %(provider)s. Use another method, or call us."),
    Fault.INCOMPLETE: _l("This is not a complete answer from %(provider)s. Please start again from this page."),
    Fault.STATE: _l(
        "This answer from %(provider)s belongs to an earlier or to another attempt. Please start again from this page."
    ),
    Fault.CANCELLED: _l("You cancelled at %(provider)s. You can start again, or use another way."),
    Fault.TOO_WEAK: _l(
        "%(provider)s has confirmed you less strictly than the fund asks for. Sign in there with its strong way, "
        "the app for example."
    ),
    Fault.OUT_OF_ORDER: _l("%(provider)s reports a disturbance. Try again in a few minutes, or use another way."),
    Fault.FAILED: _l("%(provider)s could not confirm who you are. Please start again; if it happens again, call us."),
    Fault.UNREACHABLE: _l(
        "%(provider)s can’t be reached at the moment. Please try again in a few minutes, or use another way."
    ),
    Fault.ISSUER: _l("The answer did not come from %(provider)s, to which you were sent. It was not accepted."),
    Fault.CODE: _l("This answer from %(provider)s has been used already, or has expired. Please start again."),
    Fault.TOKEN: _l(
        "The confirmation from %(provider)s could not be verified and was not accepted. If it happens again, call us."
    ),
    Fault.NONCE: _l("The confirmation from %(provider)s was made for another attempt and was not accepted."),
    Fault.EXPIRED: _l("The confirmation from %(provider)s had expired when it arrived. Please start again."),
    Fault.UNDATED: _l("%(provider)s does not say when you signed in there; the fund needs to know. Please call us."),
    Fault.STALE: _l("%(provider)s did not ask you to sign in again. Sign out there, then start again from this page."),
    Fault.SOMEBODY_ELSE: _l(
        "At %(provider)s you signed in as somebody else than when you registered. Use the login that you registered."
    ),
}


def sentence(fault: Fault, provider: str) -> str:
    """What happened at ``provider``, as people know it, and what to do; in the language of the request."""
    return str(SENTENCES[fault]) % {"provider": provider}
