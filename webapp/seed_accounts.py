"""What an administrator who has upgraded, and the fund, do to accounts of the demo world."""

from sqlmodel import Session

from webapp.accounts.actions.admitting import deactivate
from webapp.accounts.actions.permitting import permit
from webapp.accounts.actions.readdressing import Readdressed, readdress
from webapp.accounts.models import Employer
from webapp.accounts.newcomer import Newcomer
from webapp.accounts.topics import Level, Topic
from webapp.seed_people import DESK, State
from webapp.seed_story import Story
from webapp.upgrade.actions.inviting import invite

BY = "aubert@favre.example"  # administrator of the bakery, with both factors
NEW = Newcomer(first_name="Anna", last_name="Neuhaus", email="anna@favre.example", language="fr")
MOVED, NEW_EMAIL = "genoud@favre.example", "ines.genoud@favre.example"
LIMITED = "cavegn@favre.example"
LEVELS = {
    **dict.fromkeys((Topic.SALARIES, Topic.ACCOUNTING, Topic.ADMINISTRATION), Level.NONE),
    **dict.fromkeys((Topic.ALLOWANCES, Topic.DOCUMENTS), Level.READ),
    Topic.EMPLOYEES: Level.EDIT,
}


def leave(story: Story) -> None:
    """The inactive people are deactivated by the fund."""
    for person in story.of(State.INACTIVE):
        _done(deactivate(story.db, story.outside, person, by=story.users[DESK.email]) is None, person.email)


def invite_somebody(story: Story) -> None:
    """A letter is ordered for somebody new, and the welcome e-mail waits to be read."""
    by = story.users[BY]
    story.past.unread.add(NEW.email)
    invited = invite(story.db, story.outside, NEW, _company(story.db, by.employer_id), by=by, by_mail=True)
    _done(invited.user is not None and invited.no_letter is None, NEW.email)
    if invited.user:
        story.users[NEW.email] = invited.user


def change_accounts(story: Story) -> None:
    """Somebody may do less than usual; for somebody else a new e-mail address waits, with a code that is unread."""
    db, outside, by = story.db, story.outside, story.users[BY]
    _done(permit(db, outside, story.users[LIMITED], LEVELS, by=by) is None, LIMITED)
    story.past.unread.add(NEW_EMAIL)
    became = readdress(db, outside, story.users[MOVED], by=by, email=NEW_EMAIL)
    _done(became is Readdressed.BEGUN, MOVED)


def _company(db: Session, employer_id: int | None) -> Employer:
    return db.get_one(Employer, employer_id)


def _done(done: bool, who: str) -> None:  # noqa: FBT001 -- it is what is asserted
    if not done:
        raise AssertionError(who)
