"""A job left in a transaction is done once it is committed, whatever happens to the processes that do it."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from tests import jobs_place
from tests.jobs_place import BEGUN, QUICK, Place, comes_true, count
from webapp.config import Config
from webapp.database import create_engine
from webapp.jobs import Jobs, is_job_table, job
from webapp.jobs.worker import Worker

CLEANING = ("jobs.forget", "43 3 * * *")


@pytest.fixture
def place(database: str, tmp_path: Path) -> Iterator[Place]:
    """A fresh installation that nobody works in yet."""
    engine = create_engine(database)
    BEGUN.create(engine)
    config = Config(database=database, data=tmp_path, executor="here")
    place = Place(config, Jobs(config, QUICK), lambda: Session(engine))
    yield place
    place.jobs.stop()
    engine.dispose()


def test_a_committed_job_is_done_once_and_a_rolled_back_one_never(place: Place) -> None:
    with place.works():
        with place.sessions() as db:
            place.jobs.enqueue(db, jobs_place.simple, 1)
            time.sleep(0.3)  # six times what an idle worker needs
            assert count(db, "simple", 1) == 0
            db.commit()
        with place.sessions() as db:
            place.jobs.enqueue(db, jobs_place.simple, 2)
            db.rollback()
        place.leaves(jobs_place.simple, 3)
        assert place.sees("simple", 1, number=3)
        assert comes_true(lambda: place.backlog().waiting == 0)
    assert [place.times("simple", number) for number in (1, 2, 3)] == [1, 0, 1]


def test_what_the_other_side_puts_off_is_done_later_also_by_the_next_process(place: Place) -> None:
    place.leaves(jobs_place.put_off_twice, 7)
    with place.works():
        assert place.sees("put off", 1, number=7)
    with place.works():
        assert place.sees("put off", 3, number=7)
        assert comes_true(lambda: place.backlog().waiting == 0)
    assert (place.times("put off", 7), place.backlog().failed) == (3, 0)


@pytest.mark.parametrize(("name", "tries"), [("refused", 4), ("wrong", 3)])
def test_a_job_that_never_succeeds_is_given_up_and_stays_visible(
    place: Place, caplog: pytest.LogCaptureFixture, name: str, tries: int
) -> None:
    place.leaves(getattr(jobs_place, name), 0)
    with place.works():
        assert comes_true(lambda: place.backlog().failed == 1)
    assert (place.times(name), place.backlog().waiting) == (tries, 0)
    kept = str(place.rows("SELECT * FROM {}workflow_status") + place.rows("SELECT * FROM {}workflow_output"))
    assert f"tests.{name}" in kept
    assert "JobFailed" in kept
    assert "Anna Muster" not in kept + caplog.text


def test_a_job_under_way_when_its_process_is_killed_is_done_within_three_seconds_of_the_restart(place: Place) -> None:
    place.leaves(jobs_place.hanging, 0)
    with place.process("one"):
        assert place.sees("hanging", 1)
    config = Config(database=place.config.database, data=place.config.data, executor="one")
    restarted = Place(config, Jobs(config, QUICK), place.sessions)
    with restarted.works():
        assert place.sees("ended", 1, within=3)
    assert (place.times("hanging"), place.times("ended")) == (2, 1)


def test_the_work_of_a_dead_process_is_taken_over_by_another(place: Place) -> None:
    place.leaves(jobs_place.hanging, 0)
    with place.process("one"):
        assert place.sees("hanging", 1)
    with place.works():
        assert place.sees("ended", 1)
        assert comes_true(lambda: place.executors() == {"here"})
    assert place.times("ended") == 1


def test_a_process_is_not_robbed_while_it_lives(place: Place) -> None:
    place.leaves(jobs_place.hanging, 0)
    with place.process("one"):
        assert place.sees("hanging", 1)
        with place.works():
            time.sleep(QUICK.silence * 1.5)
    assert place.times("hanging") == 1


def test_a_second_process_of_the_same_name_waits_for_the_end_of_the_first(place: Place) -> None:
    place.leaves(jobs_place.hanging, 0)
    with place.process("here") as first:
        assert place.sees("hanging", 1)
        with place.works():
            time.sleep(1)
            assert place.times("hanging") == 1
            first.kill()
            assert place.sees("ended", 1)


def test_a_job_that_kills_every_process_is_given_up(place: Place) -> None:
    place.leaves(jobs_place.deadly, 0)
    for number in range(12):
        with place.process(f"executor-{number % 2}") as process:
            assert comes_true(lambda process=process: process.ended() or place.backlog().failed == 1)
        if place.backlog().failed:
            break
    assert place.backlog().failed == 1
    assert 2 <= place.times("deadly") <= 8


def test_inputs_stand_in_the_database_as_plain_numbers(place: Place) -> None:
    place.leaves(jobs_place.simple, 41, 42)
    assert place.rows("SELECT serialization FROM {}workflow_status") == [("portable_json",)]
    ((inputs,),) = place.rows("SELECT inputs FROM {}workflow_input")
    assert json.loads(inputs) == {"positionalArgs": [41, 42], "namedArgs": {}}


@pytest.mark.parametrize("secret", ["H7BK 2MXQ", 1.5, True, None])
def test_a_job_takes_numbers_of_rows_only(secret: object) -> None:
    with pytest.raises(TypeError, match="row ids only"):
        Jobs(Config()).enqueue(Session(), jobs_place.simple, secret)  # type: ignore[arg-type]


def test_two_jobs_may_not_have_one_name() -> None:
    def simple() -> None: ...

    simple.__module__ = jobs_place.simple.__module__
    with pytest.raises(ValueError, match=r"tests\.simple"):
        job(simple)


def test_what_is_due_at_an_hour_is_made_up_for_when_nobody_worked_then(place: Place) -> None:
    with place.works():
        due = place.rows("SELECT schedule_name, schedule, cron_timezone FROM {}workflow_schedules")
    assert set(due) >= {(name, hour, "Europe/Zurich") for name, hour in [("tests.nightly", "17 3 * * *"), CLEANING]}
    yesterday = datetime.now(UTC) - timedelta(days=1)
    place.changes(f"UPDATE {{}}workflow_schedules SET last_fired_at = '{yesterday.isoformat()}'")
    with place.works():
        assert place.sees("nightly", 2)  # put off once


def test_the_backlog_tells_since_when_the_oldest_job_waits(place: Place) -> None:
    assert place.backlog().oldest is None
    before = datetime.now(UTC) - timedelta(seconds=1)  # SQLite notes whole seconds
    place.leaves(jobs_place.simple, 1)
    place.leaves(jobs_place.simple, 2)
    backlog = place.backlog()
    assert (backlog.waiting, backlog.failed) == (2, 0)
    assert backlog.oldest is not None
    assert before <= backlog.oldest <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("state", "days", "kept"),
    [("SUCCESS", 6, 1), ("SUCCESS", 8, 0), ("ERROR", 89, 1), ("ERROR", 91, 0), ("ENQUEUED", 0, 1)],
)
def test_what_ended_long_ago_is_forgotten(place: Place, state: str, days: int, kept: int) -> None:
    place.leaves(jobs_place.simple, 1)
    ended = (datetime.now(UTC) - timedelta(days=days)).timestamp() if days else 0
    place.changes(f"UPDATE {{}}workflow_status SET status = '{state}', completed_at = NULLIF({int(ended * 1000)}, 0)")
    worker = Worker(place.config, QUICK, (), jobs_place.NOBODY, place.sessions)
    with place.sessions() as db:
        worker._forget(db, jobs_place.NOBODY)
    worker._connections.dispose()
    assert len(place.rows("SELECT inputs FROM {}workflow_input")) == kept


def test_the_engine_s_own_tables_are_known_so_that_no_migration_drops_them(place: Place) -> None:
    with place.sessions() as db:
        schema = "dbos" if db.get_bind().dialect.name == "postgresql" else None
        found = set(sa.inspect(db.connection()).get_table_names(schema=schema))
    ours = set(SQLModel.metadata.tables) | {name for name in found if name.startswith("trigram")}
    theirs = found - {"begun", "alembic_version"} - ours
    assert "workflow_status" in theirs
    assert all(is_job_table(name) for name in theirs)
    assert not any(is_job_table(name) for name in SQLModel.metadata.tables)
