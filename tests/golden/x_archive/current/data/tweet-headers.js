window.YTD.tweet_headers.part0 = [
  {
    "tweet" : {
      "tweet_id" : "1763493127391282052",
      "user_id" : "77",
      "created_at" : "Fri Mar 01 09:15:00 +0000 2024"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1763492875733041992",
      "user_id" : "77",
      "created_at" : "Fri Mar 01 09:14:00 +0000 2024"
    }
  },
  {
    "tweet" : {
      "tweet_id" : "1763492624074801932",
      "user_id" : "77",
      "created_at" : "Fri Mar 01 09:13:00 +0000 2024"
    }
  }
]
