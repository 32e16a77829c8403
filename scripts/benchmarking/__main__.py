"""Measures the build of synthetic surveys beside plain Markdown trees with the same pages.

Processor seconds are what counts; the clock on the wall says more about the machine's other work.
That work makes processor seconds longer too, never shorter: each build is made more than once, the
two by turns, and the cheapest of each is told.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarking.measuring import Usage, measure

ROOT = Path(__file__).resolve().parents[2]
BUILD = ("-m", "mkdocs", "build", "--quiet")
CHECK = ("-m", "alignsurvey", "check")
LOADER = """\
import pathlib, yaml
for path in sorted(pathlib.Path("content").glob("*/*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""
LOAD = ("-c", LOADER)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures each number of methods that is asked for."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, epilog="example: scripts/bench 100 1000"
    )
    parser.add_argument(
        "methods",
        nargs="*",
        type=int,
        default=[100, 1000],
        metavar="N",
        help="methods of the survey (100 1000)",
    )
    parser.add_argument("--no-plain", action="store_true", help="leave the plain tree out")
    parser.add_argument(
        "--rounds", type=int, default=2, metavar="R", help="how often each is built (2)"
    )
    parser.add_argument(
        "--taxonomy",
        type=Path,
        default=ROOT / "content" / "taxonomy",
        help="the facets to classify by (content/taxonomy)",
    )
    options = parser.parse_args(arguments)
    for methods in options.methods:
        trees = ["survey"] if options.no_plain else ["survey", "plain"]
        for line in bench(methods, options.taxonomy, trees, options.rounds):
            print(line, flush=True)
    return 0


def bench(methods: int, taxonomy: Path, trees: Sequence[str], rounds: int) -> Iterator[str]:
    """What one size costs, line by line as it is known."""
    with tempfile.TemporaryDirectory(prefix="alignsurvey-bench-") as made:
        folder = Path(made)
        given = {
            "folder": made,
            "methods": methods,
            "taxonomy": str(taxonomy),
            "plain": "plain" in trees,
        }
        measure(["-m", "benchmarking.prepare", json.dumps(given)], ROOT / "scripts")
        builds: dict[str, list[Usage]] = {tree: [] for tree in trees}
        for tree in list(trees) * rounds:
            shutil.rmtree(folder / tree / "site", ignore_errors=True)
            builds[tree].append(measure(BUILD, folder / tree))
            yield _line(methods, tree, builds[tree][-1], _pages(folder / tree))
        cpu = {tree: min(used.cpu for used in builds[tree]) for tree in trees}
        rss = {tree: min(used.rss for used in builds[tree]) for tree in trees}
        ratios = ""
        if "plain" in trees:
            ratios = (
                f"cpu_ratio={cpu['survey'] / cpu['plain']:.2f} "
                f"rss_ratio={rss['survey'] / rss['plain']:.2f} "
            )
        each = 1000 * cpu["survey"] / _pages(folder / "survey")
        yield f"N={methods} {ratios}ms_per_page={each:.2f}"
        check, load = measure(CHECK, folder / "survey"), measure(LOAD, folder / "survey")
        yield f"N={methods} check_cpu={check.cpu:.2f} yaml_c_load_cpu={load.cpu:.2f}"


def _pages(folder: Path) -> int:
    """How many pages a built site has."""
    return sum(1 for _ in (folder / "site").rglob("index.html"))


def _line(methods: int, what: str, used: Usage, pages: int) -> str:
    return f"N={methods} {what}: {pages} pages, {used.cpu:.2f} CPU seconds, {used.rss:.0f} MiB"


if __name__ == "__main__":
    sys.exit(main())
