"""How browser tests open pages, and what they read off them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from lxml import html
from playwright.sync_api import Page, expect

Scheme = Literal["light", "dark"]


class Visit(Protocol):
    """Opens a page of the served site in a browser window of its own."""

    def __call__(
        self,
        path: str = "",
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Scheme = "light",
        javascript: bool = True,
        touch: bool = False,
    ) -> Page:
        """The page at a path below the site's root, or at a whole address."""


def search(page: Page) -> str:
    """The part of the address that holds the view."""
    return str(page.evaluate("location.search"))


def taken(page: Page, what: str) -> str:
    """The text of the file that a button saves."""
    with page.expect_download() as waiting:
        page.locator(f"[data-take={what}]").click()
    return Path(waiting.value.path()).read_bytes().decode()


def expect_ignored(page: Page, words: Sequence[str]) -> None:
    """Waits until a page tells what of its address it ignored, as text, or tells nothing."""
    note = page.locator(".as-ignored")
    for word in words:
        expect(note).to_contain_text(word)
    if not words:
        expect(note).to_be_hidden()
    expect(note.locator("*")).to_have_count(0)
    expect(page.locator("img[src=x]")).to_have_count(0)


def pages_of(site: Path) -> list[str]:
    """The address of every page of a built site, as a reader would write it."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(name.removesuffix("index.html") for name in found)


def page_types(site: Path) -> list[str]:
    """One page of every type: the longest of those whose addresses are alike but for the last steps.

    Every page below the root is a type of its own; records of a kind, concepts, rules and the like
    are one type each.
    """
    longest: dict[str, str] = {}
    for page in _from_the_longest(site):
        first, *others = page.rstrip("/").split("/")
        longest.setdefault("/".join([first, *("*" for _ in others)]), page)
    return sorted(longest.values())


@cache
def varied_pages(site: Path) -> list[str]:
    """Few pages that show all there is: one of every type, and others for what those lack.

    What scripts and styles go by is there: every element by its name and classes, with each of its
    attributes, and within each element that it stands in. Hundreds of records that are made of the
    same are no more to open than the longest of them.
    """
    chosen = page_types(site)
    known = set().union(*(_parts(site, page) for page in chosen))
    for page in _from_the_longest(site):
        if new := _parts(site, page) - known:
            chosen.append(page)
            known |= new
    return sorted(chosen)


def _parts(site: Path, page: str) -> set[tuple[str, str, str]]:
    """What a page is made of: its elements, each with its attributes and in the one around it."""
    parts: set[tuple[str, str, str]] = set()
    for element in html.parse(_file(site, page)).getroot().iter(html.etree.Element):
        name = _named(element)
        around = element.getparent()
        parts.add((name, "in", "" if around is None else _named(around)))
        parts |= {(name, "with", attribute) for attribute in element.attrib}
    return parts


def _named(element: html.HtmlElement) -> str:
    """An element by its name and classes, as a selector."""
    return ".".join([str(element.tag), *sorted(element.classes)])


def _from_the_longest(site: Path) -> list[str]:
    return sorted(pages_of(site), key=lambda page: (-_file(site, page).stat().st_size, page))


def _file(site: Path, page: str) -> Path:
    return site / (page if page.endswith(".html") else f"{page}index.html")
