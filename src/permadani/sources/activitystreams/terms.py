"""The words of ActivityStreams 2.0, and those of version 1 that mean the same."""

from __future__ import annotations

NOTE, ARTICLE = "note", "article"
KINDS = {
    **dict.fromkeys(("Note", "Question", "Comment", "Quotation", "Rating", "Status"), NOTE),
    **dict.fromkeys(("Article", "Page", "Review", "Video", "Audio", "Image", "Event", "Document"), ARTICLE),
}
"""What kind of message a type is: a short post, or a page with comments. BookWyrm's types are among them."""
PEOPLE = frozenset({"Person", "Service", "Group", "Organization", "Application"})
PROGRAMS = frozenset({"Service", "Application"})
"""Actors that say of themselves that a program posts for them."""
COLLECTIONS = frozenset({"Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage"})
ACTIVITIES = frozenset(
    {"Create", "Update", "Announce", "Like", "EmojiReact", "Follow", "Undo", "Delete", "Accept", "Reject", "Add"}
    | {"Remove", "Block", "Flag", "Move", "Dislike", "Invite", "Join", "Leave", "Offer", "TentativeAccept", "Read"}
    | {"TentativeReject", "View", "Listen", "Arrive", "Travel", "Ignore"}
)

VERBS = {
    "post": "Create", "create": "Create", "add": "Add", "update": "Update", "share": "Announce", "repost": "Announce",
    "like": "Like", "favorite": "Like", "follow": "Follow", "stop-following": "Undo", "unfollow": "Undo",
    "unlike": "Undo", "unfavorite": "Undo", "unshare": "Undo", "undo": "Undo", "delete": "Delete", "accept": "Accept",
    "reject": "Reject", "invite": "Invite", "tag": "Add", "join": "Join", "leave": "Leave",
    "flag-as-inappropriate": "Flag", "react": "Like", "block": "Block",
    "save": "Add", "request-friend": "Offer", "make-friend": "Offer",
    "rsvp-yes": "Accept", "rsvp-no": "Reject", "rsvp-maybe": "TentativeAccept", "rsvp-interested": "Accept",
}  # fmt: skip
"""Version 1's verbs."""
UNDONE = {
    "stop-following": "Follow", "unfollow": "Follow", "unlike": "Like", "unfavorite": "Like", "unshare": "Announce",
}  # fmt: skip
"""Verbs of version 1 that take another back, and which."""
OBJECT_TYPES = {
    "note": "Note", "comment": "Note", "question": "Question", "status": "Note", "article": "Article",
    "review": "Review", "video": "Video", "audio": "Audio", "image": "Image", "event": "Event", "file": "Document",
    "issue": "Article", "page": "Page", "mention": "Mention", "hashtag": "Hashtag", "bookmark": "Bookmark",
    "person": "Person", "service": "Service", "group": "Group", "organization": "Organization",
    "application": "Application", "collection": "Collection", "share": "Announce", "place": "Place",
}  # fmt: skip
"""Version 1's object types; ``share`` as an object type is a habit of granary."""
PUBLIC = frozenset(
    {"https://www.w3.org/ns/activitystreams#Public", "http://www.w3.org/ns/activitystreams#Public"}
    | {"as:Public", "Public", "http://activityschema.org/collection/public"}
)
OPEN_ALIASES = frozenset({"@public", "@unlisted", "@followers"})
"""Version 1: whom a message is for, where it is not for named people."""
