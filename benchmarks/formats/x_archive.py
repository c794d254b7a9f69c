"""A current X archive: the owner's tweets, with what the archive tells of each, and whom the owner follows."""

from __future__ import annotations

import json
from pathlib import Path

from formats.crowd import messages

WHO = "x:user/77"
FIRST = 1_700_000_000_000_000_000


def generate(folder: Path, count: int, size: int) -> None:
    """``count`` tweets of the owner; ``size`` bytes a tweet where the fixed fields leave room. One in 50 is edited."""
    data = folder / "data"
    data.mkdir()
    account = [{"account": {"accountId": "77", "username": "sari", "accountDisplayName": "Sari"}}]
    (data / "account.js").write_text("window.YTD.account.part0 = " + json.dumps(account), encoding="utf-8")
    with (data / "tweets.js").open("w", encoding="utf-8") as out:
        out.write("window.YTD.tweets.part0 = [\n")
        for number, author, _, parent, _, when, text in messages(count, max(20, size - 900)):
            out.write(("" if number == 0 else ",\n") + json.dumps({"tweet": tweet(number, author, parent, when, text)}))
        out.write("\n]\n")


def tweet(number, author, parent, when, text):  # type: ignore[no-untyped-def]
    key, person = str(FIRST + number), str(author + 100)
    versions = [str(FIRST + number - 1), key] if number % 50 == 1 else [str(FIRST + number), str(FIRST + number + 1)]
    made = {
        "edit_info": {"initial": {"editTweetIds": versions if number % 50 < 2 else [key], "editsRemaining": "5"}},
        "retweeted": False,
        "source": '<a href="https://bird.example" rel="nofollow">Bird</a>',
        "entities": {
            "hashtags": [],
            "urls": [],
            "user_mentions": [{"screen_name": f"user{author}", "id_str": person, "indices": ["0", "5"]}],
        },
        "favorite_count": "0",
        "id_str": key,
        "created_at": when.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "full_text": f"@user{author} {text}",
        "lang": "en",
    }
    if parent is not None:
        made["in_reply_to_status_id_str"] = str(FIRST + 10**9 + parent)
        made["in_reply_to_user_id_str"] = person
    return made
