"""Every type of page for everybody: checked by axe, on narrow screens, and by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.visiting import Visit, page_types, varied_pages
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

AXE = next((Path(__file__).parent / "vendor").glob("axe-core-*/axe.min.js"))
JUDGE = """async (rules) => {
  const options = { preload: false, resultTypes: ["violations"], ...rules };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
}"""
ALL: dict[str, Any] = {}
ON_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""Which rules axe goes by; those on colour are all that a page can break in one scheme only."""
WIDTH = "document.documentElement.scrollWidth"
NEXT_FRAME = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def test_the_types_of_pages_are_all_there(site: Path) -> None:
    shapes = {page.split("/")[0] for page in page_types(site)}
    assert {
        "",
        "404.html",
        "about",
        "methods",
        "references",
        "taxonomy",
        "rules",
        "schema",
    } <= shapes
    assert {"compare", "choose", "lineage", "timeline", "gaps", "glossary", "terms"} <= shapes
    assert len(page_types(site)) > 40


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_overflows(visit: Visit, site: Path, width: int) -> None:
    page = visit(width=width)
    root = page.url
    found: dict[str, Any] = {}
    for path in varied_pages(site):
        page.emulate_media(color_scheme="light")
        page.goto(root + path)
        page.evaluate(AXE.read_text("utf-8"))
        if wrong := page.evaluate(JUDGE, ALL):
            found[path] = wrong
        if page.evaluate(WIDTH) > width:
            found[f"{path} overflows"] = page.evaluate(WIDTH)
        page.emulate_media(color_scheme="dark")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        if wrong := page.evaluate(JUDGE, ON_COLOUR):
            found[f"{path} in the dark"] = wrong
    assert found == {}


STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // A switch stands for its label, which is what is seen.
  const seen = element.matches(".md-option") ? element.nextElementSibling : element;
  const { outlineStyle, outlineWidth, visibility } = getComputedStyle(seen);
  const box = seen.getBoundingClientRect();
  const inside = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth && visibility === "visible";
  const marked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
  const name = `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`;
  return { name, inside, marked: marked || seen.matches(".md-search__input") };
}"""
"""Where the focus is: whether it is in sight, and whether it is marked."""


@pytest.mark.parametrize(
    ("path", "width"),
    [("methods/rlvr/", 1280), ("methods/rlvr/", 320), ("methods/", 1280), ("", 320)],
    ids=["record", "record on a narrow screen", "table", "home on a narrow screen"],
)
def test_every_stop_of_the_tab_key_is_in_sight_and_marked(
    visit: Visit, path: str, width: int
) -> None:
    page = visit(path, width=width)
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(STOP)) is None:
            break
        stops.append(stop)
    assert len({stop["name"] for stop in stops}) > 20
    assert [stop for stop in stops if not stop["inside"]] == []
    assert [stop for stop in stops if not stop["marked"]] == []


def test_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    page = visit("methods/dpo/")
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    expect(page.locator(".md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(".md-content :target")).to_be_in_viewport()
    page.evaluate(NEXT_FRAME)  # where the next Tab starts from is told in the frame that scrolls
    page.keyboard.press("Tab")
    expect(page.locator(".md-content :focus")).to_be_in_viewport()


def test_the_palette_changes_by_keyboard(visit: Visit) -> None:
    page = visit("about/")
    while not page.evaluate("document.activeElement.matches('.md-option')"):
        page.keyboard.press("Tab")
    for scheme in ("default", "slate", "default"):
        page.keyboard.press("Enter")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)


def opened_drawer(page: Page) -> None:
    """Opens the drawer of a narrow screen by keyboard."""
    button = page.get_by_role("button", name="Sections")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".md-sidebar--primary")).to_be_visible()


def test_the_drawer_opens_and_closes_by_keyboard(visit: Visit) -> None:
    page = visit("methods/dpo/", width=320)
    opened_drawer(page)
    assert page.evaluate(
        "document.querySelector('.md-sidebar--primary').contains(document.activeElement)"
    )
    page.keyboard.press("Escape")
    button = page.get_by_role("button", name="Sections")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_the_open_drawer_and_the_open_search_have_no_flaw(visit: Visit) -> None:
    page = visit("methods/dpo/", width=320)
    page.evaluate(AXE.read_text("utf-8"))
    opened_drawer(page)
    assert page.evaluate(JUDGE, ALL) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Search").click()
    page.locator(".md-search__input").press_sequentially("DPO")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert page.evaluate(JUDGE, ALL) == []


def test_tabs_and_folds_open_by_keyboard(visit: Visit) -> None:
    page = visit("methods/dpo/")
    fold = page.locator("details.as-bibtex").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("open", "")
    page.locator(".md-tabs__link", has_text="Glossary").or_(
        page.locator(".md-tabs__link", has_text="Labs")
    ).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/labs/")


# What is told by colour, and the sign or the word that tells it without.
@pytest.mark.parametrize(
    ("path", "selector"),
    [
        ("methods/dpo/", ".as-evidence"),
        ("methods/dpo/", ".as-empty"),
        ("findings/", ".as-contested"),
        ("tradeoffs/", ".as-move"),
        ("gaps/", ".as-heat"),
        ("labs/", "#lab-matrix .as-evidence"),
    ],
)
def test_what_colour_tells_is_also_written(visit: Visit, path: str, selector: str) -> None:
    marks = visit(path).locator(selector)
    assert marks.count() > 0
    assert "" not in [text.strip() for text in marks.all_text_contents()]
