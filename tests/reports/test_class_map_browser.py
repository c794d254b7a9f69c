"""The class map in a real browser: narrow and wide, light and dark, both languages, by keyboard, without colour."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from permadani.reports.class_map import class_map_html

from . import samples
from .test_browser import CHECKS, OVERFLOW, WIDTHS, browser, opened, pytestmark

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser", "pytestmark"]
CLEAN = {"low": [], "small": [], "unnamed": [], "images": 0, "tiny": 0, "outside": 0}
PAGES = [pytest.param(name, marks=[pytest.mark.slow] if name == "months" else []) for name in samples.CLASS_MAPS]


@cache
def html(name: str) -> str:
    return class_map_html(samples.CLASS_MAPS[name]())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_fits_is_legible_and_silent(browser: Browser, tmp_path: Path, name: str, scheme: str) -> None:
    page, heard = opened(browser, tmp_path, html(name), color_scheme=scheme, viewport={"width": 360, "height": 800})
    for language in ("en", "id"):
        page.locator(f"#show-{language}").check(force=True)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            where = f"{language} {width}"
            assert page.evaluate(OVERFLOW) == {"wide": 0, "found": []}, where
            assert page.evaluate(CHECKS) == CLEAN, where
    assert heard == []
    page.context.close()


def test_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    page, _heard = opened(browser, tmp_path, html("full"))
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator(".body[lang=id]").is_visible()
    assert not page.locator(".body[lang=en]").is_visible()
    folded = page.locator(".body[lang=id] details")
    for place in range(folded.count()):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert folded.nth(place).get_attribute("open") is not None, place
        assert folded.nth(place).locator("table").is_visible(), place
    page.context.close()


@pytest.mark.parametrize("width", [360, 1100])
def test_the_heat_map_is_told_without_colour(browser: Browser, tmp_path: Path, width: int) -> None:
    """Coloured fields have a mark and bold figures, uncoloured ones neither; every field shows figure and range."""
    page, _heard = opened(browser, tmp_path, html("full"), viewport={"width": width, "height": 800})
    fields = page.locator(".body[lang=en] .heat >> nth=0").locator("td").all()
    assert len(fields) == 16
    kinds = set()
    for field in fields:
        kind = (field.get_attribute("class") or "").split("-")[0]
        kinds.add(kind)
        assert field.locator(".heat-mark").count() == (kind in {"more", "less"}), field.inner_text()
        assert field.locator(".bounds").is_visible()
        assert field.locator(".label").is_visible() == (width == 360)
    assert kinds == {"more", "less", "either", "few"}
    page.context.close()


def test_stronger_is_darker(browser: Browser, tmp_path: Path) -> None:
    """In print and for those who see no hue the shade alone still tells how far from 1."""
    page, _heard = opened(browser, tmp_path, html("full"))
    light = """e => { const pen = document.createElement('canvas').getContext('2d');
      pen.fillStyle = getComputedStyle(e).backgroundColor; pen.fillRect(0, 0, 1, 1);
      const [r, g, b] = pen.getImageData(0, 0, 1, 1).data; return .2126 * r + .7152 * g + .0722 * b; }"""
    table = page.locator(".body[lang=en] .heat").first
    strong, weak, none = (table.locator(f"td.{kind}").first.evaluate(light) for kind in ("less-3", "less-1", "either"))
    assert strong < weak < none
    page.context.close()


def test_headline_and_dots_on_the_first_screen(browser: Browser, tmp_path: Path) -> None:
    page, _heard = opened(browser, tmp_path, html("full"), viewport={"width": 1280, "height": 800})
    for part in ("h1", ".headline", ".lead", "svg.hundred"):
        box = page.locator(f".body[lang=en] {part}").first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 800, part
    page.context.close()


def test_paper_shows_the_tables(browser: Browser, tmp_path: Path) -> None:
    page, _heard = opened(browser, tmp_path, html("partial"), color_scheme="dark")
    tables = page.locator(".body[lang=en] details table").all()
    assert len(tables) > 5
    page.emulate_media(media="print")
    seen = "e => e.checkVisibility() && e.getBoundingClientRect().height > 20"
    assert all(table.evaluate(seen) for table in tables)
    assert page.evaluate(CHECKS)["low"] == []
    page.context.close()
