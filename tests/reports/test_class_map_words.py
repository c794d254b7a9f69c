"""The sentences and tables of the class map: what is said, and what is not said where n does not carry it."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from markupsafe import Markup

from permadani.findings.reasons import Reason, reason
from permadani.findings.results import Band, ClassMap, Estimate, Ratio, Reception, TrendOf
from permadani.language import LANGUAGES, english, translator
from permadani.reports.parts.class_map import Told
from permadani.reports.parts.class_map.figures import factors, mark, period
from permadani.reports.parts.class_map.reception import band_name
from permadani.reports.words import Words

from .samples.class_maps import CLASS_MAPS, NO_POSTS, empty, full, mailing_list, months, partial

FEW = Reception(9, 4, 4, None, None, None)
FEW_RATIO = Ratio(3, 2.5, None, None, None)


def told(found: ClassMap, language: str = "en", *, html: bool = False) -> Told:
    translate = english if language == "en" else translator(language)
    return Told(found, Words(translate, html=html), Words(translate))


def poor(value: Any) -> Any:
    """The same where nothing has enough for a figure."""
    if isinstance(value, Reception):
        return FEW if value.posts else NO_POSTS
    if isinstance(value, Ratio | Estimate):
        return FEW_RATIO if isinstance(value, Ratio) else None
    if isinstance(value, dict):
        return {key: poor(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(map(poor, value))
    if not is_dataclass(value) or isinstance(value, Reason | type):
        return value
    kept = {one.name: poor(getattr(value, one.name)) for one in fields(value) if one.init}
    if "rate" in kept:
        kept |= {"rate": None, "low": None, "high": None}
    return replace(value, **kept)


def without_ranges(found: ClassMap) -> ClassMap:
    poorer: ClassMap = poor(found)
    few = reason("map_too_few_answers")
    return replace(poorer, closure=replace(poorer.closure, verdict="not_enough_evidence", reason=few))


def sentences(of: Told) -> list[str]:
    """All that is said in prose."""
    closure = of.closure
    said = [of.headline, *of.reception.all_sentences(), of.reception.no_followers]
    for matrix in of.matrices:
        said += matrix.all_sentences()
    said += [closure.verdict, closure.reason, *closure.figures(), closure.ranges, closure.rich_club]
    said += closure.reciprocity()
    for spread in of.spreads:
        said += spread.all_sentences()
    said += [*of.newcomers.all_sentences(), *of.over_time.trends(), *of.collected.classes(), *of.collected.limits()]
    return [one for one in said if one is not None]


def tables(of: Told) -> dict[str, list[tuple[str, ...]]]:
    """Every table of the map."""
    heard, closure, over = of.reception, of.closure, of.over_time
    every: dict[str, list[tuple[str, ...]]] = {
        "classes": heard.rows(heard.classes()),
        "tenures": heard.rows(heard.tenures()),
        "followers": heard.rows(heard.followers()),
        "closure": closure.rows(),
        "rich": closure.rich_rows(),
        "reciprocity": closure.reciprocity_rows(),
        "newcomers": of.newcomers.rows(),
        "reception over time": over.reception_rows(),
        "club over time": over.club_rows(),
        "trends": over.trend_rows(),
        "collected": of.collected.rows(),
        "ranks": of.collected.classes_rows(),
    }
    for matrix in of.matrices:
        every[matrix.kind] = matrix.rows()
        every[f"{matrix.kind} shares"] = matrix.share_rows()
    for spread in of.spreads:
        every[f"spread of {spread.what}"] = spread.rows()
    return every


def test_the_full_map_in_sentences() -> None:
    said = sentences(told(full()))
    for sentence in (
        "The seniors form a closed club. Seniors answered seniors 2.1 [1.8–2.6] times as often as a choice blind to "
        "class among those waiting. Everybody else answered seniors 1.21 [1.00–1.46] times as often as such a choice.",
        "Of 100 posts, 46 [45–47] were answered by anybody (85,400 posts of 26,474 people).",
        "A post by someone with 100,000 followers or more was answered 65 [62–68] times of 100; by someone with fewer "
        "than 100, 25 [24–26].",
        "Of 100 posts of seniors, 66 [65–67] were answered; of 100 of juniors, 31 [30–32].",
        "Of 100 first posts that began a conversation 39 [37–41] were answered, of 100 later ones that did 71 [70–72].",
        "By people with 100,000 followers or more, 2,046 of 5,124 posts begin a conversation; by people with fewer "
        "than 100, 7,502 of 18,788. Of 100 of these 65 [61–69] and 25 [23–27] were answered.",
        "Of 100 approaches of juniors to seniors, 24 [15–33] were answered; of seniors to seniors, 42 [38–46].",
        "Seniors answered juniors 0.46 [0.38–0.55] times as often as a choice blind to class among those waiting would "
        "have.",
        "Seniors approached seniors 2.1 [2.0–2.3] times as often as a draw blind to class would have.",
        "Of 20 such ranges about one misses the true figure by chance.",
        "This rests on 5,572 of 5,962 answers: in the others nobody else waited, so there was no choice.",
        "The seniors form a closed club.",
        "The first is 1.78 [1.39–2.27] times the second.",
        "99 of 100 such ranges hold the true figure.",
        "Of 3,660 possible ties between 61 seniors, 812 exist. Were they drawn blindly, with as many ties given and "
        "received by everybody, 442 would be expected.",
        "Of 100 ties by addressing somebody directly (replies, comments, mentions), 33 [31–35] are returned.",
        "Of 100 ties by reshares, 8 [7–9] are returned.",
        "Of 100 answers, 24 [19–30] went to the hundredth of people who had most (31 of 3,120 people).",
        "Gini of the answers 0.71 [0.68–0.74] (0: all alike, 1: everything to one).",
        "Of 100 newcomers whose first post was answered, 41 [38–44] wrote again in another conversation within 90 "
        "days; of 100 whose first post was not, 29 [27–31].",
        "The difference: 12 [8–16] of 100.",
        "Of 100 posts of juniors, fewer were answered in time as time went on: each year the odds of an answer were "
        "0.94 [0.92–0.96] times those of the year before.",
        "Of 100 posts of seniors, about as many were answered in time throughout: each year the odds of an answer were "
        "0.99 [0.97–1.01] times those of the year before.",
        "How much more seniors answer one another than others answer them rose: each year the figure was 1.12 "
        "[1.07–1.16] times that of the year before.",
        "Answers became more unequally spread: the Gini coefficient changed by 0.02 [0.01–0.03] a year.",
        "Mastodon. Seniors: about 2,400 followers or more (563 of 2,810). Juniors: up to about 120 followers (1,405 of "
        "2,810 whose standing is known).",
        "disqus:gardens. Seniors: 9 or more people had replied to them or reshared them in 90 days (119 of 700). "
        "Juniors: up to 2 people had replied to them or reshared them (430 of 700 whose standing is known: many stand "
        "alike).",
        "Of the other figures that is not said: the first and the last of these periods do not lie clearly apart.",
    ):
        assert sentence in said, sentence
    assert not any(one.startswith("Reshares became") for one in said)  # of that trend nothing may be said


@pytest.mark.parametrize("name", CLASS_MAPS)
def test_pages_and_terminals_are_told_the_same(name: str) -> None:
    on_page = sentences(told(CLASS_MAPS[name](), html=True))
    plain = sentences(told(CLASS_MAPS[name]()))
    assert len(on_page) == len(plain)
    for one, other in zip(on_page, plain, strict=True):
        text = one.striptags() if isinstance(one, Markup) else one
        assert text == re.sub(r"\s+", " ", other) or "<" in other


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CLASS_MAPS)
def test_every_table_has_equal_rows_of_text(name: str, language: str) -> None:
    for title, rows in tables(told(CLASS_MAPS[name](), language)).items():
        assert len({len(row) for row in rows}) <= 1, title
        assert not {"", "None", "nan"} & {item for row in rows for item in row}, title


@pytest.mark.parametrize("name", CLASS_MAPS)
def test_no_figure_without_enough(name: str) -> None:
    of = told(without_ranges(CLASS_MAPS[name]()))
    assert not of.reception.everybody().known
    assert [one for one in of.reception.classes() if one.known] == []
    assert [matrix.heat() for matrix in of.matrices] == [[], [], []]
    assert [*of.over_time.reception_lines(), *of.over_time.club_lines()] == []
    assert [spread.curve_rows() for spread in of.spreads] == [[], []]
    assert not re.search(r"\d \[", " ".join([of.headline, *of.closure.figures(), *of.reception.all_sentences()]))
    for title, rows in tables(of).items():
        for row in rows:
            assert not re.search(r"\[[\d<]", " ".join(row)), title
    said = " ".join(sentences(of))
    assert "no proof of cause" not in said
    without = (one for one in sentences(of) if one != of.closure.reason and one not in of.collected.limits())
    assert not re.search(r"went to the hundredth|\d are returned|times as often as|as time went on", " ".join(without))


def test_too_few_is_said_as_too_few_and_unknown_is_never_nought() -> None:
    of = told(without_ranges(full()))
    assert of.headline == "4 of 9 posts of 4 people were answered: too few to say how many of 100."
    assert of.reception.rows(of.reception.classes())[0] == ("juniors", "9", "4", "4", "too few", "9", "too few")
    assert of.newcomers.all_sentences() == ["Whether newcomers write again is not said: 18 are too few."]
    nothing = told(empty())
    assert nothing.headline == "Whether posts were answered cannot be seen in this data."
    assert nothing.collected.rows() == [
        ("X", "x", "their author's readers", "nothing", "–", "–", "–", "unknown", "unknown", "not known")
    ]
    assert "0" not in {item for rows in tables(nothing).values() for row in rows for item in row}
    assert [rows for title, rows in tables(nothing).items() if rows and title not in {"collected", "ranks"}] == []


def test_a_period_without_a_figure_says_so() -> None:
    over = told(full()).over_time
    assert over.reception_rows()[3] == ("2015", *["–"] * 8)
    assert over.club_rows()[3] == ("2015", *["–"] * 6)
    line = over.reception_lines()[0]
    assert (line.points[3].value, line.points[3].figure) == (None, "none known")
    assert over.from_to(line) == "2012: 46 [41–51] → 2023: 33 [28–37]"


def test_lines_keep_the_places_of_periods_without_posts() -> None:
    some = months().over_time
    over = told(replace(months(), over_time=(some[0], some[1], some[13]))).over_time
    points = over.reception_lines()[0].points
    assert [one.period for one in (points[1], points[2], points[13])] == ["Feb 2021", "Mar 2021", "Feb 2022"]
    assert [one.value is None for one in points] == [False, False, *[True] * 11, False]
    assert {len(line.points) for line in [*over.reception_lines(), *over.club_lines()]} == {14}
    assert [row[0] for row in over.reception_rows()] == ["Jan 2021", "Feb 2021", "Feb 2022"]
    wrong = told(
        replace(full(), over_time=(full().over_time[0], replace(full().over_time[1], period="9999")))
    ).over_time
    assert [one.period for one in wrong.reception_lines()[0].points] == ["2012", "9999"]


def test_what_nobody_did_is_no_row() -> None:
    cells = full().answers.cells
    nothing = replace(cells[0], count=0, givers=0, receivers=0, ratio=Ratio(0, 0.0, None, None, None))
    expected = replace(nothing, ratio=Ratio(0, 4.2, None, None, None))
    matrix = replace(full().answers, cells=(nothing, expected, *cells[2:]))
    rows = told(replace(full(), answers=matrix)).answers.rows()
    assert len(rows) == 15
    assert rows[0] == ("juniors", "juniors", "0", "0", "0", "0", "4.2", "too few")


def test_what_was_collected_in_part_is_said_to_be_so() -> None:
    headline = told(partial()).headline
    assert headline.startswith("Of 100 posts that were collected, 46 [44–48] were answered by anybody (5,500 posts of")
    assert headline.endswith(
        "Only part was collected, so this is no figure of the network: conversations are often collected because there "
        "were replies."
    )
    assert "Only part" not in told(full()).headline
    said = " ".join(sentences(told(partial())))
    assert "A post by someone with 100,000 followers or more was answered 65" in said
    assert "answers are rarely in such collections: how many approaches were answered says little" in said
    assert "rarely" not in " ".join(sentences(told(full())))
    assert "The seniors form" not in said
    assert "Not enough evidence. Only part of this network was collected" in said


def test_the_headline_is_the_strongest_that_is_true() -> None:
    gap, club = full(), "The seniors form a closed club."
    assert told(gap).headline.startswith(club)
    assert told(months()).headline.startswith(
        "A post by someone with 100,000 followers or more was answered 65 [62–68]"
    )
    assert "club" not in told(months()).headline
    mixed = replace(months(), by_channel=gap.by_channel)  # a gap over several channels may be one between channels
    assert told(mixed).headline.endswith("(85,400 posts of 26,474 people). The seniors form no closed club.")
    no_bands = replace(months(), reception=replace(gap.reception, by_followers=None))
    assert (
        told(no_bands).headline == "Of 100 posts of seniors, 66 [65–67] were answered; of 100 of juniors, 31 [30–32]."
    )
    alike = dict.fromkeys(("junior", "middle", "senior"), gap.reception.all)
    level = replace(no_bands, reception=replace(no_bands.reception, by_class=alike))
    assert told(level).headline.startswith("Of 100 first posts that began a conversation 39 [37–41] were answered")
    assert gap.reception.openings is not None
    openings = replace(gap.reception.openings, by_tenure=dict.fromkeys(("newcomer", "regular"), FEW))
    same = replace(level, reception=replace(level.reception, openings=openings))
    assert told(same).headline.endswith("(85,400 posts of 26,474 people). The seniors form no closed club.")


@pytest.mark.parametrize("order", [1, -1])
def test_overlapping_ranges_make_no_headline(order: int) -> None:
    less, more = (Reception(30, 9, 8, 0.3, 0.12, 0.5), Reception(30, 15, 8, 0.5, 0.4, 0.7))[::order]
    bands = (Band(0, 99, less), Band(100, None, more))
    found = full().reception
    by_class = {"junior": less, "senior": more}
    by_tenure = {"newcomer": less, "regular": more}
    wide = replace(found, by_followers=bands, by_class=by_class, by_tenure=by_tenure)
    wide = replace(wide, openings=wide)
    of = told(replace(months(), reception=wide))
    assert of.headline == f"{of.reception.overall} The seniors form no closed club."
    assert "[40–70]" in (of.reception.by_class or "")


def test_pairs_are_of_known_classes_the_clearest_first() -> None:
    cells = list(full().answers.cells)
    cells[-1] = replace(cells[-1], ratio=Ratio(90, 9.0, 10.0, 8.0, 12.0))
    of = told(replace(full(), answers=replace(full().answers, cells=tuple(cells)))).answers
    assert of.heat()[-1][-1].mark == "more"
    pairs = [re.sub(r" \d.*", "", one) for one in of.pairs()]
    assert pairs == [
        "Seniors answered juniors", "Seniors answered seniors", "The middle class answered seniors",
        "Seniors answered the middle class",
    ]  # fmt: skip


def test_on_group_channels_nobody_is_approached() -> None:
    of = told(mailing_list())
    said = " ".join(sentences(of))
    assert "Posts on these channels speak to a group" in said
    assert "Of 100 approaches" not in said
    assert of.answers.share_rows() == []
    assert "How many people follow those who posted is not known on these channels." in said


def test_who_is_what_on_a_channel() -> None:
    channel = full().channels[0]
    alike = replace(channel, senior_from=None, junior_to=1)
    network = replace(channel, standing="network", senior_from=2, junior_to=0)
    unknown = replace(channel, standing=None, senior_from=None, junior_to=None)
    of = told(replace(full(), channels=(alike, network, unknown)))
    assert of.collected.classes() == [
        "Mastodon. Nobody is a senior: too few are known, or too many stand alike. Juniors: up to 1 follower (1,405 of "
        "2,810 whose standing is known).",
        "Mastodon. Seniors: 2 or more people had replied to them or reshared them in 90 days (563 of 2,810). Juniors: "
        "nobody had replied to them or reshared them (1,405 of 2,810 whose standing is known).",
        "Mastodon: nobody's standing is known, so all are of unknown class.",
    ]
    assert of.collected.classes_rows() == [
        ("Mastodon", "how many follow them", "1,405", "up to 1", "842", "563", "–"),
        (
            "Mastodon", "how many had replied to them or reshared them in 90 days", "1,405", "none", "842", "563",
            "2 or more",
        ),
        ("Mastodon", "not known", "–", "–", "–", "–", "–"),
    ]  # fmt: skip


def test_many_who_stand_alike_are_counted_and_groups_reshare_nothing() -> None:
    alike = replace(
        mailing_list().channels[0], known=161, juniors=118, middle=16, seniors=27, junior_to=0, senior_from=2
    )
    assert told(replace(full(), channels=(alike,))).collected.classes() == [
        "mailing_list:looms. Seniors: 2 or more people had replied to them in 90 days (27 of 161). Juniors: nobody had "
        "replied to them (118 of 161 whose standing is known: many stand alike)."
    ]
    unseen = replace(full(), reshares=mailing_list().reshares)
    assert "reshared" not in " ".join(told(unseen).collected.classes())
    assert "how many had replied to them in 90 days" in told(unseen).collected.classes_rows()[1]


def test_of_few_no_bound_is_told_and_of_single_accounts_their_number() -> None:
    few = replace(full().channels[1], people=505, known=1, juniors=1, middle=0, seniors=0, junior_to=None,
                  senior_from=None, basis=None, claimed=1)  # fmt: skip
    more = replace(few, basis="forum export", claimed=3)
    of = told(replace(full(), channels=(few, more))).collected
    assert of.classes()[0] == (
        "disqus:gardens: the standing of 1 of 505 people is known, too few to say from what on one is what."
    )
    assert [row[-1] for row in of.rows()] == [
        "what was collected of 1 account", "forum export; what was collected of 3 accounts"
    ]  # fmt: skip


def test_channels_without_a_post_are_left_to_the_limits() -> None:
    silent = replace(empty().channels[0], channel="facebook")
    of = told(replace(full(), channels=(*full().channels, silent)))
    assert "Facebook" not in of.collected.meta
    assert not any("Facebook" in one for one in of.collected.classes())
    assert len(of.collected.classes_rows()) == 2
    assert of.collected.rows()[-1][:4] == ("Facebook", "facebook", "their author's readers", "nothing")


def test_each_channel_is_told_by_itself_where_there_are_several() -> None:
    of = told(full()).reception
    assert [row[:4] for row in of.channel_rows()] == [
        ("disqus:gardens", "14,100", "4,371", "46 [45–47]"),
        ("Mastodon", "71,300", "22,103", "46 [45–47]"),
    ]
    assert all("[" in figure for row in of.channel_rows() for figure in row[3:])
    assert of.several is not None
    assert of.several.startswith("Figures over several channels mix them")
    assert told(months()).reception.several is None
    assert told(months()).reception.channel_rows() == []


def test_a_range_that_is_nearly_everything_is_no_headline_and_no_end_of_an_arrow() -> None:
    wide = Reception(12, 4, 6, 0.33, 0.02, 0.9)
    found = replace(months().reception, all=wide)
    of = told(
        replace(mailing_list(), trends=(), reception=replace(found, by_followers=None, by_class={}, openings=None))
    )
    assert of.headline == "4 of 12 posts of 6 people were answered, which tells little of how many of 100 are."
    assert "33 [2–90]" in of.reception.overall
    far = replace(found, by_followers=(Band(0, 99, Reception(30, 1, 9, 0.03, 0.0, 0.1)), Band(100, None, wide)))
    assert not told(replace(months(), reception=far)).headline.startswith("A post by someone")
    years = list(months().over_time)
    years[0] = replace(years[0], reception=replace(years[0].reception, all=wide))
    over = told(replace(months(), over_time=tuple(years))).over_time
    line = over.reception_lines()[0]
    assert line.points[0].figure == "33 [2–90]"
    assert over.from_to(line).startswith("Feb 2021: ")


def test_people_in_several_rows_are_said_to_be_so() -> None:
    of = told(full()).reception
    assert of.add_up(of.classes()) == (
        "One person can stand in several of these rows, so people add up to more than everybody."
    )
    assert of.add_up(of.classes()[:1]) is None


def test_where_only_unknown_classes_differ_that_is_said() -> None:
    matrix = months().answers
    cells = [replace(one, ratio=replace(one.ratio, low=0.5, high=1.9)) for one in matrix.cells]
    cells[-1] = replace(cells[-1], ratio=Ratio(90, 9.0, 10.0, 8.0, 12.0))
    of = told(replace(months(), answers=replace(matrix, cells=tuple(cells)))).answers
    assert [one.split(" 10 ")[0] for one in of.pairs()] == ["People of unknown class answered people of unknown class"]
    assert not any("No pair" in one for one in of.all_sentences())


def test_posts_that_begin_a_conversation_stand_beside_all() -> None:
    heard = told(full()).reception
    assert heard.rows(heard.tenures())[0][1:] == ("11,956", "3,985", "4,065", "34 [33–35]", "9,394", "39 [37–41]")
    found = full().reception
    assert found.openings is not None
    none = replace(found.openings, by_followers=tuple(replace(b, reception=NO_POSTS) for b in found.by_followers or ()))
    other = told(replace(full(), reception=replace(found, openings=none))).reception
    assert other.beginning_by_followers == (
        "By people with 100,000 followers or more, 0 of 5,124 posts begin a conversation; by people with fewer than "
        "100, 0 of 18,788. Posts that begin a conversation are answered oftener than others."
    )


def test_nobody_is_named() -> None:
    """What is text in a map: keys, times, and the names and claims of channels."""
    texts: set[str] = set()

    def walk(value: Any, name: str) -> None:
        if isinstance(value, Reason):
            return
        if is_dataclass(value) and not isinstance(value, type):
            for one in fields(value):
                walk(getattr(value, one.name), one.name)
        elif isinstance(value, dict):
            for one in value.values():
                walk(one, name)
        elif isinstance(value, tuple):
            for one in value:
                walk(one, name)
        elif isinstance(value, str):
            texts.add(name)

    walk(full(), "map")
    assert texts == {
        "channel", "audience", "standing", "level", "since", "until", "basis", "source", "to", "verdict", "what", "of",
        "word", "period", "by", "schema",
    }  # fmt: skip


def test_channels_of_strangers_are_harmless() -> None:
    of = told(CLASS_MAPS["hostile"](), html=True)
    for said in [of.headline, *sentences(of)]:
        if isinstance(said, Markup):
            assert not re.search(r"<(?!/?(span|b|bdi)\b)", said)
    everything = " ".join([of.collected.meta, *sentences(of), *(i for t in tables(of).values() for r in t for i in r)])
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b\x07\n]", everything)
    assert len(of.collected.rows()[0][0]) <= 60


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (Ratio(10, 5.0, 2.0, 1.01, 3.9), "more"),
        (Ratio(10, 20.0, 0.5, 0.3, 0.99), "less"),
        (Ratio(10, 10.0, 1.0, 0.6, 1.7), "either"),
        (Ratio(10, 8.0, 1.25, 1.0, 1.6), "either"),
        (Ratio(2, 1.0, None, None, None), "few"),
        (Ratio(2, 6.0, 0.33, None, None), "few"),
        (None, "few"),
    ],
)
def test_marks(ratio: Ratio | None, expected: str) -> None:
    assert mark(ratio) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((2.148, 1.61, 2.84), "2.1 [1.6–2.8]"),
        ((1.3, 1.2, 1.46), "1.30 [1.20–1.46]"),  # on which side of 1.5
        ((0.46, 0.38, 0.553), "0.46 [0.38–0.55]"),
        ((12.4, 9.2, 1_316.7), "12 [9.2–1,317]"),
        ((0.0, 0.0, 0.4), "0.00 [0.00–0.40]"),
    ],
)
def test_as_many_digits_as_tell_something(figures: tuple[float, float, float], expected: str) -> None:
    assert factors(*figures, Words(english)) == expected


def test_numbers_as_the_reader_writes_them() -> None:
    indonesian = Words(translator("id"))
    assert factors(0.46, 0.38, 1_316.7, indonesian) == "0,46 [0,38–1.317]"
    assert band_name(Band(100_000, None, NO_POSTS), indonesian).startswith("100.000")


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [(0, 99, "fewer than 100"), (100, 999, "100 to 999"), (100_000, None, "100,000 or more")],
)
def test_bands(least: int, most: int | None, expected: str) -> None:
    assert band_name(Band(least, most, NO_POSTS), Words(english)) == expected


def test_one_band_alone_is_compared_with_nothing() -> None:
    bands = (Band(0, 99, FEW), Band(100, 999, Reception(40, 20, 12, 0.5, 0.4, 0.6)), Band(1_000, None, NO_POSTS))
    found = replace(full(), reception=replace(full().reception, by_followers=bands))
    sentence = "A post by someone with 100 to 999 followers was answered 50 [40–60] times of 100."
    assert told(found).reception.by_followers == sentence


def test_months_are_named() -> None:
    assert [period(one, Words(english)) for one in ("2015", "2015-04")] == ["2015", "Apr 2015"]


def test_one_period_shows_no_change() -> None:
    found = replace(full(), over_time=full().over_time[:1])
    assert told(found).over_time.trends() == ["There is only one period, so no change can be seen."]


def test_changes_that_are_not_clear_are_no_trend() -> None:
    unclear = (TrendOf("closure", "all", Estimate(0.1, -0.2, 0.4), None, reason("map_trend_unsure")),)
    assert told(replace(full(), trends=unclear)).over_time.trends() == [
        "Nothing clearly fell or rose: the first and the last of these periods do not lie clearly apart."
    ]
    falls = (TrendOf("closure", "all", Estimate(-0.3, -0.4, -0.2), None, reason("map_trend_partial")),)
    assert told(replace(full(), trends=falls)).over_time.trends() == [
        "Whether anything fell or rose is not said: only part was collected, perhaps another part each time."
    ]
    nothing = told(replace(full(), trends=())).over_time.trends()
    assert nothing == ["There is too little to say whether anything fell or rose."]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("rose", "Reshares became more unequally spread: "), ("fell", "Reshares became more evenly spread: ")],
)
def test_trends_in_words(word: Any, expected: str) -> None:
    trend = TrendOf("gini_reshares", "all", Estimate(-0.02, -0.03, -0.01), word)
    (said,) = told(replace(full(), trends=(trend,))).over_time.trends()
    assert said == expected + "the Gini coefficient changed by −0.02 [−0.03–−0.01] a year."


def test_a_difference_may_go_the_other_way() -> None:
    newcomers = replace(full().newcomers, difference=Estimate(-0.04, -0.091, 0.02))
    said = told(replace(full(), newcomers=newcomers)).newcomers.all_sentences()
    assert "The difference: −4 [−9 … 2] of 100." in said
    assert said[-1].startswith("This is no proof of cause")
