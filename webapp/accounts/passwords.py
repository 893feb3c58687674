"""Passwords: verified with equal work for known and unknown people, never more at once than there are cores."""

import os
from functools import cache
from threading import BoundedSemaphore

from werkzeug.security import check_password_hash

from webapp import config
from webapp.accounts.password_strength import LONGEST
from webapp.hashing import hash_secret, needs_rehash, verify_hash

_cores = BoundedSemaphore(os.cpu_count() or 1)


@cache
def _nobodys_hash() -> str:
    return hash_secret("nobody has this password", config.PASSWORD_HASH)


def hash_password(password: str) -> str:
    """A PHC string (Argon2id) with a salt of its own."""
    with _cores:
        return hash_secret(password[:LONGEST], config.PASSWORD_HASH)


def verify_password(kept: str | None, password: str) -> bool:
    """Whether ``password`` is the one kept; takes as long when there is none to compare with.

    Hashes taken over from PartnerWeb 1.0 (scrypt or PBKDF2) are understood too, at their own pace: until the first
    sign-in renews such a hash, its account can be told from an unknown one by time.
    """
    with _cores:
        if kept is not None and kept.startswith(("scrypt:", "pbkdf2:")):
            return check_password_hash(kept, password[:LONGEST])
        right = verify_hash(kept or _nobodys_hash(), password[:LONGEST])
    return right and kept is not None


def outdated(kept: str) -> bool:
    """Whether the hash should be made anew now that the password is known."""
    return needs_rehash(kept, config.PASSWORD_HASH)
