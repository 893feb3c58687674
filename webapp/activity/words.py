"""What happened, in sentences: one for each event of ``webapp/audit/events.py``."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.accounts.topic_words import LEVELS, TOPICS
from webapp.audit.events import Event, read
from webapp.login_methods.shelf import shelf
from webapp.web.languages import OWN_NAMES

SENTENCES: Mapping[Event, Any] = {
    Event.SIGNED_IN: _l("Signed in"),
    Event.PASSWORD_GIVEN: _l("Gave the right password; the second step was still to come"),
    Event.ANSWER_REFUSED: _l("The second step was not passed: %(method)s"),
    Event.SIGNED_OUT: _l("Signed out"),
    Event.SIGNED_OUT_ELSEWHERE: _l("Signed out on all other devices"),
    Event.SESSION_ENDED: _l("Signed out on one other device"),
    Event.COMPANY_CHOSEN: _l("Company chosen: %(company)s"),
    Event.PASSWORD_CHANGED: _l("Password changed"),
    Event.PASSWORD_LINK_SENT: _l("Link for a new password sent by e-mail"),
    Event.PASSWORD_RENEWED: _l("New password set with the link from the e-mail"),
    Event.EMAIL_CHANGE_BEGUN: _l("New e-mail address entered; it was still to be activated"),
    Event.EMAIL_CHANGE_WITHDRAWN: _l("Change of the e-mail address withdrawn"),
    Event.EMAIL_CHANGED: _l("New e-mail address activated"),
    Event.SETTINGS_CHANGED: _l("Personal settings changed"),
    Event.LETTER_ORDERED: _l("Letter with a code ordered"),
    Event.LETTERS_ORDERED: _l("Letters ordered for many: %(letters)s letters for %(people)s people"),
    Event.LETTER_WISHED: _l("Asked the administrators for a code"),
    Event.LETTER_POSTED: _l("Letter with a code posted"),
    Event.LETTER_RETURNED: _l("Letter with a code came back from the post, and its code was made invalid"),
    Event.CODE_WRONG: _l("Typed a wrong code from a letter"),
    Event.CODE_REDEEMED: _l("Used the code from the letter"),
    Event.CODES_VOIDED: _l("All codes sent so far made invalid"),
    Event.TERMS_ACCEPTED: _l("Terms of use accepted, version %(version)s"),
    Event.ADDRESS_REPORTED: _l("Postal address reported as wrong"),
    Event.ADDRESS_SETTLED: _l("Postal address put right by the fund"),
    Event.METHOD_ADDED: _l("Login method added: %(method)s"),
    Event.METHOD_REMOVED: _l("Login method removed: %(method)s"),
    Event.METHOD_RENAMED: _l("Login method given another name: %(method)s"),
    Event.METHOD_PREFERRED: _l("Login method asked for first from now on: %(method)s"),
    Event.SPARE_CODE_USED: _l("Recovery code used; %(left)s left"),
    Event.UPGRADED: _l("Moved to the multi-factor login"),
    Event.RECOVERY_ENDED: _l("Letter for a new login no longer needed, made invalid"),
    Event.USER_CREATED: _l("User created"),
    Event.USER_CHANGED: _l("User’s details changed"),
    Event.USER_DEACTIVATED: _l("User deactivated"),
    Event.USER_ACTIVATED: _l("User activated again"),
    Event.USER_INVITED: _l("User invited"),
    Event.ADMINISTRATOR_MADE: _l("Administrator rights given"),
    Event.ADMINISTRATOR_UNMADE: _l("Administrator rights taken away"),
    Event.RIGHTS_CHANGED: _l("Permissions changed: %(topic)s, now “%(level)s”"),
    Event.MANDATE_GIVEN: _l("Mandate given"),
    Event.MANDATE_CHANGED: _l("Mandate changed"),
    Event.MANDATE_ENDED: _l("Mandate ended"),
    Event.MANDATE_RUN_OUT: _l("Mandate has run out"),
    Event.RUN_STARTED: _l("Print run %(run)s started: %(letters)s letters"),
    Event.RUN_PRINTED: _l("Print run %(run)s ready for the post: %(letters)s letters"),
    Event.RUN_POSTED: _l("Print run %(run)s posted: %(letters)s letters"),
    Event.REGISTER_IMPORTED: _l("Register taken over: %(new)s new people, %(changed)s changed"),
    Event.ANCHORED: _l("Audit anchored"),
}

NEARER: Mapping[tuple[Event, str, object], Any] = {  # an event whose detail has this value is told like this
    (Event.SIGNED_IN, "factors", 1): _l("Signed in with the password"),
    (Event.SIGNED_IN, "factors", 2): _l("Signed in with both factors"),
    (Event.SIGNED_OUT_ELSEWHERE, "what", "all"): _l("Signed out on all devices"),
    **{(Event.SETTINGS_CHANGED, "language", one): _l("Language changed: %(language)s") for one in OWN_NAMES},
    (Event.LETTER_ORDERED, "purpose", "recovery"): _l("Letter for a new login ordered"),
    (Event.LETTER_POSTED, "purpose", "recovery"): _l("Letter for a new login posted"),
    (Event.CODES_VOIDED, "because", "guessed"): _l("All codes made invalid: too many wrong ones were typed"),
}
READ: Mapping[str, Mapping[Any, Any]] = {  # details whose values are words of our own
    "topic": TOPICS,
    "level": {level.word: words for level, words in LEVELS.items()},
    "language": OWN_NAMES,
}


def told(event: str, details: str, company: str | None = None) -> str:
    """What happened, in one sentence; the word that is kept, for one that this version does not know.

    ``company`` is the one in whose chain it stands.
    """
    if event not in set(Event):
        return event
    details_kept = read(details)
    nearer = (NEARER.get((Event(event), name, value)) for name, value in details_kept.items())
    sentence = next(filter(None, nearer), SENTENCES[Event(event)])
    kept = {name: _read(name, value) for name, value in details_kept.items()}
    return str(sentence) % defaultdict(lambda: "–", kept | ({"company": company} if company else {}))


def _read(detail: str, value: Any) -> Any:
    """What is kept of such a detail, in words where it is kept by a word of our own."""
    if detail == "method" and value in shelf():
        return shelf()[value].label
    return READ.get(detail, {}).get(value, value)


def kinds() -> dict[str, str]:
    """Every event by its word, for a filter, as people would look for it."""
    plain = {event.value: _without_details(str(sentence)) for event, sentence in SENTENCES.items()}
    return dict(sorted(plain.items(), key=lambda one: one[1].casefold()))


def _without_details(sentence: str) -> str:
    head, detail, _rest = sentence.partition("%(")
    return head.rpartition(":")[0] or head.rpartition(",")[0] or head.rpartition(";")[0] or head if detail else head


def by(row: Any, me: int | None, *, at_the_desk: bool) -> str:
    """Who did it, as far as whoever looks may know."""
    if row.by_id is None:
        return _("The fund’s register") if read(row.details).get("because") == "register" else _("PartnerWeb")
    if row.by_id == me:
        return _("You")
    if row.by_the_fund and not at_the_desk:
        return _("The fund")
    return f"{row.by_first_name or ''} {row.by_last_name or ''}".strip() or "–"


def about(row: Any) -> str:
    """Whose account it was; nothing where it was nobody's."""
    return ", ".join(part for part in (row.last_name, row.first_name) if part)
