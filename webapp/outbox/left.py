"""What the development gateways left in their folders: text messages, e-mails and letters, newest first."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

SHOWN = 200  # the newest; who needs an older one looks into the folder


@dataclass(frozen=True)
class Left:
    """One thing that left; ``name`` is its path below the folder that it lies in."""

    kind: str  # "sms", "mail" or "letter"
    name: str
    at: datetime
    recipient: str = ""
    title: str = ""
    text: str = ""
    html: str = ""


def everything(messages: Path, letters: Path) -> list[Left]:
    """All that left, newest first; the folders need not exist."""
    found = [*_messages(messages), *_letters(letters)]
    return sorted(found, key=lambda left: (left.at, left.name), reverse=True)[:SHOWN]


def message(messages: Path, name: str) -> Left | None:
    """The text message or e-mail called ``name``, if there is one; only what lies there is found."""
    return next((left for left in _messages(messages) if left.name == name), None)


def letter(letters: Path, name: str) -> Path | None:
    """The file of the letter called ``name``, if there is one; only what lies there is found."""
    return next((path for path in _pdfs(letters) if path.relative_to(letters).as_posix() == name), None)


def _messages(folder: Path) -> Iterator[Left]:
    for path in folder.glob("[!.]*.sms.json"):
        content = json.loads(path.read_bytes())
        yield Left("sms", path.name, _time(path), content["number"], text=content["text"])
    for path in folder.glob("[!.]*.mail.eml"):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        yield Left(
            "mail", path.name, _time(path), mail["To"], mail["Subject"], _part(mail, "plain"), _part(mail, "html")
        )


def _letters(folder: Path) -> Iterator[Left]:
    for path in _pdfs(folder):
        yield Left("letter", path.relative_to(folder).as_posix(), _time(path), title=path.name)


def _pdfs(folder: Path) -> Iterator[Path]:
    inside = folder.resolve()
    return (path for path in folder.rglob("[!.]*.pdf") if path.is_file() and path.resolve().is_relative_to(inside))


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""


def _time(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
