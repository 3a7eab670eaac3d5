"""Imports run one way, from the command line down to the ground."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from briefing.formats import FORMATS

PACKAGE = Path(__file__).resolve().parent.parent / "briefing"
GROUND = {
    "apart",
    "child",
    "codes",
    "compression",
    "errors",
    "files",
    "kept",
    "lengths",
    "limits",
    "locks",
    "regular_files",
    "resources",
    "sequence_edits",
    "toml_file",
    "unicode_forms",
    "versions",
}
ALLOWED: dict[str, set[str]] = {
    "apart": {"child", "errors", "limits"},
    "child": {"errors"},
    "codes": set(),
    "compression": set(),
    "errors": {"codes"},
    "files": {"errors", "locks", "regular_files"},
    "kept": {"files", "limits", "regular_files", "versions"},
    "lengths": set(),
    "limits": {"errors"},
    "locks": set(),
    "regular_files": {"errors"},
    "resources": set(),
    "sequence_edits": set(),
    "toml_file": {"errors", "regular_files"},
    "unicode_forms": set(),
    "versions": {"resources"},
    "source": GROUND,
    "text": GROUND,
    "schema": GROUND | {"text"},
    "document": GROUND,
    "quotes": GROUND | {"text", "schema"},
    "rules": GROUND | {"text", "schema", "quotes"},
    "series": GROUND | {"source", "text", "schema"},
    "compose": GROUND | {"text", "schema", "quotes", "series", "document"},
    "themes": GROUND | {"document"},
    "formats": GROUND | {"document", "themes"},
    "run": GROUND
    | {"source", "text", "schema", "document", "quotes", "rules", "series", "compose", "themes", "formats"},
    "pull": GROUND | {"source", "text", "schema", "quotes", "rules", "series", "compose", "formats", "run"},
    "cli": {"run", "pull", "errors"},
}
"""What each room may import, besides itself and the bare package (for its version)."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def room(module: Path) -> str:
    """The room a module stands in: the first folder below the package, or the module's own name."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(source: str, module: Path) -> list[str]:
    """The full names of all modules of ours that `source` imports, at the top or inside functions."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return [name for name in found if name.startswith("briefing.")]


def is_registry(name: str) -> bool:
    """Whether an import is of what `briefing.formats` itself says of all formats: their names, and what each of them is."""
    return name.startswith("briefing.formats.") and not (PACKAGE / "formats" / name.split(".")[2]).exists()


def breaches(source: str, module: Path) -> list[str]:
    """The imports of `source` that run the wrong way."""
    here = room(module)
    if here in ("__init__", "__main__"):
        return []
    wrong = []
    for name in imported(source, module):
        target = name.split(".")[1]
        if is_registry(name) and here in ("cli", "formats"):
            continue
        if target in ALLOWED and target != here and target not in ALLOWED[here]:
            wrong.append(name)
    return wrong


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(module: Path) -> None:
    assert breaches(module.read_text(encoding="utf-8"), module) == []


def test_every_room_is_known() -> None:
    assert {room(module) for module in MODULES} - {"__init__", "__main__"} <= set(ALLOWED)


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("formats/pdf/engine.py", "from briefing.schema import Brief"),
        ("document/tree.py", "import briefing.compose.composer"),
        ("cli/build.py", "def f():\n    from briefing.compose import resolve"),
        ("themes/theme.py", "from briefing.formats import html"),
    ],
)
def test_a_breach_is_found(where: str, source: str) -> None:
    assert breaches(source, PACKAGE / where)


def test_the_formats_do_not_know_each_other() -> None:
    """The PDF is made from HTML, and so may know `formats/html/`; beside that a format knows what all readers share."""
    for module in MODULES:
        if room(module) != "formats" or len(parts := module.relative_to(PACKAGE).parts) < 3:
            continue
        here = parts[1]
        may = {here, "agreement"} | ({"html"} if here == "pdf" else set())
        names = imported(module.read_text(encoding="utf-8"), module)
        others = [
            name.split(".")[2] for name in names if name.startswith("briefing.formats.") and not is_registry(name)
        ]
        assert set(others) <= may, module


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_formats_are_named_in_their_folders_alone(module: Path) -> None:
    """Beside those of saved texts, which `quotes/` reads."""
    if room(module) in ("formats", "quotes"):
        return
    constants = [
        node.value for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
    ]
    named = {name for format in FORMATS for name in (format, f".{format}")}
    assert not named & {each for each in constants if isinstance(each, str)}


def test_no_import_cycles_between_modules() -> None:
    names = {
        ".".join(("briefing", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in MODULES
    }
    edges: dict[str, set[str]] = {}
    for name, path in names.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        edges[name] = set()
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("briefing"):
                for alias in node.names:
                    full = f"{node.module}.{alias.name}"
                    edges[name].add(full if full in names else node.module)
        edges[name] -= {name}
    state: dict[str, int] = {}

    def visit(name: str, trail: list[str]) -> None:
        state[name] = 1
        for target in edges.get(name, ()):
            if state.get(target) == 1:
                raise AssertionError(" -> ".join([*trail, name, target]))
            if target not in state:
                visit(target, [*trail, name])
        state[name] = 2

    for name in names:
        if name not in state:
            visit(name, [])


def test_no_module_has_the_name_of_another() -> None:
    """Formats stand beside each other and are made alike: only there may two modules have one name."""
    places: dict[str, list[tuple[str, ...]]] = {}
    for module in MODULES:
        if module.stem not in ("__init__", "__main__"):
            places.setdefault(module.name, []).append(module.relative_to(PACKAGE).parent.parts)
    parallel = {("formats", name) for name in FORMATS}
    assert {name: where for name, where in places.items() if len(where) > 1 and not set(where) <= parallel} == {}


def test_paths_are_resolved_in_one_way() -> None:
    """`Path.resolve` raises `RuntimeError` for a link to itself. What stands in the package itself holds none; see `regular_files.resolved`."""
    for module in MODULES:
        text = module.read_text(encoding="utf-8").replace("Path(__file__).resolve()", "")
        assert not re.search(r"\.resolve\(", text), module


def test_the_room_that_joins_is_small() -> None:
    assert len(list((PACKAGE / "run").glob("*.py"))) <= 19


LONGEST = 400
STILL_LONGER = {
    "quotes/finding/words.toml": 423,
}
"""Files that wait to be parted along their thoughts, with their lines; none is added, and none grows."""


def test_no_file_is_longer_than_can_be_read_at_once() -> None:
    files = (path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".toml"))
    lengths = {path.relative_to(PACKAGE).as_posix(): len(path.read_bytes().splitlines()) for path in files}
    longer = {name: lines for name, lines in lengths.items() if lines > LONGEST}
    assert {name: lines for name, lines in longer.items() if lines > STILL_LONGER.get(name, 0)} == {}
    assert set(STILL_LONGER) <= set(longer), "what was parted is no longer listed"
