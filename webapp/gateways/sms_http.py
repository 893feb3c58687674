"""Text messages over HTTP: one form POST a message, as nearly every carrier takes it."""

import requests

from webapp.config import Config
from webapp.ports import NeverDeliverable, TryAgainLater

TIME_OUT = (5, 15)  # seconds to connect, and to wait for the answer
NOT_ITS_FAULT = {401, 403, 404, 407, 408, 425, 429}  # our account, our address, our pace: another time it is taken


class HttpSms:
    """Posts ``number`` and ``text`` to ``config.sms_url``; the key travels as ``Idempotency-Key``."""

    def __init__(self, config: Config) -> None:
        self._url = config.sms_url
        self._account = (config.sms_user, config.sms_password) if config.sms_user else None

    def send(self, number: str, text: str, *, key: str) -> None:
        """Hand the message over: any 2xx is a yes. What is raised names neither the number nor the words."""
        try:
            with requests.post(
                self._url,
                data={"number": number, "text": text},
                headers={"Idempotency-Key": key},
                auth=self._account,
                timeout=TIME_OUT,
                allow_redirects=False,  # elsewhere is not where the fund's carrier is
                stream=True,  # the status is enough; an endless answer would hold the worker
            ) as answer:
                status = answer.status_code
        except requests.RequestException as problem:
            raise TryAgainLater(f"the SMS gateway did not answer: {type(problem).__name__}") from None
        if 200 <= status < 300:
            return
        if 400 <= status < 500 and status not in NOT_ITS_FAULT:
            raise NeverDeliverable(f"the SMS gateway refused the message: {status}")
        raise TryAgainLater(f"the SMS gateway could not take the message: {status}")
