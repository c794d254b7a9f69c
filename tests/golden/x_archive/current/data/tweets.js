window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763493127391282052"
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
        "84"
      ],
      "favorite_count" : "3",
      "id_str" : "1763493127391282052",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763493127391282052",
      "created_at" : "Fri Mar 01 09:15:00 +0000 2024",
      "favorited" : false,
      "full_text" : "RT @wulan_writes: The library opens again on Monday. Bring your books and your ques…",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763492875733041992"
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
            "name" : "Bima",
            "screen_name" : "bima_maps",
            "indices" : [
              "0",
              "5"
            ],
            "id_str" : "302",
            "id" : "302"
          }
        ],
        "urls" : [],
        "media" : [
          {
            "url" : "https://t.co/pic1",
            "expanded_url" : "https://twitter.com/bima_maps/status/1763492288530481852/photo/1",
            "id_str" : "55",
            "source_status_id_str" : "1763492288530481852",
            "source_status_id" : "1763492288530481852",
            "source_user_id_str" : "302",
            "source_user_id" : "302",
            "type" : "photo"
          }
        ]
      },
      "display_text_range" : [
        "0",
        "60"
      ],
      "favorite_count" : "3",
      "id_str" : "1763492875733041992",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763492875733041992",
      "created_at" : "Fri Mar 01 09:14:00 +0000 2024",
      "favorited" : false,
      "full_text" : "RT @bima_maps: A map of every well in town https://t.co/pic1",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763492624074801932"
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
          },
          {
            "name" : "Bima",
            "screen_name" : "bima_maps",
            "indices" : [
              "0",
              "5"
            ],
            "id_str" : "302",
            "id" : "302"
          },
          {
            "name" : "Gone",
            "screen_name" : "gone",
            "indices" : [
              "0",
              "5"
            ],
            "id_str" : "-1",
            "id" : "-1"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "47"
      ],
      "favorite_count" : "3",
      "id_str" : "1763492624074801932",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763492624074801932",
      "created_at" : "Fri Mar 01 09:13:00 +0000 2024",
      "favorited" : false,
      "full_text" : "@wulan_writes @bima_maps yes &amp; no: 3 &lt; 4",
      "lang" : "und",
      "in_reply_to_status_id_str" : "1763491030239281552",
      "in_reply_to_status_id" : "1763491030239281552",
      "in_reply_to_user_id_str" : "301",
      "in_reply_to_user_id" : "301",
      "in_reply_to_screen_name" : "wulan_writes"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763492372416561872"
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
        "34"
      ],
      "favorite_count" : "3",
      "id_str" : "1763492372416561872",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763492372416561872",
      "created_at" : "Fri Mar 01 09:12:00 +0000 2024",
      "favorited" : false,
      "full_text" : "And a second thing about the first",
      "lang" : "en",
      "in_reply_to_status_id_str" : "1763489771948081252",
      "in_reply_to_status_id" : "1763489771948081252",
      "in_reply_to_user_id_str" : "77",
      "in_reply_to_user_id" : "77",
      "in_reply_to_screen_name" : "sari_bees"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "edit" : {
          "initialTweetId" : "1763489771948081252",
          "editControlInitial" : {
            "editTweetIds" : [
              "1763489771948081252",
              "1763490023606321312"
            ],
            "editableUntil" : "2024-03-01T10:01:40.000Z",
            "editsRemaining" : "4",
            "isEditEligible" : true
          }
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
        "31"
      ],
      "favorite_count" : "3",
      "id_str" : "1763490023606321312",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763490023606321312",
      "created_at" : "Fri Mar 01 09:02:40 +0000 2024",
      "favorited" : false,
      "full_text" : "Honey is ready: ask me anything",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763489771948081252",
            "1763490023606321312"
          ],
          "editableUntil" : "2024-03-01T10:01:40.000Z",
          "editsRemaining" : "4",
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
        "13"
      ],
      "favorite_count" : "3",
      "id_str" : "1763489771948081252",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763489771948081252",
      "created_at" : "Fri Mar 01 09:01:40 +0000 2024",
      "favorited" : false,
      "full_text" : "Hony is ready",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763492120758321812"
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
        "urls" : [
          {
            "url" : "https://t.co/q1",
            "expanded_url" : "https://twitter.com/wulan_writes/status/1763490610808881452",
            "display_url" : "twitter.com/wulan_writes/s…",
            "indices" : [
              "19",
              "42"
            ]
          }
        ],
        "media" : [
          {
            "url" : "https://t.co/pic2",
            "expanded_url" : "https://twitter.com/sari_bees/status/1/photo/1",
            "id_str" : "56",
            "type" : "photo"
          }
        ]
      },
      "display_text_range" : [
        "0",
        "52"
      ],
      "favorite_count" : "3",
      "id_str" : "1763492120758321812",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763492120758321812",
      "created_at" : "Fri Mar 01 09:11:00 +0000 2024",
      "favorited" : false,
      "full_text" : "This, exactly this https://t.co/q1 https://t.co/pic2",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763491869100081752"
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
        "urls" : [
          {
            "url" : "https://t.co/q2",
            "expanded_url" : "https://x.com/sari_bees/status/1763490610808881452",
            "display_url" : "x.com/sari_bees/s…",
            "indices" : [
              "13",
              "36"
            ]
          }
        ]
      },
      "display_text_range" : [
        "0",
        "44"
      ],
      "favorite_count" : "3",
      "id_str" : "1763491869100081752",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763491869100081752",
      "created_at" : "Fri Mar 01 09:10:00 +0000 2024",
      "favorited" : false,
      "full_text" : "As I said in https://t.co/q2 before the rain",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763491617441841692"
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
        "255"
      ],
      "favorite_count" : "3",
      "id_str" : "1763491617441841692",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763491617441841692",
      "created_at" : "Fri Mar 01 09:09:00 +0000 2024",
      "favorited" : false,
      "full_text" : "Seven things that I learned from keeping bees on a roof. First: they do not care for your plans. Second: neighbours do. Third: write down what you see each week, because in spring you will have forgotten what you knew in autumn &amp; why. Third: write do…",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763491621636145693"
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
        "18"
      ],
      "favorite_count" : "3",
      "id_str" : "1763491621636145693",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763491621636145693",
      "created_at" : "Fri Mar 01 09:09:00 +0000 2024",
      "favorited" : false,
      "full_text" : "Photographs follow",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763491365783601632"
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
            "name" : "Bima",
            "screen_name" : "bima_maps",
            "indices" : [
              "0",
              "5"
            ],
            "id_str" : "302",
            "id" : "302"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "272"
      ],
      "favorite_count" : "3",
      "id_str" : "1763491365783601632",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763491365783601632",
      "created_at" : "Fri Mar 01 09:08:00 +0000 2024",
      "favorited" : false,
      "full_text" : "@bima_maps Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank you for asking! It is a long story. Thank yo…",
      "lang" : "en",
      "in_reply_to_status_id_str" : "1763491323840561622",
      "in_reply_to_user_id_str" : "302",
      "in_reply_to_screen_name" : "bima_maps"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763491114125361572"
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
        "32"
      ],
      "favorite_count" : "3",
      "id_str" : "1763491114125361572",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763491114125361572",
      "created_at" : "Fri Mar 01 09:07:00 +0000 2024",
      "favorited" : false,
      "full_text" : "@lina_asks only a name, no tweet",
      "lang" : "en",
      "in_reply_to_user_id_str" : "303",
      "in_reply_to_user_id" : "303",
      "in_reply_to_screen_name" : "lina_asks"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1763491072182321562"
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
            "name" : "Bima",
            "screen_name" : "bima_maps",
            "indices" : [
              "0",
              "5"
            ],
            "id_str" : "302",
            "id" : "302"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "35"
      ],
      "favorite_count" : "3",
      "id_str" : "1763491072182321562",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1763491072182321562",
      "created_at" : "Fri Mar 01 09:06:50 +0000 2024",
      "favorited" : false,
      "full_text" : "RT @bima_maps: is what he would say",
      "lang" : "en",
      "in_reply_to_status_id_str" : "1763491030239281552",
      "in_reply_to_user_id_str" : "301"
    }
  }
]
