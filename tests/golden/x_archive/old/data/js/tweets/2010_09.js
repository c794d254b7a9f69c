Grailbird.data.tweets_2010_09 = 
 [
  {
    "source": "<a href=\"http:\/\/bird.example\" rel=\"nofollow\">Old Bird<\/a>",
    "entities": {
      "user_mentions": [],
      "media": [],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "24000000001",
    "text": "Old and without an hour",
    "id": 24000000001,
    "created_at": "2010-09-20 00:00:00 +0000",
    "user": {
      "name": "Tono",
      "screen_name": "tono_rides",
      "protected": false,
      "id_str": "91",
      "id": 91,
      "verified": false
    }
  }
]