"""Numbers, dates and the one sentence, in both languages."""

from __future__ import annotations

import json
import string
from dataclasses import replace
from pathlib import Path

import pytest

from permadani.findings.reasons import TEMPLATES, Reason, reason
from permadani.language import english, translator
from permadani.reports.headline import headline
from permadani.reports.texts import TONES, VERDICTS
from permadani.reports.words import Words, is_wide
from permadani.sources.mastodon.timeline import FEDERATION_BASIS
from permadani.sources.wordpress.kept import Kept
from permadani.vocabulary import Coverage

from . import samples

EN, ID = Words(english), Words(translator("id"))


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    assert (EN.count(1234567), ID.count(1234567)) == ("1,234,567", "1.234.567")
    assert (EN.short_count(41_200), ID.short_count(41_200)) == ("41k", "41 rb")
    assert (EN.short_count(1_250_000), ID.short_count(1_250_000)) == ("1.2m", "1,2 jt")
    assert (EN.decimal(0.384), ID.decimal(0.384), EN.decimal(None)) == ("0.38", "0,38", "…")
    assert EN.count(None) == "–"


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, "–"), (0.0, "0"), (0.001, "<1"), (0.005, "1"), (0.41, "41"), (0.994, "99"), (0.999, ">99"), (1.0, "100")],
)
def test_next_to_none_is_not_none(share: float | None, said: str) -> None:
    assert EN.of_hundred(share) == said


def test_an_estimate_never_comes_without_its_range() -> None:
    assert EN.figure(samples.cell(1, 1, 1, 0, 1, 0.41, 0.37, 0.455)) == "41 [37–46]"
    html = Words(english, html=True).figure(samples.cell(1, 1, 1, 0, 1, 0.41, 0.37, 0.455))
    assert str(html) == (
        '<span class="figure"><b class="estimate">41</b> <span class="range">[37–46]</span></span>'
    )  # fmt: skip


def test_dates_and_hours() -> None:
    assert EN.date("2026-05-04T23:30:00-05:00") == "5 May 2026"
    assert ID.date("2026-05-04T08:30:00Z", clock=True) == "4 Mei 2026, 08:30"
    assert EN.date(None) == "unknown"
    assert EN.date("\x1b[31myesterday") == "yesterday"
    assert [EN.hours(h) for h in (0.001, 0.5, 1, 31.5, 72)] == [
        "1 minute",
        "30 minutes",
        "1 hour",
        "32 hours",
        "3 days",
    ]
    assert EN.period(None, None) == "period unknown"


def test_reasons_carry_localised_numbers_and_safe_strings() -> None:
    nested = reason("channel_left_out", channel="disqus", reason=reason("problems", count=12345))
    assert EN.reason(nested) == "Disqus is left out: 12,345 records could not be read."
    assert "12.345" in ID.reason(nested)
    assert "\x1b" not in EN.reason(reason("channel_left_out", channel=samples.HOSTILE, reason=reason("unseen")))


def test_numbers_and_open_ends_in_reasons() -> None:
    undecided = reason("undecided", value=0.7312, low=None, high=1.5)
    assert str(undecided).endswith("odds 0.73 […–1.5].")
    assert EN.reason(undecided).endswith("odds 0.73 […–1.5].")
    assert ID.reason(undecided).endswith("0,73 […–1,5].")
    assert ID.reason(reason("gate_expected", expected=4.25, needed=5)).count("4,25") == 1
    assert "juniors: 4" in EN.reason(reason("gate_askers", needed=8, group="junior", count=4))


def test_every_verdict_has_words_and_a_mark() -> None:
    assert set(VERDICTS) == set(TONES)


def test_wide() -> None:
    assert is_wide(samples.cell(4, 4, 4, 0, 4, 1.0, 0.4, 1.0))
    assert not is_wide(samples.cell(400, 400, 4, 0, 400, 0.01, 0.0, 0.03))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("rich", "Of 100 messages to Ada Rahman, 41 [37–46] were answered within 14 days."),
        ("not_measurable", "How often Gita Pratiwi answers cannot be known from this data."),
        ("tiny", "4 of 9 messages to Hana were answered: too few to say how often."),
        ("answers_few", "Of 100 messages to Intan Sari, at most 1 were answered within 14 days."),
        (
            "passes_over",
            "Ada Rahman passes over juniors: of 100 messages from them 27 [22–33] were answered, "
            "of 100 from seniors 66 [56–75].",
        ),
        ("four_of_four", "4 of 4 messages to Hana were answered: too few to say how often."),
        ("four_of_many", "Of 100 messages to Hana, 1 [0–3] were answered within 14 days."),
    ],
)
def test_headline(name: str, sentence: str) -> None:
    said = headline(samples.ALL[name](), EN)
    assert said.sentence == sentence


def test_partial_data_is_said_in_the_headline() -> None:
    audit = replace(samples.rich(), limits=(reason("partial"),))
    assert headline(audit, EN).sentence.startswith("Of 100 collected messages")


