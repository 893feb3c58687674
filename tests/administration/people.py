"""What the list shows, read from the page."""

from tests.pages import text_of
from tests.visitor import Visitor


def names(visitor: Visitor) -> list[str]:
    """The names in the list, from the top."""
    return [text_of(cell) for cell in visitor.page.document.query("tbody th")]
