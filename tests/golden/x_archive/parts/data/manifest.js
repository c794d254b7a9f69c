window.__THAR_CONFIG = {
  "userInfo": {
    "accountId": "77",
    "userName": "sari_bees",
    "displayName": "Sari & the bees"
  },
  "archiveInfo": {
    "sizeBytes": "1",
    "generationDate": "2024-03-05T10:00:00.000Z",
    "isPartialArchive": false,
    "maxPartSizeBytes": "53687091200"
  },
  "readmeInfo": {
    "fileName": "data/README.txt"
  },
  "dataTypes": {
    "account": {
      "files": [
        {
          "fileName": "data/account.js",
          "globalName": "YTD.account.part0",
          "count": "1"
        }
      ]
    },
    "tweets": {
      "mediaDirectory": "data/tweets_media",
      "files": [
        {
          "fileName": "data/tweets.js",
          "count": "1"
        },
        {
          "fileName": "data/tweets-part1.js",
          "count": "1"
        },
        {
          "fileName": "data/tweets-part2.js",
          "count": "7"
        }
      ]
    }
  }
}
