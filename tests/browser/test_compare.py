"""Records side by side in a browser: chosen, folded, weighed against each other, taken away."""

from __future__ import annotations

import csv
import io
import re

import pytest
from browser.visiting import Visit, expect_ignored, search, taken
from playwright.sync_api import Locator, Page, expect

from alignsurvey.bibliography import parse
from alignsurvey.pages.compare import compare_uri
from alignsurvey.records import KINDS
from alignsurvey.survey import Survey
from alignsurvey.views.compare import MOST, NOT_COMPARED
from alignsurvey.views.likeness import closest

pytestmark = pytest.mark.browser

EVERY_KIND = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in NOT_COMPARED])
DPO_AND_PPO = "compare/?m=dpo,rlhf-ppo"
COLUMNS = "all => all.map((one) => one.dataset.col)"
SAID = """all => all.map((td) => td.querySelector(".as-claim") ? ["claims"]
  : [...td.querySelectorAll(".as-value")].map((one) => [...one.childNodes]
    .filter((part) => !part.matches?.(".as-note, .as-cite")).map((part) => part.textContent.trim())
    .join("")).sort())"""
"""What each cell says, without notes and sources."""
SEVEN = ["dpo", "ipo", "kto", "orpo", "simpo", "rlhf-ppo", "sft"]


def address(survey: Survey, kind: str, count: int) -> tuple[str, list[str]]:
    """The address that compares the first records of a kind, and their names."""
    records = survey.of(kind)[:count]
    uri = compare_uri(survey, survey.model.kinds[kind])
    return f"{uri}?m={','.join(record.id for record in records)}", [one.name for one in records]


def heads(page: Page) -> list[str]:
    """The names above the columns."""
    return page.locator(".as-versus thead th > a").all_inner_texts()


def chosen(page: Page) -> list[str]:
    """The names of what is chosen, in their order."""
    expect(page.locator(".as-picker")).to_be_visible()
    return page.locator(".as-chosen button").all_inner_texts()


def field(page: Page) -> Locator:
    """Where the name of one more record is written."""
    return page.locator(".as-picker input")


def row(page: Page, column: str) -> Locator:
    """A row of the comparison."""
    return page.locator(f".as-versus tr[data-col='{column}']")


def cited(page: Page) -> set[str]:
    """The keys of the sources in sight, folded claims and what is weighed included."""
    links = page.locator(".as-comparison a.footnote-ref").evaluate_all(
        "all => all.filter((a) => !a.closest('[hidden]')).map((a) => a.hash.slice(4))"
    )
    return {str(key) for key in links}


# Every kind


@EVERY_KIND
def test_what_agrees_is_folded_and_can_be_unfolded(visit: Visit, survey: Survey, kind: str) -> None:
    path, names = address(survey, kind, 2)
    page = visit(path)
    assert heads(page) == names
    compared = page.locator(".as-versus tbody tr").evaluate_all(COLUMNS)
    whole = page.locator(".as-sheets thead th[data-col]").evaluate_all(COLUMNS)
    claims = page.locator(".as-sheets thead th[data-group=Claims]").evaluate_all(COLUMNS)
    assert len(compared) == len(set(compared))
    assert set(whole) - set(claims) <= set(compared) <= set(whole)
    same = page.locator(".as-versus__same tr")
    for tr in same.all():
        [one, other] = tr.locator("td").evaluate_all(SAID)
        assert one == other
    for tr in page.locator(".as-versus__differ tr").all():
        [one, other] = tr.locator("td").evaluate_all(SAID)
        assert one != other or one == ["claims"] or "contested" in tr.inner_text()
    button = page.locator(".as-same")
    if not same.count():
        expect(button).to_be_hidden()
        return
    expect(same.first).to_be_hidden()
    expect(button).to_contain_text(f"Show {same.count()} row")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(same.first).to_be_visible()
    page.reload()
    expect(same.first).to_be_visible()
    assert search(page).endswith("&same=shown")


