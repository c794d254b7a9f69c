var payload_details =  {
  "tweets" : 4,
  "created_at" : "2014-09-01 00:00:05 +0000",
  "lang" : "en"
}