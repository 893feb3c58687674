"""The sources as facts: which file imports what, how long its functions are."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from webapp.config import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(pattern: str) -> list[str]:
    """The files that ``pattern`` finds, relative to the top, without what is made."""
    return sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(pattern) if "__pycache__" not in path.parts)


@cache
def tree(file: str) -> ast.Module:
    """What Python reads in ``file``."""
    return ast.parse((ROOT / file).read_text())


def imported(file: str) -> Iterator[str]:
    """Every module that ``file`` imports, dotted; of ``from a import b`` both ``a`` and, where it is one, ``a.b``."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relative to itself"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name for name in inner if _is_module(name)]
            yield from modules if len(modules) == len(inner) else [*modules, str(node.module)]


def _is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return name.startswith("webapp.") and (path.is_dir() or path.with_suffix(".py").exists())


def functions(file: str) -> Iterator[Function]:
    """Every function and method in ``file``."""
    yield from (node for node in ast.walk(tree(file)) if isinstance(node, Function))


def calls(file: str) -> Iterator[str]:
    """Everything that ``file`` calls, as it is written: ``db.commit``, ``datetime.now``."""
    yield from (ast.unparse(node.func) for node in ast.walk(tree(file)) if isinstance(node, ast.Call))
