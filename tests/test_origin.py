"""How a new survey asks for the generator: from where the one that made it was installed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from alignsurvey import __version__
from alignsurvey.cli import origin
from alignsurvey.cli.origin import requirement

COMMIT = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"


def note(monkeypatch: pytest.MonkeyPatch, **direct_url: object) -> None:
    text = json.dumps(direct_url)
    monkeypatch.setattr(origin, "noted", lambda: text)


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_installed_from_an_index_then_the_release_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(origin, "noted", lambda: None)
    assert requirement() == f"alignsurvey ~= {__version__}\n"


def test_installed_from_a_repository_then_its_commit_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vcs = {"vcs": "git", "commit_id": COMMIT, "requested_revision": "main"}
    note(monkeypatch, url="https://example.org/owner/alignsurvey", vcs_info=vcs)
    asked = f"alignsurvey @ git+https://example.org/owner/alignsurvey@{COMMIT}\n"
    assert requirement() == asked


def test_installed_from_an_archive_then_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://example.org/alignsurvey-0.1.0-py3-none-any.whl"
    note(monkeypatch, url=url, archive_info={})
    assert requirement() == f"alignsurvey @ {url}\n"


def test_installed_from_a_clone_then_the_commit_of_what_was_cloned_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = tmp_path / "a clone"
    clone.mkdir()
    git(clone, "init", "-q")
    git(clone, "commit", "-q", "--allow-empty", "-m", "first")
    git(clone, "remote", "add", "origin", "https://example.org/owner/alignsurvey.git")
    note(monkeypatch, url=clone.as_uri(), dir_info={"editable": True})
    commit = git(clone, "rev-parse", "HEAD")
    asked = f"alignsurvey @ git+https://example.org/owner/alignsurvey.git@{commit}\n"
    assert requirement() == asked


@pytest.mark.parametrize("remote", [None, "git@example.org:owner/alignsurvey.git", "../other"])
def test_installed_from_a_folder_that_others_do_not_reach_then_a_comment_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remote: str | None
) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "first")
    if remote:
        git(tmp_path, "remote", "add", "origin", remote)
    note(monkeypatch, url=tmp_path.as_uri(), dir_info={})
    comment, line = requirement().splitlines()
    assert comment.startswith("# A folder of this machine")
    assert line == f"alignsurvey @ {tmp_path.as_uri()}"


def test_folder_below_another_repository_then_that_one_is_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "first")
    git(tmp_path, "remote", "add", "origin", "https://example.org/owner/other.git")
    own = tmp_path / "vendored"
    own.mkdir()
    note(monkeypatch, url=own.as_uri(), dir_info={})
    assert f"alignsurvey @ {own.as_uri()}\n" in requirement()


def test_not_installed_by_pip_then_the_release_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(origin, "PACKAGE", "alignsurvey-that-nobody-installed")
    assert origin.noted() is None
    assert requirement() == f"alignsurvey ~= {__version__}\n"
