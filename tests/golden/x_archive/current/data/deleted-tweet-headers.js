window.YTD.deleted_tweet_headers.part0 = [
  {
    "tweet" : {
      "tweet_id" : "1763493966252082252",
      "user_id" : "77",
      "created_at" : "Fri Mar 01 09:18:20 +0000 2024",
      "deleted_at" : "Fri Mar 01 09:20:00 +0000 2024"
    }
  }
]
