"""The job engine, DBOS, as we use it. Its rows stand in the application's database, as plain JSON."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions, WorkflowStatus
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import Session

from webapp.jobs.work import QUEUES, Attempt, Work

NAME = "partnerweb"
VERSION = "1"  # never changed: the engine gives work only to the version that it was left for
AT_ONCE = 500  # rows deleted in one transaction


def migrate(url: str) -> None:
    """Make or renew the engine's tables in the application's database; safe to repeat."""
    DBOS.migrate(url)


def pool(url: str) -> Engine:
    """Connections for the engine, none of them open yet.

    Not the application's own: that one takes SQLite's write lock before it reads, and the engine reads all the time.
    """
    engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=10, max_overflow=10)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def connect(connection: Any, _record: Any) -> None:
            connection.isolation_level = "IMMEDIATE"
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=20000", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")

    return engine


def settings(executor: str, connections: Engine) -> DBOSConfig:
    """What DBOS is told at launch: it migrates nothing and tells nobody."""
    return {
        "name": NAME,
        "application_version": VERSION,
        "executor_id": executor,
        "system_database_engine": connections,
        "serializer": DBOSPortableJSONSerializer(),
        "run_migrations": False,
        "use_listen_notify": False,  # a connection pooler between us and PostgreSQL would break it
        "enable_otlp": False,
        "log_level": "WARNING",
    }


class Client:
    """What one can say to the engine from any process, also one that does no jobs."""

    def __init__(self, connections: Engine) -> None:
        """Connect at the first question only."""
        self._client = DBOSClient(
            system_database_engine=connections,
            serializer=DBOSPortableJSONSerializer(),  # the default one unpickles whatever stands in the database
            application_name=NAME,
            lazy=True,
        )

    def add(self, db: Session, work: Work, *ids: int) -> None:
        """Leave ``work`` for later, in the transaction of ``db``."""
        self._client.enqueue_in_transaction(db, _options(work), *ids)

    def add_attempt(self, attempt: Attempt, wait: float, work: Work, *ids: int) -> None:
        """Leave the next attempt for ``wait`` seconds from now; saying it twice makes one."""
        self._client.enqueue({**_options(work), "workflow_id": str(attempt), "delay_seconds": wait}, *ids)

    def open_queues(self) -> None:
        """Make the queues what ``QUEUES`` says."""
        for name, (at_once, look) in QUEUES.items():
            self._client.register_queue(name, worker_concurrency=at_once, polling_interval_sec=look)

    def left_by(self, executor: str) -> list[WorkflowStatus]:
        """What ``executor`` began and did not end."""
        return self._client.list_workflows(status="PENDING", executor_id=executor, load_input=False, load_output=False)

    def begin_again(self, left: WorkflowStatus) -> None:
        """Put work back into its queue; the engine then counts its beginnings from nought."""
        self._client.resume_workflows([left.workflow_id], queue_name=left.queue_name)

    def give_up(self, left: WorkflowStatus) -> None:
        """Never do this again; it stays visible as cancelled."""
        self._client.cancel_workflow(left.workflow_id)

    def forget(self, states: Iterable[str], before: datetime) -> None:
        """Delete the work in one of ``states`` that ended before."""
        while done := self._client.list_workflows(
            status=list(states),
            completed_before=before.isoformat(),
            limit=AT_ONCE,
            load_input=False,
            load_output=False,
        ):
            self._client.delete_workflows([work.workflow_id for work in done])


def _options(work: Work) -> EnqueueOptions:
    return {"workflow_name": work.name, "queue_name": work.queue, "app_version": VERSION}