@EVERY_KIND
def test_exports_hold_what_is_shown_and_fit_together(
    visit: Visit, survey: Survey, kind: str
) -> None:
    path, names = address(survey, kind, 3)
    page = visit(f"{path}&same=shown")
    page.get_by_label("with claims").check()
    found, problems = parse("taken.bib", taken(page, "bibtex"))
    assert problems == []
    keys = {reference.id for reference, _ in found.references}
    assert keys == cited(page)
    listed = page.locator(".footnote li:not([hidden])").evaluate_all(
        "all => all.map((li) => li.id.slice(3))"
    )
    assert set(listed) == keys

    head, *lines = csv.reader(io.StringIO(taken(page, "csv"), newline=""))
    labels = page.locator(".as-versus tbody th").count()
    assert head == ["field", *(part for name in names for part in (name, f"{name}: sources"))]
    assert {len(line) for line in lines} == {len(head)}
    assert len(lines) == labels
    in_csv = {
        key for line in lines for cell in line[2::2] for key in re.findall(r"[a-z]+\d{4}\w+", cell)
    }

    tex = taken(page, "latex")
    in_tex = sound_latex(tex, len(names))
    assert tex.count(r"\\" + "\n") == labels + 1
    assert in_csv == in_tex
    assert in_tex <= keys

    markdown = taken(page, "markdown").splitlines()
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in markdown} == {len(names) + 2}
    assert len(markdown) == labels + 2
    assert set(re.findall(r"@([a-z]+\d{4}\w+)", "\n".join(markdown))) == in_tex


def sound_latex(text: str, columns: int) -> set[str]:
    """The keys that a LaTeX table cites, once its shape has been found sound."""
    environments: list[str] = []
    for what, name in re.findall(r"\\(begin|end)\{(\w+)\}", text):
        if what == "begin":
            environments.append(name)
        else:
            assert environments.pop() == name
    assert environments == []
    bare = re.sub(r"\\[\\&%$#_{}]", "", text)
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert [text.count(rule) for rule in (r"\toprule", r"\midrule", r"\bottomrule")] == [1, 1, 1]
    [body] = re.findall(r"\\toprule\n(.*)\\bottomrule", text, re.DOTALL)
    lines = [line for line in body.splitlines() if line.strip() not in {"", r"\midrule"}]
    for line in lines:
        assert line.endswith(r" \\")
        inside = re.sub(r"\\[&%$#_{}]", "", line.removesuffix(r"\\"))
        assert inside.count("&") == columns
        assert not re.search(r"[%$#_^]", inside)
        assert set(re.findall(r"\\([A-Za-z]+)", inside)) <= {
            "cite",
            "newline",
            "textbackslash",
            "textasciitilde",
            "textasciicircum",
        }
    return {
        key
        for keys in re.findall(r"\\cite(?:\[\{.*?\}\])?\{([^}]*)\}", body)
        for key in keys.split(",")
    }


def test_special_characters_are_escaped_in_latex_and_markdown(visit: Visit) -> None:
    page = visit("compare/?m=dpo,rlhf-ppo,sft,simpo,orpo,kto")
    page.get_by_label("with claims").check()
    tex, markdown = taken(page, "latex"), taken(page, "markdown")
    assert r"\%" in tex
    assert re.search(r"\d%", tex) is None
    assert re.search(r"\d%", markdown)
    assert markdown.count("<br>") > 5


# What is shown


def test_every_cell_has_its_sources_with_their_places(visit: Visit) -> None:
    page = visit(DPO_AND_PPO)
    [dpo, ppo] = row(page, "needs.reward_model").locator("td").all()
    expect(dpo).to_contain_text("none")
    expect(dpo).to_contain_text("Rafailov et al. 2023, abstract")
    expect(ppo).to_contain_text("required")
    link = dpo.locator("a.footnote-ref")
    expect(link).to_have_attribute("title", re.compile("Direct Preference Optimization: Your"))
    link.click()
    expect(page.locator(":target")).to_contain_text("Direct Preference Optimization: Your")
    row(page, "strengths").locator("summary").first.click()
    claim = row(page, "strengths").locator(".as-claim").first
    expect(claim.locator(".as-evidence")).to_be_visible()
    expect(claim.locator(".as-cite a").first).to_be_visible()


