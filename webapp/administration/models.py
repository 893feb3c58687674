"""What an administrator has ticked, kept on the server until it is ordered or cleared."""

from sqlmodel import Field, SQLModel


class Selected(SQLModel, table=True):
    """One row that somebody has ticked: it survives paging, sorting, filtering and signing out."""

    __tablename__ = "selected"

    chooser_id: int = Field(foreign_key="app_user.id", primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", primary_key=True)
