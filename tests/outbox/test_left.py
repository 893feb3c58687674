"""What lies in the folders is listed; what lies elsewhere is never reached."""

import os
from pathlib import Path

import pytest

from tests.gateways.samples import MAILBOX, NUMBER, WORDS, html_of
from webapp.config import Config
from webapp.gateways.mail_folder import FolderMailer
from webapp.gateways.sms_folder import FolderSms
from webapp.outbox import left

SMS, MAIL = "20261123T134600000000-1.sms.json", "20261123T134700000000-2.mail.eml"
ELSEWHERE = [
    "../secret.pdf",
    "..",
    "",
    "/etc/passwd",
    "run-1/../../secret.pdf",
    ".hidden.pdf",
    "link.pdf",
    "run-1",
    "note.txt",
]


@pytest.fixture
def filled(config: Config) -> Config:
    """One text message, one e-mail and one letter left, in this order; and things that are nobody's business."""
    FolderSms(config.outbox).send(NUMBER, "Grüezi", key=SMS.partition(".")[0])
    FolderMailer(config).send(MAILBOX, "Guten Tag", WORDS["de"], html_of(WORDS["de"]), key=MAIL.partition(".")[0])
    pdf = config.letters / "run-1" / "fr-1.pdf"
    pdf.parent.mkdir(parents=True)
    pdf.write_bytes(b"%PDF-1.7")
    for minute, path in enumerate([config.outbox / SMS, config.outbox / MAIL, pdf]):
        os.utime(path, (minute * 60, minute * 60))
    secret = config.data / "secret.pdf"
    secret.write_bytes(b"secret")
    (config.letters / "link.pdf").symlink_to(secret)
    (config.letters / ".hidden.pdf").write_bytes(b"half")
    (config.letters / "note.txt").write_bytes(b"")
    (config.outbox / f".{SMS}.17").write_bytes(b"{")
    return config


def test_everything_is_listed_newest_first(filled: Config) -> None:
    found = left.everything(filled.outbox, filled.letters)
    assert [one.kind for one in found] == ["letter", "mail", "sms"]
    assert [one.name for one in found] == ["run-1/fr-1.pdf", MAIL, SMS]
    assert [one.recipient for one in found] == ["", MAILBOX, NUMBER]


def test_nothing_is_listed_while_there_are_no_folders(tmp_path: Path) -> None:
    assert left.everything(tmp_path / "outbox", tmp_path / "letters") == []


def test_a_message_is_read_in_full(filled: Config) -> None:
    sms, mail = left.message(filled.outbox, SMS), left.message(filled.outbox, MAIL)
    assert sms is not None
    assert mail is not None
    assert (sms.text, sms.html) == ("Grüezi", "")
    assert (mail.title, mail.text.strip()) == ("Guten Tag", WORDS["de"])
    assert WORDS["de"] in mail.html


def test_a_letter_is_found_by_its_name(filled: Config) -> None:
    assert left.letter(filled.letters, "run-1/fr-1.pdf") == filled.letters / "run-1" / "fr-1.pdf"


@pytest.mark.parametrize("name", ELSEWHERE)
def test_nothing_else_is_reached(name: str, filled: Config) -> None:
    assert left.letter(filled.letters, name) is None
    assert left.message(filled.outbox, name) is None
