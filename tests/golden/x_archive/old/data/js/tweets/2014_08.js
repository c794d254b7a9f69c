Grailbird.data.tweets_2014_08 = 
 [
  {
    "source": "<a href=\"http:\/\/bird.example\" rel=\"nofollow\">Old Bird<\/a>",
    "entities": {
      "user_mentions": [
        {
          "name": "Wulan",
          "screen_name": "wulan_writes",
          "id_str": "301",
          "id": 301,
          "indices": [
            3,
            16
          ]
        }
      ],
      "media": [],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "500000000000000003",
    "text": "RT @wulan_writes: Who rides to the sea on Sunday?",
    "id": 500000000000000003,
    "created_at": "2014-08-14 20:00:03 +0000",
    "user": {
      "name": "Tono",
      "screen_name": "tono_rides",
      "protected": false,
      "id_str": "91",
      "id": 91,
      "verified": false
    },
    "retweeted_status": {
      "source": "<a href=\"http:\/\/bird.example\" rel=\"nofollow\">Old Bird<\/a>",
      "entities": {
        "user_mentions": [],
        "media": [],
        "hashtags": [],
        "urls": []
      },
      "geo": {},
      "id_str": "499999999999999999",
      "text": "Who rides to the sea on Sunday? All of it & back",
      "id": 499999999999999999,
      "created_at": "2014-08-14 19:00:00 +0000",
      "user": {
        "name": "Wulan",
        "screen_name": "wulan_writes",
        "id_str": "301",
        "id": 301,
        "verified": false
      }
    }
  },
  {
    "source": "<a href=\"http:\/\/bird.example\" rel=\"nofollow\">Old Bird<\/a>",
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
    "id_str": "500000000000000002",
    "text": "@wulan_writes I do &gt; you know",
    "id": 500000000000000002,
    "created_at": "2014-08-14 20:00:02 +0000",
    "user": {
      "name": "Tono",
      "screen_name": "tono_rides",
      "protected": false,
      "id_str": "91",
      "id": 91,
      "verified": false
    },
    "in_reply_to_status_id_str": "499999999999999999",
    "in_reply_to_status_id": 499999999999999999,
    "in_reply_to_user_id": 301,
    "in_reply_to_user_id_str": "301",
    "in_reply_to_screen_name": "wulan_writes"
  },
  {
    "source": "<a href=\"http:\/\/bird.example\" rel=\"nofollow\">Old Bird<\/a>",
    "entities": {
      "user_mentions": [],
      "media": [],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "500000000000000001",
    "text": "Rain.\n\nAgain \"rain\", and more",
    "id": 500000000000000001,
    "created_at": "2014-08-14 20:00:01 +0000",
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