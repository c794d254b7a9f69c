"""What is said of a choice, of reshares, of advice, of the account's own words, and of what is usual."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from permadani.findings.reasons import reason
from permadani.findings.results import Composition, OddsRatio, Statement
from permadani.language import english, translator
from permadani.reports.compare import compare_html
from permadani.reports.headline import headline
from permadani.reports.html import audit_html
from permadani.reports.parts import practice, statement, usual
from permadani.reports.parts.choices import CHECKS, Choice, to_hundred
from permadani.reports.parts.composition import Others
from permadani.reports.terminal import print_audit
from permadani.reports.words import Words

from . import samples

EN, ID = Words(english), Words(translator("id"))


def page(name: str) -> LexborHTMLParser:
    return LexborHTMLParser(audit_html(samples.ALL[name]()))


def text_of(name: str, part: str = "") -> str:
    node = page(name).css_first(f".body[lang=en] {part}".strip())
    assert node is not None, part
    return re.sub("“ | ”", lambda mark: mark[0].strip(), re.sub(r"\s+", " ", node.text(separator=" ")))


def printed(name: str, width: int = 100) -> str:
    file = io.StringIO()
    print_audit(samples.ALL[name](), Console(file=file, width=width, color_system=None), english)
    return re.sub(r"\s+", " ", file.getvalue())


def standing(name: str, words: Words = EN) -> Choice:
    return Choice.of(samples.ALL[name]().answers.by_standing, "answers", "standing", words)


# the choice


def test_the_blind_choice_in_one_sentence() -> None:
    said = "Of 184 answers, a choice blind to standing would have sent 92 [80–104] to juniors; 51 went there."
    assert standing("passes_over").blind == said
    assert said in text_of("passes_over")
    assert said in printed("passes_over")
    assert "kepada junior; kenyataannya 51" in str(standing("passes_over", ID).blind)


def test_on_a_terminal_the_line_is_named() -> None:
    assert "● 51 went to juniors · ▒ a blind choice: 92 [80–104]" in printed("passes_over")
    assert "not shown by the dots alone" in printed("passes_over")


def test_odds_are_said_as_so_many_to_a_hundred() -> None:
    said = standing("passes_over").odds
    assert said == (
        "Where a junior and a senior waited side by side, alike in all else, the junior was chosen 38 [24–59] times "
        "for every 100 times that the senior was (odds ratio 0.38 [0.24–0.59])."
    )
    assert "rasio peluang 0,38 [0,24–0,59]" in str(standing("passes_over", ID).odds)


def test_an_open_end_is_printed_as_open() -> None:
    choice = Choice(samples.ALL["favours"]().answers.by_tenure, "answers", "tenure", EN)
    assert "210 [150–…] times" in str(choice.odds)
    assert "is open: the data set no bound there" in str(choice.odds)
    assert "is open" not in str(standing("passes_over").odds)


@pytest.mark.parametrize(
    ("odds", "said"),
    [
        (None, "…"),
        (float("inf"), "…"),
        (float("nan"), "…"),
        (0.004, "<1"),
        (0.005, "<1"),
        (0.25, "25"),
        (12.3, "1,230"),
    ],
)
def test_odds_to_a_hundred(odds: float | None, said: str) -> None:
    assert to_hundred(odds, EN) == said


def test_how_much_more_would_be_needed() -> None:
    audit = samples.ALL["amplifies"]()
    choice = Choice(audit.amplification, "amplification", "standing", EN)
    assert choice.missing == (
        "How much more would be needed: about 60 such choices, to see a preference as strong as 25 to 100; there are "
        "12. A preference weaker than 12 to 100 would not be seen with these."
    )
    assert "How much more would be needed" in text_of("amplifies")
    assert standing("passes_over").missing is None  # a finding lacks nothing
    assert standing("rich").missing == "What is missing is the surety that no preference is stronger than 67 to 100."


def test_how_sure_that_is() -> None:
    facts = dict(standing("passes_over").facts)
    assert facts["answers given while people of both groups waited"] == "184"
    assert facts["juniors among those who waited then"] == "96"
    assert facts["odds ratio"] == "0.38 [0.24–0.59], the range holds 95 times of 100"
    assert facts["distance from an even choice (signed root)"] == "−4.10"
    assert facts["weakest preference that would be seen 80 times of 100"] == "41 to 100"
    assert standing("withheld").facts == []


def test_every_check_by_its_name() -> None:
    rows = standing("passes_over").checks
    assert [row[0] for row in rows] == [CHECKS[name] for name in (
        "window_3", "window_30", "with_prior_contact", "without_prior_contact", "absolute_size", "substance_corrected",
    )]  # fmt: skip
    assert rows[0][1:] == ("0.38 [0.24–0.59]", "agrees", "yes")
    assert rows[2][3] == "no"
    assert rows[-1][1:] == ("–", "could not be made", "yes")
    assert standing("disagreeing").checks[0][2] == "does not agree"
    for text in (text_of("passes_over", "details.sure-of-it"), printed("passes_over")):
        assert "a window of 30 days" in text


def test_the_fold_is_folded() -> None:
    folds = page("passes_over").css(".body[lang=en] details.sure-of-it")
    assert len(folds) == 2
    assert all("open" not in fold.attributes for fold in folds)


@pytest.mark.parametrize("name", ["signs", "signs_unexplained"])
def test_signs_never_come_without_their_caution(name: str) -> None:
    """Said once beside the headline, whichever reason there is."""
    for text in (text_of(name, ".opening"), printed(name)):
        assert "about 1 fair account in 90 looks like this" in text.lower()
    assert "fair account" not in text_of("passes_over")


def test_withheld_signs_leave_no_trace() -> None:
    """A file that can be passed on says that it is unsure, and shows nothing from which the signs could be read."""
    for text in (text_of("withheld"), printed("withheld"), compare_html([samples.ALL["withheld"]()])):
        assert "not enough for a file that can be passed on" in " ".join(text.split())
        for trace in ("0.52", "[31–88]", "66 went", "92 [80–104]", "a window of 3 days", "−4.10"):
            assert trace not in text, trace


def test_the_verdict_stands_before_its_reasons() -> None:
    for text in (text_of("passes_over", "section.first"), printed("passes_over")):
        verdict, odds, sure = (
            re.search(part, text, re.IGNORECASE) for part in ("passes over juniors", "chosen 38", "How sure is that")
        )
        assert verdict is not None
        assert odds is not None
        assert sure is not None
        assert verdict.start() < odds.start() < sure.start()


def test_the_comparison_of_the_headline_comes_first() -> None:
    assert "juniors were answered" in text_of("passes_over", "section.first")
    assert "newcomers were answered" in text_of("rich", "section.first")
    assert "newcomers were answered" in text_of("favours", "section.first")
    assert headline(samples.ALL["passes_over"](), EN).about == "standing"
    assert headline(samples.ALL["answers_few"](), EN).about is None


def test_a_finding_stands_beside_its_blind_choice() -> None:
    blind = "a choice blind to standing would have sent"
    assert blind in text_of("passes_over", ".opening")
    assert blind not in text_of("passes_over", ".first")
    assert blind not in text_of("rich", ".opening")


def test_the_first_question_is_answered_by_its_own_finding() -> None:
    card = text_of("passes_over", ".questions li")
    assert card.index("passes over juniors") < card.index("Of 184 answers") < card.index("41 [37–46] of 100 answered")
    assert text_of("rich", ".questions li").index("41 [37–46]") < text_of("rich", ".questions li").index("Juniors and")
    assert "fair account" in text_of("signs", ".questions li")
    lines = printed("passes_over").split("The questions")[1]
    assert lines.index("passes over juniors") < lines.index("Everyone: 41 [37–46] of 100 answered")


# reshares


def others(found: Composition) -> Others:
    return Others(found, EN, EN)


def test_how_unequally_in_numbers_of_people() -> None:
    said = others(samples.composition()).concentration
    assert said is not None
    assert said.startswith("Of its 64 other reshares, half went to 3 people. 16 went to the one person")
    assert said.endswith("Gini 0.43 (0: all alike, 1: everything to one).")
    assert others(samples.composition()).total.startswith("It passed on 64 messages of 14 people")


def lorenz_of(amounts: list[int], points: int | None = None) -> tuple[tuple[float, float], ...]:
    amounts = sorted(amounts)
    count, whole = len(amounts), sum(amounts)
    places = range(count + 1) if points is None else sorted({round(count * k / points) for k in range(points + 1)})
    return tuple((place / count, sum(amounts[:place]) / whole) for place in places)


@pytest.mark.parametrize(
    ("amounts", "half"), [([5], 1), ([1, 1], 1), ([1, 1, 1], 2), ([1, 9], 1), ([2, 3, 5], 1), ([1] * 10, 5)]
)
def test_half_is_read_from_the_curve(amounts: list[int], half: int) -> None:
    found = Composition(sum(amounts), len(amounts), {}, None, lorenz_of(amounts), None)
    assert f"half went to {half} " in str(others(found).concentration)


def test_a_curve_of_fewer_points_says_at_most() -> None:
    amounts = [1] * 300 + [200, 200]
    found = Composition(sum(amounts), len(amounts), {}, None, lorenz_of(amounts, 100), 0.57)
    said = str(others(found).concentration)
    most = re.search(r"half went to at most (\d+) people", said)
    assert most is not None
    assert 2 <= int(most[1]) <= 4
    assert "the hundredth of them" in said


def test_nothing_reshared_is_no_picture() -> None:
    nothing = Composition(0, 0, {}, None, (), None)
    assert others(nothing).concentration is None
    assert others(nothing).curve is None
    base = samples.ALL["amplifies"]()
    audit = replace(base, amplification=replace(base.amplification, others=nothing))
    assert "Its other reshares" not in audit_html(audit)


def test_the_curve_has_its_table() -> None:
    tree = page("amplifies")
    assert tree.css_first(".body[lang=en] svg.lorenz").attributes["role"] == "img"
    rows = others(samples.composition()).curve_rows
    assert rows[-1] == ("100", "100")
    assert len(rows) <= 10
    section = next(node for node in tree.css(".body[lang=en] section") if node.css("svg.lorenz"))
    assert "of 100 people, least reshared first" in section.css_first("details:last-of-type table").text()


def test_reshares_by_class_are_counts() -> None:
    section = text_of("amplifies", ".shares")
    assert re.findall(r"\d+", section) == ["4", "11", "43", "6"]
    assert "seniors" in section


def test_a_finding_on_reshares_is_told_in_short() -> None:
    said = "Of 70 messages that it passed on, a choice blind to standing would have taken 31 [23–40] from juniors;"
    card = page("passes_on_seniors").css(".body[lang=en] .questions li")[1].text()
    assert "passes over juniors" in card
    assert said in re.sub(r"\s+", " ", card)
    assert said in printed("passes_on_seniors").split("The questions")[1].split("Does it join")[0]


def test_group_channels_show_whose_questions() -> None:
    for text in (text_of("group"), printed("group")):
        assert "would have taken 31 [25–37] from newcomers; 21 came from them" in text
        assert "18 [11–27]" in text
    assert "open questions it takes up" not in text_of("rich")


# advice


def test_advice_beside_what_was_measured() -> None:
    found = practice.advices(samples.ALL["practice"]().practice, EN, EN)
    assert [one.outcome for one in found] == ["contradicted", "borne out", "not checkable"]
    assert (found[0].figure, found[0].measured) == ("41 [36–47]", "of 100 messages to it were answered")
    assert found[0].counts == "863 of 2,104; the range holds 99 times of 100."
    assert found[0].promised == "Taken as: at least 50 of 100. The bound is a convention."
    assert (found[2].figure, found[2].counts, found[2].date) == (None, None, "no date")
    marks = [str(one.mark) for one in found]
    assert len(set(marks)) == 3
    for text in (text_of("practice"), printed("practice")):
        for part in (
            "“Reply to every reader. It costs you a minute.”",
            "3 Mar 2024",
            "found by the rule en.reply_to_everyone",
            "given by whoever made this audit",
            "The reader judges.",
        ):
            assert part in text, part
    link = page("practice").css_first(".body[lang=en] .claims a")
    assert link.attributes["href"] == "https://school.example/@ada/44"
    assert "https://school.example/@ada/44" in printed("practice", 140)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("answers.overall", "of 100 messages to it were answered"),
        ("answers.by_tenure.cells.newcomer", "of 100 messages from newcomers were answered"),
        ("participation", "of 100 conversations under its own posts were joined by it"),
        ("amplification.cells.junior", "of 100 messages of substance from juniors were passed on"),
        ("amplification", "of 100 messages of substance to it were passed on"),
        ("somewhere.else", "of 100 (somewhere.else)"),
    ],
)
def test_what_was_measured(path: str, said: str) -> None:
    claim = replace(samples.claims()[0], checked_by=path)
    assert practice.advices(replace(samples.ALL["practice"]().practice, claims=(claim,)), EN, EN)[0].measured == said


def test_the_card_counts_outcomes_and_judges_nobody() -> None:
    summary = practice.summary(samples.ALL["practice"]().practice, EN)
    assert summary == "3 claims: 1 borne out, 1 contradicted, 1 not checkable"
    assert practice.summary(samples.ALL["rich"]().practice, EN) is None
    card = page("practice").css(".body[lang=en] .questions li")[-1]
    assert summary in card.text()
    assert card.attributes["class"] == "tone-measured"


# its own words


def test_own_words_are_marked_and_near_the_top() -> None:
    for text in (text_of("statement"), printed("statement")):
        own, who = text.index("In the account's own words"), text.index("Who got an answer")
        assert own < who
        for part in (
            "“I answer on paper on Fridays, and I read everything.”", "1 Feb 2025 – 14 Mar 2025", "“parental leave”",
            "2 Aug 2025", "7 messages are left out at its word", "It was not checked.",
        ):  # fmt: skip
            assert part in text, part
    assert page("statement").css_first(".body[lang=en] aside.own-words blockquote") is not None
    assert "own words" not in text_of("rich")


def test_an_empty_statement_says_so_little() -> None:
    assert statement.said(None, EN) is None
    said = statement.said(Statement(None, (), None, None, 0), EN)
    assert said is not None
    assert (said.text, said.lines) == (None, [])


def test_what_is_left_out_is_counted() -> None:
    for text in (text_of("statement"), printed("statement")):
        assert re.search(r"sales pitches:? 16", text)
        assert re.search(r"abuse, at the account's own word:? 7", text)
        assert re.search(r"its own sales pitches, which are no answers:? 3", text)
    assert "sales pitches" not in text_of("rich")


# usual


def test_is_it_usual() -> None:
    said = (
        "The store behind this audit holds 23 accounts of like size (10k to 165k followers) that could be measured. "
        "Of 100 messages, half of these accounts answer between 6 and 31, the middle one 14; 19 of them answer a "
        "smaller share than this account."
    )
    for text in (text_of("usual"), printed("usual", 140)):
        assert "Is 41 [37–46] of 100 usual?" in text
        assert said in text
        assert "whether it is usual" not in text
    assert page("usual").css_first(".body[lang=en] svg.usual") is not None


def test_it_is_asked_only_where_it_was_asked() -> None:
    assert usual.yardstick(samples.ALL["rich"]().answers.overall, EN, EN) is None
    found = usual.yardstick(samples.ALL["not_usual"]().answers.overall, EN, EN)
    assert found is not None
    assert found.picture is None
    assert found.sentence == str(reason("no_usual"))
    for name in ("rich", "tiny", "not_measurable"):
        assert "usual?" not in text_of(name)


def test_a_strange_level_is_said() -> None:
    base = samples.ALL["passes_over"]().answers.by_standing
    other = replace(base, odds_ratio=OddsRatio(0.4, 0.2, 0.8, 0.99))
    facts = dict(Choice(other, "answers", "standing", EN).facts)
    assert facts["odds ratio"].endswith("the range holds 99 times of 100")
