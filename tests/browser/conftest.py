"""What browser tests share: the real site, built once and served, and pages under watch."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarking.serving import served
from browser.visiting import Scheme, Visit
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from alignsurvey.loading import load
from alignsurvey.survey import Survey

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
READY_MADE = os.environ.get("BROWSER_SITE")
"""A site that was built before, for whoever writes tests; without it the site is built."""
PATIENCE = 30_000
"""How long a page may take for anything on a busy machine, in milliseconds."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real site, built once however many processes test it."""
    if READY_MADE:
        return Path(READY_MADE)
    return once(tmp_path_factory, "site", lambda out: build(ROOT / "mkdocs.yml", out))


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that is made once for all processes of a test run."""
    shared = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    out = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            make(out)
    return out


@pytest.fixture(scope="session")
def survey() -> Survey:
    """The survey that the real site shows."""
    return load(ROOT / "content").survey


def build(config: Path, out: Path, *options: str) -> None:
    """Builds the site of a configuration into a folder."""
    environment = {k: v for k, v in os.environ.items() if k not in {"SITE_URL", "REPO_URL"}}
    command = [sys.executable, "-m", "alignsurvey", "build", "-f", str(config), "--out", str(out)]
    made = subprocess.run(
        [*command, *options], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the site is served."""
    with served(site) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens pages; a complaint of the browser or a request to another host fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(
        path: str = "",
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Scheme = "light",
        javascript: bool = True,
        touch: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            has_touch=touch,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", heard(page, complaints))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("request", seen(complaints, address))
        page.goto(path if ":" in path else address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(visit: Visit) -> Page:
    """The home page in a wide, light window."""
    return visit()


def heard(page: Page, complaints: list[str]) -> Callable[[ConsoleMessage], None]:
    """Notes every error and warning of the browser's console."""

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{page.url}: {message.text}")

    return note


def seen(complaints: list[str], address: str) -> Callable[[Request], None]:
    """Notes every request that leaves the site."""

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:", "file:")):
            complaints.append(f"requests {request.url}")

    return note
