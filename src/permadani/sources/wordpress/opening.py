"""Whether a WordPress site's API can be read, and by whom: what is asked before reading begins."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from permadani.errors import BadAnswer, BadStatus
from permadani.settings import secret_for
from permadani.sources.http import Client
from permadani.sources.wordpress import ids
from permadani.sources.wordpress.api import PER_PAGE, Api, Cursor, Item, number, walk, words
from permadani.sources.wordpress.live import Site
from permadani.sources.wordpress.messages import offset
from permadani.sources.wordpress.people import user_of
from permadani.vocabulary import Problem

NAMESPACE = "wp/v2"
MOST_USER_PAGES = 10
CLOSED = (400, 401, 402, 403, 404, 405, 406, 410, 501)
"""How sites and their security plugins say that the API, or a list of it, is not for everybody."""


class Closed(Exception):
    """There is no API here, or not for us; ``why`` in a few words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def opened(root: str, page: str, client: Client, language: str | None, elsewhere: Sequence[str]) -> Site:
    """A site by the root of its API, as the page at the address ``page`` names it.

    Raises:
        Closed: it cannot be read.
        FetchError: the site was not reached.
    """
    front = _front(Api(client, root))
    spaces = front.get("namespaces")
    if not isinstance(spaces, list) or NAMESPACE not in spaces:
        raise Closed(f"no {NAMESPACE} at {root}")
    home = home_of(words(front.get("home")) or words(front.get("url")), root, page)
    public = Api(client, f"{root}{NAMESPACE}/")
    problems: list[Problem] = []
    try:
        public.list("comments", {"per_page": 1, "_fields": "id"})
    except (BadStatus, BadAnswer) as error:
        raise _closed(error, "comments") from None
    users = _users(public, problems)
    api, logins = _signed_in(public, root, page, client, sorted(id for id in users if id), problems)
    known = {id: user for item in users.values() if (found := user_of(item)) for id, user in (found,)}
    named = {id: user for item in logins if (found := user_of(item)) for id, user in (found,)}
    return Site(
        home=home,
        api=api,
        users={id: named.get(id, user) for id, user in known.items()},
        title=ids.bare(home),
        language=language,
        offset=offset(front.get("gmt_offset")),
        elsewhere=list(elsewhere),
        problems=problems,
        logins=logins,
        others=named,
    )


def home_of(claimed: str, root: str, page: str) -> str:
    """The site's address. What the API claims is believed only where it lies on the way to the API or page itself:
    else one site could write in the name of another."""
    try:
        said = urlsplit(claimed)
        for shown in map(urlsplit, (root, page)):
            if said.scheme in ("http", "https") and _host(said) == _host(shown) and _above(said.path, shown.path):
                return claimed.partition("#")[0].partition("?")[0].rstrip("/")
    except ValueError:
        pass
    own = urlsplit(root)
    folder = own.path.removesuffix("/").removesuffix("/index.php")
    folder = folder if own.query else folder.rpartition("/")[0]
    return f"{own.scheme}://{own.netloc}{folder}".rstrip("/")


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower().removeprefix("www.")


def _above(path: str, below: str) -> bool:
    """Whether one path is a folder above another (of several people on one host, none is above the others)."""
    folder = path.rstrip("/") + "/"
    return (below.rstrip("/") + "/").startswith(folder) and ("/~" in below) == ("/~" in folder)


def _front(api: Api) -> Item:
    try:
        return api.object("", {"_fields": "home,url,namespaces,gmt_offset"})
    except (BadStatus, BadAnswer) as error:
        raise _closed(error, api.root) from None


def _closed(error: BadStatus | BadAnswer, what: str) -> Exception:
    """The error to raise: of a server in trouble its own, so that the next try may fare better."""
    if isinstance(error, BadStatus) and error.status not in CLOSED:
        return error
    return Closed(f"{what}: {error.text()}")


def _users(api: Api, problems: list[Problem]) -> dict[int, Item]:
    """Those who wrote something public, by number; empty where the site does not list them."""
    users: dict[int, Item] = {}
    cursor = Cursor(0)
    try:
        for listed in walk(api, "users", {"_fields": "id,slug,name", "orderby": "id", "order": "asc"}, cursor):
            users.update((id, item) for item in listed.items if (id := number(item.get("id"))))
            if cursor.page > MOST_USER_PAGES:
                break
    except (BadStatus, BadAnswer) as error:
        if isinstance(error, BadStatus) and error.status not in CLOSED:
            raise
        problems.append(Problem(reason="users_not_listed", place=api.root, lost=False))
    return users


def _signed_in(
    public: Api, root: str, page: str, client: Client, users: list[int], problems: list[Problem]
) -> tuple[Api, list[Item]]:
    """The API with the application password of this host, where one was given and may moderate comments."""
    host = urlsplit(root).netloc.lower()
    secret = secret_for(host) if host == urlsplit(page).netloc.lower() else None
    if secret is None or ":" not in secret.reveal():
        why = "not written as name:password"
        problems += [Problem(reason="login_refused", place=host, example=why, lost=False)] if secret else []
        return public, []
    api = Api(client, public.root, secret)
    try:
        me = api.object("users/me", {"context": "edit", "_fields": "id,capabilities"})
    except (BadStatus, BadAnswer) as error:
        if isinstance(error, BadStatus) and error.status not in (401, 403):
            raise
        problems.append(Problem(reason="login_refused", place=host, lost=False))
        return public, []
    rights = me.get("capabilities")
    if not isinstance(rights, dict) or rights.get("moderate_comments") is not True:
        problems.append(Problem(reason="login_may_not_moderate", place=host, lost=False))
        return public, []
    fields = {"context": "edit", "_fields": "id,username,slug,name,email"}
    try:
        if not users:
            return api, api.list("users", fields).items
        logins: list[Item] = []
        for start in range(0, len(users), PER_PAGE):
            some = ",".join(map(str, users[start : start + PER_PAGE]))
            logins += api.list("users", {**fields, "include": some}).items
        return api, logins
    except BadStatus:  # editors moderate, but do not see logins
        return api, []
