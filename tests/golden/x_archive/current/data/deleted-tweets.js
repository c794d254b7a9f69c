window.YTD.deleted_tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763493966252082252"
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
        "user_mentions" : [
          {
            "name" : "Lina",
            "screen_name" : "lina_asks",
            "indices" : [
              "0",
              "5"
            ],
            "id_str" : "303",
            "id" : "303"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "37"
      ],
      "favorite_count" : "3",
      "id_str" : "1763493966252082252",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763493966252082252",
      "created_at" : "Fri Mar 01 09:18:20 +0000 2024",
      "favorited" : false,
      "full_text" : "@lina_asks words that were taken back",
      "lang" : "en",
      "in_reply_to_status_id_str" : "1763493924309042242",
      "in_reply_to_user_id_str" : "303",
      "deleted_at" : "2024-03-01T09:20:00.000Z"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763493970446386253"
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
        "32"
      ],
      "favorite_count" : "3",
      "id_str" : "1763493970446386253",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763493970446386253",
      "created_at" : "Fri Mar 01 09:18:21 +0000 2024",
      "favorited" : false,
      "full_text" : "RT @wulan_writes: taken back too",
      "lang" : "en",
      "deleted_at" : "2024-03-01T09:20:00.000Z"
    }
  }
]
