window.YTD.tweets.part1 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763489394460721162"
          ],
          "editableUntil" : "2024-03-01T09:00:00.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : true
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"https://mobile.example.org\" rel=\"nofollow\">Pocket Bird</a>",
      "entities" : {
        "hashtags" : [],
        "symbols" : [],
        "user_mentions" : [],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "14"
      ],
      "favorite_count" : "3",
      "id_str" : "1763489394460721162",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763489394460721162",
      "created_at" : "Fri Mar 01 09:00:10 +0000 2024",
      "favorited" : false,
      "full_text" : "The older part",
      "lang" : "en"
    }
  }
]
