var tweet_index =  [
  {
    "file_name": "data\/js\/tweets\/2014_08.js",
    "year": 2014,
    "var_name": "tweets_2014_08",
    "tweet_count": 3,
    "month": 8
  },
  {
    "file_name": "data\/js\/tweets\/2010_09.js",
    "year": 2010,
    "var_name": "tweets_2010_09",
    "tweet_count": 1,
    "month": 9
  }
]