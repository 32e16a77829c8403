"""The ``build`` command from a content folder to a published site: whole, or not at all."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from alignsurvey import built, site
from alignsurvey.survey import Survey

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "scenes" / "small"
SURROUNDINGS = ("GITHUB_ACTIONS", "SITE_URL", "REPO_URL", "SOURCE_DATE_EPOCH")
"""Variables that change what a build writes."""
GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')

DONE = "pages in site; next: open site/index.html, or alignsurvey serve\n"
"""The last words of a build, after the number of pages."""

PAUSE = """
import time
from pathlib import Path

def on_post_page(output, page, config):
    if page.url == "references/":
        Path(config["config_file_path"]).with_name("paused").touch()
        time.sleep(60)
"""
"""A hook of MkDocs that stops a build when part of the site is written."""


def call(folder: Path, *arguments: str, **variables: str) -> "subprocess.Popen[str]":
    """The command line, started in a folder, with a process group of its own."""
    inherited = {name: value for name, value in os.environ.items() if name not in SURROUNDINGS}
    return subprocess.Popen(
        [sys.executable, "-m", "alignsurvey", *arguments],
        cwd=folder,
        env=inherited | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def build(folder: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """The exit code of a build in a folder, and everything it printed."""
    process = call(folder, "build", *arguments, **variables)
    output, _ = process.communicate(timeout=300)
    return process.returncode, output


def tree(folder: Path) -> Mapping[str, str]:
    """The digest of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages(folder: Path) -> list[str]:
    """The addresses of the pages of a site, but for the one for errors."""
    return sorted(
        path.relative_to(folder).as_posix().removesuffix("index.html")
        for path in folder.rglob("index.html")
    )


def change(path: Path, old: str, new: str) -> None:
    """Replaces a text that stands in a file once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small survey with its site, built once; tests take a copy."""
    folder = tmp_path_factory.mktemp("finished") / "small"
    shutil.copytree(SMALL, folder)
    code, output = build(folder)
    assert (code, output.partition(" ")[2]) == (0, DONE)
    return folder


@pytest.fixture
def here(finished: Path, tmp_path: Path) -> Path:
    """A copy of the small survey with its site."""
    return Path(shutil.copytree(finished, tmp_path / "here"))


def test_build_of_a_small_survey_then_every_record_concept_and_entry_has_its_page(
    finished: Path,
) -> None:
    found = pages(finished / "site")
    folders = ("methods/", "references/", "taxonomy/", "terms/")
    assert [page for page in found if page.startswith(folders) and page.count("/") > 1] == [
        "methods/mergesort/",
        "methods/quicksort/",
        "references/goldstine1948planning/",
        "references/hoare1962quicksort/",
        "taxonomy/family/",
        "taxonomy/family/exchange/",
        "taxonomy/family/merging/",
        "terms/stable-sort/",
    ]
    assert {"", "about/", "methods/", "glossary/", "references/", "taxonomy/"} <= set(found)
    assert sorted(path.name for path in finished.iterdir()) == ["content", "mkdocs.yml", "site"]


