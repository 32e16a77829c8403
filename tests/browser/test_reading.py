"""What helps a reader on a page: references and terms at hand, and the page as a citation."""

from __future__ import annotations

import pytest
from bibtexparser.entrypoint import parse_string
from browser.visiting import Visit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

DPO = "methods/dpo/"
FULL = "Direct Preference Optimization: Your Language Model is Secretly a Reward Model"


def hint(page: Page) -> str:
    """What the hint says that is open."""
    shown = page.get_by_role("tooltip")
    expect(shown).to_be_visible()
    return shown.inner_text()


def test_a_citation_shows_its_reference_under_the_pointer(visit: Visit) -> None:
    page = visit(DPO)
    page.locator("a.footnote-ref[href$='rafailov2023direct']").first.hover()
    shown = page.locator(".md-tooltip2--active")
    expect(shown).to_contain_text(FULL)
    expect(shown).to_contain_text("Rafael Rafailov et al. (2023)")


def test_a_citation_shows_its_reference_under_the_keyboard(visit: Visit) -> None:
    page = visit(DPO)
    page.locator("a.footnote-ref[href$='rafailov2023direct']").first.focus()
    expect(page.locator(".md-tooltip2--active")).to_contain_text(FULL)


def test_a_click_on_a_citation_leads_to_the_reference_and_its_arrow_back(visit: Visit) -> None:
    page = visit(DPO)
    citation = page.locator(".as-claim a.footnote-ref").first
    mark = citation.get_attribute("id")
    citation.click()
    reference = page.locator(".footnote li:target")
    expect(reference).to_be_in_viewport()
    reference.locator(f"a.footnote-backref[href$='#{mark}']").click()
    page.wait_for_url(f"**#{mark}")
    expect(page.locator(f"[id='{mark}']")).to_be_in_viewport()


def copied(page: Page, label: str) -> str:
    """What a button copies, and the page says that it did."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=label).click()
    expect(page.locator(".md-dialog--active")).to_have_text("Copied to clipboard")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_a_page_is_copied_as_bibtex(visit: Visit) -> None:
    library = parse_string(copied(visit(DPO), "Copy BibTeX"))
    assert library.failed_blocks == []
    [entry] = library.entries
    assert entry["title"] == "{Direct Preference Optimization}"
    assert entry["url"] == "urn:alignsurvey:methods:dpo"


def test_a_page_is_copied_as_ris(visit: Visit) -> None:
    lines = copied(visit(DPO), "Copy RIS").splitlines()
    assert lines[:2] == ["TY  - ELEC", "TI  - Direct Preference Optimization"]
    assert lines[-1] == "ER  - "


def test_a_page_is_copied_as_text_after_instant_navigation(visit: Visit) -> None:
    page = visit("methods/")
    page.get_by_role("link", name="Direct Preference Optimization").first.click()
    page.wait_for_url(f"**/{DPO}")
    text = copied(page, "Copy text")
    assert "Direct Preference Optimization. In alignsurvey, version of 20" in text
    assert text == page.locator(".as-citing").inner_text()


def test_a_source_is_copied_as_it_stands_in_the_bibliography(visit: Visit) -> None:
    page = visit("references/rafailov2023direct/")
    [entry] = parse_string(copied(page, "Copy BibTeX")).entries
    assert entry.key == "rafailov2023direct"
    assert "AU  - Rafailov, Rafael" in copied(page, "Copy RIS").splitlines()


def test_all_references_of_a_page_are_copied_at_once(visit: Visit) -> None:
    page = visit(DPO)
    page.get_by_text("BibTeX of these references").click()
    keys = {entry.key for entry in parse_string(copied(page, "Copy all")).entries}
    listed = page.locator(".footnote > ol > li").evaluate_all("(all) => all.map(({ id }) => id)")
    assert {f"fn:{key}" for key in keys} == set(listed)


def test_a_term_shows_its_definition_to_pointer_and_keyboard(visit: Visit) -> None:
    page = visit(DPO)
    term = page.locator("a.as-term").first
    definition = term.get_attribute("title")
    term.hover()
    assert hint(page) == definition
    assert term.get_attribute("title") is None  # else the browser would show it a second time
    page.get_by_role("tooltip").hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()
    expect(term).to_have_attribute("title", definition or "")
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")  # what is focused from now on is focused by keyboard
    term.focus()
    assert hint(page) == definition
    expect(term).to_have_accessible_description(definition or "")
    page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_a_touch_shows_what_a_term_means_and_the_next_one_goes_there(visit: Visit) -> None:
    page = visit(DPO, touch=True, width=320, height=640)
    term = page.locator("a.as-term").first
    definition, address = term.get_attribute("title"), term.evaluate("(link) => link.href")
    term.tap()
    assert hint(page) == definition
    box = page.get_by_role("tooltip").bounding_box()
    assert box
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 320
    term.tap()
    page.wait_for_url(address)


def test_a_touch_elsewhere_closes_a_hint_and_marks_of_evidence_explain_themselves(
    visit: Visit,
) -> None:
    page = visit(DPO, touch=True, width=320, height=640)
    page.locator(".as-evidence--experiment").first.tap()
    assert hint(page) == "The source reports an experiment"
    page.locator("h1").tap()
    expect(page.get_by_role("tooltip")).to_be_hidden()
