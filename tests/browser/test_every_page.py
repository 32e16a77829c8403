"""The pages of the real site open quietly, ask no other host, and run no script but their own."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from benchmarking.serving import served
from browser.visiting import Visit, page_types, pages_of, varied_pages
from playwright.sync_api import Browser, expect

from alignsurvey.policy import policy

pytestmark = pytest.mark.browser

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
PLACED = re.compile(r"<head>\s*<meta charset=\S+>\s*<meta http-equiv=.Content-Security-Policy")
INJECTED = "<script>document.documentElement.dataset.injected = 1</script>"


def test_whatever_is_on_a_page_opens_without_a_complaint(visit: Visit, site: Path) -> None:
    page = visit()
    root = page.url
    silent = []
    for path in varied_pages(site):
        answer = page.goto(root + path, wait_until="load")
        # The theme has run when the page no longer says that it runs without scripts.
        if not answer or not answer.ok or page.locator("html.js h1").count() != 1:
            silent.append(path)
    assert silent == []


def test_every_page_has_its_policy_before_everything_that_it_governs(site: Path) -> None:
    policies = set()
    for path in pages_of(site):
        html = (site / (path if path.endswith(".html") else f"{path}index.html")).read_text("utf-8")
        assert len(POLICY.findall(html)) == 1, path
        assert PLACED.search(html), path
        policies.add(unescape(POLICY.findall(html)[0]))
    for found in policies:
        rules = dict(rule.split(" ", 1) for rule in found.split("; "))
        assert rules["default-src"] == "'none'"
        assert rules["style-src"] == rules["connect-src"] == rules["worker-src"] == "'self'"
        assert re.fullmatch(r"'self'(?: 'sha256-[\w+/]+=')*", rules["script-src"])


def test_a_script_that_slipped_into_a_page_is_not_run(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    for asset in ("assets", "search"):
        (folder / asset).symlink_to(site / asset)
    html = (site / "index.html").read_text("utf-8")
    assert policy(html, INJECTED) == policy(html)
    marked = '<img src="x" onerror="document.documentElement.dataset.injected = 2">'
    (folder / "index.html").write_text(
        html.replace("</article>", f"{INJECTED}{marked}</article>", 1), "utf-8"
    )
    complaints: list[str] = []
    with served(folder) as address:
        context = browser.new_context()
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(address)
        expect(page.locator("article img[onerror]")).to_be_attached()
        injected = page.locator("html").get_attribute("data-injected")
        context.close()
    assert injected is None
    assert sum("Content Security Policy" in text for text in complaints) == 2


def test_a_page_of_every_type_has_one_main_heading_and_a_name_of_its_own(site: Path) -> None:
    titles = {}
    for path in page_types(site):
        html = (site / (path if path.endswith(".html") else f"{path}index.html")).read_text("utf-8")
        assert len(re.findall(r"<h1[\s>]", html)) == 1, path
        [titles[path]] = re.findall(r"<title>([^<]+)</title>", html.partition("</head>")[0])
    assert len(set(titles.values())) >= len(titles) - 1  # the page for errors has that of the site
