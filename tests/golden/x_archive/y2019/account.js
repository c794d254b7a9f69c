window.YTD.account.part0 = [
  {
    "account" : {
      "username" : "sari_bees",
      "accountId" : "77",
      "createdAt" : "2012-05-06T07:08:09.123Z",
      "accountDisplayName" : "Sari"
    }
  }
]
