"""The twins keep the promises of the ports, so that what is tested with them is true without them."""

import pytest
from sqlmodel import Session, select

from tests.factories import a_user, an_employer
from tests.twins import JobsAtOnce
from webapp.accounts.models import Employer
from webapp.ports import Outside, TryAgainLater


def tell(db: Session, outside: Outside, number: int) -> None:
    outside.sms.send("+41790000000", f"{number}", key=f"{number}")
    db.add(Employer(member_number=f"job {number}", name="Job"))
    db.commit()


def tell_and_go_on(db: Session, outside: Outside, number: int) -> None:
    outside.jobs.enqueue(db, tell, number + 1)
    tell(db, outside, number)


def told(outside: Outside) -> list[str]:
    return [sms.text for sms in outside.sms.sent]  # type: ignore[attr-defined]


def test_a_job_is_done_after_the_commit(db: Session, outside: Outside) -> None:
    outside.jobs.enqueue(db, tell, 1)
    assert told(outside) == []
    db.commit()
    assert told(outside) == ["1"]
    assert db.exec(select(Employer)).one().member_number == "job 1"


def test_what_is_rolled_back_is_never_done(db: Session, outside: Outside) -> None:
    outside.jobs.enqueue(db, tell, 1)
    db.rollback()
    an_employer(db)
    assert told(outside) == []


def test_jobs_are_done_in_order_also_those_of_jobs(db: Session, outside: Outside) -> None:
    outside.jobs.enqueue(db, tell_and_go_on, 1)
    outside.jobs.enqueue(db, tell, 8)
    db.commit()
    assert told(outside) == ["1", "8", "2"]


def test_what_a_gateway_refuses_is_tried_again(db: Session, outside: Outside) -> None:
    jobs = outside.jobs
    assert isinstance(jobs, JobsAtOnce)
    outside.sms.refuses = TryAgainLater("closed")  # type: ignore[attr-defined]
    jobs.enqueue(db, tell, 1)
    db.commit()
    assert [job.ids for job in jobs.failed] == [(1,)]
    outside.sms.refuses = None  # type: ignore[attr-defined]
    jobs.again()
    assert (told(outside), jobs.failed) == (["1"], [])


def test_a_mistake_in_a_job_is_seen(db: Session, outside: Outside) -> None:
    outside.jobs.enqueue(db, lambda *_args: 1 // 0, 1)
    with pytest.raises(ZeroDivisionError):
        db.commit()


def test_each_test_has_a_database_of_its_own(db: Session) -> None:
    a_user(db)
    assert len(db.exec(select(Employer)).all()) == 1
