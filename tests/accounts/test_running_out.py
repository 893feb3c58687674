"""A mandate comes to its end: both sides are told before and after, each once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.acting import READS, a_mandate
from tests.administration.inside import BOTH_FACTORS, written_to
from tests.factories import a_user, an_administrator, an_employer
from webapp.accounts.actions import running_out, tell_of_ends
from webapp.accounts.actions.mandating import Outcome, change_mandate, end_mandate
from webapp.accounts.mandate_days import Days
from webapp.audit.models import AuditEvent
from webapp.ports import Outside

FIRST, LAST = date(2026, 11, 23), date(2026, 12, 31)  # the first is today
ENDS, ENDED = "Your mandate in PartnerWeb ends soon", "Your mandate in PartnerWeb has run out"
ENDS_HERE, ENDED_HERE = "A mandate for your company ends soon", "A mandate for your company has run out"


class World:
    """A company with three administrators, of whom one is gone, and somebody who acts for it until the year ends."""

    def __init__(self, db: Session, outside: Outside) -> None:
        self.db, self.outside, self.company = db, outside, an_employer(db, name="Boulangerie Favre SA")
        facts: dict[str, Any] = {"language": "en", **BOTH_FACTORS}
        self.bosses = [an_administrator(db, self.company, **facts) for _ in range(2)]
        self.gone = an_administrator(db, self.company, deactivated_at=outside.now(), **facts)
        self.nora = a_user(db, an_employer(db, name="Fiduciaire Duport SA"), first_name="Nora", **facts)
        self.mandate = a_mandate(db, outside, self.nora, self.bosses[0], first=FIRST, last=LAST)
        outside.mailer.sent.clear()  # type: ignore[attr-defined]

    def morning(self, day: datetime) -> None:
        """The job is done on this day."""
        self.outside.now.time = day  # type: ignore[attr-defined]
        tell_of_ends(self.db, self.outside)

    def told(self) -> list[str]:
        """What she was told."""
        return written_to(self.outside, self.nora)

    def told_here(self) -> list[str]:
        """What each of the administrators was told, who were all told the same."""
        one, other = (written_to(self.outside, boss) for boss in self.bosses)
        assert one == other
        return one

    def noted(self) -> list[tuple[int, int | None, int | None]]:
        """In whose chains it stands that the mandate has run out, about whom, by whom."""
        rows = self.db.exec(select(AuditEvent).where(AuditEvent.event == "mandate_run_out")).all()
        return sorted((row.chain, row.about_id, row.by_id) for row in rows)


@pytest.fixture
def world(db: Session, outside: Outside) -> World:
    """All of them."""
    return World(db, outside)


def at(day: int, month: int = 12, hour: int = 4) -> datetime:
    """A moment in December, or in the months after it, in the time of the server."""
    return datetime(2026 if month > 2 else 2027, month, day, hour, 13, tzinfo=UTC)


def test_both_sides_are_told_two_weeks_before_and_when_it_is_over(world: World) -> None:
    world.morning(at(16))
    assert world.told() == world.told_here() == []
    for day in (17, 18, 31):
        world.morning(at(day))
        assert (world.told(), world.told_here()) == ([ENDS], [ENDS_HERE])
        assert world.noted() == []
    for day in (1, 2):
        world.morning(at(day, month=1))
        assert (world.told(), world.told_here()) == ([ENDS, ENDED], [ENDS_HERE, ENDED_HERE])
    company, office = world.company.id or 0, world.nora.employer_id or 0
    assert world.noted() == [(company, world.nora.id, None), (office, world.nora.id, None)]
    assert written_to(world.outside, world.gone) == []
    text = world.outside.mailer.sent[-1].text  # type: ignore[attr-defined]
    assert f"/administration/mandates/{world.mandate.public_id}" in text
    assert f"{world.nora.full_name}, Fiduciaire Duport SA, does not act for Boulangerie Favre SA" in text
    assert "Thursday, 31 December 2026" in text


def test_midnight_in_switzerland_counts(world: World) -> None:
    world.morning(at(31, hour=22))  # 23:13 there
    assert world.told() == [ENDS]
    world.morning(at(31, hour=23))  # and now it is January
    assert world.told() == [ENDS, ENDED]


def test_another_last_day_is_told_of_again(world: World) -> None:
    for day, month in ((17, 12), (1, 1)):
        world.morning(at(day, month))
    boss, later = world.bosses[0], Days(FIRST, date(2027, 1, 31))
    assert change_mandate(world.db, world.outside, world.mandate, READS, later, by=boss) is Outcome.CHANGED
    assert world.mandate.counts(date(2027, 1, 31))
    assert world.told()[2:] == ["Your mandate in PartnerWeb has been changed"]
    world.morning(at(2, month=1))
    assert world.told()[3:] == []
    world.morning(at(17, month=1))
    assert world.told()[3:] == [ENDS]
    world.morning(at(1, month=2))
    assert world.told()[3:] == [ENDS, ENDED]
    assert len(world.noted()) == 4


def test_who_chooses_a_last_day_that_is_near_needs_no_notice_before(world: World) -> None:
    boss = world.bosses[0]
    change_mandate(world.db, world.outside, world.mandate, READS, Days(FIRST, date(2026, 11, 30)), by=boss)
    world.outside.mailer.sent.clear()  # type: ignore[attr-defined]
    world.morning(at(24, month=11))
    assert world.told() == world.told_here() == []
    world.morning(at(1))
    assert (world.told(), world.told_here()) == ([ENDED], [ENDED_HERE])


def test_nobody_is_told_of_what_was_ended_or_has_no_end(world: World) -> None:
    end_mandate(world.db, world.outside, world.mandate, by=world.bosses[0])
    a_mandate(world.db, world.outside, world.nora, world.bosses[0])
    world.outside.mailer.sent.clear()  # type: ignore[attr-defined]
    for day, month in ((20, 12), (2, 1)):
        world.morning(at(day, month))
    assert world.told() == world.told_here() == []


def test_who_can_not_sign_in_is_not_written_to(world: World) -> None:
    world.nora.deactivated_at = world.outside.now()
    world.db.commit()
    world.morning(at(2, month=1))
    assert (world.told(), world.told_here()) == ([], [ENDED_HERE])


def test_many_are_told_of_in_portions(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_out, "TOLD_AT_ONCE", 2)
    others = [a_user(world.db, **BOTH_FACTORS, language="en") for _ in range(4)]
    for user in others:
        a_mandate(world.db, world.outside, user, world.bosses[0], last=LAST)
    world.morning(at(2, month=1))
    assert [written_to(world.outside, user)[1:] for user in others] == [[ENDED]] * 4
    assert world.told_here() == [ENDED_HERE] * 5
