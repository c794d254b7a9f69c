"""Pages of a Facebook export made for reading (HTML): recognised, so that whoever has one learns what to ask for."""

from __future__ import annotations

import re

from permadani.sources.reading.files import InputFile

_HTML = re.compile(rb"(?i)\s*+(?:<!doctype html[^>]{0,100}>\s*+)?<html\b")
_CLASSES = re.compile(rb'<[a-z]\w{0,9}(?:\s[^<>]{0,120}?)?\sclass="([^"<>]{0,200})"')
_RULE = re.compile(rb"\.(_?[A-Za-z0-9][\w-]{2,20})(?=[\s{,:.>])")
OLD = frozenset({b"uiBoxWhite", b"_3-95"})
NEW = frozenset({b"_a6-g", b"_a6-h", b"_a6-i", b"_a6-o", b"_a6-p", b"_a6_q", b"_a6_r", b"_a705", b"_a706", b"_a72d"})
"""Classes of the pages since 2022; one of them alone is nobody's sign."""


def is_web_page(head: bytes) -> bool:
    return _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def is_export_page(head: bytes) -> bool:
    """Whether the tags, or the style before them, have the classes of an export. Instagram's pages look the same."""
    if not is_web_page(head):
        return False
    used = {name for found in _CLASSES.findall(head) for name in found.split()}
    used |= set(_RULE.findall(head))
    if not (used >= OLD or len(used & NEW) >= 2):
        return False
    return b"instagram.com" not in head or b"facebook.com" in head


def of_instagram(file: InputFile) -> bool:
    """Whether its folders say that a page comes from Instagram."""
    return "instagram" in file.path.lower()
