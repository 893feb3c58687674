"""The engine, one session a request, and the two column types that make SQLite and PostgreSQL agree."""

from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
import sqlmodel
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine, ExceptionContext

sqlmodel.SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

ENGINE_OPTIONS: dict[str, Any] = {"hide_parameters": True}  # a failed insert must not print names and hashes

SESSION_OPTIONS: dict[str, Any] = {"class_": sqlmodel.Session, "expire_on_commit": False}

db = SQLAlchemy(session_options=SESSION_OPTIONS, engine_options=ENGINE_OPTIONS)

reading = ContextVar("reading", default=False)  # set while a request only reads: it then takes no write lock
migrating = ContextVar("migrating", default=False)  # set while tables are changed, see migrating.py


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An instant: aware on the way in, stored as UTC, aware on the way out (SQLite forgets the zone)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC; a naive datetime is a mistake and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(words: type[StrEnum]) -> sa.Enum:
    """A column of words, checked by the database on both engines; a native type would outlive a downgrade."""
    return sa.Enum(
        words, native_enum=False, create_constraint=True, values_callable=lambda kind: [word.value for word in kind]
    )


def create_engine(url: str, **options: Any) -> Engine:
    """An engine outside of Flask (jobs, commands), set up like the web's."""
    engine = sa.create_engine(url, **ENGINE_OPTIONS, **options)
    prepare(engine)
    return engine


def prepare(engine: Engine) -> None:
    """Make SQLite keep its promises: write-ahead log, foreign keys, and transactions that really exclude each other.

    Python's driver opens no transaction before a SELECT, so two readers that then write would lose an update.
    BEGIN IMMEDIATE is taken unless ``reading`` is set.
    """
    if engine.dialect.name != "sqlite":
        event.listen(engine, "handle_error", forget_the_row)
        return

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=20000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA foreign_keys={'OFF' if migrating.get() else 'ON'}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reading.get() else "BEGIN IMMEDIATE")


def forget_the_row(context: ExceptionContext) -> None:
    """PostgreSQL repeats the row that it refuses; an error that may be logged must not."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\nDETAIL:")[0], *error.args[1:])


def insert_unless_there(db: sqlmodel.Session, table: type[sqlmodel.SQLModel], **values: Any) -> bool:
    """Insert a row unless its key is taken, atomically on both engines; whether it was inserted."""
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    key = sa.inspect(table).primary_key[0]
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(key)
    return db.execute(statement).first() is not None  # a row count would not tell on PostgreSQL
