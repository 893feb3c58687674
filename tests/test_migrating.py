"""A migration loses no row, can be taken back, and leaves what the models say."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from tests.factories import a_user
from webapp.database import create_engine
from webapp.migrating import bring_up_to_date, migrations


def test_the_models_and_the_migrations_agree(app: Flask) -> None:
    with app.app_context():
        assert migrations(app).compare_metadata() == []


def test_every_migration_can_be_taken_back_and_done_again(app: Flask, database: str) -> None:
    with app.app_context():
        migrations(app).downgrade("0001")
    with app.app_context():
        migrations(app).downgrade("-1")
    engine = create_engine(database)
    assert "app_user" not in sa.inspect(engine).get_table_names()
    engine.dispose()
    bring_up_to_date(app)
    with app.app_context():
        assert migrations(app).compare_metadata() == []


@pytest.mark.parametrize("fact", ["upgraded_at", "factor_since"])
def test_the_database_itself_refuses_to_take_an_upgrade_back(db: Session, fact: str, clock) -> None:
    person = a_user(db, factor_since=clock(), upgraded_at=clock())
    with pytest.raises(sa.exc.DBAPIError, match="an upgrade is never taken back"):
        db.execute(sa.text(f"UPDATE app_user SET {fact} = NULL WHERE id = :id"), {"id": person.id})
    db.rollback()
    db.execute(sa.text("UPDATE app_user SET town = 'Bulle' WHERE id = :id"), {"id": person.id})


def test_bringing_up_to_date_twice_changes_nothing(app: Flask) -> None:
    bring_up_to_date(app)
    bring_up_to_date(app)
