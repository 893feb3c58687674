"""What the fund's desk does with letters in the demo world."""

from sqlmodel import col, select

from webapp.letters.actions import post_run, start_run
from webapp.letters.models import PrintRun
from webapp.seed_people import DESK, State
from webapp.seed_story import Story
from webapp.upgrade.actions.returning import take_back
from webapp.upgrade.queries import letters_of


def print_letters(story: Story) -> None:
    """The desk prints what waits."""
    start_run(story.db, story.outside, story.users[DESK.email].id)


def post_letters(story: Story) -> None:
    """The desk brings what is printed to the post."""
    for run in story.db.exec(select(PrintRun).where(col(PrintRun.posted_at).is_(None))).all():
        post_run(story.db, story.outside, run, story.users[DESK.email].id)


def come_back(story: Story) -> None:
    """Some letters come back from the post; the addresses are to be checked."""
    for person in story.of(State.RETURNED):
        letters = [letter.id or 0 for letter in letters_of(story.db, person)]
        take_back(story.db, story.outside, letters, by=story.users[DESK.email], moved=True)