MISTAKES = {
    "dangling reference": (
        "content/methods/quicksort.yaml",
        "to: mergesort",
        "to: mergsort",
        "content/methods/quicksort.yaml:16:10: error[L301]",
    ),
    "broken YAML": (
        "content/methods/mergesort.yaml",
        "year: 1948",
        "year: [1948",
        "content/methods/mergesort.yaml:",
    ),
    "broken bibliography": (
        "content/references/sorting.bib",
        "  title   = {Quicksort},",
        "  title   = {Quicksort,",
        "content/references/sorting.bib:",
    ),
    "hand-written page with a dangling link": (
        "content/pages/about.md",
        "(methods/quicksort/index.md)",
        "(methods/quicksort.md)",
        "methods/quicksort.md",
    ),
    "hand-written page with a dangling anchor": (
        "content/pages/about.md",
        "(#scope)",
        "(#scop)",
        "#scop",
    ),
    "template that does not compile": (
        "templates/method.html",
        "",
        "<h1>{{ record.name }}</h1>\n{% if %}\n",
        "templates/method.html:2:1: error[T601]",
    ),
    "template that fails": (
        "templates/method.html",
        "",
        "<h1>{{ record.name }}</h1>\n\n{{ record.nmae }}\n",
        "templates/method.html:3:1: error[T602]",
    ),
    "template with a dangling link": (
        "templates/method.html",
        "",
        '<h1>{{ record.name }}</h1>\n<a href="../nowhere/">there</a>\n',
        "methods/mergesort/index.html: ../nowhere/: leads to no page",
    ),
    "template with a dangling anchor": (
        "templates/method.html",
        "",
        '<h1>{{ record.name }}</h1>\n<a href="#nowhere">there</a>\n',
        "methods/mergesort/index.html: #nowhere: leads to no anchor of the page",
    ),
    "template that loads from another host": (
        "templates/method.html",
        "",
        '<h1>{{ record.name }}</h1>\n<img src="https://example.org/a.png" alt="">\n',
        "index.html: https://example.org/a.png: would be loaded from another host",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_build_with_a_mistake_then_it_is_named_and_the_old_site_stays(
    here: Path, mistake: tuple[str, str, str, str]
) -> None:
    name, old, new, named = mistake
    if old:
        change(here / name, old, new)
    else:
        (here / name).parent.mkdir()
        (here / name).write_text(new, "utf-8")
        change(here / "mkdocs.yml", "- alignsurvey", "- alignsurvey: {templates: [templates]}")
    before = tree(here)
    code, output = build(here)
    assert code == 1
    assert named in output
    assert "nothing was published" in output.splitlines()[-1]
    assert "Traceback" not in output
    assert tree(here) == before


def test_build_without_an_old_site_and_a_mistake_then_there_is_no_site(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "small"))
    (folder / "content" / "methods" / "mergesort.yaml").write_text("- a list\n", "utf-8")
    assert build(folder)[0] == 1
    assert sorted(path.name for path in folder.iterdir()) == ["content", "mkdocs.yml"]


@pytest.fixture
def paused(here: Path) -> Iterator[tuple[Path, "subprocess.Popen[str]"]]:
    """A build of the small survey with a change, stopped when a part of the site is written."""
    change(here / "content" / "methods" / "quicksort.yaml", "name: Quicksort", "name: Quick sort")
    (here / "pause.py").write_text(PAUSE, "utf-8")
    change(here / "mkdocs.yml", "site_name", "hooks: [pause.py]\nsite_name")
    process = call(here, "build")
    deadline = time.monotonic() + 60
    while not (here / "paused").exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert any(here.glob(".site-*/new/methods/quicksort/index.html"))
    yield here, process
    with process, suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name
)
def test_build_killed_half_way_then_the_old_site_stays_and_the_next_build_clears_up(
    paused: tuple[Path, "subprocess.Popen[str]"], finished: Path, number: signal.Signals
) -> None:
    folder, process = paused
    process.send_signal(number)
    process.wait(300)
    assert tree(folder / "site") == tree(finished / "site")
    assert len(list(folder.glob(".site-*"))) == (1 if number is signal.SIGKILL else 0)
    change(folder / "mkdocs.yml", "hooks: [pause.py]\n", "")
    assert build(folder)[0] == 0
    assert "<h1>Quick sort</h1>" in (folder / "site/methods/quicksort/index.html").read_text(
        "utf-8"
    )
    assert list(folder.glob(".site-*")) == []


def test_builds_at_the_same_time_then_one_of_them_is_published_whole(
    here: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(SMALL, tmp_path / "other"))
    for path in sorted((other / "content" / "methods").iterdir()):
        change(path, "checked: ", f"former_ids: [older-{path.stem}]\nchecked: ")
        change(path, "summary: ", "summary: In other words, it ")
    out = tmp_path / "out"
    running = [call(folder, "build", "--out", str(out)) for folder in (here, other, here, other)]
    outputs = [process.communicate(timeout=300)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0], outputs
    assert build(other)[0] == 0
    one, two = tree(here / "site"), tree(other / "site")
    assert one != two
    assert tree(out) in (one, two)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "other", "out"]


