"""A company whose people may be ordered for at once, and orders as they were placed before."""

from dataclasses import dataclass, replace

from tests.browser.journeys.stage import Stage
from webapp.accounts.models import User
from webapp.upgrade.actions.bulk import order_for_many
from webapp.upgrade.actions.ordering import ask_administrators


@dataclass(frozen=True)
class Company:
    """An administrator, and four others called Bührer: Anna has asked, Carla is upgraded, Dora is not active."""

    admin: User
    anna: User
    beat: User
    carla: User
    dora: User

    @property
    def others(self) -> list[User]:
        """Everybody but the administrator."""
        return [self.anna, self.beat, self.carla, self.dora]


def a_company(stage: Stage, language: str = "en") -> Company:
    """With people in different states."""
    admin, now = stage.administrator(language=language, first_name="Élise", last_name="Favre-Viel"), stage.now()
    states = {"Carla": {"upgraded_at": now, "factor_since": now}, "Dora": {"deactivated_at": now}}
    anna, beat, carla, dora = (
        stage.colleague(admin, first_name=name, last_name="Bührer", **states.get(name, {}))
        for name in ("Anna", "Beat", "Carla", "Dora")
    )
    with stage.portal.db() as db:
        ask_administrators(db, stage.outside, db.merge(anna))
    return Company(admin, anna, beat, carla, dora)


class Nothing:
    """A worker that never gets round to it."""

    def enqueue(self, *_job: object) -> None:
        """Leave it."""


def an_order(stage: Stage, by: User, people: list[User], *, told: bool = True) -> str:
    """The public id of an order for these people; or of one whose e-mails are still to be written."""
    outside = stage.outside if told else replace(stage.outside, jobs=Nothing())  # type: ignore[arg-type]
    ids, key = [person.id or 0 for person in people], f"{by.id or 0:031x}{told:d}"
    with stage.portal.db() as db:
        order, _new = order_for_many(db, outside, by=by, user_ids=ids, employer_id=by.employer_id, key=key)
        return order.public_id