def test_what_is_gained_and_given_up_is_weighed(visit: Visit) -> None:
    page = visit(DPO_AND_PPO)
    balance = page.locator(".as-balance")
    expect(balance.get_by_role("heading", level=2)).to_have_text("What DPO gains and gives up")
    gains, costs = balance.locator(".as-scale").all()
    expect(gains).to_contain_text("No reward model needed (RLHF: required)")
    expect(costs).to_contain_text("PPO, once tuned, beats DPO")
    expect(costs.locator(".as-contested").first).to_be_visible()
    expect(costs.locator(".as-effect", has_text="Online against offline")).to_contain_text(
        "towards robustness"
    )
    for claim in balance.locator(".as-claim:not(.as-claim--fold)").all():
        expect(claim.locator(".as-cite a").first).to_be_attached()
    costs.get_by_text("limitations of DPO").click()
    expect(costs.locator("details[open] .as-claim").first).to_be_visible()
    page.get_by_role("button", name="Put first: Reinforcement").click()
    expect(balance.get_by_role("heading", level=2)).to_have_text("What RLHF gains and gives up")
    assert search(page) == "?m=rlhf-ppo,dpo"


# Choosing


def test_records_are_added_by_name_alias_and_likeness_and_removed(visit: Visit) -> None:
    page = visit("compare/")
    assert chosen(page) == []
    field(page).fill("dpo")
    page.keyboard.press("Enter")
    assert search(page) == "?m=dpo"
    expect(page.locator(".as-whole")).to_be_visible()
    field(page).fill("no such method")
    page.keyboard.press("Enter")
    expect(page.locator(".as-picker__said")).to_have_text("No single method is called so")
    field(page).fill("Kahneman")
    page.keyboard.press("Enter")
    assert heads(page) == ["Direct Preference Optimization", "Kahneman–Tversky Optimisation"]
    expect(page.locator(".as-whole")).to_be_hidden()
    page.locator(".as-suggest button").first.click()
    assert len(heads(page)) == 3
    page.get_by_role("button", name="Remove: Kahneman").click()
    assert len(heads(page)) == 2
    page.locator(".as-chosen button").first.click()
    expect(page.locator(".as-comparison")).to_be_hidden()
    expect(page.locator(".as-whole")).to_be_visible()


