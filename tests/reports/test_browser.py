"""The page in a real browser: narrow and wide, light and dark, both languages, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from permadani.reports.compare import compare_html
from permadani.reports.html import audit_html, index_html
from permadani.reports.outbound import outbound_html
from permadani.reports.subject import subject_list_html

from . import samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium"),
]
WIDTHS = (360, 768, 1100)

OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const found = [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.aside, thead')
    && e.getBoundingClientRect().right > wide + 1 && e.getBoundingClientRect().width > 0);
  const names = found.slice(0, 5).map(e => e.outerHTML.slice(0, 120));
  return {wide: document.documentElement.scrollWidth - wide, found: names};
}"""

# Contrast of every visible text with what lies behind it (WCAG 2.2), letter size, and names of what can be operated.
CHECKS = """() => {
  const pen = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = c => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = c; pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].map((v, i) => i < 3 ? v : v / 255); };
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255;
    return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor);
    if (c[3] > .99) return c; } return [255, 255, 255, 1]; };
  const low = [], small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.checkVisibility() || e.closest('.aside, thead, style')) continue;
    const style = getComputedStyle(e), svg = e.closest('svg');
    const ink = light(rgba(svg ? style.fill : style.color)), paper = light(behind(svg ? svg.parentElement : e));
    const ratio = (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const scale = svg && svg.viewBox.baseVal?.width ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    if (ratio < (large ? 3 : 4.5)) low.push([walker.currentNode.data.trim().slice(0, 40), ratio.toFixed(2)]);
    if (size * scale < 12) small.push([walker.currentNode.data.trim().slice(0, 40), size * scale]);
  }
  const unnamed = [...document.querySelectorAll('a, button, input, summary')].filter(e => e.checkVisibility()
    && !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.[0]?.textContent.trim()))
    .map(e => e.outerHTML);
  const images = [...document.querySelectorAll('svg[role=img]')].filter(e => e.checkVisibility()
    && !e.getAttribute('aria-label')).length;
  const tiny = [...document.querySelectorAll('a, summary, .switch label')].filter(e => e.checkVisibility()
    && e.getBoundingClientRect().height < 18).length;
  const outside = [...document.querySelectorAll('body p, body h1, body h2, body svg')].filter(e => e.checkVisibility()
    && !e.closest('header, main, footer')).length;
  return {low, small, unnamed, images, tiny, outside};
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


def opened(browser: Browser, folder: Path, html: str, **options: Any) -> tuple[Page, list[str]]:
    """A page, and all it complained about or asked for."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    page = browser.new_context(**options).new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith(("file:", "data:")) else heard.append(request.url)
    )
    page.goto(file.as_uri())
    return page, heard


@cache
def pages() -> dict[str, str]:
    made = {name: audit_html(make(), extra={"truth": "One of three."}) for name, make in samples.ALL.items()}
    made["index"] = index_html([(f"{name}.html", make(), "One.") for name, make in samples.ALL.items()])
    made |= {name: subject_list_html(make()) for name, make in samples.LISTS.items()}
    made |= {f"outbound {name}": outbound_html(samples.OUTBOUND[name]()) for name in OUTBOUND}
    made |= {f"compare {len(names)}": compare_html([samples.ALL[name]() for name in names]) for names in BESIDE}
    return made


SAME_PARTS = {"withheld", "disagreeing", "signs_unexplained", "even_handed", "not_usual", "passes_on_seniors"}
PAGES = [name for name in samples.ALL if name not in SAME_PARTS]
OUTBOUND = ("with_names", "few", "hostile")
OUTBOUND_PAGES = [f"outbound {name}" for name in OUTBOUND]
BESIDE = (("everything", "not_measurable"), ("signs_unexplained", "group", "hostile"), tuple(samples.ALL)[:8])


@pytest.fixture(
    scope="module",
    params=[*PAGES, "index", *samples.LISTS, *OUTBOUND_PAGES, *(f"compare {len(names)}" for names in BESIDE)],
)
def html(request: pytest.FixtureRequest) -> str:
    return pages()[request.param]


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_fits_is_legible_and_silent(browser: Browser, tmp_path: Path, html: str, scheme: str) -> None:
    page, heard = opened(browser, tmp_path, html, color_scheme=scheme, viewport={"width": 360, "height": 800})
    for language in ("en", "id"):
        page.locator(f"#show-{language}").check(force=True)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            where = f"{language} {width}"
            assert page.evaluate(OVERFLOW) == {"wide": 0, "found": []}, where
            checks = page.evaluate(CHECKS)
            assert checks == {"low": [], "small": [], "unnamed": [], "images": 0, "tiny": 0, "outside": 0}, where
    assert heard == []
    page.context.close()


def test_language_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    page, _heard = opened(browser, tmp_path, audit_html(samples.rich()))
    assert page.locator(".body[lang=en]").is_visible()
    assert not page.locator(".body[lang=id]").is_visible()
    page.keyboard.press("Tab")
    focused = page.evaluate("getComputedStyle(document.activeElement.nextElementSibling).outlineStyle")
    assert focused == "solid"
    page.keyboard.press("ArrowRight")
    assert page.locator(".body[lang=id]").is_visible()
    assert not page.locator(".body[lang=en]").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".body[lang=id] details").first.get_attribute("open") is not None
    page.context.close()


def test_paper_shows_the_chosen_language_only(browser: Browser, tmp_path: Path) -> None:
    page, _heard = opened(browser, tmp_path, audit_html(samples.rich(), language="id"), color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".body[lang=id]").is_visible()
    assert not page.locator(".body[lang=en]").is_visible()
    assert not page.locator(".switch").is_visible()
    assert page.evaluate(CHECKS)["low"] == []
    page.context.close()


def test_paper_shows_the_tables(browser: Browser, tmp_path: Path) -> None:
    page, _heard = opened(browser, tmp_path, audit_html(samples.rich()))
    tables = page.locator(".body[lang=en] details table").all()
    assert len(tables) > 3
    seen = "e => e.checkVisibility() && e.getBoundingClientRect().height > 20"
    assert not any(table.evaluate(seen) for table in tables)
    page.emulate_media(media="print")
    assert all(table.evaluate(seen) for table in tables)
    page.context.close()


def test_narrow_screens_show_the_load(browser: Browser, tmp_path: Path) -> None:
    page, _heard = opened(browser, tmp_path, audit_html(samples.rich()), viewport={"width": 360, "height": 800})
    assert page.get_by_text("its answers: 140 · followers: 1,900").first.is_visible()
    page.context.close()


@pytest.mark.parametrize("name", ["rich", "passes_over", "signs", "signs_unexplained", "even_handed", "favours"])
def test_dots_keep_their_place_and_the_page_its_promise(browser: Browser, tmp_path: Path, name: str) -> None:
    """Ten seconds: name, sentence and both pictures stand on the first screen of a laptop."""
    html = audit_html(samples.ALL[name]())
    page, _heard = opened(browser, tmp_path, html, viewport={"width": 1280, "height": 800})
    for part in ("h1", ".headline", ".lead", "svg.hundred"):
        for box in [one.bounding_box() for one in page.locator(f".body[lang=en] {part}").all()[:2]]:
            assert box is not None
            assert box["y"] + box["height"] < 800, part
    page.context.close()
