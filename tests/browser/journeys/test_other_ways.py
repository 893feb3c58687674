"""What else happens on the way to the upgrade, in Chromium, with script and without."""

import pytest

from tests.browser.journeys.person import Person
from tests.browser.journeys.stage import Stage
from webapp.letters.models import Reason
from webapp.upgrade.code import draw

pytestmark = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"], indirect=True)
FIELD = "Registration / upgrade code"


def test_not_now_rests_for_a_week(person: Person, stage: Stage) -> None:
    admin = stage.administrator()
    person.signs_in(admin).presses("Not now").sees("Welcome to PartnerWeb").is_at("/")
    stage.passes(days=6)
    person.signs_in(admin).sees("General information").is_at("/")
    stage.passes(days=2)
    person.signs_in(admin).sees("Upgrade now").is_at("/upgrade/question").leaves_nothing_behind()


def test_somebody_without_rights_asks(person: Person, stage: Stage, script: bool) -> None:  # noqa: FBT001
    admin = stage.administrator(first_name="Élise")
    person.signs_in(stage.colleague(admin)).follows("Yes").sees("You have no administrator rights", admin.full_name)
    person.presses("Ask my administrators for the code").sees(f"We have written to {admin.full_name}")
    person.is_at("/upgrade/letter").has_focus_on("title" if script else "body")
    person.presses("Ask again").sees("Your request is noted")


def test_a_wrong_address_holds_the_letter(person: Person, stage: Stage, script: bool) -> None:  # noqa: FBT001
    person.signs_in(stage.administrator()).follows("Yes").follows("This address is wrong")
    person.fills("What is wrong?", "x" * 501).presses("Report to the fund").sees("500 characters at most")
    person.has_focus_on("error-summary").is_at("/upgrade/address-report").finds_in("What is wrong?", "x" * 501)
    person.fills("What is wrong?", "We moved to Rue Neuve 3.").presses("Report to the fund")
    person.sees("Thank you. The fund checks the address", "you said that this address is wrong")
    person.is_at("/upgrade/letter").has_focus_on("title" if script else "body")


def test_each_refusal_of_a_code_has_its_sentence(person: Person, stage: Stage) -> None:
    admin = stage.administrator(last_name=f"Exemple-{draw()}")
    expired, late = (stage.letter_to(admin, days_ago=days, reason=Reason.NOT_ARRIVED) for days in (45, 12))
    person.signs_in(admin).follows("Yes").is_at("/upgrade/code")
    for typed, sentence in {
        "4KTT 78ZD": "The code has 12 characters. You typed 8.",
        "4KTT 78ZO TZ6M": "never contains the letter O",
        "4KTT 78ZD TZ6M": "One character seems mistyped",
    }.items():
        types(person, typed, sentence).finds_in(FIELD, typed)
    types(person, draw(), "This is not your code. You have 4 more tries.").finds_in(FIELD, "")
    types(person, expired, "This code expired on ").finds_in(FIELD, "")
    good = stage.letter_to(admin, reason=Reason.LOST)
    types(person, late, "This code was replaced by a newer letter, ordered on ").finds_in(FIELD, "")
    types(person, good, "Registration of multi-factor logins").leaves_nothing_behind()
    stage.passes(minutes=31)  # the time to register a telephone is over
    person.signs_in(admin).goes_to("/upgrade/code")
    types(person, good, "This code has been used already.").is_at("/upgrade/code")


def types(person: Person, code: str, sentence: str) -> Person:
    """Into the field, with the terms accepted; what is said to it."""
    person.fills(FIELD, code).ticks("I accept the terms of use in force").presses("Continue").sees(sentence)
    return person if "Registration" in sentence else person.has_focus_on("error-summary")
