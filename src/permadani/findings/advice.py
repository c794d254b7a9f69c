"""Advice to engage, found in what an account writes, by the phrase rules of ``measures/rules/claims.LANGUAGE.toml``.

The rules are strict: rather a claim missed than words put into somebody's mouth.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from permadani.measures.claims import LANGUAGES, LONGEST_TEXT, claim_rules

LONGEST_SENTENCE, QUOTE = 600, 200
"""Characters: sentences above are left out, and a quotation is cut."""
SHORT = 120
"""A sentence up to this length that begins with its advice is clear."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``checked_by``: the figure of this audit that the words are held against, ``threshold``: what they promise at
    least, 0..1. ``imperative`` and ``advised`` match a clause, ``whole`` a sentence."""

    id: str
    checked_by: str
    threshold: float
    imperative: re.Pattern[str]
    advised: re.Pattern[str]
    whole: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Language:
    rules: tuple[Rule, ...]
    stems: tuple[str, ...]
    about: tuple[str, ...]
    idioms: re.Pattern[str]
    against: re.Pattern[str]
    subjects: re.Pattern[str]
    hearsay: re.Pattern[str]
    mocking: re.Pattern[str]
    dismissed: re.Pattern[str]
    taken_back: re.Pattern[str]
    lead: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Advice:
    """``quote``: the sentence without other people's names, at most ``QUOTE`` characters. ``clear``: short, and begins
    with the advice."""

    rule: Rule
    quote: str
    clear: bool


def advice_in(text: str) -> Iterator[Advice]:
    """Each sentence of ``text`` that advises to engage, under the first rule that it meets."""
    lowered = text[:LONGEST_TEXT].lower()
    spoken = [one for one in languages() if _holds(lowered, one.stems) and _holds(lowered, one.about)]
    if not spoken or lowered.startswith(("rt @", "rt:")):
        return
    pieces = ["", *_pieces(text[:LONGEST_TEXT]), ""]
    for before, sentence, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if not _whole(sentence):
            continue
        lowered = sentence.lower()
        for language in (one for one in spoken if _holds(lowered, one.stems) and _holds(lowered, one.about)):
            found = _advice(sentence, language)
            if found is not None and not _mocked(before, after, language):
                yield found
                break


def _mocked(before: str, after: str, language: Language) -> bool:
    """Whether the sentences around a piece of advice say that it is not meant."""
    words = _words(before)
    if language.dismissed.search(words) or (_asks(before) and language.mocking.search(words)):
        return True
    return bool(language.taken_back.fullmatch(_words(after)))


def _holds(text: str, stems: tuple[str, ...]) -> bool:
    return any(stem in text for stem in stems)


TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.IGNORECASE)
LINE_BREAK = re.compile(r"<(?:br|/?p|/?li|/?div|/?h[1-6])\b[^<>]{0,300}>", re.IGNORECASE)
LINK = re.compile(r"(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)
MARKS = re.compile('["“”„«»‹›「」]')
FAMILY = {"”": "“", "„": "“", "»": "«", "›": "‹", "」": "「"}
SINGLE = re.compile(r"(?<!\w)['‘‚][^'‘’‚\n]{2,300}['’](?!\w)")
END = re.compile(r"(?<=[.!?…。])[\"'”’)\]]*\s+|\n+")


def sentences(text: str) -> Iterator[str]:
    """The account's own sentences: without markup, links, quoted lines and what stands in quotation marks."""
    return filter(_whole, _pieces(text))


def _whole(sentence: str) -> bool:
    return 8 <= len(sentence) <= LONGEST_SENTENCE and GAP not in sentence


def _pieces(text: str) -> Iterator[str]:
    """The same with those that are no whole sentences: the shortest, the longest, and those with a gap."""
    if "<" in text:
        for tag in ("blockquote", "q", "cite"):
            text = _without(text, tag)
        text = TAG.sub(" ", LINE_BREAK.sub("\n", text))
    text = LINK.sub(" ", html.unescape(text) if "&" in text else text)
    for paragraph in text.splitlines():
        if paragraph.lstrip().startswith((">", "|", "RT @")):
            continue
        for sentence in END.split(_unquoted(paragraph)):
            plain = " ".join(sentence.split())
            if plain:
                yield plain