def test_nobody_wrote_and_nothing_to_judge() -> None:
    assert headline(samples.few(0, 0, key="no_approaches"), EN).sentence.startswith("Nobody wrote to Hana")
    assert headline(samples.few(0, 0), EN).sentence == "None of the messages to Hana can be judged."
    assert headline(samples.few(0, 0), EN).reason is None


@pytest.mark.parametrize("key", TEMPLATES)
def test_any_reason_for_any_verdict_gives_a_sentence(key: str) -> None:
    """A template may get values that a headline does not know; it must still speak, and never say "ignore"."""

    values = {name: 3 for _text, name, _spec, _as in string.Formatter().parse(TEMPLATES[key]) if name}
    base = samples.rich()
    for verdict in VERDICTS:
        why = Reason(key, values)
        audit = replace(
            base, answers=replace(base.answers, overall=replace(base.answers.overall, verdict=verdict, reason=why))
        )
        for words in (EN, ID):
            said = headline(audit, words)
            assert said.sentence
            assert "ignore" not in f"{said.sentence} {said.reason}".lower()


@pytest.mark.parametrize("dimension", ["by_standing", "by_tenure"])
@pytest.mark.parametrize(
    "verdict", ["passes_over", "signs_of_passing_over", "favours", "signs_of_favouring", "even_handed"]
)
def test_comparisons_speak_in_natural_frequencies(dimension: str, verdict: str) -> None:
    base = samples.rich()
    comparison = replace(getattr(base.answers, dimension), verdict=verdict)
    audit = replace(base, answers=replace(base.answers, **{dimension: comparison}))
    for words in (EN, ID):
        sentence = headline(audit, words).sentence
        few, many = ("27 [22–33]", "66 [56–75]") if dimension == "by_standing" else ("28 [24–32]", "54 [48–61]")
        assert few in sentence
        assert many in sentence
        assert "%" not in sentence


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("Disqus export of forum inkwell", "ekspor Disqus dari forum inkwell"),
        (
            "WordPress export (WXR) of a.example, spam not included",
            "ekspor WordPress (WXR) dari a.example, tanpa spam",
        ),
        (
            "Disqus export of forum {x} (3 of 40 records unreadable); neutral tables without a coverage table",
            "ekspor Disqus dari forum {x} (3 dari 40 catatan tidak terbaca); tabel netral tanpa tabel cakupan",
        ),
        ("tweets as collected by the user (file cut off)", "kicauan yang dikumpulkan pengguna (berkas terpotong)"),
        ("my own notes", "my own notes"),
        ("forum\u202e", "forum"),
        (None, "tidak diketahui"),
    ],
)
def test_how_it_is_known_is_translated(basis: str | None, said: str) -> None:
    assert ID.basis(basis, 160) == said
    assert EN.basis(basis, 160) == ("not known" if basis is None else basis.replace("\u202e", ""))


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("pipermail-r-package-devel", "mailing list r-package-devel"),
        ("pipermail", "mailing list"),
        ("discourse-forum.example.org", "forum forum.example.org"),
        ("convokit-village", "corpus village"),
        ("village", "village"),
    ],
)
def test_one_list_and_one_forum_are_called_by_their_names(channel: str, said: str) -> None:
    assert EN.channel(channel) == said
    assert EN.channel("discourse-\u202eevil.example") == "forum evil.example"


GOLDEN = Path(__file__).parents[1] / "golden"


def live_bases() -> set[str]:
    """How live sources say it; a site says the more the longer it was read."""
    kept = Kept(first=1, since=1, until=2, authors=["https://a.example"], open=True)
    claims = [kept.claims("a.example", signed_in) for signed_in in (True, False)]
    claims += [Kept(first=1, since=1, until=2, authors=kept.authors).claims("a.example", True)]
    claims += [Kept(first=1, since=1, until=2, authors=kept.authors, elsewhere=["Disqus"]).claims("a.example", True)]
    others = {
        FEDERATION_BASIS.format(host="a.example"),
        "Bluesky, read at api.bsky.app",
        "feed of a.example, read live",
    }
    return others | {record.basis for records in claims for record in records if isinstance(record, Coverage)}


def bases() -> set[str]:
    """How every source says what its claim rests on; tables say what their author wrote."""
    found = live_bases()
    for path in GOLDEN.rglob("*.expected.jsonl"):
        if path.relative_to(GOLDEN).parts[0] != "tables":
            rows = map(json.loads, path.read_text("utf-8").splitlines())
            found |= {row["basis"] for row in rows if row.get("record") == "Coverage"}
    return found


@pytest.mark.parametrize("basis", sorted(bases()))
def test_what_a_claim_rests_on_is_said_in_both_languages(basis: str) -> None:
    parts = basis.split("; ")
    assert not set(ID.basis(basis, 1000).split("; ")) & set(parts)
    assert EN.basis(basis, 1000) == basis