def test_a_comparison_is_made_and_changed_by_keyboard_alone(visit: Visit) -> None:
    page = visit("compare/?m=dpo")
    field(page).focus()
    page.keyboard.type("simpo")
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    first = page.locator(".as-chosen button").first
    expect(first).to_be_focused()
    assert first.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert chosen(page) == ["Direct Preference Optimization"]
    expect(field(page)).to_be_focused()
    page.wait_for_url("**/compare/?m=dpo")
    page.goto(page.url + ",simpo")
    same = page.locator(".as-same")
    same.focus()
    page.keyboard.press("Space")
    expect(same).to_have_attribute("aria-expanded", "true")
    page.locator(".as-versus summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".as-versus details[open]")).to_have_count(1)


def test_two_to_six_stand_side_by_side_and_a_seventh_is_refused(visit: Visit) -> None:
    page = visit(f"compare/?m={','.join(SEVEN[:MOST])}")
    expect(page.locator(".as-versus thead th")).to_have_count(MOST)
    field(page).fill("sft")
    page.keyboard.press("Enter")
    expect(page.locator(".as-picker__said")).to_have_text(f"At most {MOST} stand side by side")
    expect(page.locator(".as-versus thead th")).to_have_count(MOST)
    assert page.evaluate("document.documentElement.scrollWidth") == 1440
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


# The address


@pytest.mark.parametrize(
    ("query", "kept", "ignored"),
    [
        ("m=dpo,none-such,simpo", ["dpo", "simpo"], ["m=none-such"]),
        ("m=dpo", ["dpo"], []),
        ("m=dpo,dpo,simpo&m=dpo", ["dpo", "simpo"], []),
        (f"m={','.join(SEVEN)}", SEVEN[:MOST], [f"m={SEVEN[MOST]} (at most {MOST})"]),
        ("m=dpo,xstest,simpo&colour=red", ["dpo", "simpo"], ["m=xstest", "colour=red"]),
        (
            "m=dpo,%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E,simpo",
            ["dpo", "simpo"],
            ["m=<img src=x onerror=alert(1)>"],
        ),
        ("m=constructor,__proto__,dpo,%E0%A4%A", ["dpo"], ["m=constructor", "m=__proto__"]),
        (f"m=dpo,{'x' * 20000}", ["dpo"], ["m=xxx"]),
        ("kind=nonsense&m=dpo", ["dpo"], ["kind=nonsense"]),
    ],
    ids=["unknown", "one", "twice", "seven", "other kind", "markup", "prototype", "huge", "kind"],
)
def test_an_address_shows_what_can_be_used_and_names_the_rest(
    visit: Visit, query: str, kept: list[str], ignored: list[str]
) -> None:
    page = visit(f"compare/?{query}")
    expect(page.locator(".as-chosen button")).to_have_count(len(kept))
    assert search(page) == f"?m={','.join(kept)}"
    expect_ignored(page, ignored)
    if len(kept) > 1:
        expect(page.locator(".as-versus thead th")).to_have_count(len(kept))
    else:
        expect(page.locator(".as-whole")).to_be_visible()


def test_another_kind_in_the_address_leads_to_its_page(visit: Visit) -> None:
    page = visit("compare/?kind=benchmark&m=xstest,or-bench")
    page.wait_for_url("**/compare/benchmarks/?m=xstest,or-bench")
    expect(page.locator(".as-versus thead th")).to_have_count(2)


def test_a_pair_to_begin_with_can_be_left_by_going_back(visit: Visit) -> None:
    page = visit("compare/")
    pair = page.locator(".as-pairs a").first
    pair.click()
    expect(page.locator(".as-versus thead th")).to_have_count(2)
    assert " against " in page.title()
    page.go_back()
    expect(page.locator(".as-whole")).to_be_visible()
    assert search(page) == ""
    assert " against " not in page.title()
    page.go_forward()
    expect(page.locator(".as-versus thead th")).to_have_count(2)


# Ways in


@EVERY_KIND
def test_a_record_page_leads_to_its_comparison_with_the_closest(
    visit: Visit, survey: Survey, kind: str
) -> None:
    record = survey.of(kind)[0]
    close = [one.record for one in closest(survey, record.ref)]
    page = visit(f"{KINDS[kind].folder}/{record.id}/")
    links = page.locator(".as-pairs a")
    assert links.all_inner_texts()[: len(close)] == [one.name for one in close]
    whole = links.nth(len(close))
    whole.click()
    page.wait_for_url("**/compare/**")
    expect(page.locator(".as-chosen button")).to_have_count(1 + len(close))
    assert chosen(page) == [record.name, *(one.name for one in close)]


def test_every_method_has_its_closest_three_ready(survey: Survey) -> None:
    assert {len(closest(survey, record.ref)) for record in survey.of("method")} == {3}


@EVERY_KIND
def test_without_a_script_the_page_says_so_and_every_fact_is_there(
    visit: Visit, survey: Survey, kind: str
) -> None:
    page = visit(address(survey, kind, 2)[0], javascript=False)
    expect(page.get_by_text("side by side needs JavaScript")).to_be_visible()
    rows = page.locator(".as-sheets tbody tr")
    assert rows.evaluate_all("all => all.map((tr) => tr.dataset.id)") == [
        one.id for one in survey.of(kind)
    ]
    expect(rows.first).to_be_visible()
    expect(page.locator(".as-picker")).to_be_hidden()
    fold = page.locator(".as-sheets summary").first
    fold.click()
    expect(page.locator(".as-sheets details[open] .as-claim").first).to_be_visible()
