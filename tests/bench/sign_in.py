"""What signing in costs beside the password hash itself, and that nobody can tell a stranger from a wrong password."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from os import cpu_count
from unittest.mock import patch

from argon2 import PasswordHasher

from tests.bench.measuring import Line, at_most, cpu, interleaved, often, ratio, within
from tests.bench.place import ORIGIN, Place, call, cookies, databases, place
from tests.factories import PASSWORD, a_user, hashed
from webapp.accounts import passwords
from webapp.config import PASSWORD_HASH
from webapp.hashing import verify_hash

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
OWASP = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}


def lines() -> Iterator[Line]:
    """Goal 5."""
    if PASSWORD_HASH != OWASP:
        raise RuntimeError("these are not the parameters that people sign in with")
    hasher, kept = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1), hashed()
    with databases() as found, found.fresh("sqlite") as url, place(url) as here:
        email = a_user(here.db).email
        here.db.commit()  # reading the address began a transaction
        seen = interleaved(
            {
                "argon2id": cpu(lambda: hasher.verify(kept, PASSWORD), 5),
                "right": cpu(_asking(here, email, PASSWORD, 303), 5),
                "wrong": cpu(_asking(here, email, "not-my-Password-2026", 422), 5),
                "unknown": cpu(_asking(here, "nobody@company.example", PASSWORD, 422), 5),
            },
            often(40, 8),
        )
        yield at_most("A sign-in (POST) / the verification alone", ratio(seen["right"], seen["argon2id"]), 1.15)
        yield within("An unknown person / a wrong password", ratio(seen["unknown"], seen["wrong"]), 0.9, 1.1)
        cores = cpu_count() or 1
        most = float(_most_at_once(kept))
        yield at_most("Verifications at once when sixteen people sign in", most, cores, " at once")


def _asking(place: Place, email: str, password: str, expected: int) -> Callable[[], None]:
    """Press the button, each time from another address, so that no limit is reached."""
    client = place.app.test_client()
    token = TOKEN.search(client.get("/sign-in", base_url=ORIGIN).text)
    assert token
    answers = {"csrf_token": token[1], "email": email, "password": password}
    ask, numbers = call(place.app, "/sign-in", cookies(client), answers=answers), count()

    def press() -> None:
        number = next(numbers)
        status = ask(REMOTE_ADDR=f"198.18.{number // 250}.{number % 250}")
        if status != expected:
            raise RuntimeError(f"signing in answered {status}")

    return press


def _most_at_once(kept: str) -> int:
    now, most, lock = 0, 0, threading.Lock()

    def counted(kept: str, secret: str) -> bool:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)  # long enough for the others to come
        right = verify_hash(kept, secret)
        with lock:
            now -= 1
        return right

    with patch.object(passwords, "verify_hash", counted), ThreadPoolExecutor(16) as people:
        assert all(people.map(lambda _: passwords.verify_password(kept, PASSWORD), range(16)))
    return most
