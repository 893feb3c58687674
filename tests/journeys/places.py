"""What several journeys need: signing in, the post, and the telephone."""

import re

from sqlmodel import Session

from tests.factories import PASSWORD
from tests.visitor import Visitor
from webapp.letters.actions import post_run, start_run
from webapp.ports import Outside

SYMBOLS = "1-9BCDFGHJKMNPQRSTVWXYZ"
PRINTED = re.compile(rf"\b[{SYMBOLS}]{{4}} [{SYMBOLS}]{{4}} [{SYMBOLS}]{{4}}\b")


def signs_in(visitor: Visitor, email: str, language: str = "en") -> Visitor:
    """With the password; what comes next depends on the person."""
    visitor.goes_to(f"/sign-in?lang={language}")
    if "Sign out" in visitor.page.text:  # the session of before still lives
        visitor.presses("Sign out")
    return visitor.fills("E-mail address", email).fills("Password", PASSWORD).presses("Sign in")


def the_fund_prints_and_posts(db: Session, outside: Outside) -> None:
    """One print run, handed over and posted."""
    run = start_run(db, outside, None)
    assert run is not None
    db.refresh(run)
    assert post_run(db, outside, run)


def code_in_letter_to(outside: Outside, person: str) -> str:
    """The code as it stands in the last letter to ``person``, read from what was handed over."""
    sheets = [
        sheet
        for documents in outside.carrier.handed.values()  # type: ignore[attr-defined]
        for document in documents.values()
        for sheet in document.pdf.decode().split("<section")
        if person in sheet and PRINTED.search(sheet)
    ]
    found = PRINTED.search(sheets[-1])
    assert found
    return found.group()


def code_on_telephone(outside: Outside) -> str:
    """The code of the last text message."""
    return outside.sms.sent[-1].text[:6]  # type: ignore[attr-defined, no-any-return]
