"""The house rules on who may import whom, and on how long a thing may be."""

from pathlib import Path

import pytest

from tests.house import (
    ANYBODY,
    ASSEMBLY,
    BELOW,
    BETWEEN_TRANSACTIONS,
    FLASK_IN,
    FORBIDDEN,
    KINDS,
    MAY_USE_WEB,
    NAMED_OTHERWISE,
    NO_SLICE,
    NOWHERE,
    ONE_PLACE,
    PRESCRIBED,
)
from tests.sources import calls, files, functions, imported, tree
from webapp.config import ROOT

SOURCES = files("webapp/**/*.py")
ALL = [*SOURCES, *files("tests/**/*.py"), *files("*.py")]


def slice_of(file: str) -> str | None:
    """The slice that ``file`` belongs to; None for what all slices stand on."""
    parts = Path(file).parts
    return parts[1] if len(parts) > 2 and parts[1] not in NO_SLICE else None


def kind_of(file: str) -> str:
    """What ``file`` is in its slice; a folder of that name counts as the file."""
    if file in NAMED_OTHERWISE:
        return NAMED_OTHERWISE[file]
    inside = [Path(part).stem for part in Path(file).parts[2:]]
    if "methods" in inside[:-1]:
        return "method"
    return next((kind for kind in KINDS if kind in inside), "concept")


def target(module: str) -> str:
    """The file, or folder, behind a dotted name."""
    path = Path(*module.split("."))
    return str(path) if (ROOT / path).is_dir() else f"{path}.py"


IN_SLICES = [file for file in SOURCES if slice_of(file) and Path(file).name != "__init__.py"]


@pytest.mark.parametrize("file", IN_SLICES)
def test_a_file_imports_only_what_its_kind_may(file: str) -> None:
    kinds, packages = FORBIDDEN[kind_of(file)]
    for module in imported(file):
        top = module.split(".")[0]
        assert top not in packages, f"{kind_of(file)} imports {module}"
        if top == "webapp" and slice_of(target(module)):
            assert kind_of(target(module)) not in kinds, f"{kind_of(file)} imports {module}"


@pytest.mark.parametrize("file", IN_SLICES)
def test_a_slice_imports_only_downwards(file: str) -> None:
    own = slice_of(file)
    below = BELOW.get(str(own), set(BELOW))
    for module in imported(file):
        if not module.startswith("webapp."):
            continue
        part = module.split(".")[1]
        if part == "web":
            assert kind_of(file) in MAY_USE_WEB, module
        elif part == "gateways":
            assert kind_of(file) == "cli", module
        else:
            assert part in {own, *below, *ANYBODY}, f"{own} stands below {part}"
        if part in BELOW and part != own:
            assert kind_of(target(module)) not in ("views", "cli"), f"{module} is {part}'s own affair"


@pytest.mark.parametrize("file", files("webapp/*.py") + files("webapp/jobs/*.py"))
def test_what_all_stand_on_knows_no_slice(file: str) -> None:
    if file in ASSEMBLY:  # they put the parts together
        return
    for module in imported(file):
        assert not (module.startswith("webapp.") and slice_of(target(module))), module


@pytest.mark.parametrize("file", files("webapp/web/*.py"))
def test_the_web_knows_only_who_is_here(file: str) -> None:
    for module in imported(file):
        if module.startswith("webapp."):
            assert slice_of(target(module)) in (None, "accounts"), module


@pytest.mark.parametrize("file", files("webapp/gateways/*.py"))
def test_a_gateway_knows_only_its_port(file: str) -> None:
    for module in imported(file):
        if module.startswith("webapp."):
            assert module.split(".")[1] in ("ports", "config", "gateways"), module


@pytest.mark.parametrize("file", SOURCES)
def test_a_library_is_known_in_one_place(file: str) -> None:
    for module in imported(file):
        top = module.split(".")[0]
        assert file.startswith(ONE_PLACE.get(top, "")), f"{top} belongs to {ONE_PLACE[top]}"
        assert top not in NOWHERE, module
        if top == "flask":
            allowed = (
                (slice_of(file) and kind_of(file) in FLASK_IN) or file.startswith("webapp/web/") or file in ASSEMBLY
            )
            assert allowed, "only views, forms, commands and the web know Flask"
        if module == "webapp":
            assert "create_app" not in ast_names(file), "nobody imports create_app"


def ast_names(file: str) -> set[str]:
    """Every name that ``file`` imports from somewhere."""
    nodes = [node for node in tree(file).body if type(node).__name__ == "ImportFrom"]
    return {alias.name for node in nodes for alias in node.names}


@pytest.mark.parametrize("file", SOURCES)
def test_the_time_comes_from_outside(file: str) -> None:
    if file == "webapp/__init__.py" or file.startswith(("webapp/jobs/", "webapp/gateways/")):
        return  # the clock itself; leases of real processes; the date on what leaves the house
    told = {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time", "dt.datetime.now"}
    assert not told & set(calls(file))


@pytest.mark.parametrize("file", IN_SLICES + files("webapp/web/*.py"))
def test_only_an_action_commits(file: str) -> None:
    if (slice_of(file) and kind_of(file) in ("actions", "cli")) or file in BETWEEN_TRANSACTIONS:
        return
    assert not [call for call in calls(file) if call.endswith(".commit")]


@pytest.mark.parametrize("file", ALL)
def test_short_enough_to_be_read(file: str) -> None:
    assert len((ROOT / file).read_text().splitlines()) <= 200
    for function in functions(file):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= 30, f"{function.name}: {length} lines"
        vague = function.name.startswith(("handle_", "process_")) and not PRESCRIBED.fullmatch(function.name)
        assert not vague, function.name
    assert Path(file).stem not in ("utils", "helpers", "common", "manager", "managers", "service", "services", "misc")


def test_a_forbidden_import_would_be_seen() -> None:
    assert kind_of("webapp/upgrade/actions/ordering.py") == "actions"
    assert kind_of("webapp/upgrade/journey.py") == "concept"
    assert kind_of("webapp/login_methods/methods/sms.py") == "method"
    assert slice_of("webapp/web/pages.py") is None
    assert "webapp.upgrade.queries" in set(imported("webapp/upgrade/actions/ordering.py"))
    assert {"webapp.database", "sqlmodel"} <= set(imported("webapp/upgrade/models.py"))
