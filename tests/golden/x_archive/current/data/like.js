window.YTD.like.part0 = [
  {
    "like" : {
      "tweetId" : "1763490191378481352",
      "fullText" : "Somebody else's words",
      "expandedUrl" : "https://twitter.com/i/web/status/1763490191378481352"
    }
  },
  {
    "like" : {
      "tweetId" : "12"
    }
  },
  {
    "like" : {
      "fullText" : "no id"
    }
  },
  {
    "like" : {
      "tweetId" : [
        1
      ]
    }
  }
]
