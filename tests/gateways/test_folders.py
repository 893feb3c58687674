"""The development gateways: one file a message, never two, never half a one."""

import json
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.gateways.samples import KEY, MAILBOX, NUMBER, WORDS, html_of
from webapp.config import Config
from webapp.gateways.folder import leave
from webapp.gateways.mail_folder import FolderMailer
from webapp.gateways.sms_folder import FolderSms
from webapp.ports import TryAgainLater


def test_a_text_message_is_one_file_however_often_it_comes(tmp_path: Path) -> None:
    sms = FolderSms(tmp_path / "outbox")
    sms.send(NUMBER, "Grüezi", key=KEY)
    sms.send(NUMBER, "Grüezi", key=KEY)
    [file] = (tmp_path / "outbox").iterdir()
    assert json.loads(file.read_text()) == {"number": NUMBER, "text": "Grüezi"}


def test_an_e_mail_is_one_file_however_often_it_comes(config: Config) -> None:
    for _ in range(2):
        FolderMailer(config).send(MAILBOX, "Grüezi", WORDS["de"], html_of(WORDS["de"]), key=KEY)
    [file] = config.outbox.iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"]) == (MAILBOX, "Grüezi")
    assert WORDS["de"] in mail.get_body(("plain",)).get_content()


def test_the_names_follow_the_time(tmp_path: Path) -> None:
    keys = ["20261123T134600000000-9", "20261123T134601000000-10", "20261124T000000000000-11"]
    for key in reversed(keys):
        FolderSms(tmp_path).send(NUMBER, "Grüezi", key=key)
    assert sorted(file.name for file in tmp_path.iterdir()) == [f"{key}.sms.json" for key in keys]


def test_a_folder_that_cannot_be_written_is_tried_later(config: Config) -> None:
    config.outbox.write_text("in the way")
    with pytest.raises(TryAgainLater):
        FolderSms(config.outbox).send(NUMBER, "Grüezi", key=KEY)
    with pytest.raises(TryAgainLater):
        FolderMailer(config).send(MAILBOX, "Grüezi", "", "", key=KEY)


def test_half_a_file_is_never_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave(tmp_path, "a.txt", b"whole")

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="space"):
        leave(tmp_path, "a.txt", b"something longer")
    assert (tmp_path / "a.txt").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.glob("[!.]*")] == ["a.txt"]


@pytest.mark.parametrize("name", ["../a.txt", "a/b", "/a", ".a", "", "a\0b", "ä", "a\n"])
def test_a_name_stays_inside_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="file name"):
        leave(tmp_path / "inside", name, b"")
    assert not list(tmp_path.iterdir())
