"""The shelf: every file of ``methods/`` is a login method, and its name is its slug."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from webapp.login_methods import methods
from webapp.login_methods.method import LoginMethod


def discover(package: ModuleType = methods) -> dict[str, LoginMethod]:
    """Slug to method, in the order of the shelf."""
    found: dict[str, LoginMethod] = {}
    for info in iter_modules(package.__path__, package.__name__ + "."):
        found[info.name.rpartition(".")[2]] = import_module(info.name).METHOD
    return dict(sorted(found.items(), key=lambda item: item[1].order))


@cache
def shelf() -> dict[str, LoginMethod]:
    """All methods; read once."""
    return discover()
