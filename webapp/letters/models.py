"""What is posted: the letters that were ordered, and the runs in which they are printed."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import JSON, Column, Field, SQLModel, col

from webapp.accounts.models import User, public_id
from webapp.database import UtcDateTime, one_of
from webapp.letters.reference import reference


class Purpose(StrEnum):
    """What a letter brings."""

    UPGRADE = "upgrade"
    RECOVERY = "recovery"  # a new login, after the second factor was lost
    INVITATION = "invitation"  # to somebody new; its code is typed where an upgrade code is

    @property
    def has_square(self) -> bool:
        """Whether a camera may open the page for the code; after a loss the letter leads nowhere but to the sign-in."""
        return self is not Purpose.RECOVERY

    @property
    def alike(self) -> tuple["Purpose", ...]:
        """The purposes whose letters stand for each other: their codes open the same, and they are counted together."""
        return (self,) if self is Purpose.RECOVERY else (Purpose.UPGRADE, Purpose.INVITATION)


class Reason(StrEnum):
    """Why a letter was ordered."""

    FIRST = "first"
    NOT_ARRIVED = "not_arrived"
    LOST = "lost"


class Letter(SQLModel, table=True):
    """One letter to one person, from the order to the post. It never knows the code that is printed on it."""

    __tablename__ = "letter"
    __table_args__ = (
        sa.Index(  # however many press at once: one waiting letter a person
            "uq_letter_waiting",
            "user_id",
            unique=True,
            sqlite_where=sa.text("printed_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("printed_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, unique=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    purpose: Purpose = Field(sa_type=one_of(Purpose))
    reason: Reason = Field(sa_type=one_of(Reason))
    ordered_at: datetime = Field(sa_type=UtcDateTime)
    ordered_by_id: int = Field(foreign_key="app_user.id")
    large_print: bool = Field(
        default=False, sa_column_kwargs={"server_default": sa.false()}
    )  # as the person wished then
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # never printed after all
    document_id: int | None = Field(default=None, foreign_key="print_document.id", index=True)
    printed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    printed_on: date | None = None  # the date on the letter
    addressed_to: list[str] | None = Field(default=None, sa_column=Column(JSON))  # the lines in the window
    posted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    returned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # the post could not deliver it
    returned_by_id: int | None = Field(default=None, foreign_key="app_user.id")

    @property
    def number(self) -> str:
        """The reference printed on the letter; tells nothing about the person or the code."""
        return reference(self.ordered_at, self.id or 0)

    @property
    def waiting(self) -> bool:
        """Whether it is still to be printed."""
        return self.printed_at is None and self.withdrawn_at is None


class AddressReport(SQLModel, table=True):
    """Somebody said that the address is wrong: their waiting letter is held until the fund has settled it."""

    __tablename__ = "address_report"
    __table_args__ = (
        sa.Index(  # however often it is said: one open task a person
            "uq_address_report_open",
            "user_id",
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    reported_at: datetime = Field(sa_type=UtcDateTime)
    remark: str = ""
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by_id: int | None = Field(default=None, foreign_key="app_user.id")


class PrintRun(SQLModel, table=True):
    """All letters that waited at one moment, on their way to the printer and the post."""

    __tablename__ = "print_run"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, unique=True)
    started_at: datetime = Field(sa_type=UtcDateTime)
    started_by_id: int | None = Field(default=None, foreign_key="app_user.id")  # None: the command line
    handed_over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    posted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    posted_by_id: int | None = Field(default=None, foreign_key="app_user.id")  # None: the command line

    @property
    def name(self) -> str:
        """What the run's folder and files are called."""
        return f"run-{self.id:06d}"


class Trouble(StrEnum):
    """Why a document does not get on."""

    FOLDER = "folder"  # whoever posts the letters cannot take it now; tried again by itself
    PRESS = "press"  # it cannot be printed completely; somebody has to look


class PrintDocument(SQLModel, table=True):
    """A part of a run: at most 100 letters in one language, one file for the printer."""

    __tablename__ = "print_document"
    __table_args__ = (sa.UniqueConstraint("run_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="print_run.id", index=True)
    position: int  # 1, 2, 3 … within the run
    language: str
    letters: int  # how many
    sealed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sealed_pdf: bytes | None = None  # encrypted; erased when the carrier has taken it
    sha256: str | None = None  # of the PDF, hex
    handed_over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    announced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # by e-mail, once it was posted
    trouble: Trouble | None = Field(default=None, sa_type=one_of(Trouble), nullable=True)

    @property
    def name(self) -> str:
        """The file's name: the same whenever it is asked for."""
        return f"run-{self.run_id:06d}-{self.position:03d}-{self.language}.pdf"


def printable() -> tuple[sa.ColumnElement[bool], ...]:
    """Which letters may be printed: they wait, the person is active, and nobody has said that the address is wrong."""
    person = aliased(User)
    active = sa.exists().where(col(person.id) == Letter.user_id, col(person.deactivated_at).is_(None))
    held = sa.exists().where(col(AddressReport.user_id) == Letter.user_id, col(AddressReport.settled_at).is_(None))
    return col(Letter.printed_at).is_(None), col(Letter.withdrawn_at).is_(None), active, ~held
