"""The class map on a terminal: it fits, needs no colour, and stays what it is on plain terminals."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from permadani.findings.results import ClassMap
from permadani.language import LANGUAGES, english, translator
from permadani.reports.terminal.class_map import print_class_map

from .samples.class_maps import CLASS_MAPS, full, months
from .test_class_map_words import without_ranges

BLOCKS = "▁▂▃▄▅▆▇█"


def printed(found: ClassMap, width: int = 80, language: str = "en", *, colour: bool = False) -> str:
    file = io.StringIO()
    translate = english if language == "en" else translator(language)
    console = Console(file=file, width=width, color_system="truecolor" if colour else None, force_terminal=colour)
    print_class_map(found, console, translate)
    return file.getvalue()


def flowing(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [24, 50, 80, 140])
@pytest.mark.parametrize("name", CLASS_MAPS)
def test_fits(name: str, width: int, language: str) -> None:
    text = printed(CLASS_MAPS[name](), width, language)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert not re.search("[\x1b\x07\u202a-\u202e\u2066-\u2069]", text)
    text.encode("utf-8")


@pytest.mark.parametrize("name", CLASS_MAPS)
def test_without_colour_nothing_is_missing(name: str) -> None:
    coloured = re.sub(r"\x1b\[[\d;]*m", "", printed(CLASS_MAPS[name](), colour=True))
    assert coloured == printed(CLASS_MAPS[name]())


def test_the_parts_in_their_order() -> None:
    text = printed(full())
    titles = (
        "The seniors form a closed club.", "Who is heard", "Each channel by itself", "By how many follow them",
        "By class", "First posts and later ones", "Who answers whom", "Who speaks to whom first", "Who passes on whom",
        "Whether the seniors form a closed club", "How many ties are returned", "How unequally answers are spread",
        "How unequally reshares are spread", "Do newcomers write again?", "Over time", "What was collected",
        "What could not be known",
    )  # fmt: skip
    places = [re.search(f"^{re.escape(title)}", text, re.MULTILINE) for title in titles]
    starts = [place.start() for place in places if place is not None]
    assert len(starts) == len(titles)
    assert starts == sorted(starts)


def test_pictures_come_before_tables_before_prose() -> None:
    text = printed(full(), 140)
    heard = text[text.index("By class") : text.index("First posts and later ones")]
    assert heard.index("●") < heard.index(" posts ") < heard.index("Of 100 posts of seniors")
    answers = text[text.index("Who answers whom") : text.index("Who speaks to whom first")]
    assert answers.index("▲") < answers.index("expected") < answers.index("Seniors answered juniors")
    over = text[text.index("Over time") : text.index("What was collected")]
    assert over.index("▆") < over.index(" period ") < over.index("fewer were answered in time as time went on")


def test_a_hundred_icons_of_each_class() -> None:
    text = printed(full(), 140)
    line = next(line for line in text.splitlines() if line.startswith("seniors  ") and "●" in line)
    marks = [line.count(mark) for mark in "●◍○·"]
    assert marks == [65, 1, 1, 33]
    assert line.rstrip().endswith("66 [65–67]")


def test_the_heat_map_marks_what_differs() -> None:
    text = printed(full(), 140)
    answers = text[text.index("Who answers whom") : text.index("Times as often as")]
    rows = {line.split()[0]: re.split(r"\s{2,}", line.strip())[1:] for line in answers.splitlines() if "[" in line}
    assert rows["seniors"] == ["▼0.46 [0.38–0.55]", "▼0.83 [0.71–0.97]", "▲2.2 [2.0–2.3]", "0.61 [0.35–1.05]"]
    assert rows["unknown"][3] == "too few"
    assert "▲ more often than blind to class · ▼ less often" in text


def test_small_lines_are_cut_to_the_width_and_lose_nothing() -> None:
    for width in (24, 140):
        text = printed(months(), width)
        over = text[text.index("Over time") :]
        lines = [line for line in over.splitlines() if re.search(f"[{BLOCKS}]{{3}}", line)]
        assert sum(len(re.findall(f"[{BLOCKS}]", line)) for line in lines) >= 7 * 20
        assert "Jan 2021: 46 [41–51] → Aug 2022: 41 [37–46]" in flowing(over)


def test_a_year_without_a_figure_is_a_dot_and_not_a_low_block() -> None:
    text = printed(full(), 140)
    line = next(line for line in text.splitlines() if line.startswith("seniors ") and "█" in line)
    assert re.split(r"\s{2,}", line.strip())[1] == "███·████████"
    assert "█ stands for 70 of 100, · for no figure." in text


def test_columns_without_any_figure_are_named_and_not_drawn() -> None:
    found = months()
    few = tuple(replace(one, seniors_to_seniors=None, reshares_received=None) for one in found.over_time)
    text = printed(replace(found, over_time=few), 140)
    over = text[text.index("The seniors among themselves") : text.index("What was collected")]
    assert "In no period enough for a figure: seniors to seniors, Gini of reshares." in over
    heads = next(line for line in over.splitlines() if line.startswith(" period"))
    assert re.split(r"\s{2,}", heads.strip()) == ["period", "answers", "others to seniors", "first over second"]
    assert "In no period enough for a figure" not in printed(found, 140)


@pytest.mark.parametrize("name", CLASS_MAPS)
def test_nothing_is_drawn_that_n_does_not_carry(name: str) -> None:
    found = without_ranges(CLASS_MAPS[name]())
    text = printed(found, 140)
    everything_but_limits = text[: text.index("What was collected")]
    assert not re.search(f"[●◍○▲▼▒{BLOCKS}]", everything_but_limits)
    assert not re.search(r"\d \[\d", everything_but_limits)


def test_what_cannot_be_known_is_said_with_its_reason() -> None:
    nothing = flowing(printed(CLASS_MAPS["empty"]()))
    assert "Whether posts were answered cannot be seen in this data." in nothing
    assert "Not measurable. Nothing was collected that shows how anybody's posts are received." in nothing
    assert "Over time" not in nothing
    flat = flowing(printed(CLASS_MAPS["flat"]()))
    assert "Who answers whom Comments on these channels do not tell what they reply to" in flat
    assert "Ties by reshares are not seen on these channels." in flat


def test_plain_letters_on_a_plain_terminal() -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii")
    print_class_map(full(), Console(file=file, width=140, color_system=None), english)
    file.flush()
    text = raw.getvalue().decode("ascii")
    assert "v0.46 [0.38-0.55]" in text
    assert "^2.2 [2.0-2.3]" in text
    assert "9 stands for 70 of 100, . for no figure." in text
    assert re.search(r"^seniors +#{65}\+o\.{33} 66 \[65-67\]", text, re.MULTILINE)
    assert re.search(r"^seniors +\d{3}\.\d{8} ", text, re.MULTILINE)


def test_strangers_names_of_channels_are_no_markup() -> None:
    text = flowing(printed(CLASS_MAPS["hostile"](), 140))
    assert "[bold]" in text
    assert "{name}" in text
    assert "mailing_list:<script>" in text
