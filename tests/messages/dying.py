"""A worker that is killed right after the gateway has taken the message; imported by the process that dies."""

import os
import signal
from datetime import datetime
from typing import Any

from sqlmodel import Session

import webapp.accounts.models  # noqa: F401 -- a message points to a person: their table has to be known
from webapp.config import Config
from webapp.database import create_engine
from webapp.gateways.sms_folder import FolderSms
from webapp.messages.actions import deliver
from webapp.ports import Outside
from webapp.seal import Seal


class Deadly:
    """Takes a text message, and then the power fails."""

    def __init__(self, gateway: FolderSms) -> None:
        self._gateway = gateway

    def send(self, number: str, text: str, *, key: str) -> None:
        self._gateway.send(number, text, key=key)
        os.kill(os.getpid(), signal.SIGKILL)


class Forgetful(FolderSms):
    """The naive twin: takes each try for another message."""

    def send(self, number: str, text: str, *, key: str) -> None:
        super().send(number, text, key=f"{os.getpid()}-{key}")


def deliver_and_die(config: Config, gateway: type[FolderSms], message_id: int, now: datetime) -> None:
    """Deliver the message on a connection of its own, and get no further than the gateway."""
    none: Any = None
    sms = Deadly(gateway(config.outbox))
    outside = Outside(config, Seal(config.seal), sms, none, none, none, none, none, none, lambda: now)
    with Session(create_engine(config.database)) as db:
        deliver(db, outside, message_id)
