window.YTD.community_tweet.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763493546821682152"
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
        "25"
      ],
      "favorite_count" : "3",
      "id_str" : "1763493546821682152",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763493546821682152",
      "created_at" : "Fri Mar 01 09:16:40 +0000 2024",
      "favorited" : false,
      "full_text" : "Who else keeps bees here?",
      "lang" : "en",
      "community_id_str" : "9",
      "scopes" : {
        "followers" : false
      }
    }
  }
]
