"""Services and programs that keep the comments of a page elsewhere, known by what the page loads.

None of them can be read here. Most have an API for the site's owner only, or draw comments with scripts; some owners
can export them.
"""

from __future__ import annotations

import re

from permadani.sources.site.webpage import Webpage

_SIGNS: dict[str, str] = {
    "Disqus": r"""\bid=["']?disqus_thread|//[\w-]{1,63}\.disqus\.com/(?:embed|count)|disqus_shortname""",
    "Facebook": r"""\bclass=["'][^"']{0,200}\bfb-comments\b|facebook\.com/plugins/(?:comments|feedback)\.php""",
    "Giscus": r"""\bgiscus\.app/|\bclass=["'][^"']{0,200}\bgiscus\b""",
    "utterances": r"""\butteranc\.es/""",
    "Commento": r"""\bcommento\.io/js|/js/commento\.js|\bid=["']?commento\b""",
    "Comentario": r"""/comentario\.js|^comments-embed\b|<comentario-comments""",
    "Hyvor Talk": r"""\btalk\.hyvor\.com/|^hyvor-talk-comments""",
    "IntenseDebate": r"""\bintensedebate\.com/js|\bid=["']?idc-""",
    "Livefyre": r"""\blivefyre\.com/|\bid=["']?livefyre""",
    "Isso": r"""\bid=["']?isso-thread\b|\bdata-isso=""",
    "Remark42": r"""\bid=["']?remark42\b|remark_config\b|remark42\.""",
    "Cusdis": r"""\bcusdis\.com/js|\bid=["']?cusdis_thread\b""",
    "Coral": r"""\bid=["']?coral_(?:thread|talk_stream)\b|\bcoral\.coralproject\.net/|Coral\.createStreamEmbed""",
    "OpenWeb": r"""\bspot\.im/|\bdata-spotim-module\b|\bspotim-launcher\b""",
    "Viafoura": r"""\bviafoura\.(?:net|co)/""",
    "Vuukle": r"""\bvuukle\.com/|\bid=["']?vuukle-comments\b""",
    "Waline": r"""\bid=["']?waline\b|@waline/client""",
    "Twikoo": r"""\bid=["']?twikoo\b|\btwikoo(?:\.all)?(?:\.min)?\.js""",
    "Gitalk": r"""\bid=["']?gitalk(?:-container)?\b|\bgitalk(?:\.min)?\.js""",
    "Discourse": r"""\bid=["']?discourse-comments\b|DiscourseEmbed\b""",
    "Substack": r"""\bsubstackcdn\.com/""",
    "Medium": r"""\bcdn-client\.medium\.com/""",
    "Ghost": r"""@tryghost/comments-ui|\bdata-ghost-comments\b""",
}
_SEARCHED = {name: re.compile(sign, re.IGNORECASE) for name, sign in _SIGNS.items()}
MOST = 4


def services(page: Webpage) -> list[str]:
    """Their names as people know them, at most ``MOST``. Jetpack is none: it only draws the form, and comments stay on
    the site."""
    found = [name for name, sign in _SEARCHED.items() if any(sign.search(text) for text in page.loaded)]
    return found[:MOST]
