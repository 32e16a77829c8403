"""The shape of the package, read from its import statements."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from itertools import chain, groupby
from pathlib import Path

import alignsurvey

ROOT = Path(alignsurvey.__file__).parent

FLOORS = (
    ("wording", "cycles"),
    ("diagnostics", "escaping", "markup", "formula", "policy", "frames", "built", "placing"),
    ("rules",),
    ("characters",),
    ("gfm",),
    ("source", "records", "manual", "reporting"),
    ("bibliography", "annotations", "facets", "ledger"),
    ("files",),
    ("model", "linking"),
    ("validation", "drafts", "prose", "importing"),
    ("survey",),
    ("changes", "formatting", "schema", "views", "vocabularies"),
    ("checks", "resemblance"),
    ("loading",),
    ("pages", "forms", "blanks"),
    ("footnotes",),
    ("writing",),
    ("rendering",),
    ("site",),
    ("rewriting",),
    ("mkdocs_plugin", "cli"),
    ("__main__",),
)
"""Every module and package from the lowest floor up; each imports only what stands below it."""

OWNERS = {
    "bibtexparser": {"bibliography"},
    "jinja2": {"rendering"},
    "latex2mathml": {"formula"},
    "lxml": {"built", "importing"},
    "markdown_it": {"prose"},
    "markupsafe": {"escaping", "footnotes", "formula", "prose", "writing", "mkdocs_plugin"},
    "mdit_py_plugins": {"prose"},
    "mkdocs": {"mkdocs_plugin"},
    "pydantic": {"records", "model", "validation"},
    "pydantic_core": {"records"},
    "pylatexenc": {"bibliography"},
    "yaml": {"source"},
}
"""Which modules may know a library. Safe HTML is one type, so more than one knows markupsafe."""

OUTSIDE = {
    "built",
    "placing",
    "files",
    "loading",
    "rendering",
    "site",
    "rewriting",
    "mkdocs_plugin",
    "cli",
}
"""Modules that know files; everything else turns values into values."""

FILES = {"glob", "io", "os", "pathlib", "shutil", "tempfile", "zipfile"}
UNSTEADY = {
    "http",
    "locale",
    "random",
    "secrets",
    "socket",
    "ssl",
    "time",
    "urllib.request",
    "uuid",
}
"""Libraries that answer differently from one time or place to the next."""
CONNECTED = {"importing", "cli.serve"}
"""What looks works up, on request, and the preview; nothing else knows the network, or waits."""

CLOCKS = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "os.urandom"}

FLOOR_OF = {name: floor for floor, names in enumerate(FLOORS) for name in names}


@cache
def parsed() -> dict[str, ast.Module]:
    """The syntax tree of every module by its dotted name below the package."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        steps = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(steps[:-1] if steps[-1] == "__init__" else steps)
        found[name] = ast.parse(path.read_text("utf-8"), str(path))
    return found


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Every node of a syntax tree."""
    return tuple(ast.walk(tree))


def imported(tree: ast.Module) -> Iterator[str]:
    """The dotted name of everything that a module imports, names inside modules included."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(tree: ast.Module) -> set[str]:
    """The modules of the package that a module imports."""
    found = set()
    for name in imported(tree):
        if name.split(".")[0] == "alignsurvey":
            inside = name.removeprefix("alignsurvey").removeprefix(".")
            found.add(inside if inside in parsed() else inside.rpartition(".")[0])
    return found


def names(tree: ast.Module) -> set[str]:
    """Every name and attribute that a module uses."""
    plain = {node.id for node in nodes(tree) if isinstance(node, ast.Name)}
    return plain | {node.attr for node in nodes(tree) if isinstance(node, ast.Attribute)}


def foreign(tree: ast.Module) -> set[str]:
    """The third-party libraries that a module imports."""
    tops = {name.split(".")[0] for name in imported(tree)}
    return tops - sys.stdlib_module_names - {"alignsurvey"}


def part(name: str) -> str:
    """The module or package directly below the root that a module belongs to."""
    return name.partition(".")[0]


def offenders(offence: Callable[[ast.Module], set[str]]) -> dict[str, set[str]]:
    """What is found in each module in which anything is found."""
    found = {name: offence(tree) for name, tree in parsed().items()}
    return {name: things for name, things in found.items() if things}


def test_every_module_stands_on_one_floor() -> None:
    parts = {part(name) for name in parsed() if name}
    assert parts == set(FLOOR_OF)
    assert len(FLOOR_OF) == sum(len(names) for names in FLOORS)


def test_imports_run_downwards() -> None:
    upwards = {
        (name, other)
        for name, tree in parsed().items()
        for other in own(tree)
        if other and part(other) != part(name) and FLOOR_OF[part(other)] >= FLOOR_OF[part(name)]
    }
    assert upwards == set()


def test_no_module_imports_itself_by_a_detour() -> None:
    TopologicalSorter({name: own(tree) - {""} for name, tree in parsed().items()}).prepare()


def test_kinds_know_only_what_all_records_share() -> None:
    base = "records.base"
    names = [name for name in parsed() if "records." in name and not name.startswith(base)]
    kinds = [own(parsed()[name]) for name in names]
    assert set(chain.from_iterable(kinds)) == {base}


def test_imports_stand_at_the_top_and_hold_at_run_time() -> None:
    def hidden(tree: ast.Module) -> set[str]:
        found = {node for node in nodes(tree) if isinstance(node, ast.Import | ast.ImportFrom)}
        inside = {ast.unparse(node) for node in found - set(tree.body)}
        return inside | names(tree) & {"TYPE_CHECKING"}

    assert offenders(hidden) == {}


def test_each_library_has_its_owner() -> None:
    uses = sorted((lib, part(name)) for name, tree in parsed().items() for lib in foreign(tree))
    found = {lib: {owner for _, owner in pairs} for lib, pairs in groupby(uses, lambda use: use[0])}
    assert found == OWNERS


def test_only_the_command_line_prints() -> None:
    streams = {"print", "input", "stdin", "stdout", "stderr"}
    assert {part(name) for name in offenders(lambda tree: names(tree) & streams)} == {"cli"}


def test_files_are_left_to_the_outer_modules() -> None:
    def known(tree: ast.Module) -> set[str]:
        return {other.split(".")[0] for other in imported(tree)} & FILES | names(tree) & {"open"}

    inner = {name: words for name, words in offenders(known).items() if part(name) not in OUTSIDE}
    # What is connected opens addresses.
    assert inner == {"importing.fetching": {"open"}}


def test_nothing_depends_on_clock_chance_or_network() -> None:
    def unsteady(tree: ast.Module) -> set[str]:
        asked = {
            f"{node.value.id}.{node.attr}"
            for node in nodes(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        }
        steps = {name.rsplit(".", depth)[0] for name in imported(tree) for depth in range(3)}
        return asked & CLOCKS | steps & UNSTEADY

    found = {name if name in CONNECTED else part(name) for name in offenders(unsteady)}
    assert found == CONNECTED
