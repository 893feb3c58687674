"""Argon2id in one place: the only module that knows the library."""

from collections.abc import Mapping
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError


def hash_secret(secret: str, parameters: Mapping[str, int]) -> str:
    """A PHC string of ``secret`` with a salt of its own; ``parameters`` are Argon2's, memory in KiB."""
    return _hasher(tuple(parameters.items())).hash(secret)


def verify_hash(kept: str, secret: str) -> bool:
    """Whether ``secret`` is what was hashed; a hash of another kind recognises nothing."""
    try:
        return PasswordHasher().verify(kept, secret)
    except (Argon2Error, InvalidHashError):
        return False


def needs_rehash(kept: str, parameters: Mapping[str, int]) -> bool:
    """Whether the hash was made by another algorithm or with other parameters."""
    return not kept.startswith("$argon2id$") or _hasher(tuple(parameters.items())).check_needs_rehash(kept)


@cache
def _hasher(parameters: tuple[tuple[str, int], ...]) -> PasswordHasher:
    named = dict(parameters)
    return PasswordHasher(named["time_cost"], named["memory_cost"], named["parallelism"])
