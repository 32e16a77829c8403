"""Make a survey on another subject: a sample that builds at once, replaced record by record."""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import sys
import tempfile
from pathlib import Path as FilePath

from alignsurvey import site
from alignsurvey.cli.origin import requirement

HELP = "make a new survey, on a subject of your own"
EXAMPLE = "alignsurvey init my-survey"
STARTER = "starter"
NAME = "My survey"
"""What the sample is called in its own files."""
REQUIREMENTS = "requirements.txt"
HARMLESS = frozenset({".git"})
"""What a folder may hold before a survey is put into it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's options."""
    parser.add_argument(
        "folder", type=FilePath, metavar="DIR", help="the folder of the survey: new, or empty"
    )
    parser.add_argument(
        "--name", help="what the survey is called (the name of the folder, in words)"
    )


def run(options: argparse.Namespace) -> int:
    """Writes the sample into the folder, whole or not at all."""
    folder: FilePath = options.folder
    name: str = _in_words(folder) if options.name is None else options.name.strip()
    try:
        if refusal := _refusal(folder, name):
            print(refusal, file=sys.stderr)
            return 2
        count = _make(folder.resolve(), name)
    except OSError as error:
        print(f"{error.filename or folder}: {error.strerror}; nothing was made", file=sys.stderr)
        return 1
    there = "" if folder.resolve() == FilePath.cwd() else f"cd {shlex.quote(str(folder))} && "
    print(
        f"{count} files in {folder}, a sample to replace; next: {there}alignsurvey check",
        file=sys.stderr,
    )
    return 0


def _in_words(folder: FilePath) -> str:
    """A folder's name as people read it: ``my-survey`` is "My survey"."""
    words = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}" or NAME


def _refusal(folder: FilePath, name: str) -> str | None:
    """Why a survey of this name may not be made in a folder, if it may not."""
    if not name or not name.isprintable():
        return "a name is one line of text; give one with --name"
    if not folder.exists():
        return None
    if not folder.is_dir():
        return f"{folder} is not a folder; name another one"
    held = sorted(path.name for path in folder.iterdir() if path.name not in HARMLESS)
    if held:
        more = f" and {len(held) - 3} more" if len(held) > 3 else ""
        return f"{folder} already holds {', '.join(held[:3])}{more}; name an empty folder"
    return None


def _make(folder: FilePath, name: str) -> int:
    """Makes the survey beside its place, then puts it there; returns the number of files."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        made = FilePath(beside, "survey")
        count = _write(made, name)
        if folder.exists():
            _fill(folder, made)
        else:
            made.rename(folder)
    return count


def _write(made: FilePath, name: str) -> int:
    starter = site.packaged(STARTER)
    written = sorted(path for path in starter.rglob("*") if path.is_file())
    for path in written:
        target = made / path.relative_to(starter)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_named(path, name), "utf-8", newline="\n")
    (made / REQUIREMENTS).write_text(requirement(), "utf-8", newline="\n")
    return len(written) + 1


def _named(path: FilePath, name: str) -> str:
    """The text of a file of the sample under another name; what YAML quotes stays quoted."""
    text = path.read_text("utf-8")
    if path.suffix in {".yml", ".yaml"}:
        return text.replace(json.dumps(NAME), json.dumps(name, ensure_ascii=False))
    return text.replace(NAME, name)


def _fill(folder: FilePath, made: FilePath) -> None:
    """Moves what was made into a folder that exists; when that fails, the folder is as it was."""
    names = sorted(path.name for path in made.iterdir())
    try:
        for name in names:
            (made / name).rename(folder / name)
    except BaseException:
        for path in (folder / name for name in names):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        raise
