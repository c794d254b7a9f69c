window.YTD.tweet.part0 = [
  {
    "retweeted" : false,
    "source" : "<a href=\"https://mobile.example.org\" rel=\"nofollow\">Pocket Bird</a>",
    "entities" : {
      "hashtags" : [],
      "symbols" : [],
      "user_mentions" : [
        {
          "name" : "Wulan",
          "screen_name" : "wulan_writes",
          "indices" : [
            "0",
            "5"
          ],
          "id_str" : "301",
          "id" : "301"
        }
      ],
      "urls" : []
    },
    "display_text_range" : [
      "0",
      "23"
    ],
    "favorite_count" : "3",
    "id_str" : "1100000000000000001",
    "truncated" : false,
    "retweet_count" : "0",
    "id" : "1100000000000000001",
    "created_at" : "Mon Feb 25 18:00:00 +0000 2019",
    "favorited" : false,
    "full_text" : "@wulan_writes halo juga",
    "lang" : "in",
    "in_reply_to_status_id_str" : "1099999999999999999",
    "in_reply_to_user_id_str" : "301",
    "in_reply_to_screen_name" : "wulan_writes"
  }
]
