"""The main job: the register is taken over, its people order, the fund prints and posts, and the letters are used."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.factories import PASSWORD
from tests.journeys.places import code_on_telephone
from tests.journeys.test_main_paper import Sheet, belongs_together, nobody_else_knows, swapped, the_sheets
from tests.journeys.test_main_people import SMALLER, WHOLE, Person, everybody, export, varied, who_ask, who_order
from tests.twins import Clock, JobsAtOnce
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.gateways.letters_folder import FolderCarrier
from webapp.gateways.press_weasyprint import WeasyPress
from webapp.letters.printing import print_document
from webapp.ports import Outside


class NobodyPrints(JobsAtOnce):
    """Leaves the printing to the command: no worker does it first."""

    def enqueue(self, db: Session, job: Callable[..., None], *ids: int) -> None:
        """As ever, but for printing."""
        if job is not print_document:
            super().enqueue(db, job, *ids)


@pytest.fixture
def outside(outside: Outside) -> Outside:
    """The real press and the real folder for the printer."""
    config, jobs = outside.config, NobodyPrints()
    jobs.outside = replace(outside, jobs=jobs, press=WeasyPress(config), carrier=FolderCarrier(config.letters))
    return jobs.outside


def test_the_main_job(
    visitor: Visitor, app: Flask, db: Session, outside: Outside, clock: Clock, tmp_path: Path
) -> None:
    on_sqlite = db.get_bind().dialect.name == "sqlite"
    size = WHOLE if on_sqlite else SMALLER
    people = everybody(size)
    register = export(tmp_path, people, "csv" if on_sqlite else "xlsx")
    assert f"People: {size.people} new, 0 changed, 0 unchanged, 0 lines" in told(app, "users", "import", register)
    ordering = who_order(people, size.order)
    for person in ordering:
        orders(visitor.somebody_else(), person)
    for person in who_ask(people, ordering, size.ask):
        asks(visitor.somebody_else(), person, people, outside)
    clock.passes(days=1)
    letters = the_fund_prints(app, outside, size.order)
    belongs_together(db, outside, letters, ordering)
    with pytest.raises(AssertionError):
        belongs_together(db, outside, swapped(letters), ordering)
    the_fund_posts(app, outside, ordering)
    nobody_else_knows(db, outside, letters, ordering)
    chosen = varied(ordering, size.go_on, lambda person: person.language)
    go_on(visitor, chosen, {sheet.address: sheet.code for sheet in letters}, outside, clock)
    assert f"People: 0 new, 0 changed, {size.people} unchanged" in told(app, "users", "import", register)
    upgraded = db.exec(select(User.email).where(col(User.upgraded_at).is_not(None))).all()
    assert sorted(upgraded) == sorted(person.email for person in chosen)


# -- what the fund does --


def told(app: Flask, *words: str | Path) -> str:
    """What a command prints; it must succeed."""
    result = app.test_cli_runner().invoke(args=[*map(str, words)])
    assert result.exit_code == 0, result.output
    return result.output


def the_fund_prints(app: Flask, outside: Outside, count: int) -> list[Sheet]:
    """One run, read back; the delivery note tells the truth about each file, and a second run finds nothing."""
    assert f"run-000001: {count} of {count} letters" in told(app, "letters", "print")
    assert told(app, "letters", "print") == "No letter is waiting.\n"
    folder = outside.config.letters / "run-000001"
    note = json.loads((folder / "manifest.json").read_text())
    assert note["letters"] == sum(document["letters"] for document in note["documents"]) == count
    assert {document["name"] for document in note["documents"]} == {path.name for path in folder.glob("*.pdf")}
    return [sheet for document in note["documents"] for sheet in the_sheets(folder, document)]


def the_fund_posts(app: Flask, outside: Outside, ordering: Sequence[Person]) -> None:
    """Whoever ordered, and nobody else, gets one e-mail."""
    before = len(outside.mailer.sent)
    assert told(app, "letters", "posted", "run-000001") == f"run-000001: {len(ordering)} letters posted\n"
    told_people = Counter(mail.recipient for mail in outside.mailer.sent[before:])
    assert told_people == Counter(person.email for person in ordering)


# -- what people do, each in a browser of their own and in their own language --


def go_on(visitor: Visitor, chosen: Sequence[Person], codes: dict[str, str], outside: Outside, clock: Clock) -> None:
    """With the code on their letter and, first, by mistake, with that of somebody else."""
    for number, person in enumerate(chosen):
        own, other = codes[" ".join(person.address)], codes[" ".join(chosen[number - 1].address)]
        upgrades(visitor.somebody_else(), person, own, other, outside, f"{200 + number}1010")
        clock.passes(minutes=1)
        signs_in_with_both(visitor.somebody_else(), person, outside)


def signs_in(visitor: Visitor, person: Person) -> Visitor:
    """With the password."""
    say = person.words.gettext
    visitor.goes_to(f"/sign-in?lang={person.language}")
    assert visitor.page.document.query("html")[0].attrs["lang"] == f"{person.language}-CH"
    return visitor.fills(say("E-mail address"), person.email).fills(say("Password"), PASSWORD).presses(say("Sign in"))


def orders(visitor: Visitor, administrator: Person) -> None:
    """The code, to the address that the register has."""
    say = administrator.words.gettext
    signs_in(visitor, administrator).follows(say("Yes")).sees(" ".join(administrator.address[-2:]))
    visitor.presses(say("Request the upgrade code")).sees(say("Your letter"), say("Expected by"), "27.11.2026")


def asks(visitor: Visitor, person: Person, people: Sequence[Person], outside: Outside) -> None:
    """The administrators; all of them, and nobody else, get an e-mail."""
    say, before = person.words.gettext, len(outside.mailer.sent)
    signs_in(visitor, person).follows(say("Yes")).does_not_see(say("Is this address right?"))
    visitor.presses(say("Ask my administrators for the code"))
    asked = {colleague.email for colleague in people if colleague.administrator and colleague.company == person.company}
    assert {mail.recipient for mail in outside.mailer.sent[before:]} == asked
    assert all(person.name in mail.text for mail in outside.mailer.sent[before:])


def upgrades(visitor: Visitor, person: Person, code: str, other: str, outside: Outside, number: str) -> None:
    """Somebody else's code opens nothing; one's own, exactly as printed, opens the way into PartnerWeb 2.0."""
    say = person.words.gettext
    refused = person.words.ngettext(
        "This is not your code. You have %(num)s more try.", "This is not your code. You have %(num)s more tries.", 4
    )
    signs_in(visitor, person).follows(say("Yes")).is_at("/upgrade/code")
    types(visitor, person, other).sees(refused % {"num": 4})
    types(visitor, person, code).is_at("/login-methods").follows(say("Create an SMS login"))
    visitor.fills(say("Mobile number"), f"079{number}").presses(say("OK"))
    assert outside.sms.sent[-1].number == f"+4179{number}"
    visitor.fills(say("SMS code"), code_on_telephone(outside)).presses(say("OK")).presses(say("Close"))
    visitor.is_at("/").sees(say("Welcome to PartnerWeb 2.0"))


def types(visitor: Visitor, person: Person, code: str) -> Visitor:
    """The code, with the terms accepted."""
    say = person.words.gettext
    visitor.fills(say("Registration / upgrade code"), code).ticks(say("I accept the terms of use in force"))
    return visitor.presses(say("Continue"))


def signs_in_with_both(visitor: Visitor, person: Person, outside: Outside) -> None:
    """The password alone opens nothing of 2.0 any more."""
    say = person.words.gettext
    signs_in(visitor, person).sees(say("Second step")).goes_to("/").does_not_see(say("Welcome to PartnerWeb 2.0"))
    visitor.fills(say("SMS code"), code_on_telephone(outside)).presses(say("OK"))
    visitor.is_at("/").sees(say("Welcome to PartnerWeb 2.0"))
