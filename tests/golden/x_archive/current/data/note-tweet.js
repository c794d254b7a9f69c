window.YTD.note_tweet.part0 = [
  {
    "noteTweet" : {
      "noteTweetId" : "1763491613247537691",
      "updatedAt" : "2024-03-01T09:09:00.000Z",
      "createdAt" : "2024-03-01T09:09:00.000Z",
      "lifecycle" : {
        "value" : "1",
        "name" : "Active"
      },
      "core" : {
        "styletags" : [],
        "urls" : [],
        "text" : "Seven things that I learned from keeping bees on a roof. First: they do not care for your plans. Second: neighbours do. Third: write down what you see each week, because in spring you will have forgotten what you knew in autumn & why. Third: write down what you see each week, because in spring you will have forgotten what you knew in autumn & why. Fourth: <ask>.",
        "mentions" : [],
        "cashtags" : [],
        "hashtags" : []
      }
    }
  },
  {
    "noteTweet" : {
      "noteTweetId" : "1763491361589297631",
      "createdAt" : "2024-03-01T09:08:00.000Z",
      "core" : {
        "text" : "Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank you for asking! It is a long story. "
      }
    }
  },
  {
    "noteTweet" : {
      "noteTweetId" : "1763489356711985153",
      "createdAt" : "2024-03-01T09:00:01.000Z",
      "core" : {
        "text" : "A long text whose tweet is not here any more"
      }
    }
  },
  {
    "noteTweet" : {
      "noteTweetId" : "1763489360906289154",
      "createdAt" : "yesterday",
      "core" : {
        "text" : "A long text without a time"
      }
    }
  }
]
