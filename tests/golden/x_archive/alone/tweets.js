window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763489373489201157"
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
        "22"
      ],
      "favorite_count" : "3",
      "id_str" : "1763489373489201157",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763489373489201157",
      "created_at" : "Fri Mar 01 09:00:05 +0000 2024",
      "favorited" : false,
      "full_text" : "Whose words are these?",
      "lang" : "en"
    }
  }
]
