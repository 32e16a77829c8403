"""The ``init`` command: a survey of another subject, made whole or not at all, that builds at once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from alignsurvey import __version__, cli, site
from alignsurvey.cli import origin
from alignsurvey.facets import Facet
from alignsurvey.records import KINDS
from alignsurvey.vocabularies import FOLDER

ROOT = Path(__file__).parents[1]
STARTER = ROOT / "starter"
Printed = pytest.CaptureFixture[str]


def files(folder: Path) -> Mapping[str, str]:
    """The texts of all files below a folder, by their paths."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


@pytest.fixture(autouse=True)
def _released(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation from a package index, of which pip notes no origin."""
    monkeypatch.setattr(origin, "noted", lambda: None)


SAMPLE = {**files(STARTER), "requirements.txt": f"alignsurvey ~= {__version__}\n"}


def init(*arguments: object) -> int:
    """The exit code of the command."""
    return cli.main(["init", *map(str, arguments)])


def test_init_then_the_sample_is_there_and_the_next_command_is_named(
    tmp_path: Path, capsys: Printed
) -> None:
    folder = tmp_path / "deep" / "my-survey"
    assert init(folder) == 0
    assert files(folder) == SAMPLE
    last = f"15 files in {folder}, a sample to replace; next: cd {folder} && alignsurvey check\n"
    assert capsys.readouterr().err == last
    assert [path.name for path in folder.parent.iterdir()] == ["my-survey"]


def test_init_in_the_folder_where_one_is_then_the_next_command_needs_no_other(
    tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    assert init(".", "--name", "My survey") == 0
    assert files(tmp_path) == SAMPLE
    assert capsys.readouterr().err.endswith("; next: alignsurvey check\n")


def test_init_then_nothing_is_wrong_with_the_sample(tmp_path: Path, capsys: Printed) -> None:
    init(tmp_path / "new")
    content = str(tmp_path / "new" / "content")
    assert cli.main(["check", "--content", content, "--fail-on", "warning"]) == 0
    assert "nothing wrong" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("folder", "options", "name"),
    [
        ("my-survey", [], "My survey"),
        ("bread_and_salt", [], "Bread and salt"),
        ("x", ["--name", " Knots: a #survey "], "Knots: a #survey"),
        ("x", ["--name", '"Naïve" \\ 概览 {{ name }}'], '"Naïve" \\ 概览 {{ name }}'),
    ],
    ids=["hyphen", "underscore", "signs of YAML", "quotes"],
)
def test_name_of_the_survey_then_it_stands_in_the_configuration_and_the_readme(
    tmp_path: Path, folder: str, options: list[str], name: str
) -> None:
    assert init(tmp_path / folder, *options) == 0
    text = (tmp_path / folder / "mkdocs.yml").read_text("utf-8")
    config = yaml.load(text.replace("!ENV ", ""), yaml.SafeLoader)
    assert config["site_name"] == name
    assert (tmp_path / folder / "README.md").read_text("utf-8").startswith(f"# {name}\n")


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "a\x1b[31m"], ids=ascii)
def test_name_that_is_no_line_of_text_then_nothing_is_made(
    tmp_path: Path, capsys: Printed, name: str
) -> None:
    assert init(tmp_path / "new", "--name", name) == 2
    assert capsys.readouterr().err == "a name is one line of text; give one with --name\n"
    assert list(tmp_path.iterdir()) == []


def test_folder_that_holds_something_then_it_is_named_and_stays(
    tmp_path: Path, capsys: Printed
) -> None:
    for name in ("thesis.tex", "notes", "a", "b"):
        (tmp_path / name).mkdir()
    assert init(tmp_path) == 2
    message = f"{tmp_path} already holds a, b, notes and 1 more; name an empty folder\n"
    assert capsys.readouterr().err == message
    assert len(list(tmp_path.iterdir())) == 4


def test_file_in_the_place_of_the_folder_then_it_stays(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "thesis").write_text("mine", "utf-8")
    assert init(tmp_path / "thesis") == 2
    assert capsys.readouterr().err == f"{tmp_path / 'thesis'} is not a folder; name another one\n"
    assert init(tmp_path / "thesis" / "survey") == 1
    assert capsys.readouterr().err.endswith("; nothing was made\n")
    assert (tmp_path / "thesis").read_text("utf-8") == "mine"


@pytest.mark.parametrize("there", [False, True], ids=["new folder", "empty folder"])
def test_disk_that_is_full_half_way_then_nothing_is_left(tmp_path: Path, *, there: bool) -> None:
    folder = tmp_path / "new"
    if there:
        folder.mkdir()
    # No file may be longer than a block, and some of the sample's are.
    command = 'ulimit -f 1 && exec "$0" -m alignsurvey init "$1"'
    done = subprocess.run(
        ["bash", "-c", command, sys.executable, folder], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("File too large; nothing was made\n")
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])


# The sample


def test_sample_is_about_something_else() -> None:
    field = re.compile(r"\balign(?!survey)|\bLLMs?\b|language model|\bprompt", re.IGNORECASE)
    assert {
        name: found for name, text in files(STARTER).items() if (found := field.findall(text))
    } == {}


def test_sample_has_no_page_of_a_kind_that_it_does_not_use() -> None:
    built = site.build(STARTER / "content")
    about = {page.uri.split("/")[0] for page in built.pages} - {"rules", "schema"}
    kinds = {"methods", "glossary", "terms", "references"}
    views = {"compare", "choose", "lineage", "timeline", "disputes", "gaps", "quality", "taxonomy"}
    assert about == {"", *kinds, *views}


def test_configuration_of_the_sample_differs_only_in_what_it_says_of_itself() -> None:
    def lines(path: Path) -> list[str]:
        own = re.compile(r"#? ?(?:site_name|site_description|copyright):.*\n")
        return own.sub("", path.read_text("utf-8")).splitlines()

    assert lines(STARTER / "mkdocs.yml") == lines(ROOT / "mkdocs.yml")


def test_sample_asks_for_the_package_by_its_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["name"] == origin.PACKAGE


def workflow() -> Any:
    return yaml.load(files(STARTER)[".github/workflows/site.yml"], Loader=yaml.BaseLoader)  # noqa: S506 - plain


def test_workflow_of_the_sample_uses_the_actions_of_this_repository() -> None:
    uses = re.compile(r"uses: (.*)")
    ours = {
        line
        for path in ROOT.glob(".github/workflows/*.yml")
        for line in uses.findall(path.read_text("utf-8"))
    }
    own = uses.findall(files(STARTER)[".github/workflows/site.yml"])
    assert own
    assert set(own) - ours == set()


def test_workflow_of_the_sample_has_the_least_permissions_and_publishes_only_what_is_merged() -> (
    None
):
    found = workflow()
    assert found["permissions"] == {}
    assert found["on"] == {"pull_request": "", "push": {"branches": ["main"]}}
    jobs = found["jobs"]
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "build": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    assert (jobs["publish"]["if"], jobs["publish"]["needs"]) == (
        "github.event_name == 'push'",
        "build",
    )
    assert "secrets." not in str(found)


def test_sample_names_the_kinds_of_records() -> None:
    text = " ".join(files(STARTER)["README.md"].split())
    plain = [cls.plural.lower() for kind, cls in KINDS.items() if kind not in {"term", "reference"}]
    words = [word.removeprefix("open ").replace("failure modes", "failures") for word in plain]
    assert f"{', '.join(words)} and terms" in text


# Editors


@pytest.mark.parametrize("folder", [ROOT, STARTER], ids=["this repository", "the sample"])
def test_editor_knows_the_schema_of_every_folder(folder: Path) -> None:
    settings = json.loads((folder / ".vscode" / "settings.json").read_text("utf-8"))
    written = {kind: cls.folder for kind, cls in KINDS.items() if cls.written}
    assert settings["yaml.schemas"] == {
        f"./schema/{kind}.schema.json": f"content/{name}/*.yaml"
        for kind, name in {**written, Facet.__name__.lower(): FOLDER}.items()
    }
    extensions = json.loads((folder / ".vscode" / "extensions.json").read_text("utf-8"))
    assert extensions["recommendations"] == ["redhat.vscode-yaml"]


RECORDS = sorted([*ROOT.glob("content/*/*.yaml"), *STARTER.glob("content/*/*.yaml")])


def test_every_record_leads_an_editor_to_its_schema() -> None:
    kinds = {cls.folder: kind for kind, cls in KINDS.items()} | {FOLDER: "facet"}
    line = "# yaml-language-server: $schema=../../schema/{}.schema.json"
    silent = [
        str(path.relative_to(ROOT))
        for path in RECORDS
        if path.read_text("utf-8").split("\n", 1)[0] != line.format(kinds[path.parent.name])
    ]
    assert len(RECORDS) > 150
    assert silent == []
