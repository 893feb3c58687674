"""A company's users and mandates by keyboard alone, with script and without; each page is without fault."""

from tests.browser.journeys.examined import Examined
from tests.browser.journeys.holding import holds
from tests.browser.journeys.keyboard import in_languages
from tests.browser.journeys.stage import Stage
from webapp.accounts.models import Employer, User

NUMBER, ADDRESS = "Member number of the other company", "E-mail address of the person"
NONE_CHOSEN = "Choose a level for at least one topic."


def comes_in(examined: Examined, stage: Stage) -> User:
    """An administrator in PartnerWeb 2.0, at the menu."""
    admin = stage.administrator(language=examined.language)
    holds(stage, admin, "sms")
    stage.lets_in(examined.page.context, admin, level=2)
    examined.goes_to(f"/administration?lang={examined.language}").sees("Manage other users")
    return admin


@in_languages(("de", True))
def test_a_user_is_created_and_modified(examined: Examined, stage: Stage, *, script: bool) -> None:
    admin, heading = comes_in(examined, stage), "title" if script else "body"
    examined.follows("Manage other users").follows("Create a user").sees("The letter goes to").has_focus_on("body")
    examined.presses("Create the user").sees("Enter the last name.").has_focus_on("error-summary")
    examined.follows("Enter the last name.").has_focus_on("last_name").types("Neuhaus").fills("First name", "Lea")
    examined.fills("E-mail address", f"lea.{admin.email}").picks("Language", "Français").presses("Create the user")
    examined.sees("The account is made.", "Neuhaus, Lea", "All letters, newest first").has_focus_on(heading)
    examined.follows("Modify").sees("Neuhaus, Lea").has_focus_on("body").fills("First name", "Leonie").presses("Save")
    examined.sees("The changes are saved. Leonie Neuhaus is told by e-mail.", "Neuhaus, Leonie").has_focus_on(heading)


@in_languages(("it", True))
def test_a_user_is_permitted_deactivated_and_activated(examined: Examined, stage: Stage, *, script: bool) -> None:
    admin, heading = comes_in(examined, stage), "title" if script else "body"
    stage.colleague(admin, first_name="Beat", last_name="Bührer")
    examined.follows("Manage other users").follows("Details : Bührer, Beat").sees("This person can sign in.")
    examined.follows("Change the permissions").sees("What is chosen here counts at once.").has_focus_on("body")
    examined.picks("Salaries", "Read").presses("Save")
    examined.sees("The permissions of Beat Bührer have been changed. They are told by e-mail.").has_focus_on(heading)
    examined.follows("Give administrator rights").sees("Give administrator rights?")
    examined.presses("Give administrator rights")
    examined.sees("Beat Bührer has administrator rights now, and is told by e-mail.").has_focus_on(heading)
    examined.follows("Deactivate this account").sees("Deactivate this account?").has_focus_on("body")
    examined.presses("Deactivate this account")
    examined.sees("Beat Bührer can no longer sign in, and is told by e-mail.").has_focus_on(heading)
    examined.presses("Activate again")
    examined.sees("Beat Bührer can sign in again, and is told by e-mail.").has_focus_on(heading)


@in_languages(("fr", True), ("it", False))
def test_several_are_permitted_at_once(examined: Examined, stage: Stage, *, script: bool) -> None:
    admin, heading = comes_in(examined, stage), "title" if script else "body"
    for name in ("Anna", "Beat", "Carla"):
        stage.colleague(admin, first_name=name, last_name="Bührer")
    examined.follows("Manage other users").fills("Name or e-mail", "buhrer").keys("Enter").sees("3 people found")
    examined.presses("Select all 3 that match").sees("3 people selected").presses("Change the permissions")
    examined.sees("3 people are selected.", "Show what changes").has_focus_on(heading).presses("Show what changes")
    examined.sees(NONE_CHOSEN).has_focus_on("error-summary").picks("Salaries", "Read").presses("Show what changes")
    examined.sees("Change the selection").has_focus_on(heading).presses("Remove : Bührer, Beat")
    examined.sees("The person is left out.", "2 people are selected.").has_focus_on("remove-2" if script else "body")
    examined.presses("Change the permissions of 2 people").sees("The permissions of 2 people are changed.")
    examined.has_focus_on(heading).follows("Bührer, Anna").sees("This person can sign in.")


@in_languages(("en", True))
def test_a_mandate_is_given_and_the_company_chosen(examined: Examined, stage: Stage, *, script: bool) -> None:
    admin, heading = comes_in(examined, stage), "title" if script else "body"
    other = stage.administrator(language=examined.language)
    number = stage.outside.seal.close({"number": "+41" + examined.mobile.replace(" ", "")[1:]})
    holds(stage, other, "sms", kept=number, shown_as="+41 79 ••• •• ••")
    client, office = company_of(stage, admin), company_of(stage, other)
    examined.follows("Mandates").sees("Nobody acts for your company.").follows("Give a mandate").sees(NUMBER)
    examined.has_focus_on("body").fills(NUMBER, office.member_number).fills(ADDRESS, "nobody@company.example")
    examined.keys("Enter").sees("Nobody who could act for you").has_focus_on("error-summary")
    examined.fills(ADDRESS, other.email).picks("Administration", "Read").fills("Until and including", "31.12.2027")
    examined.presses("Give the mandate")
    examined.sees(f"{other.full_name} may act for your company now, and is told by e-mail.", office.name)
    examined.has_focus_on(heading).follows(f"Change or end : {other.full_name}").sees("End the mandate")
    examined.has_focus_on("body").presses("Sign out").sees("You are signed out.")
    examined.signs_in(other).sees("Second step").fills("SMS code", examined.code_on_telephone()).keys("Enter")
    examined.sees("Choose the company", client.name)
    goes_on_for(examined, client)
    examined.goes_to("/administration/users").sees(admin.last_name).follows("Change company").sees("You are here.")
    goes_on_for(examined, office)


def goes_on_for(examined: Examined, company: Employer) -> None:
    """Choose it; the whole frame changes."""
    examined.presses(f"{examined.words('Choose')} {company.name}").sees(f"You are here for {company.name}.")
    examined.is_at("/").has_focus_on("body")


def company_of(stage: Stage, user: User) -> Employer:
    """With its name and number."""
    with stage.portal.db() as db:
        return db.get_one(Employer, user.employer_id)
