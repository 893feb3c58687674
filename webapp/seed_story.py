"""What is passed on from step to step while the demo world is told."""

from sqlmodel import Session

from webapp.accounts.models import User
from webapp.ports import Outside
from webapp.seed_past import Past
from webapp.seed_people import DESK, State, everybody


class Story:
    """The demo world while it is told: its people, and the past in which they live."""

    def __init__(self, db: Session, outside: Outside) -> None:
        self.db = db
        self.past = Past(outside)
        self.outside = self.past.outside
        self.people = everybody()
        self.users: dict[str, User] = {}

    def of(self, *states: State) -> list[User]:
        """The people in these states; the desk is upgraded in a way of its own."""
        return [self.users[person.email] for person in self.people if person.state in states and person is not DESK]
