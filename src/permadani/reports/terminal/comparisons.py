"""Comparisons: the verdict, pictures, the blind choice, the odds, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from permadani.findings.results import STANDINGS, TENURES, Cell, Comparison
from permadani.language import N_
from permadani.reports.parts.choices import CHECK_HEADS, Choice, Dimension
from permadani.reports.parts.composition import CURVE_HEADS, Others
from permadani.reports.reading import answered, has_amplification, meaning
from permadani.reports.terminal.page import Page
from permadani.reports.texts import DOTS_ALONE, PAIRS

GROUPS: dict[str, Sequence[str]] = {"tenure": TENURES, "standing": STANDINGS}


def answers(page: Page, dimension: Dimension, title: str, *, said_above: bool = False) -> None:
    """Nothing where nobody of known groups wrote, but for standing why. ``said_above``: blind choice and reason."""
    found = page.audit.answers
    comparison = found.by_standing if dimension == "standing" else found.by_tenure
    known = any(cell.approaches for group, cell in comparison.cells.items() if group != "unknown")
    if not known and (dimension == "tenure" or found.overall.verdict == "not_measurable"):
        return
    page.title(title)
    choice = Choice.of(comparison, "answers", dimension, page.words)
    if known:
        _comparison(page, choice, comparison, said_above=said_above)
    else:
        page.out(choice.finding)


def _comparison(page: Page, choice: Choice, comparison: Comparison, *, said_above: bool) -> None:
    words, dimension = page.words, choice.dimension
    page.out(words.verdict(comparison.verdict, dimension), "bold")
    cells = [(group, comparison.cells[group]) for group in GROUPS[dimension] if group in comparison.cells]
    cells = [(group, cell) for group, cell in cells if cell.approaches]
    for group, _cell in cells:
        page.out(f"{words.group(group)}: {words.say(meaning(page.audit, group))}", "dim")
    for group, cell in cells:
        page.hundred(group, cell)
    if any(cell.rate is not None for _group, cell in cells):
        sure, probable, possible, rest = page.glyphs[:4]
        legend = words.say(
            N_(
                "Of 100 messages: {sure} answered at the least, {probable} up to the figure, "
                "{possible} up to the upper bound, {rest} no answer seen"
            ),
            sure=sure, probable=probable, possible=possible, rest=rest,
        )  # fmt: skip
        page.out(legend, "dim")
        page.out(words.say(DOTS_ALONE), "dim")
    _told(page, choice, said_above=said_above)
    rows = [_cell_row(page, words.group(group), cell) for group, cell in cells]
    rows += [
        _cell_row(page, words.say(N_("{group} (of substance)"), group=words.group(group)), substantive)
        for group, substantive in comparison.substantive.items()
        if substantive.eligible
    ]
    heads = (
        N_("who wrote"), N_("messages"), N_("could be judged"), N_("answered in time"),
        N_("answered later"), N_("people"), N_("of 100 answered"),
    )  # fmt: skip
    page.table(heads, rows, range(1, 7))
    _sure(page, choice)


def _cell_row(page: Page, name: str, cell: Cell) -> list[str]:
    counts = (cell.approaches, cell.eligible, answered(cell), cell.answered_late, cell.askers)
    return [name, *map(page.words.count, counts), "–" if cell.rate is None else page.words.figure(cell)]


def _told(page: Page, choice: Choice, *, said_above: bool = False) -> None:
    if choice.chosen.blind_choice is not None:
        page.blind(choice.chosen.blind_choice, *choice.blind_labels)
    if choice.blind and not said_above:
        page.out(choice.blind)
    if choice.odds:
        page.out(choice.odds)
    if not said_above:
        reason = page.words.reason(choice.chosen.reason)
        page.out(page.words.join(*filter(None, (reason, choice.caution))))
    if choice.missing:
        page.out(choice.missing)


def _sure(page: Page, choice: Choice) -> None:
    if not choice.facts and not choice.checks:
        return
    page.out(page.words.say(N_("How sure is that?")), "bold")
    for label, value in choice.facts:
        page.out(f"{label}: {value}", indent=2)
    if choice.checks:
        page.table(CHECK_HEADS, choice.checks, range(1, 2))


def takes_up(page: Page) -> None:
    part = page.audit.takes_up
    pairs: tuple[tuple[Comparison | None, Dimension], ...] = (
        (part.by_tenure, "tenure"), (part.by_standing, "standing"),
    )  # fmt: skip
    shown = [(comparison, dimension) for comparison, dimension in pairs if comparison is not None]
    if not shown:
        return
    page.title(N_("Whose open questions it takes up"))
    for comparison, dimension in shown:
        choice = Choice.of(comparison, "takes_up", dimension, page.words)
        page.out(f"{page.words.say(PAIRS[dimension])}: {page.words.verdict(comparison.verdict, dimension)}", "bold")
        _cells(page, comparison.cells, N_("open questions"), N_("taken up"))
        _told(page, choice)
        _sure(page, choice)


def amplification(page: Page) -> None:
    part, words = page.audit.amplification, page.words
    others = part.others if part.others is not None and part.others.reshares else None
    if not has_amplification(part) and others is None:
        return
    page.title(N_("Whom it passes on"))
    if has_amplification(part):
        choice = Choice.of(part, "amplification", "standing", words)
        page.out(words.verdict(part.verdict, "standing"), "bold")
        _cells(page, part.cells, N_("messages of substance"), N_("passed on"))
        _told(page, choice)
        _sure(page, choice)
    if others is not None:
        _others(page, Others(others, words, words))


def _cells(page: Page, cells: Mapping[str, Cell], of: str, done: str) -> None:
    words = page.words
    rows = [
        [
            words.group(group), words.count(cell.approaches), words.count(cell.askers), words.count(cell.eligible),
            words.count(cell.answered), "–" if cell.rate is None else words.figure(cell),
        ]
        for group in (*TENURES, *STANDINGS)
        if (cell := cells.get(group)) is not None and cell.eligible
    ]  # fmt: skip
    if rows:
        page.table((N_("who wrote"), of, N_("people"), N_("could be judged"), done, N_("of 100")), rows, range(1, 6))


def _others(page: Page, others: Others) -> None:
    words = page.words
    page.out(words.say(N_("Its other reshares")), "bold")
    page.out(others.total)
    for _group, name, number, _bar in others.classes:
        page.bar(name, number, others.found.reshares)
    if others.concentration:
        page.out(others.concentration)
    if len(others.found.lorenz) > 2:
        page.table(CURVE_HEADS, others.curve_rows, range(2))