@pytest.mark.parametrize(
    ("out", "message"),
    [
        (".", "holds the survey itself"),
        ("content", "holds other files than a site"),
        ("mkdocs.yml", "is not a folder"),
    ],
    ids=["the survey's folder", "the content folder", "a file"],
)
def test_build_into_what_is_no_site_then_nothing_is_replaced(
    here: Path, out: str, message: str
) -> None:
    before = tree(here)
    code, output = build(here, "--out", out)
    assert code == 2
    assert message in output
    assert tree(here) == before


@pytest.mark.parametrize(
    "path", ["content", "content/methods"], ids=["no content folder", "content without records"]
)
def test_build_without_content_then_it_is_named(here: Path, path: str) -> None:
    shutil.rmtree(here / path)
    if path != "content":
        shutil.rmtree(here / "content" / "terms")
    code, output = build(here)
    assert code == 1
    assert "nothing was published" in output.splitlines()[-1]
    assert "Traceback" not in output
    assert pages(here / "site") != []


def test_build_without_a_configuration_then_the_call_is_wrong(tmp_path: Path) -> None:
    message = "there is no configuration mkdocs.yml; name it with --config\n"
    assert build(tmp_path) == (2, message)


# The survey that this repository publishes.


@pytest.fixture(scope="session")
def survey() -> Survey:
    """The survey in ``content/``."""
    return site.build(ROOT / "content").survey


def checkout(folder: Path) -> Path:
    """A copy of the survey in ``content/`` with its configuration."""
    folder.mkdir()
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository's survey."""
    folder = checkout(tmp_path_factory.mktemp("published") / "here")
    code, output = build(folder, PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8")
    assert (code, output) == (0, output)
    return folder / "site"


def test_site_has_a_page_for_every_record_entry_and_concept(
    published: Path, survey: Survey
) -> None:
    nodes = len(survey.nodes) + len(list(survey.facets))
    assert nodes > 200
    found = set(pages(published))
    assert len([page for page in found if page.count("/") > 1]) >= nodes


def test_site_has_no_broken_link_or_anchor_and_loads_nothing_from_elsewhere(
    published: Path,
) -> None:
    assert built.flaws(published) == []


def test_styles_of_the_site_load_nothing_from_elsewhere(published: Path) -> None:
    foreign = re.compile(r"""(?:url\(|@import)\s*["']?(?:https?:)?//[^)"']*""")
    styles = sorted(published.rglob("*.css"))
    assert len(styles) > 2
    assert [found for path in styles for found in foreign.findall(path.read_text("utf-8"))] == []


def test_site_built_elsewhere_with_other_settings_then_every_byte_is_the_same(
    published: Path, tmp_path: Path
) -> None:
    folder = checkout(tmp_path / "somewhere else")
    code, output = build(
        folder, PYTHONHASHSEED="2", TZ="America/Los_Angeles", LC_ALL="C", LANG="tr_TR", COLUMNS="7"
    )
    assert (code, output) == (0, output)
    assert tree(folder / "site") == tree(published)


def test_site_built_by_properdocs_then_only_the_generator_differs(
    published: Path, tmp_path: Path
) -> None:
    folder = checkout(tmp_path / "here")
    code, output = build(folder, "--engine", "properdocs")
    assert (code, output) == (0, output)
    other = folder / "site"
    differing = [
        name
        for name in sorted({*tree(published), *tree(other)})
        if GENERATOR.sub(b"", (published / name).read_bytes())
        != GENERATOR.sub(b"", (other / name).read_bytes())
    ]
    assert differing == []


def test_site_under_a_sub_path_then_every_link_stays_below_it(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "here")
    code, output = build(folder, SITE_URL="https://example.org/sub/path/")
    assert (code, output) == (0, output)
    found = folder / "site"
    assert built.flaws(found, "/sub/path/") == []
    home = (found / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/sub/path/">' in home
    for path in sorted(found.rglob("*.html")):
        rooted = re.findall(r'(?:href|src)="(/[^"]*)"', path.read_text("utf-8"))
        assert [link for link in rooted if not link.startswith("/sub/path/")] == []
