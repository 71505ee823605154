"""The HTML report: what it forbids itself, and what a person can do with it in a real browser."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from cleaner.errors import UsageError
from cleaner.model import Report, Severity
from cleaner.reporters.base import Look
from cleaner.reporters.html import html
from tests.reporters.samples import hostile, many, sample

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def test_it_forbids_all_but_its_own_style_and_script() -> None:
    page = html(hostile(), Look())
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(part.split(" ", 1) for part in policy.replace("&#39;", "'").split("; "))
    assert rules["default-src"] == "'none'"
    for name, kind in (("style-src", "style"), ("script-src", "script")):
        (body,) = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"


def test_it_needs_nothing_else() -> None:
    tree = etree.fromstring(html(hostile(), Look()), etree.HTMLParser())
    assert not tree.xpath(
        "//@src | //link | //iframe | //object | //img | //base | //@style | //*/@*[starts-with(name(), 'on')]"
    )
    hrefs = set(tree.xpath("//@href"))
    assert not [href for href in hrefs if not href.startswith(("#", "http://", "https://"))]


def test_a_link_of_a_feed_is_a_link_only_when_it_is_a_web_address() -> None:
    tree = etree.fromstring(html(sample(), Look()), etree.HTMLParser())
    (link,) = tree.xpath("//a[starts-with(@href, 'http')]")
    assert link.get("href") == "https://example.org/3"
    assert "noopener" in link.get("rel")


def test_before_and_after_stand_in_the_sentence() -> None:
    tree = etree.fromstring(html(sample(), Look()), etree.HTMLParser())
    card = tree.xpath("//article[@data-rule='leftover/bracketed-word']")[0]
    texts = ["".join(quote.itertext()) for quote in card.iter("blockquote")]
    assert texts == [
        "The ministers said on Friday that they both [будут] be in Cambodia.",
        "The ministers said on Friday that they both [will] be in Cambodia.",
        "The ministers said on Friday that they both be in Cambodia.",
    ]
    assert card.xpath(".//del/text()") == ["будут"]
    assert card.xpath(".//ins/text()") == ["will"]
    assert {quote.get("dir") for quote in tree.iter("blockquote")} == {"auto"}


def test_an_empty_report() -> None:
    assert "All clear" in html(Report(()), Look())


def test_too_many_findings_are_counted() -> None:
    page = html(many({Severity.ERROR: 10, Severity.INFO: 5_100}), Look())
    assert page.count("<article ") == 5_000
    assert page.count('data-severity="error"') == 10
    assert "110 more are not" in page


def test_without_jinja_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(UsageError, match=r"translation-cleaner\[report\]"):
        html(sample(), Look())


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Opened:
    """A report in a browser, with all that it should not do: dialogs, requests, errors."""

    def __init__(self, browser: Any, path: Path, report: Report, **options: Any) -> None:
        path.write_text(html(report, Look(fixing=True)), "utf-8")
        self.page = browser.new_context(**options).new_page()
        self.misdeeds: list[str] = []
        self.page.on("dialog", lambda dialog: (self.misdeeds.append(dialog.message), dialog.dismiss()))
        self.page.on("console", lambda message: self.misdeeds.append(message.text))
        self.page.on("pageerror", lambda error: self.misdeeds.append(str(error)))
        self.page.on("request", lambda request: self._request(request.url, path))
        self.page.goto(path.as_uri())

    def _request(self, url: str, path: Path) -> None:
        if url.partition("#")[0] != path.as_uri():
            self.misdeeds.append(url)

    def shown(self) -> list[str]:
        """The rules of the cards that can be seen, in their order."""
        return self.page.eval_on_selector_all(
            "article", "all => all.filter(card => card.offsetParent).map(card => card.dataset.rule)"
        )

    def count(self) -> str:
        return self.page.locator("#count").inner_text()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Opened:
    return Opened(browser, tmp_path / "report.html", sample())


ALL = [
    "leftover/bracketed-word",
    "spacing/doubled",
    "quotes/unpaired",
    "repetition/sentence",
    "quotes/unpaired",
    "format/broken",
    "feed/leading-metadata",
]


@pytest.mark.slow
def test_filters(opened: Opened) -> None:
    page = opened.page
    assert opened.shown() == ALL
    assert opened.count() == "Showing 7 of 7"
    page.locator("input[value=error]").uncheck()
    assert opened.shown() == ["spacing/doubled", "repetition/sentence", "feed/leading-metadata"]
    page.locator("input[value=none]").uncheck()
    assert opened.shown() == ["spacing/doubled", "feed/leading-metadata"]
    page.get_by_role("button", name="Reset").click()
    assert opened.shown() == ALL
    page.get_by_label("Rule", exact=True).select_option("quotes/unpaired")
    assert opened.shown() == ["quotes/unpaired"] * 2
    page.get_by_label("File", exact=True).select_option(label="feeds/ar.json")
    assert opened.count() == "Showing 1 of 7"
    assert page.locator("section:visible h2").all_inner_texts() == ["feeds/ar.json 1"]
    page.get_by_role("button", name="Reset").click()
    page.get_by_label("Text", exact=True).fill("RAINED")
    assert opened.shown() == ["repetition/sentence"]
    assert opened.misdeeds == []


@pytest.mark.slow
def test_grouping(opened: Opened) -> None:
    opened.page.get_by_label("Group by").select_option("rule")
    assert opened.shown() == sorted(ALL)
    heads = opened.page.locator("section:visible h2").all_inner_texts()
    assert heads == [f"{rule} {ALL.count(rule)}" for rule in sorted(set(ALL))]
    opened.page.locator("input[value=safe]").uncheck()
    opened.page.get_by_label("Group by").select_option("file")
    assert opened.shown() == [
        rule for rule in ALL if rule not in ("spacing/doubled", "feed/leading-metadata")
    ]


@pytest.mark.slow
def test_keyboard(opened: Opened) -> None:
    keyboard = opened.page.keyboard
    keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    for key, rule in (("j", ALL[0]), ("j", ALL[1]), ("k", ALL[0])):
        keyboard.press(key)
        assert opened.page.evaluate("document.activeElement.dataset.rule") == rule
    keyboard.press("/")
    keyboard.type("kj rained")
    assert opened.page.get_by_label("Text", exact=True).input_value() == "kj rained"
    assert opened.shown() == []
    for _ in range(3):
        keyboard.press("Backspace")
    keyboard.press("Enter")
    assert opened.page.url.endswith("report.html")


@pytest.mark.slow
def test_without_scripts_everything_is_shown(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "report.html", sample(), java_script_enabled=False)
    assert opened.page.locator("article:visible").count() == len(ALL)
    assert not opened.page.locator("#filters").is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(browser: Any, tmp_path: Path, scheme: str) -> None:
    """Contrast of every text with its background is at least 4.5 (WCAG 2.2, 1.4.3)."""
    opened = Opened(browser, tmp_path / "report.html", sample(), color_scheme=scheme)
    opened.page.evaluate("document.getElementById('rules').open = true")
    assert opened.page.evaluate(CONTRAST) == []


@pytest.mark.slow
def test_print_shows_findings_without_filters(opened: Opened) -> None:
    opened.page.emulate_media(media="print")
    assert not opened.page.locator("#filters").is_visible()
    assert opened.page.locator("article:visible").count() == len(ALL)
    assert opened.page.pdf()[:5] == b"%PDF-"


@pytest.mark.slow
def test_no_payload_ever_runs(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "report.html", hostile())
    page = opened.page
    page.get_by_label("Group by").select_option("rule")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for element in page.locator("article").all()[:60]:
        element.focus()
        element.hover()
    page.wait_for_timeout(300)
    assert opened.misdeeds == []
    assert page.evaluate("document.scripts.length") == 1
    assert page.url == (tmp_path / "report.html").as_uri()
    kinds = set(page.evaluate("[...new Set([...document.body.querySelectorAll('*')].map(e => e.localName))]"))
    assert not kinds & {"img", "svg", "iframe", "math", "link", "base", "object", "meta", "style"}


# In JavaScript: the texts whose colour is too near to the first background behind them.
CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (!own || !node.offsetParent || node.matches("option, script, style")) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push(`${node.localName}.${node.className} ${ratio.toFixed(2)}`);
  }
  return bad;
}"""
