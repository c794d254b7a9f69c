Grailbird.data.tweets_2012_12 = 
 [
  {
    "source": "<a href=\"http://bird.example\" rel=\"nofollow\">Old Bird</a>",
    "entities": {
      "user_mentions": [
        {
          "name": "Wulan",
          "screen_name": "wulan_writes",
          "id_str": "301",
          "id": 301,
          "indices": [
            0,
            13
          ]
        }
      ],
      "media": [],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "281405942321532929",
    "text": "@wulan_writes ouch",
    "id": 281405942321532929,
    "created_at": "Wed Dec 19 14:29:39 +0000 2012",
    "user": {
      "name": "Tono",
      "screen_name": "tono_rides",
      "protected": false,
      "id_str": "91",
      "id": 91,
      "verified": false
    },
    "in_reply_to_status_id_str": "281400879465238529",
    "in_reply_to_user_id_str": "301"
  }
]