def _without(text: str, tag: str) -> str:
    """The text without these elements and what they hold; where one does not end, without all that follows."""
    lowered, kept, at = text.lower(), [], 0
    if len(lowered) != len(text):  # a few letters grow when they are made small
        return text
    while (start := lowered.find(f"<{tag}", at)) >= 0:
        kept.append(text[at:start])
        end = lowered.find(f"</{tag}>", start)
        if end < 0:
            return " ".join(kept)
        at = end + len(tag) + 3
    return " ".join([*kept, text[at:]])


GAP = "\ufffc"
"""Stands for words in quotation marks; a sentence that holds it is not the account's own."""


def _unquoted(paragraph: str) -> str:
    """Words within quotation marks become a gap; where a mark has no partner, all after it does, and where marks of
    several kinds stand within each other, all between the first and the last."""
    marks = MARKS.findall(paragraph)
    if marks:
        parts = MARKS.split(paragraph)
        if len({FAMILY.get(mark, mark) for mark in marks}) > 1:
            parts = [parts[0], "", parts[-1]]
        outside = parts[::2] if len(parts) % 2 else [*parts[::2], ""]
        paragraph = f" {GAP} ".join(outside)
    return SINGLE.sub(f" {GAP} ", paragraph) if "'" in paragraph or "‘" in paragraph else paragraph


CLAUSE = re.compile(
    r"[,;:()\[\]–—/|]|#(?=[^\W\d])\w+|(?<![\w])-+|-+(?![\w])|\.\.+|…"
    r"|[\U0001F000-\U0001FAFF\u2190-\u2BFF\uFE0F]+"
)
"""Where a clause ends; a picture or a hashtag ends one too."""
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*'?|#")
DRAWN = re.compile(r"([a-z])\1{2,}")
CONJUNCTION = re.compile(r" (?:and|&|then|dan|lalu|serta) ")


def _words(text: str) -> str:
    """Words in lower case, one blank apart; numbers are ``#``; what belongs together stands apart: first-time."""
    text = DRAWN.sub(r"\1", text.lower().replace("’", "'"))
    found = WORD.findall(text.replace("-", " "))
    return " ".join("#" if word.isdigit() else word for word in found)


def _asks(sentence: str) -> bool:
    return sentence.rstrip(" \"'”’)]!*_").endswith("?") or "?!" in sentence


def _advice(sentence: str, language: Language) -> Advice | None:
    if _asks(sentence):
        return None
    words = _words(sentence)
    for rule in language.rules:
        if rule.whole is not None and len(sentence) <= QUOTE and (match := rule.whole.search(words)):
            rest = f"{words[: match.start()]} {words[match.end() :]}"
            if not language.against.search(language.idioms.sub(" ", rest)):
                return Advice(rule, _quoted(sentence), len(sentence) <= SHORT and match.start() == 0)
    if language.against.search(language.idioms.sub(" ", words)):
        return None
    before = ""
    for start, clause in _clauses(sentence):
        about_somebody = bool(language.subjects.search(language.lead.sub("", before)))
        for rule in language.rules:
            advised = rule.advised.search(clause)
            if advised and not language.hearsay.search(clause[: advised.start()]):
                return Advice(rule, _quoted(sentence, start), False)
            if not about_somebody and _imperative(rule, clause, language):
                return Advice(rule, _quoted(sentence, start), not before and len(sentence) <= SHORT)
        before = f"{before} {clause}"
    return None


def _clauses(sentence: str) -> Iterator[tuple[int, str]]:
    """Where each clause begins, and its words."""
    start = 0
    for end in [*(found.span() for found in CLAUSE.finditer(sentence)), (len(sentence), 0)]:
        if words := _words(sentence[start : end[0]]):
            yield start, words
        start = end[1]


def _imperative(rule: Rule, clause: str, language: Language) -> bool:
    """Whether the clause begins with the advice, or goes on with it after a first imperative and "and"."""
    if rule.imperative.match(clause):
        return True
    start = 0
    for joint in CONJUNCTION.finditer(clause):
        first = language.lead.sub("", clause[start : joint.start()])
        if not first or language.subjects.search(first) or not IMPERATIVE.match(first):
            return False
        if rule.imperative.match(clause[joint.end() :]):
            return True
        start = joint.end()
    return False


