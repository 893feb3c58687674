"""One sentence about what just happened, shown with the next answer."""

from flask import flash


def announce(sentence: str, kind: str = "notice") -> None:
    """Show ``sentence`` in the status line; ``kind`` is success, notice or problem."""
    flash(sentence, kind)
