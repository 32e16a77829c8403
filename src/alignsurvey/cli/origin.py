"""Where the generator was installed from, so that another environment can have the same."""

from __future__ import annotations

import json
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import unquote, urlsplit

from alignsurvey import __version__

PACKAGE = "alignsurvey"
RELEASE = f"{PACKAGE} ~= {__version__}"
ELSEWHERE = "# A folder of this machine; name a public address before others are to install it.\n"


def noted() -> str | None:
    """What pip noted of the origin: ``direct_url.json`` of PEP 610, if it was no package index."""
    try:
        return distribution(PACKAGE).read_text("direct_url.json")
    except PackageNotFoundError:
        return None


def requirement() -> str:
    """The lines of a requirements file by which pip installs the generator as it is here."""
    origin = noted()
    return f"{_requirement(json.loads(origin))}\n" if origin else f"{RELEASE}\n"


def _requirement(origin: dict[str, Any]) -> str:
    url = str(origin["url"])
    if repository := origin.get("vcs_info"):
        return f"{PACKAGE} @ {repository['vcs']}+{url}@{repository['commit_id']}"
    if "dir_info" not in origin:
        return f"{PACKAGE} @ {url}"
    folder = FilePath(unquote(urlsplit(url).path))
    remote, commit = _git(folder, "remote", "get-url", "origin"), _git(folder, "rev-parse", "HEAD")
    if remote.startswith("https://") and commit:
        return f"{PACKAGE} @ git+{remote}@{commit}"
    return f"{ELSEWHERE}{PACKAGE} @ {url}"


def _git(folder: FilePath, *arguments: str) -> str:
    """What git prints of a folder; empty where it fails or is not at the top of a work tree."""
    if not (folder / ".git").exists():
        return ""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the user's own git
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