IMPERATIVE = re.compile(
    r"(?:write|post|publish|be|ask|show|listen|share|read|take|make|keep|stay|thank|get|find|use|start|try|give|say|talk|"
    r"follow|remember|always|go|open|sleep|eat|drink|breathe|work|walk|rest|relax|check|set|plan|pick|choose|wait|look|think|help|care|answer|reply|respond|welcome|join|link|sit|spend|tell|learn|do|"
    r"tulis|tulislah|menulislah|baca|bacalah|tanya|dengar|dengarkan|berbagi|bagikan|buat|buatlah|pakai|mulai|mulailah|"
    r"ucapkan|ikuti|balas|jawab|sapa|sambut|posting|unggah|jadilah|luangkan|sempatkan|ajak)\b"
)
"""Words that begin a first imperative, so that what follows its "and" is one too."""


def cut(sentence: str, start: int = 0) -> str:
    """The sentence as it is quoted: at most ``QUOTE`` characters, with what begins at ``start``."""
    if len(sentence) <= QUOTE:
        return sentence
    if start > QUOTE // 2:
        sentence = "… " + sentence[start:].lstrip()
    return sentence if len(sentence) <= QUOTE else sentence[: QUOTE - 1].rstrip() + "…"


NAMED = re.compile(r"[@＠]_?\*\*[^*]{1,100}\*\*|[\w.+%-]*[@＠] ?\w(?:[\w.-]*\w)?(?:[@＠]\w(?:[\w.-]*\w)?)?")
"""A handle, also of another server, also where markup stood within it; or an e-mail address."""


def _quoted(sentence: str, start: int = 0) -> str:
    """The sentence cut; those whom it names have no part in the audit, and are not named."""
    head, tail = (NAMED.sub("@…", part) for part in (sentence[:start], sentence[start:]))
    return cut(head + tail, len(head))


@cache
def languages() -> tuple[Language, ...]:
    """The rules of every language, compiled."""
    return tuple(_language(name) for name in LANGUAGES)


def _language(name: str) -> Language:
    found = claim_rules(name)
    words: dict[str, str] = found["words"]
    openers, advisers = _either(found["openers"]), _either(found["advisers"])
    adverbs = _either(found["adverbs"])
    end = rf"(?= |$)(?! (?:{_either(found['from'])}) (?!(?:{_either(found['readers'])})(?: |$)))"
    end += rf"(?! (?:{_either(found['verbs'])})(?: |$))"
    rules = []
    for rule in found["rule"]:
        phrases = "|".join(_pattern(phrase, words) for phrase in rule["phrases"])
        whole = "|".join(_pattern(phrase, words) for phrase in rule["whole"])
        rules.append(
            Rule(
                id=f"{name}.{rule['id']}",
                checked_by=rule["checked_by"],
                threshold=rule["threshold"],
                imperative=re.compile(rf"(?:(?:{openers}) ){{0,4}}(?:{phrases}){end}"),
                advised=re.compile(rf"(?:^| )(?:{advisers}) (?:(?:{adverbs}) ){{0,2}}(?:{phrases}){end}"),
                whole=re.compile(rf"(?:^|(?<= ))(?:{whole})(?= |$)") if whole else None,
            )
        )
    return Language(
        tuple(rules),
        tuple(found["stems"]),
        tuple(found["about"]),
        idioms=_anywhere(found["idioms"]),
        against=_anywhere(found["negations"] + found["reported"]),
        subjects=_anywhere(found["subjects"]),
        hearsay=_anywhere(found["hearsay"]),
        mocking=_anywhere(found["mocking"]),
        dismissed=re.compile(rf"(?:^| )(?:{_either(found['dismissed'])})$"),
        taken_back=re.compile(rf"(?:# )?(?:{_either(found['taken_back'])})"),
        lead=re.compile(rf"^ *(?:(?:{openers})(?: |$)){{1,4}}"),
    )


def _either(phrases: list[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(phrases, key=len, reverse=True))


def _anywhere(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<= ))(?:{_either(phrases)})(?= |$)")


def _pattern(phrase: str, words: dict[str, str]) -> str:
    """A phrase of the rule files as a pattern over words that stand one blank apart."""
    parts = []
    for word in phrase.split():
        if word == "*":
            parts.append(r"(?: [^ ]+){0,2}")
        elif word == "!":
            parts.append("$")
        else:
            bare = re.sub(r"\{([A-Z]+)\}", lambda name: words[name[1]], word.removesuffix("?"))
            choices = _either(bare.replace("_", " ").split("|"))
            parts.append(f"(?: (?:{choices})){'?' if word.endswith('?') else ''}")
    parts[0] = parts[0].replace(" ", "", 1)
    return "".join(parts)
