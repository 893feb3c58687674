"""Numbers in addresses: those that a row of the database can have, on both engines; any other is not found."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1  # of an INTEGER in PostgreSQL


class RowNumber(IntegerConverter):
    """What ``<int:…>`` in a rule stands for."""

    regex = "[0-9]{1,10}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def init_app(app: Flask) -> None:
    """For every rule that comes after."""
    app.url_map.converters["int"] = RowNumber
